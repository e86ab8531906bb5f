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
    """One pattern bound to a set's questions (docs/developer/method.md 2.7)."""

    number: ClassVar[str]  # "F1" to "F16"


class RoleExceedsMandate(Binding):
    """F1. A role that steers, without the mandate it needs."""

    number = "F1"
    roles: MultiRef
    """The question which roles somebody has; its options say the level they need (`needs`)."""
    mandate: ScaleRef
    """The question what somebody may decide."""
    decisions: MandateObjects = ()
    """The related decisions, objects of `mandate`; empty: all."""


class InformalRoleFillsGap(Binding):
    """F2. A role somebody took on, where the mandate is thin or disputed."""

    number = "F2"
    roles: MultiRef
    """The question which roles somebody has, each said to be formal or informal."""
    mandate: ScaleRef
    """The question what somebody may decide."""
    decisions: MandateObjects = ()
    """The related decisions, objects of `mandate`; empty: all."""
    subjects: Annotated[tuple[Id, ...], Ref("subject", of="roles")] = ()
    """Whom to look at, subjects of `roles`; empty: every kind of party that takes part."""
    filling: Annotated[tuple[Id, ...], Ref("option", of="roles")] = ()
    """The roles that fill a gap, options of `roles`; empty: any role."""
    low: Annotated[Id, Ref("level", of="mandate")]
    """The level of `mandate` up to which it is thin."""


class DecisionNotKept(Binding):
    """F3. All know who decides, and the decision is mostly not kept."""

    number = "F3"
    decided_by: WhoRef
    """The question who takes the decision."""
    kept: ScaleRef
    """The question whether what was decided is kept."""
    not_kept: Annotated[Id, Ref("level", of="kept")]
    """The level of `kept` up to which it is mostly not kept."""
    boundaries: Annotated[tuple[Id, ...], Ref("object", of="kept")] = ()
    """Where `kept` asks over several boundaries: those that were decided on; empty: all."""


class TaskWithoutMeans(Binding):
    """F4. The task is clear to all, the means are low."""

    number = "F4"
    task: ChoiceRef
    """The question what somebody's task is."""
    means: ScaleRef
    """The question whether there are enough means for it."""
    low: Annotated[Id, Ref("level", of="means")]
    """The level of `means` up to which one of them is low."""


class DoubleRole(Binding):
    """F5. One person does two roles and has too little time."""

    number = "F5"
    combines: ChoiceRef
    """The question whether one person does two roles."""
    yes: Annotated[Id, Ref("option", of="combines")]
    """The option of `combines` that says that one does."""
    means: ScaleRef
    """The question whether there are enough means."""
    time: Annotated[Id, Ref("object", of="means")]
    """The object of `means` that is time."""
    low: Annotated[Id, Ref("level", of="means")]
    """The level of `means` up to which time is low."""


class DoubleLoyalty(Binding):
    """F6. Which side weighs more: the party itself sees it otherwise than the rest."""

    number = "F6"
    weighs: ScaleRef
    """The question which of two sides weighs more for somebody."""
    steps: Annotated[float, Field(gt=0)] = 2
    """How far another kind of party must lie from the party itself, in steps."""


class FrontNotBack(Binding):
    """F7. Residents count at the start, not when it is carried out."""

    number = "F7"
    participation: ScaleRef
    """The question how much residents count, phase by phase."""
    front: Annotated[tuple[Id, ...], Ref("object", of="participation")]
    """The first phases, objects of `participation`."""
    back: Annotated[tuple[Id, ...], Ref("object", of="participation")]
    """The last phases, objects of `participation`."""
    steps: Annotated[float, Field(gt=0)] = 2
    """How far the median of the first must lie above that of the last, in steps."""


class NoTieBreaker(Binding):
    """F8. No one answer to who breaks a tie."""

    number = "F8"
    ties: WhoRef
    """The question who settles it when the parties do not agree."""


class NoEnforcer(Binding):
    """F9. Nobody, or everybody somewhere else, upholds the agreement."""

    number = "F9"
    upholds: WhoRef
    """The question who makes sure that what was agreed is kept."""


class FallsBetween(Binding):
    """F10. Every party points away from itself, and they do not all name the same other."""

    number = "F10"
    picks_up: WhoRef
    """The question who takes up what belongs to nobody."""


class AtTableWithoutMandate(Binding):
    """F11. The others expect a promise where the party itself can only pass it on."""

    number = "F11"
    promises: ScaleRef
    """The question what somebody can promise at the table."""
    passes_on: Annotated[Id, Ref("level", of="promises")]
    """The level of `promises` up to which one can only pass things on."""
    commits: Annotated[Id, Ref("level", of="promises")]
    """The level of `promises` from which one commits oneself."""


class ExpectationExceedsInfluence(Binding):
    """F12. What is wished for stands well above what is laid down."""

    number = "F12"
    formal: ScaleRef
    """The question how much somebody counts, as it is laid down."""
    wish: ScaleRef
    """The question how much somebody should count, over the same subjects and objects."""
    steps: Annotated[float, Field(gt=0)] = 2
    """How far a party's wish must lie above what is laid down, in steps."""


class SupportOnFewShoulders(Binding):
    """F13. Carrying support rests on a role with few people."""

    number = "F13"
    roles: MultiRef
    """The question which roles somebody has."""
    support: Annotated[Id, Ref("option", of="roles")]
    """The option of `roles` that is carrying the support."""
    means: ScaleRef
    """The question whether there are enough means."""
    people: Annotated[Id, Ref("object", of="means")]
    """The object of `means` that is people."""
    low: Annotated[Id, Ref("level", of="means")]
    """The level of `means` up to which there are few people."""


class ParallelPlans(Binding):
    """F14. The parties see the plans' relation differently."""

    number = "F14"
    relation: ChoiceRef
    """The question how the plans belong together."""


class RoleWithoutTask(Binding):
    """F15. A task without a role that fits it, or a role without a task."""

    number = "F15"
    task: ChoiceRef
    """The question what somebody's task is."""
    roles: MultiRef
    """The question which roles somebody has."""
    fits: dict[Id, tuple[Id, ...]]
    """Option of `task` -> the options of `roles` that serve it."""


class AccountableWithoutAuthority(Binding):
    """F16. Held to account for a result, without the mandate for it."""

    number = "F16"
    accountable: WhoRef
    """The question who is held to account for the result."""
    mandate: ScaleRef
    """The question what somebody may decide."""
    decisions: MandateObjects = ()
    """The related decisions, objects of `mandate`; empty: all."""
    low: Annotated[Id, Ref("level", of="mandate")]
    """The level of `mandate` up to which it is thin."""


class Patterns(Frozen):
    """The patterns that a set asks for; an absent one is not looked for."""

    role_exceeds_mandate: RoleExceedsMandate | None = None
    """F1. Is the role larger than what one may do?"""
    informal_role_fills_gap: InformalRoleFillsGap | None = None
    """F2. Which authority is missing, that somebody took this role on?"""
    decision_not_kept: DecisionNotKept | None = None
    """F3. What does it take to keep the decision?"""
    task_without_means: TaskWithoutMeans | None = None
    """F4. The task is clear. Is there enough time, money, people?"""
    double_role: DoubleRole | None = None
    """F5. Does one person do two roles? Is there time for it?"""
    double_loyalty: DoubleLoyalty | None = None
    """F6. Which interest weighs when?"""
    front_not_back: FrontNotBack | None = None
    """F7. Residents take part at the beginning. And when it is carried out?"""
    no_tie_breaker: NoTieBreaker | None = None
    """F8. Who settles it?"""
    no_enforcer: NoEnforcer | None = None
    """F9. Who makes sure that it is kept?"""
    falls_between: FallsBetween | None = None
    """F10. Who takes it up when each points at another?"""
    at_table_without_mandate: AtTableWithoutMandate | None = None
    """F11. What can be promised at the table?"""
    expectation_exceeds_influence: ExpectationExceedsInfluence | None = None
    """F12. What do we say beforehand of what is possible?"""
    support_on_few_shoulders: SupportOnFewShoulders | None = None
    """F13. Does it rest on too few?"""
    parallel_plans: ParallelPlans | None = None
    """F14. How do the plans belong together?"""
    role_without_task: RoleWithoutTask | None = None
    """F15. Which role goes with this task, and the reverse?"""
    accountable_without_authority: AccountableWithoutAuthority | None = None
    """F16. May who is held to account decide on it?"""

    model_config = {
        "alias_generator": lambda name: name.replace("_", "-"),
        "populate_by_name": True,
    }

    def bound(self) -> tuple[tuple[str, Binding], ...]:
        """The bound patterns as (pattern id, binding), in the order F1 to F16."""
        fields = type(self).model_fields
        values: list[tuple[str, Any]] = [(f.replace("_", "-"), getattr(self, f)) for f in fields]
        return tuple((pattern, binding) for pattern, binding in values if binding is not None)
