"""Where a set's questions are bound to the patterns F1 to F16: the rules are in analysis.

A field annotated `MultiRef`, `ScaleRef` … holds a question's id; the annotation says how that must
be compared, so that a check can name what does not fit. Ids follow docs/developer/formats.md 8.
"""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field

from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.question import Compared


@dataclass(frozen=True, slots=True)
class Ref:
    """What a binding's field points at: a question `compared` so, or something within one.

    `part` is "question", or "option", "level", "object" or "subject"; then `of` names the field
    that holds the question in which it must exist. Empty `of`: it must exist in the set.
    """

    part: str
    compared: Compared | None = None
    of: str = ""


MultiRef = Annotated[Id, Ref("question", "set")]
ScaleRef = Annotated[Id, Ref("question", "level")]
ChoiceRef = Annotated[Id, Ref("question", "choice")]
WhoRef = Annotated[Id, Ref("question", "pointing")]
MandateObjects = Annotated[tuple[Id, ...], Ref("object", of="mandate")]


class Binding(Frozen):
    """One pattern bound to a set's questions."""

    number: ClassVar[str]


class RoleExceedsMandate(Binding):
    """F1. A role that steers, without the mandate it needs."""

    number = "F1"
    roles: MultiRef
    mandate: ScaleRef
    decisions: MandateObjects = ()  # the related decisions; empty: all


class InformalRoleFillsGap(Binding):
    """F2. A role somebody took on, where the mandate is thin or disputed."""

    number = "F2"
    roles: MultiRef
    mandate: ScaleRef
    decisions: MandateObjects = ()
    subjects: Annotated[tuple[Id, ...], Ref("subject", of="roles")] = ()
    filling: Annotated[tuple[Id, ...], Ref("option", of="roles")] = ()  # empty: any role
    low: Annotated[Id, Ref("level", of="mandate")]


class DecisionNotKept(Binding):
    """F3. All know who decides, and the decision is mostly not kept."""

    number = "F3"
    decided_by: WhoRef
    kept: ScaleRef
    not_kept: Annotated[Id, Ref("level", of="kept")]
    # where one question asks over several boundaries, those it decides on; empty: all
    boundaries: Annotated[tuple[Id, ...], Ref("object", of="kept")] = ()


class TaskWithoutMeans(Binding):
    """F4. The task is clear to all, the means are low."""

    number = "F4"
    task: ChoiceRef
    means: ScaleRef
    low: Annotated[Id, Ref("level", of="means")]


class DoubleRole(Binding):
    """F5. One person does two roles and has too little time."""

    number = "F5"
    combines: ChoiceRef
    yes: Annotated[Id, Ref("option", of="combines")]
    means: ScaleRef
    time: Annotated[Id, Ref("object", of="means")]
    low: Annotated[Id, Ref("level", of="means")]


class DoubleLoyalty(Binding):
    """F6. Which side weighs more: the party itself sees it otherwise than the rest."""

    number = "F6"
    weighs: ScaleRef
    steps: Annotated[float, Field(gt=0)] = 2


class FrontNotBack(Binding):
    """F7. Residents count at the start, not when it is carried out."""

    number = "F7"
    participation: ScaleRef
    front: Annotated[tuple[Id, ...], Ref("object", of="participation")]
    back: Annotated[tuple[Id, ...], Ref("object", of="participation")]
    steps: Annotated[float, Field(gt=0)] = 2


class NoTieBreaker(Binding):
    """F8. No one answer to who breaks a tie."""

    number = "F8"
    ties: WhoRef


class NoEnforcer(Binding):
    """F9. Nobody, or everybody somewhere else, upholds the agreement."""

    number = "F9"
    upholds: WhoRef


class FallsBetween(Binding):
    """F10. Everyone points away from itself."""

    number = "F10"
    picks_up: WhoRef


class AtTableWithoutMandate(Binding):
    """F11. The others expect a promise where the party itself can only pass it on."""

    number = "F11"
    promises: ScaleRef
    passes_on: Annotated[Id, Ref("level", of="promises")]
    commits: Annotated[Id, Ref("level", of="promises")]


class ExpectationExceedsInfluence(Binding):
    """F12. What is wished for stands well above what is laid down."""

    number = "F12"
    formal: ScaleRef
    wish: ScaleRef
    steps: Annotated[float, Field(gt=0)] = 2


class SupportOnFewShoulders(Binding):
    """F13. Carrying support rests on a role with few people."""

    number = "F13"
    roles: MultiRef
    support: Annotated[Id, Ref("option", of="roles")]
    means: ScaleRef
    people: Annotated[Id, Ref("object", of="means")]
    low: Annotated[Id, Ref("level", of="means")]


class ParallelPlans(Binding):
    """F14. The parties see the plans' relation differently."""

    number = "F14"
    relation: ChoiceRef


class RoleWithoutTask(Binding):
    """F15. A task without a role that fits it, or a role without a task."""

    number = "F15"
    task: ChoiceRef
    roles: MultiRef
    fits: dict[Id, tuple[Id, ...]]  # option of task -> the roles that serve it


class AccountableWithoutAuthority(Binding):
    """F16. Held to account for a result, without the mandate for it."""

    number = "F16"
    accountable: WhoRef
    mandate: ScaleRef
    decisions: MandateObjects = ()
    low: Annotated[Id, Ref("level", of="mandate")]


class Patterns(Frozen):
    """The patterns that a set asks for; an absent one is not looked for."""

    role_exceeds_mandate: RoleExceedsMandate | None = None
    informal_role_fills_gap: InformalRoleFillsGap | None = None
    decision_not_kept: DecisionNotKept | None = None
    task_without_means: TaskWithoutMeans | None = None
    double_role: DoubleRole | None = None
    double_loyalty: DoubleLoyalty | None = None
    front_not_back: FrontNotBack | None = None
    no_tie_breaker: NoTieBreaker | None = None
    no_enforcer: NoEnforcer | None = None
    falls_between: FallsBetween | None = None
    at_table_without_mandate: AtTableWithoutMandate | None = None
    expectation_exceeds_influence: ExpectationExceedsInfluence | None = None
    support_on_few_shoulders: SupportOnFewShoulders | None = None
    parallel_plans: ParallelPlans | None = None
    role_without_task: RoleWithoutTask | None = None
    accountable_without_authority: AccountableWithoutAuthority | None = None

    model_config = {
        "alias_generator": lambda name: name.replace("_", "-"),
        "populate_by_name": True,
    }

    def bound(self) -> tuple[tuple[str, Binding], ...]:
        """The bound patterns as (pattern id, binding), in the order F1 to F16."""
        fields = type(self).model_fields
        values: list[tuple[str, Any]] = [(f.replace("_", "-"), getattr(self, f)) for f in fields]
        return tuple((pattern, binding) for pattern, binding in values if binding is not None)
