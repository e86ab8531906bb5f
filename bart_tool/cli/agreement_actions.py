"""What each verb of `bart agreements` does: list, make, change, look again, take out, publish."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.agreement_asking import ask, ask_unagreed
from bart_tool.cli.agreement_parts import changed, day, draft, one, parts_given
from bart_tool.cli.front import Front, after, columns, write_new
from bart_tool.domain.agreement import Check, Withdrawal, plain_agreement, waiting
from bart_tool.domain.free_text import harmless
from bart_tool.wording.agreements import (
    by_topic,
    checks,
    facts,
    formal_line,
    in_calendar,
    late,
    position,
    topic,
)
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import words
from bart_tool.workflow import agree
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import must_be_closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bart_tool.domain.agreement import Agreement, AgreementDraft
    from bart_tool.workflow.open_session import OpenSession


def today() -> date:
    """The day it is; a due date and a check are told by it."""
    return date.today()


def _due(front: Front, opened: "OpenSession", ics: Path | None = None) -> int:
    if ics is not None:
        return _calendar(front, opened, ics)
    return _list(front, opened, only_due=True)


def _calendar(front: Front, opened: "OpenSession", file: Path) -> int:
    """Write every day on which an agreement is looked at again as a calendar, to mail."""
    from bart_tool.workflow.calendar import calendar

    days = waiting(agree.agreements(opened).agreements)
    write_new(file, calendar(opened, front.asked_language))
    if front.as_json:
        front.say_json(
            {
                "session": opened.session.session,
                "file": str(file),
                "agreements": [{"id": each.id, "check_on": day.isoformat()} for day, each in days],
            }
        )
        return 0
    front.say_unbroken(str(file))
    front.tell(in_calendar(len(days), front.t))
    return 0


def _list(front: Front, opened: "OpenSession", *, only_due: bool = False) -> int:
    """All agreements by topic, or only what is due, the longest overdue first."""
    t = front.t
    whole = agree.agreements(opened)
    kept = whole.agreements
    due = {each.agreement.id: each.days for each in agree.due(opened, today())}
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
        _say_due(front, opened, shown, due)
    else:
        _say_all(front, opened, shown, due)
    wrong = agree.misfits(opened, whole)
    front.tell_problems(wrong, t("This does not fit the session (any more):"))
    return after(wrong)


def _say_all(
    front: Front, opened: "OpenSession", agreements: "Sequence[Agreement]", due: dict[str, int]
) -> None:
    t, names, name = front.t, _naming(front, opened), opened.session.session
    for number, (about, group) in enumerate(by_topic(agreements).items()):
        if number:
            front.say()
        _say(front, topic(about, names))
        for each in group:
            for line in _describe(each, names, due.get(each.id)):
                _say(front, f"  {line}")
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


def _describe(agreement: "Agreement", names: Naming, days: int | None = None) -> "Iterator[str]":
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
    if still_open and agreement.withdrawn is None:
        yield indent + t("Still open: {parts}", parts=", ".join(still_open))


def _say_due(
    front: Front, opened: "OpenSession", agreements: "Sequence[Agreement]", due: dict[str, int]
) -> None:
    t, names, name = front.t, _naming(front, opened), opened.session.session
    if not agreements:
        front.say(t("Nothing must be looked at again today."))
        _say_next(front, opened, names)
        return
    for number, each in enumerate(agreements):
        if number:
            front.say()
        day = names.t.day(each.check_on) if each.check_on else ""
        owner = position(each.owner, names) if each.owner else t("nobody yet")
        width, sees_to_it = len(each.id) + 2, t("Sees to it")
        _say(front, f"{each.id}  {late(due[each.id], names)} ({day})")
        for line in (each.sentence, topic(each.topic, names), f"{sees_to_it}: {owner}"):
            _say(front, f"{'':{width}}{line}")
    front.tell("")
    front.tell(
        t(
            "Was it kept? Write it down: bart agreements kept {name} {id} no (or partly, or yes)",
            name=name,
            id=agreements[0].id,
        )
    )


def _say_next(front: Front, opened: "OpenSession", names: Naming) -> None:
    days = waiting(agree.agreements(opened).agreements)
    coming = next(((day, each) for day, each in days if day > today()), None)
    if coming:
        day, first = coming
        front.say(front.t("The next is {id}, on {day}.", id=first.id, day=names.t.day(day)))


def _say(front: Front, text: str) -> None:
    """A line with somebody's words in it: a line end in them begins no line of ours."""
    front.say(harmless(text, one_line=True))


def _topics(front: Front, opened: "OpenSession") -> int:
    """What an agreement may be about."""
    names = _naming(front, opened)
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
        _say(front, line)
    return 0


def _page(front: Front, opened: "OpenSession") -> int:
    """Make the page that may be public, and say where it is."""
    from bart_tool.workflow.publish import publish_agreements

    paths = publish_agreements(opened, front.asked_language)
    if front.as_json:
        front.say_json({"session": opened.session.session, "files": list(paths)})
        return 0
    for path in paths:
        front.say_unbroken(str(path))
    front.tell(
        front.t("No answer is in it. Read whether no name is either: then it may be public.")
    )
    return 0


def _naming(front: Front, opened: "OpenSession") -> Naming:
    """The names of the session, also of what only an earlier round asked."""
    return Naming(opened.known, opened.session, front.language)


def _add(front: Front, opened: "OpenSession", *, topic: str, **asked: Any) -> int:
    """Make an agreement; what is not given is asked."""
    given = {"topic": topic, **parts_given(front.t, asked)}
    is_asked = not (given["topic"] and given.get("sentence"))
    if is_asked:
        given = _asked(front, opened, given)
    made = draft(given)
    if not is_asked:
        made = _with_unagreed(front, opened, made)
    saved = agree.agree(opened, made, today(), front.language)
    if not is_asked:
        _tell_formal(front, saved)
    return _say_saved(front, saved, is_told=is_asked)


def _with_unagreed(front: Front, opened: "OpenSession", made: "AgreementDraft") -> "AgreementDraft":
    """`made`, with what somebody at the terminal says of who must act and did not agree."""
    if not front.may_ask or front.as_json:
        return made
    return ask_unagreed(front, opened, made)


def _tell_formal(front: Front, saved: agree.Saved) -> None:
    """Who decides by the rules, beside what was agreed."""
    if front.as_json or saved.agreement.mandate == "parked":
        return
    with front.busy():
        about = findings(saved.opened)
    said = formal_line(saved.agreement.topic, about, _naming(front, saved.opened))
    if said:
        front.tell(harmless(said, one_line=True))


def _asked(front: Front, opened: "OpenSession", given: dict[str, Any]) -> dict[str, Any]:
    must_be_closed(opened)  # now: nobody likes to hear it after the last question
    if not front.may_ask:
        raise click.UsageError(
            front.t("Give a topic and a sentence, like: {example}", example=_EXAMPLE)
        )
    return ask(front, opened, given, today())


_EXAMPLE = (
    "bart agreements add demo decision/small-urgent-spend --sentence "
    '"De wijkmanager geeft tot 500 euro uit" --party wijkraad --owner wijkmanager '
    "--check-on 2027-06-30"
)


def _change(front: Front, opened: "OpenSession", *, name: str, **asked: Any) -> int:
    """Change what is given of the agreement called `name`."""
    given = parts_given(front.t, asked)
    if not given:
        raise click.UsageError(front.t("Say what is to change, for instance --owner wijkmanager."))
    before = agree.must_be_there(opened, name)
    after = _with_unagreed(front, opened, changed(before, given))
    saved = agree.change(opened, before, after, today(), front.language)
    return _say_saved(front, saved)


def _say_saved(front: Front, saved: agree.Saved, *, is_told: bool = False) -> int:
    """What stands there now, and what is still to be asked about it if that was not told yet."""
    t, names = front.t, _naming(front, saved.opened)
    asked = [(each.code, problem_sentence(each, front.language)) for each in saved.questions]
    if front.as_json:
        front.say_json(
            {
                "session": saved.opened.session.session,
                "agreement": plain_agreement(saved.agreement),
                "questions": [{"code": code, "text": text} for code, text in asked],
            }
        )
        return 0
    for line in _describe(saved.agreement, names):
        _say(front, line)
    if asked and not is_told:
        front.tell("")
        front.tell(t("It is saved. Still to talk about:"))
        for _, text in asked:
            front.tell(f"  - {text}")
        front.tell(
            t(
                "Change it with: bart agreements change {name} {id} …",
                name=saved.opened.session.session,
                id=saved.agreement.id,
            )
        )
    return 0


def _kept(
    front: Front, opened: "OpenSession", name: str, outcome: str, note: str, check_on: str | None
) -> int:
    """Write down whether the agreement called `name` was kept: `yes`, `partly` or `no`."""
    check = one(Check, {"on": today().isoformat(), "kept": outcome, "note": note})
    again = day("check_on", check_on) if check_on else None
    return _say_saved(front, agree.record_check(opened, name, check, today(), again_on=again))


def _park(
    front: Front, opened: "OpenSession", what: str, sentence: str | None, **given: str | None
) -> int:
    """Park an agreement, or a topic on which nothing stands yet."""
    parts = {key: value for key, value in given.items() if value is not None}
    kept = agree.agreements(opened).by_id(what)
    if kept is not None:
        said = {"sentence": sentence} if sentence else {}
        after = changed(kept, {**parts, **said, "mandate": "parked", "mandate_words": ""})
        return _say_saved(front, agree.change(opened, kept, after, today(), front.language))
    title = topic(what, _naming(front, opened))
    said = {"sentence": sentence or front.t("We are not through with this: {title}.", title=title)}
    made = draft({**parts, **said, "topic": what, "mandate": "parked"})
    return _say_saved(front, agree.agree(opened, made, today(), front.language))


def _withdraw(front: Front, opened: "OpenSession", name: str, why: str, undo: bool) -> int:
    """Write down that the agreement called `name` does not hold any more, or does after all."""
    if undo:
        return _say_saved(front, agree.hold_again(opened, name, today()))
    withdrawal = one(Withdrawal, {"on": today().isoformat(), "why": why}, "--why")
    saved = agree.withdraw(opened, name, withdrawal)
    done = _say_saved(front, saved)
    if not front.as_json:
        front.tell(
            front.t(
                "Does it hold after all? bart agreements withdraw {name} {id} --undo",
                name=opened.session.session,
                id=name,
            )
        )
    return done


def _remove(front: Front, opened: "OpenSession", name: str, yes: bool) -> int:
    """Take out the agreement called `name`, when somebody is sure of it."""
    t = front.t
    gone = agree.must_be_there(opened, name)
    sentence = harmless(gone.sentence, one_line=True)
    question = t("Take out {id}: {sentence}", id=name, sentence=sentence)
    refused = t("Nothing was taken out. Add --yes to take out {id}.", id=name)
    if not front.is_sure(question, t("Nothing was taken out."), yes=yes, lasting=refused):
        return 0
    removed = agree.remove(opened, name)
    if front.as_json:
        front.say_json(
            {"session": opened.session.session, "removed": plain_agreement(removed.agreement)}
        )
        return 0
    front.say(t("{id} was taken out. This stood there:", id=name))
    for line in _describe(removed.agreement, _naming(front, opened)):
        _say(front, f"  {line}")
    return 0


ACTIONS: dict[str, Callable[..., int]] = {
    "list": _list,
    "due": _due,
    "topics": _topics,
    "add": _add,
    "change": _change,
    "kept": _kept,
    "park": _park,
    "withdraw": _withdraw,
    "remove": _remove,
    "page": _page,
}
