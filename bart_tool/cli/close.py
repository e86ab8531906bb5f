"""`bart close`: ends the answering round."""

import click

from bart_tool.cli.shared import Front, options, session_argument
from bart_tool.i18n import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "close",
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

    closed = close(front.desk(name))
    if front.as_json:
        front.say_json(
            {
                "session": name,
                "phase": closed.desk.session.phase,
                "missing": [each.code for each in closed.missing],
                "parties": {each.party: each.visibility for each in closed.parties},
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
    front.say(t("Next: bart report {name}", name=name))
    return 0
