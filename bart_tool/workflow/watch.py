"""Which files have arrived in a folder, by looking again and again; nothing is taken in here."""

from dataclasses import dataclass, field
from pathlib import Path

from bart_tool.errors import NotFound
from bart_tool.store import plain_file
from bart_tool.workflow.incoming import Source

# What browsers call a file that they are still writing.
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".opdownload")

Mark = tuple[int, int, int]  # size, time of change and place on the disk: a change shows in one


@dataclass
class Watch:
    """A folder that is looked at. Raises NotFound when there is no such folder."""

    folder: Path
    _last: dict[Path, Mark] = field(default_factory=dict)
    _taken: dict[Path, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise NotFound("no-such-folder", folder=str(self.folder))

    def arrived(self) -> list[Source]:
        """The files that stood still since the last look and were not taken in as they are now.

        Raises CannotRead for a folder that the system refuses, NotFound when it is too large.
        """
        now = {path: mark for path in self._paths() if (mark := _mark(path)) is not None}
        still = [path for path, mark in now.items() if self._last.get(path) == mark]
        self._last = now
        within = self.folder.name or str(self.folder)
        return [
            Source(path, path.relative_to(self.folder).as_posix(), within)
            for path in still
            if self._taken.get(path) != now[path]
        ]

    def taken(self, source: Source) -> None:
        """That `source` was dealt with as it was when it was last looked at."""
        self._taken[source.path] = self._last[source.path]

    def _paths(self) -> list[Path]:
        below = plain_file.entries_below(self.folder)
        return [path for path in below if not path.name.lower().endswith(_UNFINISHED)]


def _mark(path: Path) -> Mark | None:
    try:
        found = path.lstat()
    except OSError:  # gone since we looked
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
