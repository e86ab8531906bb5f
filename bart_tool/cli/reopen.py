"""`bart reopen`: opens the answering round again."""

import click

from bart_tool.cli.shared import Front, options, session_argument
from bart_tool.i18n import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "reopen",
        help=t(
            "Example: bart reopen demo\n\n"
            "Open the answering round again. A report that was made before is then out of date."
        ),
    )
    @session_argument(t)
    @options(t)
    def reopen(front: Front, session: str) -> int:
        return _reopen(front, session)

    return reopen


def _reopen(front: Front, name: str) -> int:
    from bart_tool.workflow.phases import reopen

    desk = reopen(front.desk(name))
    stale = desk.session.report_out_of_date
    if front.as_json:
        front.say_json({"session": name, "phase": desk.session.phase, "report_out_of_date": stale})
        return 0
    front.say(front.t("The round is open again."))
    if stale:
        front.say(front.t("The earlier report is now out of date. Tell whoever has it."))
    return 0
