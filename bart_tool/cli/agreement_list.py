"""What `bart agreements` shows: all that was agreed, what is due, the topics, and the page."""

from datetime import date
from typing import TYPE_CHECKING

from bart_tool.cli.front import Front, after, columns
from bart_tool.domain.agreement import plain_agreement
from bart_tool.domain.free_text import harmless
from bart_tool.wording.agreements import by_topic, checks, facts, late, position, topic
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import Words, words
from bart_tool.workflow import agree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bart_tool.domain.agreement import Agreement
    from bart_tool.errors import Problem
    from bart_tool.workflow.open_session import OpenSession


def listed(front: Front, opened: "OpenSession", today: date, *, only_due: bool) -> int:
    """All agreements by topic, or only what is due, the longest overdue first."""
    t = agreement_words(front)
    whole = agree.agreements(opened)
    kept = whole.agreements
    due = {each.agreement.id: each.days for each in agree.due(opened, today)}
    shown = [each for each in kept if each.id in due] if only_due else list(kept)
    if only_due:
        shown.sort(key=lambda each: -due[each.id])
    if front.as_json:
        front.say_json(
            {
                "session": opened.session.session,
                "agreements": [
                    {**plain_agreement(each), "days_late": due.get(each.id)} for each in shown
                ],
            }
        )
    elif not kept:
        front.say(t("Nothing was agreed yet."))
        front.tell(t("Make an agreement: bart agreements add {name}", name=opened.session.session))
    elif only_due:
        _say_due(front, opened, shown, due, today)
    else:
        _say_all(front, opened, shown, due)
    wrong = agree.misfits(opened, whole)
    _tell_misfits(front, wrong)
    return after(wrong)


def _tell_misfits(front: Front, problems: "Sequence[Problem]") -> None:
    t = agreement_words(front)
    if problems:
        front.tell(t("This does not fit the session (any more):"))
        front.tell_problems(problems)


def _say_all(
    front: Front, opened: "OpenSession", agreements: "Sequence[Agreement]", due: dict[str, int]
) -> None:
    t, names, name = agreement_words(front), naming(front, opened), opened.session.session
    for number, (about, group) in enumerate(by_topic(agreements).items()):
        if number:
            front.say()
        say(front, topic(about, names))
        for each in group:
            for line in told(each, names, due.get(each.id)):
                say(front, f"  {line}")
    front.say()
    front.say(t("As a page that may be public: bart agreements page {name}", name=name))
    if due:
        front.say(
            t.plural(
                "{number} agreement must be looked at again: bart agreements due {name}",
                "{number} agreements must be looked at again: bart agreements due {name}",
                len(due),
                name=name,
            )
        )


def told(agreement: "Agreement", names: Naming, days: int | None = None) -> "Iterator[str]":
    """An agreement in lines: its sentence, and below it what is filled in or still open."""
    t = words(names.language)
    indent = " " * (len(agreement.id) + 2)
    yield f"{agreement.id}  {agreement.sentence}"
    still_open = []
    for called, text in facts(agreement, names):
        if not text:
            still_open.append(called)
        elif days is not None and called == t("Look again on"):
            yield f"{indent}{called}: {text} ({late(days, names)})"
        else:
            yield f"{indent}{called}: {text}"
    noted = list(checks(agreement, names))
    if noted:
        yield indent + t("Noted: {notes}", notes="; ".join(noted))
    if still_open:
        yield indent + t("Still open: {parts}", parts=", ".join(still_open))


def _say_due(
    front: Front,
    opened: "OpenSession",
    agreements: "Sequence[Agreement]",
    due: dict[str, int],
    today: date,
) -> None:
    t, names, name = agreement_words(front), naming(front, opened), opened.session.session
    if not agreements:
        front.say(t("Nothing must be looked at again today."))
        _say_next(front, opened, names, today)
        return
    for number, each in enumerate(agreements):
        if number:
            front.say()
        day = names.day(each.check_on) if each.check_on else ""
        owner = position(each.owner, names) if each.owner else t("nobody yet")
        width, sees_to_it = len(each.id) + 2, t("Sees to it")
        say(front, f"{each.id}  {late(due[each.id], names)} ({day})")
        for line in (each.sentence, topic(each.topic, names), f"{sees_to_it}: {owner}"):
            say(front, f"{'':{width}}{line}")
    front.tell("")
    front.tell(
        t(
            "Was it kept? Write it down: bart agreements kept {name} {id} yes (or partly, or no)",
            name=name,
            id=agreements[0].id,
        )
    )


def _say_next(front: Front, opened: "OpenSession", names: Naming, today: date) -> None:
    t = agreement_words(front)
    coming = sorted(
        (each.check_on, each.id)
        for each in agree.agreements(opened).agreements
        if each.check_on is not None and each.check_on > today
    )
    if coming:
        day, name = coming[0]
        front.say(t("The next is {id}, on {day}.", id=name, day=names.day(day)))


def say(front: Front, text: str) -> None:
    """A line with somebody's words in it: a line end in them begins no line of ours."""
    front.say(harmless(text, one_line=True))


def topics(front: Front, opened: "OpenSession") -> int:
    """What an agreement may be about."""
    names = naming(front, opened)
    known = [(key, topic(key, names)) for key in agree.topics(opened)]
    if front.as_json:
        front.say_json(
            {
                "session": opened.session.session,
                "topics": [{"topic": key, "title": title} for key, title in known],
            }
        )
        return 0
    for line in columns(known):
        say(front, line)
    return 0


def page(front: Front, opened: "OpenSession") -> int:
    """Make the page that may be public, and say where it is."""
    from bart_tool.workflow.publish import publish_agreements

    paths = publish_agreements(opened, front.asked_language)
    if front.as_json:
        front.say_json({"session": opened.session.session, "files": list(paths)})
        return 0
    for path in paths:
        front.say(str(path))
    t = agreement_words(front)
    front.tell(t("No answer is in it. Read whether no name is either: then it may be public."))
    return 0


def agreement_words(front: Front) -> Words:
    """The words of everything about agreements, in the language of messages."""
    return front.t


def naming(front: Front, opened: "OpenSession") -> Naming:
    """The names of the session, also of what only an earlier round asked."""
    return Naming(opened.known, opened.session, front.language)
