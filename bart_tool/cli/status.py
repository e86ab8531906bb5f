"""`bart status`: who has answered, never what."""

import click

from bart_tool.cli.shared import Front, columns, exit_code, options, session_argument
from bart_tool.i18n import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "status",
        help=t("Example: bart status demo\n\nSee who has answered, never what they answered."),
    )
    @session_argument(t)
    @options(t)
    def status(front: Front, session: str) -> int:
        return _status(front, session)

    return status


def _status(front: Front, name: str) -> int:
    from bart_tool.workflow.status import status

    found = status(front.desk(name))
    if front.as_json:
        front.say_json(
            {
                "session": found.session,
                "phase": found.phase,
                "participants": [
                    {"code": each.code, "party": each.party, "state": each.state}
                    for each in found.participants
                ],
                "conflicts": [
                    {"participant": code, "item": item} for code, item in found.conflicts
                ],
            }
        )
    else:
        _show(front, name)
    if found.problems:
        front.tell(front.t("These files or answers are not used:"))
        front.tell_problems(found.problems)
    return exit_code(not found.problems)


def _show(front: Front, name: str) -> None:
    from bart_tool.domain.session import party_label
    from bart_tool.i18n.labels import PHASES, STATES, label
    from bart_tool.workflow.status import status

    desk = front.desk(name)
    found, t = status(desk), front.t
    phase = label(PHASES, found.phase, front.language)
    front.say(t("{session}: {phase}", session=desk.session.title or found.session, phase=phase))
    for party in found.parties:
        people = found.of_party(party.id)
        done = sum(each.state == "submitted" for each in people)
        named = party_label(desk.question_set, party, front.language)
        front.say()
        front.say(t("{party}: {done} of {all} done", party=named, done=done, all=len(people)))
        rows = [[f"  {each.code}", label(STATES, each.state, front.language)] for each in people]
        for line in columns(rows) if rows else ():
            front.say(line)
    if found.conflicts:
        front.say()
        front.say(
            t.plural(
                "{number} answer came in twice and differs.",
                "{number} answers came in twice and differ.",
                len(found.conflicts),
            )
        )
        front.say(t("Settle this: bart gather {name} --settle", name=name))
