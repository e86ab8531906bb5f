"""The questions `bart new` asks when nothing was given: one at a time, with a way back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bart_tool.cli.asking import BACK, Back, said, walk
from bart_tool.cli.shared import is_yes

if TYPE_CHECKING:
    from bart_tool.cli.shared import Front
    from bart_tool.workflow.prepare import Plan


def ask(front: "Front", plan: "Plan") -> "Plan":
    """Ask for what `plan` misses, show it whole, and ask whether it is right."""
    return walk(front, (_title, _name, _set, _parties, _confirm), plan)


def _title(front: "Front", plan: "Plan") -> "Plan":
    return replace(plan, title=said(front.t("Which wijk, team or organisation is it"), plan.title))


def _name(front: "Front", plan: "Plan") -> "Plan":
    from bart_tool.workflow.prepare import free_name, must_be_free

    default = plan.name or free_name(front.root, plan.title)
    name = said(front.t("Short name of the session, in small letters"), default)
    must_be_free(front.root, name)  # now: nobody likes to hear it after the last question
    return replace(plan, name=name)


def _set(front: "Front", plan: "Plan") -> "Plan":
    from bart_tool.store.question_sets import set_ids
    from bart_tool.workflow.prepare import usable_set

    for name in set_ids():
        title = usable_set(name)[0].title.in_language(front.language)
        front.tell(f"  {name}: {title}")
    name = said(front.t("Which question set"), plan.set_name)
    usable_set(name)
    return replace(plan, set_name=name)


def _parties(front: "Front", plan: "Plan") -> "Plan":
    from bart_tool.workflow.prepare import usable_set

    question_set, _ = usable_set(plan.set_name)
    parties: list[tuple[str, int]] = []
    labels: dict[str, str] = {}
    for kind, what in question_set.parties.items():
        named = what.label.in_language(front.language)
        if not what.is_named:
            people = _number(front, front.t("How many people in {party}", party=named))
            parties += [(kind, people)] if people else []
        else:
            found, called = _several(front, kind, named, own_kind=what.named_by_session)
            parties += found
            labels |= called
    if not parties:
        front.tell(front.t("At least one party must have people."))
        return _parties(front, plan)
    return replace(plan, parties=parties, labels=labels)


def _several(
    front: "Front", kind: str, named: str, *, own_kind: bool
) -> tuple[list[tuple[str, int]], dict[str, str]]:
    from bart_tool.workflow.prepare import party_id

    parties: list[tuple[str, int]] = []
    labels: dict[str, str] = {}
    while True:
        label = said(front.t("Name of a {party} (nothing when done)", party=named), "")
        if not label:
            return parties, labels
        name = party_id(kind, label.removeprefix(f"{named} "), own_kind=own_kind)
        people = _number(front, front.t("How many people in {party}", party=label))
        if people and name not in labels:
            parties.append((name, people))
            labels[name] = label


def _number(front: "Front", question: str) -> int:
    while True:
        typed = said(question, "0")
        if typed.isascii() and typed.isdigit() and len(typed) < 5:
            return int(typed)
        front.tell(front.t("Type a number."))


def _confirm(front: "Front", plan: "Plan") -> "Plan":
    t = front.t
    front.tell("")
    front.tell(
        t(
            "Session {name}: {title}, set {set}",
            name=plan.name,
            title=plan.title or "-",
            set=plan.set_name,
        )
    )
    for party, people in plan.parties:
        front.tell(f"  {plan.labels.get(party, party)}: {people}")
    if not is_yes(said(t("Make it (yes or {back})", back=BACK), t("yes"))):
        raise Back
    return plan
