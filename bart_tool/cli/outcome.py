"""How a call ends: its exit code, and one plain sentence when something stood in the way."""

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from types import TracebackType

import click

from bart_tool.errors import BartError, Exit, Severity
from bart_tool.i18n import Words

ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run(group: click.Group, args: Sequence[str], t: Words) -> int:
    """Run `group` on `args`; every failure that has a name becomes a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A console that knows fewer characters than we print shows a question mark, not a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.excepthook = _bug_hook(t)
    try:
        result = group.main(list(args), prog_name="bart", standalone_mode=False)
    except BartError as error:
        return _failed(error, t)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return Exit.WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo(t("Stopped. What was saved is kept."), err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    return int(result) if isinstance(result, int) else Exit.DONE


def _failed(error: BartError, t: Words) -> int:
    from bart_tool.i18n.messages import error_text, problem_text

    click.echo(error_text(error, t.language), err=True)
    for problem in error.problems:
        if problem.severity is not Severity.NOTE:
            click.echo(f"  {problem_text(problem, t.language)}", err=True)
    return error.exit_code


def _bug_hook(t: Words) -> ExceptHook:
    def hook(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
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
    from platformdirs import user_log_path

    path = user_log_path("bart", appauthor=False) / "bart-error.log"
    lines = [*traceback.format_tb(trace), f"{kind.__module__}.{kind.__qualname__}\n"]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    return str(path)
