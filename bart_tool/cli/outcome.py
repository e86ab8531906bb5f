"""How a call ends: its exit code, and one plain sentence when something stood in the way."""

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import click

from bart_tool.i18n import Words

if TYPE_CHECKING:
    from bart_tool.errors import BartError

DONE, WRONG_USE, INTERRUPTED = 0, 2, 130  # as in errors.Exit, which `bart --help` does without
ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run(group: click.Group, args: Sequence[str], t: Words) -> int:
    """Run `group` on `args`; every failure that has a name becomes a sentence and an exit code."""
    _make_plain()
    sys.excepthook = _bug_hook(t)
    try:
        result = group.main(list(args), prog_name="bart", standalone_mode=False)
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
        return _failed(error, t)
    return result if isinstance(result, int) else DONE


def _bart_error() -> "type[BartError]":
    """What `except` asks for only when something was raised: so `--help` need not load it."""
    from bart_tool.errors import BartError

    return BartError


def _wrong_use(error: click.ClickException) -> int:
    from bart_tool.domain.text import harmless

    context = error.ctx if isinstance(error, click.UsageError) else None
    click.UsageError(harmless(error.format_message()), context).show()
    return WRONG_USE


def _failed(error: "BartError", t: Words) -> int:
    from bart_tool.errors import Severity
    from bart_tool.i18n.messages import error_text, problem_text

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


def _bug_hook(t: Words) -> ExceptHook:
    def hook(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        place = _write_trace(kind, trace)
        click.echo(
            t(
                "Something went wrong that bart did not expect. What was saved is kept. "
                "Send us {file}: it holds no answers.",
                file=place,
            ),
            err=True,
        )

    return hook


def _write_trace(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Write where it went wrong, without the error's own words: those may quote an answer."""
    import contextlib
    import traceback

    from platformdirs import user_log_path

    path = user_log_path("bart", appauthor=False) / "bart-error.log"
    lines = [*traceback.format_tb(trace), f"{kind.__module__}.{kind.__qualname__}\n"]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    return str(path)


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
