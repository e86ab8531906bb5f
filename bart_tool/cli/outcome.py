"""How a call ends: its exit code, and one plain sentence when something stood in the way."""

import codecs
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.errors import BartError

DONE, WRONG_USE, INTERRUPTED = 0, 2, 130  # as in errors.Exit, which `bart --help` does without


def run(group: click.Group, args: Sequence[str], t: Words) -> int:
    """Run `group` on `args`; every failure becomes a sentence and an exit code."""
    _make_plain()
    said: dict[str, Any] = {}  # the verb, and what stood before it
    try:
        code = _run(group, args, t, said)
    except Exception as bug:  # noqa: BLE001 (the one place where whatever is left over ends)
        from bart_tool.cli.bug import tell

        code = tell(bug, _doing(said), t)
    if said.get("debug"):
        from bart_tool.store import log

        log.record(f"{_doing(said)} ended with {int(code)}", said.get("error"))
    return code


def _doing(said: dict[str, Any]) -> str:
    """What bart was doing, for the log: only the verb, because what follows are names and codes."""
    return str(said.get("verb") or "bart")


def _run(group: click.Group, args: Sequence[str], t: Words, said: dict[str, Any]) -> int:
    try:
        result = group.main(list(args), prog_name="bart", standalone_mode=False, obj=said)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        return _wrong_use(error)
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo("\n" + t("Stopped. What was saved is kept."), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except _bart_error() as error:
        said["error"] = error
        return _failed(error, t)
    return result if isinstance(result, int) else DONE


def _bart_error() -> "type[BartError]":
    """What `except` asks for only when something was raised: so `--help` need not load it."""
    from bart_tool.errors import BartError

    return BartError


def _wrong_use(error: click.ClickException) -> int:
    from bart_tool.domain.free_text import harmless

    context = error.ctx if isinstance(error, click.UsageError) else None
    click.UsageError(harmless(error.format_message()), context).show()
    return WRONG_USE


def _failed(error: "BartError", t: Words) -> int:
    from bart_tool.errors import Severity
    from bart_tool.wording.messages import error_text, problem_text

    click.echo(error_text(error, t.language) + _did_you_mean(error, t), err=True)
    for problem in error.problems:
        if problem.severity is not Severity.NOTE:
            click.echo(f"  {problem_text(problem, t.language)}", err=True)
    return error.exit_code


def _did_you_mean(error: "BartError", t: Words) -> str:
    """The name that is most like the one that is not there."""
    from difflib import get_close_matches

    wanted = error.params.get("code") or error.params.get("name", "")
    names = [name for name in error.params.get("names", "").split(", ") if name]
    like = get_close_matches(wanted, names, n=1) or get_close_matches(wanted.upper(), names, n=1)
    return "".join(" " + t("Did you mean “{name}”?", name=name) for name in like)


def _make_plain() -> None:
    """A console that knows few characters shows their plain likeness, and never a crash."""
    codecs.register_error("bart-plain", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="bart-plain")


_LIKENESS = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "·": "-"}


def _plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_likeness(char) for char in error.object[error.start : error.end]), error.end


def _likeness(char: str) -> str:
    from unicodedata import normalize

    bare = normalize("NFKD", char).encode("ascii", "ignore").decode()
    return _LIKENESS.get(char) or bare or "?"
