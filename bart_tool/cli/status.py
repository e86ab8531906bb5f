"""`bart status`: who has answered, never what."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, after, columns, describe_conflicts
from bart_tool.cli.options import session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.phases import Status


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t("Example: bart status demo\n\nSee who has answered, never what they answered.")
    return verb(t, "status", text, _status, session_argument(t))


def _status(front: Front, session: str) -> int:
    from datetime import date

    from bart_tool.domain.plain_json import in_conflict, picked
    from bart_tool.wording.erasing import must_be_erased
    from bart_tool.workflow.phases import status
    from bart_tool.workflow.retention import to_erase

    opened = front.opened(session)
    with front.busy():
        found = status(opened)
    until = opened.session.keep_until
    due = to_erase(opened.folder, opened.session, date.today())
    if front.as_json:
        said = picked(found, "session", "phase")
        people = [picked(each, "code", "party", "state") for each in found.participants]
        front.say_json(
            {
                **said,
                "participants": people,
                "conflicts": in_conflict(found.conflicts),
                "keep_until": until.isoformat() if until else None,
                "days_left": due.left if due else None,
            }
        )
    else:
        show(front, opened, found)
        if due:
            front.say()
            front.say(must_be_erased(due, front.t))
            front.say(
                front.t("Erase it with all that was answered: bart delete {name}", name=session)
            )
    unused = front.t("These files or answers are not used:")
    front.tell_both(found.problems, unused, front.t("Look at these files:"))
    return after(found.problems)


def show(front: Front, opened: "OpenSession", found: "Status") -> None:
    """Every party with its people, and how far each is."""
    from bart_tool.domain.session import party_label
    from bart_tool.wording.course import course, phase
    from bart_tool.wording.labels import STATES, label
    from bart_tool.workflow.course import stage_of

    t, stage = front.t, stage_of(opened, found)
    title = opened.session.title or found.session
    front.say(t("{session}: {phase}", session=title, phase=phase(stage, t)))
    front.say(course(stage, t))
    for party in found.parties:
        people = found.of_party(party.id)
        done = sum(each.state == "submitted" for each in people)
        named = party_label(opened.question_set, party, front.language)
        front.say()
        front.say(t("{party}: {done} of {all} done", party=named, done=done, all=len(people)))
        rows = [[f"  {each.code}", label(STATES, each.shown, front.language)] for each in people]
        for line in columns(rows) if rows else ():
            front.say(line)
    _tell_in_view(front, opened)
    if found.conflicts:
        front.say()
        front.say(describe_conflicts(t, len(found.conflicts), found.session))


def _tell_in_view(front: Front, opened: "OpenSession") -> None:
    """Of each party why it is in view or not, once the round is closed."""
    from bart_tool.workflow.phases import in_view

    parties = in_view(opened)
    if not parties:
        return
    from bart_tool.wording.in_view import reasons
    from bart_tool.wording.naming import Naming

    front.say()
    front.say(front.t("In the report:"))
    names = Naming(opened.question_set, opened.session, front.language)
    for line in reasons(parties, names):
        front.say(f"  {line}")
