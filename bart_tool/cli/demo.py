"""`bart demo`: an example session with its report, to try everything on."""

import shlex
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, can_draw
from bart_tool.cli.options import flag, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.publish import Published


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart demo --no-tui\n\n"
        "Make an example session in an invented wijk, close its round and write the report. "
        "Then look around in it. An earlier demo stays as it is."
    )
    no_tui = flag("--no-tui", text=t("Only say where the report lies."))
    agreed = flag(
        "--agreed",
        text=t("As it is after the talk: with agreements, to be checked half a year on."),
    )
    return verb(t, "demo", text, _demo, no_tui, agreed)


def _demo(front: Front, no_tui: bool, agreed: bool) -> int:
    from bart_tool.workflow.demo import make_demo

    made = make_demo(front.store, front.language, is_agreed=agreed)
    if front.as_json:
        front.say_json(
            {
                "session": made.opened.session.session,
                "files": list(made.files),
                "agenda": [topic.key for topic in made.findings.agenda],
                "patterns": [each.pattern for each in made.findings.patterns],
            }
        )
        return 0
    if front.may_ask and can_draw() and not no_tui:
        from bart_tool.tui.app import run_facilitator

        return run_facilitator(front.store, front.language, made.opened.session.session)
    _show(front, made)
    return 0


def _show(front: Front, made: "Published") -> None:
    from bart_tool.wording.finding_sentences import summary

    t, opened = front.t, made.opened
    name = opened.session.session
    for line in summary(made.findings, opened.question_set, opened.session, front.language):
        front.say(line)
    front.say()
    front.say(t("The whole report:"))
    for path in made.files:
        front.say_unbroken(f"  {path}")
    front.say()
    front.say(t("Look further:"))
    # Not as it was typed: an address may hold a password.
    where = f" --sessions {shlex.quote(front.store.where(''))}" if front.sessions else ""
    for more in ("", f" status {name}", f" mind {name} WR-01", f" report {name} --format html"):
        front.say(f"  bart{more}{where}")
