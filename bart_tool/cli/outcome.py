"""How a call ends: its exit code, and one plain sentence when something stood in the way.

A bug too is told in one sentence; its trace goes to the log, and the exit code is 70.
"""

import codecs
import errno
import os
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.verb import did_you_mean
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.errors import BartError

# As in errors.Exit, which `bart --help` does without; a bug may be in it.
DONE, WRONG_USE, BUG, INTERRUPTED = 0, 2, 70, 130


def run(group: click.Group, args: Sequence[str], t: Words) -> int:
    """Run `group` on `args`; every failure becomes a sentence and an exit code."""
    _make_plain()
    said: dict[str, Any] = {}  # the verb, and what stood before it
    try:
        code = _run(group, args, t, said)
    except Exception as bug:  # noqa: BLE001 (the one place where whatever is left over ends)
        code = tell_bug(bug, _doing(said), t)
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
        return _failed(error, t, str(said.get("session") or ""))
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


def _failed(error: "BartError", t: Words, session: str) -> int:
    from bart_tool.errors import Severity
    from bart_tool.wording.messages import error_text, problem_text

    _tell(error_text(error, t.language, session) + _did_you_mean(error, t))
    for problem in error.problems:
        if problem.severity is not Severity.NOTE:
            _tell(f"  {problem_text(problem, t.language, session)}")
    return error.exit_code


def _tell(text: str) -> None:
    from bart_tool.cli.terminal import in_width

    click.echo(in_width(text, sys.stderr), err=True)


def _did_you_mean(error: "BartError", t: Words) -> str:
    wanted = error.params.get("code") or error.params.get("name", "")
    names = [name for name in error.params.get("names", "").split(", ") if name]
    return did_you_mean(t, wanted, names)


def tell_bug(error: BaseException, doing: str, t: Words) -> int:
    """Tell the person, and write down where it was; gives the exit code.

    Nothing that the error says is shown: it may quote an answer.
    """
    from bart_tool.store import log

    if log.record(f"bug in {doing}", error):
        next_step = t(
            "Try again. If it happens again, send {file} to whoever looks after bart for you. It "
            "holds no answers and no names, only where in the program it went wrong.",
            file=log.log_file(),
        )
    else:
        next_step = t(
            "Try again. If it happens again, tell whoever looks after bart for you what you did. "
            "The log could not be written: bart doctor says why."
        )
    sentence = t(
        "Something went wrong in bart itself. It is not your fault. Every answer that was called "
        "kept is kept."
    )
    with suppress(OSError):  # nobody is there to read it any more
        _tell(f"{sentence} {next_step}")
    return BUG


def catch_strays(t: Words) -> None:
    """Catch what no `except` can: bugs in threads, while tidying up, and outside every command.

    Python would print them with the values they name.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # pydantic's name the value that surprised it
    sys.excepthook = lambda _kind, error, _trace: _stray(error, t)
    threading.excepthook = lambda args: _stray(args.exc_value, t)
    sys.unraisablehook = lambda args: _stray(args.exc_value, None)


def _stray(error: BaseException | None, t: Words | None) -> None:
    """Without `t` it is only written down: nothing that anybody asked for has failed."""
    from bart_tool.store import log

    if error is not None and _is_closed_window(error):
        return
    if t is None:
        log.record("bug while tidying up", error)
    elif error is not None and not isinstance(error, SystemExit):
        tell_bug(error, "the background", t)


def _is_closed_window(error: BaseException) -> bool:
    """Whether the screen could not be painted because its window is gone: that is no bug."""
    if not isinstance(error, OSError) or error.errno not in (errno.EIO, errno.EPIPE):
        return False
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = str(trace.tb_frame.f_globals.get("__name__", "")) if trace is not None else ""
    return where.startswith("textual.drivers")


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
