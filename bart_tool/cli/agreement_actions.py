"""What `bart agreements` does: make an agreement, change it, look at it again, take it out."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.agreement_fields import changed, day, draft, one
from bart_tool.cli.agreement_list import agreement_words, naming, say, told
from bart_tool.cli.front import Front
from bart_tool.domain.agreement import Check, plain_agreement
from bart_tool.domain.free_text import harmless
from bart_tool.wording.messages import problem_sentence
from bart_tool.workflow import agree

if TYPE_CHECKING:
    from bart_tool.workflow.open_session import OpenSession


def add(front: Front, opened: "OpenSession", given: dict[str, Any], today: date) -> int:
    """Make an agreement; what is not given is asked."""
    is_asked = not (given["topic"] and given.get("sentence"))
    if is_asked:
        given = _asked(front, opened, given, today)
    saved = agree.agree(opened, draft(given), today, front.language)
    return _say_saved(front, saved, is_told=is_asked)


def _asked(
    front: Front, opened: "OpenSession", given: dict[str, Any], today: date
) -> dict[str, Any]:
    from bart_tool.cli.agreement_asked import ask

    t = agreement_words(front)
    from bart_tool.workflow.open_session import must_be_closed

    must_be_closed(opened)  # now: nobody likes to hear it after the last question
    if not front.may_ask:
        raise click.UsageError(t("Give a topic and a sentence, like: {example}", example=_EXAMPLE))
    return ask(front, opened, given, today)


_EXAMPLE = (
    "bart agreements add demo decision/small-urgent-spend --sentence "
    '"De wijkmanager geeft tot 500 euro uit" --party wijkraad --owner wijkmanager '
    "--check-on 2027-06-30"
)


def change(
    front: Front, opened: "OpenSession", name: str, given: dict[str, Any], today: date
) -> int:
    """Change what is given of the agreement called `name`."""
    t = agreement_words(front)
    if not given:
        raise click.UsageError(t("Say what is to change, for instance --owner wijkmanager."))
    before = agree.must_be_there(opened, name)
    saved = agree.change(opened, before, changed(before, given), today, front.language)
    return _say_saved(front, saved)


def _say_saved(front: Front, saved: agree.Saved, *, is_told: bool = False) -> int:
    """What stands there now, and what is still to be asked about it if that was not told yet."""
    t, names = agreement_words(front), naming(front, saved.opened)
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
    for line in told(saved.agreement, names):
        say(front, line)
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


def kept(
    front: Front,
    opened: "OpenSession",
    name: str,
    outcome: str,
    note: str,
    again_on: str | None,
    today: date,
) -> int:
    """Write down whether the agreement called `name` was kept: `yes`, `partly` or `no`."""
    check = one(Check, {"on": today.isoformat(), "kept": outcome, "note": note})
    again = day("check_on", again_on) if again_on else None
    return _say_saved(front, agree.record_check(opened, name, check, today, again_on=again))


def remove(front: Front, opened: "OpenSession", name: str, sure: bool) -> int:
    """Take out the agreement called `name`, when somebody is sure of it."""
    t = agreement_words(front)
    gone = agree.must_be_there(opened, name)
    sentence = harmless(gone.sentence, one_line=True)
    question = t("Take out {id}: {sentence}", id=name, sentence=sentence)
    refused = t("Nothing was taken out. Add --yes to take out {id}.", id=name)
    if not front.is_sure(question, t("Nothing was taken out."), yes=sure, lasting=refused):
        return 0
    removed = agree.remove(opened, name)
    if front.as_json:
        front.say_json(
            {"session": opened.session.session, "removed": plain_agreement(removed.agreement)}
        )
        return 0
    front.say(t("{id} was taken out. This stood there:", id=name))
    for line in told(removed.agreement, naming(front, opened)):
        say(front, f"  {line}")
    return 0
