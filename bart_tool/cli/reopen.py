"""`bart reopen`: opens the answering round again."""

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import complete_code, optional, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "reopen",
        cls=Verb,
        help=t(
            "Example: bart reopen demo WR-01\n\n"
            "Open the answering round again. A report that was made before is then out of date. "
            "Who handed in stays so; name the codes of those who may change their sheet."
        ),
    )
    @session_argument(t)
    @click.argument("codes", nargs=-1, metavar=optional(t("CODE …")), shell_complete=complete_code)
    @options(t)
    def reopen(front: Front, session: str, codes: tuple[str, ...]) -> int:
        return _reopen(front, session, codes)

    return reopen


def _reopen(front: Front, name: str, codes: tuple[str, ...]) -> int:
    from bart_tool.workflow.phases import reopen

    opened = reopen(front.opened(name), codes)
    stale = opened.session.report_out_of_date
    may_change = opened.session.reopened
    if front.as_json:
        front.say_json(
            {
                "session": name,
                "phase": opened.session.phase,
                "report_out_of_date": stale,
                "reopened": list(may_change),
            }
        )
        return 0
    t = front.t
    front.say(t("The round is open again."))
    if may_change:
        front.say(t("These may change their sheet: {codes}", codes=", ".join(may_change)))
    else:
        front.say(
            t("Must somebody change their sheet? Name them: bart reopen {name} CODE", name=name)
        )
    if stale:
        front.say(t("The earlier report is now out of date. Tell whoever has it."))
    return 0
