"""What can go wrong, as values: a Problem in the content, or a BartError that stops a request.

The sentences people read for the codes below are in `bart_tool.wording.messages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error stops what it concerns, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Exit(IntEnum):
    """Exit codes of the command line (docs/developer/formats.md 9)."""

    DONE = 0
    WRONG_USE = 2
    BAD_DATA = 65
    NOT_FOUND = 66
    BUG = 70
    CANNOT_CREATE = 73
    CANNOT_WRITE = 74
    BUSY = 75
    NOT_ALLOWED = 77
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Where:
    """The place a problem is about. Lines and rows count from 1; absent parts are empty or None."""

    file: str = ""
    line: int | None = None
    row: int | None = None
    item: str = ""

    def in_file(self, file: str) -> "Where":
        """This place with `file` as its file, whichever it had."""
        return Where(file, self.line, self.row, self.item)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the content; many can be found at once.

    `params` are the values the sentence for `code` names. They may quote the file, never an answer.
    """

    code: str
    where: Where = Where()
    params: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def in_file(self, file: str) -> "Problem":
        """The same problem, its place in the named file."""
        return Problem(self.code, self.where.in_file(file), self.params, self.severity)


class BartError(Exception):
    """A request that cannot be done. Subclasses fix the exit code, `code` picks the sentence.

    `params` are the values the sentence names; `problems`, if any, is all that stood in the way.
    `stands`: the fingerprint of what was to be saved, where it is in place already and only
    making sure of that failed; who tries again goes on from there.
    """

    exit_code: Exit = Exit.BAD_DATA
    stands: str | None = None

    def __init__(
        self, code: str, /, problems: tuple[Problem, ...] = (), **params: str | int
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, str] = {name: str(value) for name, value in params.items()}
        self.problems = problems


class WrongUse(BartError):
    """The request itself is off: an option, a name or a combination that cannot be."""

    exit_code = Exit.WRONG_USE


class BadData(BartError):
    """A file was read, and what it says cannot be used; `problems` often says why, by line."""

    exit_code = Exit.BAD_DATA


class NotFound(BartError):
    """The session, set, file or participant that was named is not there."""

    exit_code = Exit.NOT_FOUND


class CannotCreate(BartError):
    """The disk refused a new file or folder, or something of that name is there already."""

    exit_code = Exit.CANNOT_CREATE


class CannotWrite(BartError):
    """Saving failed; what was there is still there."""

    exit_code = Exit.CANNOT_WRITE


class Busy(BartError):
    """Someone else is writing, or has written since we read."""

    exit_code = Exit.BUSY


class NotAllowed(BartError):
    """The request is a good one, and not in the phase that the session is in."""

    exit_code = Exit.NOT_ALLOWED
