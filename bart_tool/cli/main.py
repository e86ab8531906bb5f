"""The `bart` command: its verbs by name, loaded only when one is called.

`bart --help` must start as fast as click itself, so nothing here imports pydantic, YAML, a screen
or even pathlib; a verb's module does that when it runs.
"""

import gc
import gettext
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

import bart_tool
from bart_tool.cli.verb import VerbGroup, no_such_verb, options_anywhere
from bart_tool.wording.translation import LOCALES, N_, Words, asked_language, words

if TYPE_CHECKING:
    from bart_tool.domain.base import Language

# Verb -> what it does, in the order of a workshop.
VERBS = {
    "demo": N_("Make an example session with its report"),
    "new": N_("Make a session"),
    "pins": N_("Show the PINs to put on the cards"),
    "answer": N_("Fill in your answers"),
    "form": N_("Make forms to answer on, without installing anything"),
    "serve": N_("Let people in the room answer on their own phone"),
    "template": N_("Make an empty table to answer in"),
    "columns": N_("Say what the columns of another program's table stand for"),
    "gather": N_("Take in answer sheets"),
    "status": N_("See who has answered (never what)"),
    "close": N_("End the answering round"),
    "reopen": N_("Open the answering round again"),
    "report": N_("Write the report"),
    "discuss": N_("Talk about the outcomes together"),
    "agreements": N_("List what was agreed, and what must be looked at again"),
    "follow-up": N_("Come back to what was agreed: open the next round"),
    "compare": N_("See what moved between two rounds"),
    "city": N_("See what returns in many wijken"),
    "export": N_("Write what was found as tables"),
    "mind": N_("Show one person their own picture"),
    "sets": N_("List the question sets, or read one through"),
    "check": N_("Check a question set, session or answer sheet"),
    "erase": N_("Remove a participant everywhere"),
    "archive": N_("Put a session away, whole, and back"),
    "delete": N_("Delete a whole session"),
    "doctor": N_("Look whether everything is in order, and mend what can be mended"),
    "backup": N_("Keep a session in one file, for when something goes wrong"),
    "restore": N_("Put a session back from such a file"),
    "push": N_("Put a session from a folder in a shared database"),
    "pull": N_("Put a session from a shared database in a folder"),
}


class Verbs(VerbGroup):
    """The verbs of `bart`; listing them imports none."""

    def __init__(self, t: Words) -> None:
        super().__init__(
            t,
            "bart",
            invoke_without_command=True,
            params=_options(t),
            help=t(
                "Example: bart demo\n\n"
                "Lay side by side how people see who does what, who may decide what and who plays "
                "which role."
            ),
            epilog=t(
                "Without a command bart opens its own screens. Help with one command: "
                "bart COMMAND --help"
            ),
            callback=_begin,
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of a workshop."""
        return list(VERBS)

    def get_command(
        self,
        ctx: click.Context,
        cmd_name: str,
    ) -> click.Command | None:
        """The verb called `cmd_name`, imported now."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"bart_tool.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command(self.t)
        command.short_help = self.t(VERBS[cmd_name])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with what was probably meant."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            raise no_such_verb(self.t, name, VERBS, ctx)
        return super().resolve_command(ctx, args)

    def described(self) -> list[tuple[str, str]]:
        """Every verb and what it does; none is imported for it."""
        return [(name, self.t(does)) for name, does in VERBS.items()]


def _options(t: Words) -> list[click.Parameter]:
    """What may stand before the verb too, and the version."""
    sessions, language, no_input, debug = options_anywhere(t)
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_say_version,
        help=t("Say which version this is."),
    )
    return [language, sessions, no_input, debug, version]


def _say_version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"bart {bart_tool.__version__}")
        context.exit()


def _begin(**said: Any) -> int | None:
    """What stood before the verb is kept for the verb; without a verb the interface opens.

    Where there is no terminal, or nothing may be asked, the help is shown instead.
    """
    context = click.get_current_context()
    context.obj.update(said, verb=context.invoked_subcommand)
    if context.invoked_subcommand is not None:
        return None
    from bart_tool.cli.front import can_draw, store_in

    if said["no_input"] or not can_draw():
        click.echo(context.get_help())
        return None
    from bart_tool.store.locations import is_address
    from bart_tool.tui.app import run_facilitator

    if is_address(said["sessions"] or ""):
        # For what a screen starts: on its command line everybody could read a password.
        os.environ["BART_SESSIONS"] = said["sessions"]
    return run_facilitator(store_in(said["sessions"]), asked_language(said["language"]) or "nl")


def chosen_language(args: Sequence[str]) -> "Language":
    """The language that was asked for, else that of the locale if it is English, else Dutch."""
    named = asked_language(_named_language(args))
    return named or ("en" if _locale().lower().startswith("en") else "nl")


def _named_language(args: Sequence[str]) -> str:
    """What `--language` says, wherever it stands."""
    named = ""
    for place, arg in enumerate(args):
        if arg == "--language" and place + 1 < len(args):
            named = args[place + 1]
        elif arg.startswith("--language="):
            named = arg.removeprefix("--language=")
    return named


def _locale() -> str:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "")


# Objects between two looks for garbage. Starting makes a few hundred thousand that all stay: Python
# would look them through again and again, for an eighth of the time that importing all takes.
_SELDOM = 50_000


def main(args: Sequence[str] | None = None) -> int:
    """Run bart on `args`, or on those of the process; gives the exit code."""
    gc.set_threshold(_SELDOM, 20, 20)
    given = list(sys.argv[1:] if args is None else args)
    language = chosen_language(given)
    _speak(language)
    t = words(language)
    from bart_tool.cli.outcome import catch_strays, run

    if args is None:
        catch_strays(t)
    return run(Verbs(t), given, t)


def _speak(language: "Language") -> None:
    """Have click itself speak `language`: it takes its words from the current gettext domain."""
    gettext.bindtextdomain("click", LOCALES)
    gettext.textdomain("click")
    os.environ["LANGUAGE"] = language
