"""A bug: one plain sentence for the person, the trace in the log, and exit code 70."""

import errno
import sys
import threading
import warnings
from contextlib import suppress

import click

from bart_tool.wording.translation import Words

BUG = 70  # as in errors.Exit, which is not read here: the bug may be there


def tell(error: BaseException, doing: str, t: Words) -> int:
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
        click.echo(f"{sentence} {next_step}", err=True)
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
        tell(error, "the background", t)


def _is_closed_window(error: BaseException) -> bool:
    """Whether the screen could not be painted because its window is gone: that is no bug."""
    if not isinstance(error, OSError) or error.errno not in (errno.EIO, errno.EPIPE):
        return False
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = str(trace.tb_frame.f_globals.get("__name__", "")) if trace is not None else ""
    return where.startswith("textual.drivers")
