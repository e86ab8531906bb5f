"""The questions `bart new` asks when nothing was given: one at a time, with a way back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bart_tool.cli.terminal import BACK, Back, is_yes, said

if TYPE_CHECKING:
    from bart_tool.cli.front import Front
    from bart_tool.domain.question_set import PartyKind
    from bart_tool.workflow.session_draft import SessionDraft


def ask(front: "Front", draft: "SessionDraft") -> "SessionDraft":
    """Ask for what `draft` misses, show it whole, and ask whether it is right."""
    return front.walk((_title, _name, _set, _parties, _confirm), draft)


def _title(front: "Front", draft: "SessionDraft") -> "SessionDraft":
    return replace(
        draft, title=said(front.t("Which wijk, team or organisation is it"), draft.title)
    )


def _name(front: "Front", draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.workflow.prepare import free_name, must_be_free

    default = draft.name or free_name(front.store, draft.title)
    name = said(front.t("Short name of the session, in small letters"), default)
    must_be_free(front.store, name)  # now: nobody likes to hear it after the last question
    return replace(draft, name=name)


def _set(front: "Front", draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.store.question_sets import set_ids
    from bart_tool.workflow.prepare import usable_set

    for name in set_ids():
        title = usable_set(name)[0].title.in_language(front.language)
        front.tell(f"  {name}: {title}")
    name = said(front.t("Which question set"), draft.set_name)
    usable_set(name)
    return replace(draft, set_name=name)


def _parties(front: "Front", draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.workflow.prepare import usable_set

    question_set, _ = usable_set(draft.set_name)
    draft = replace(draft, parties=(), labels={})
    while not draft.parties:
        for kind, what in question_set.parties.items():
            if what.is_named:
                draft = _named(front, draft, kind, what)
            else:
                called = what.label.in_language(front.language)
                draft = draft.with_people(kind, _people(front, called))
        if not draft.parties:
            front.tell(front.t("At least one party must have people."))
    return draft


def _named(front: "Front", draft: "SessionDraft", kind: str, what: "PartyKind") -> "SessionDraft":
    from bart_tool.workflow.session_draft import named_party

    question = front.t(
        "Name of a {party} (nothing when done)", party=what.label.in_language(front.language)
    )
    while answer := said(question):
        name, label = named_party(kind, what, answer, front.language)
        draft = draft.with_people(name, _people(front, label), label)
    return draft


def _people(front: "Front", called: str) -> int:
    from bart_tool.workflow.session_draft import number_in

    question = front.t("How many people in {party}", party=called)
    while (number := number_in(said(question, "0"))) is None:
        front.tell(front.t("Type a number."))
    return number


def _confirm(front: "Front", draft: "SessionDraft") -> "SessionDraft":
    t = front.t
    front.tell("")
    front.tell(
        t(
            "Session {name}: {title}, set {set}",
            name=draft.name,
            title=draft.title or "-",
            set=draft.set_name,
        )
    )
    for party, people in draft.parties:
        front.tell(f"  {draft.labels.get(party, party)}: {people}")
    if not is_yes(said(t("Make it (yes or {back})", back=BACK), t("yes"))):
        raise Back
    return draft
