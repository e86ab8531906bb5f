"""`bart close`: ends the answering round."""

import click

from bart_tool.cli.shared import Front, conflicts_in_words, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.i18n import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "close",
        cls=Verb,
        help=t(
            "Example: bart close demo\n\n"
            "End the answering round. From then on the answers may be compared and shown."
        ),
    )
    @session_argument(t)
    @options(t)
    def close(front: Front, session: str) -> int:
        return _close(front, session)

    return close


def _close(front: Front, name: str) -> int:
    from bart_tool.workflow.phases import close

    desk = front.desk(name)
    with front.busy():
        closed = close(desk)
    if front.as_json:
        front.say_json(
            {
                "session": name,
                "phase": closed.desk.session.phase,
                "missing": [each.code for each in closed.missing],
                "parties": {each.party: each.visibility for each in closed.parties},
                "conflicts": [{"participant": c, "item": item} for c, item in closed.conflicts],
            }
        )
        return 0
    t = front.t
    front.say(t("The round is closed."))
    if closed.missing:
        codes = ", ".join(each.code for each in closed.missing)
        front.say(t("Not handed in: {codes}. These people do not count.", codes=codes))
    withheld = sum(each.visibility == "withheld" for each in closed.parties)
    if withheld:
        front.say(
            t.plural(
                "{number} party is not shown: too few of its people answered.",
                "{number} parties are not shown: too few of their people answered.",
                withheld,
            )
        )
    if closed.conflicts:
        front.say(conflicts_in_words(t, len(closed.conflicts), name))
    front.say(t("Next: bart report {name}", name=name))
    return 0
