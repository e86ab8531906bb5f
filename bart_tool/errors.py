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
        """The same place, in the named file."""
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
    """A request that cannot be done. Subclasses fix the exit code, `code` picks the sentence."""

    exit_code: Exit = Exit.BAD_DATA

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
    """A file's content cannot be used."""

    exit_code = Exit.BAD_DATA


class NotFound(BartError):
    """No such session, set, file or participant."""

    exit_code = Exit.NOT_FOUND


class CannotCreate(BartError):
    """A new file or folder could not be made."""

    exit_code = Exit.CANNOT_CREATE


class CannotWrite(BartError):
    """Saving failed; what was there is still there."""

    exit_code = Exit.CANNOT_WRITE


class Busy(BartError):
    """Someone else is writing, or has written since we read."""

    exit_code = Exit.BUSY


class NotAllowed(BartError):
    """Not in this phase of the session."""

    exit_code = Exit.NOT_ALLOWED
