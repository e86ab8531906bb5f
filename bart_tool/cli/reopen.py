"""`bart reopen`: opens the answering round again."""

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import codes_argument, session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart reopen demo WR-01\n\n"
        "Open the answering round again. A report that was made before is then out of date. "
        "Who handed in stays so; name the codes of those who may change their sheet."
    )
    return verb(t, "reopen", text, _reopen, session_argument(t), codes_argument(t))


def _reopen(front: Front, session: str, codes: tuple[str, ...]) -> int:
    from bart_tool.domain.session import Phase
    from bart_tool.wording.pins import NEW_CARDS
    from bart_tool.workflow.dealing import asks_pins
    from bart_tool.workflow.phases import reopen

    before = front.opened(session)
    opened = reopen(before, codes)
    stale = opened.session.report_out_of_date
    may_change = opened.session.reopened
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "phase": opened.session.phase,
                "report_out_of_date": stale,
                "reopened": list(may_change),
            }
        )
        return 0
    t = front.t
    if before.session.phase is not Phase.ANSWERING:
        front.say(t("The round is open again."))
        if asks_pins(opened):
            front.say(t(NEW_CARDS, name=session))
    if may_change:
        front.say(t("These may change their sheet: {codes}", codes=", ".join(may_change)))
    else:
        front.say(
            t(
                "Must somebody change their sheet? Name them: bart reopen {name} CODE",
                name=session,
            )
        )
    if stale:
        front.say(t("The earlier report is now out of date. Tell whoever has it."))
    return 0
