"""What somebody hands us: files, in folders and zip archives, or arriving while one looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bart_tool.errors import NotFound, Problem, Where
from bart_tool.store import archives, mails, plain_file, recognised, yaml_text
from bart_tool.store.pasted import found_in

SUFFIXES = (".yaml", ".yml", ".json", ".csv")
# What browsers call a file that they are still writing.
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".opdownload")

# What lies in folders and hangs below mails without being meant for anybody.
_LIES_ABOUT = frozenset({recognised.PICTURE, recognised.PDF, recognised.WEB_PAGE})
_DEEPEST = 3  # mails inside each other

Mark = tuple[int, int, int]  # size, time of change and place on the disk: a change shows in one


@dataclass(frozen=True, slots=True)
class Source:
    """A file to look into: `name` below `folder`, and what messages call it.

    `within`: what the folder it came from is called. There may be thousands: no path is kept.
    """

    folder: Path
    name: str
    within: str = ""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name


@dataclass(frozen=True, slots=True)
class Piece:
    """One file as it was handed in, and its content or why it is refused.

    `within` names the folder or archive it came from: what lies there need not be a sheet.
    """

    name: str
    content: bytes | None = None
    problem: Problem | None = None
    within: str = ""


def files_at(said: str) -> tuple[Path, ...]:
    """The file or folder called `said`; what lies in it is for whoever takes it in.

    Quotes and blanks around it do not count: a file that is dragged into a terminal has them.
    Raises NotFound when there is nothing there.
    """
    path = Path(_bare(said)).expanduser()
    if not path.exists():
        raise NotFound("no-such-file", file=str(path))
    return (path,)


def _bare(said: str) -> str:
    text = said.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    # A shell's way to write a blank; on Windows a backslash stands between folders.
    return text.replace("\\ ", " ")


def sources(paths: Iterable[Path]) -> list[Source]:
    """The files that `paths` name, and those below the folders among them.

    Raises NotFound for what is not there and for a folder in which nothing is, CannotRead for a
    folder that the system refuses.
    """
    found: list[Source] = []
    for path in paths:
        if not path.is_dir():
            if not path.is_file():
                raise NotFound("no-such-file", file=str(path))
            found.append(Source(path.parent, path.name))
            continue
        below = [_in_folder(path, name) for name in plain_file.names_below(path)]
        if not below:
            raise NotFound("no-sheets-in-folder", folder=str(path), kinds=", ".join(SUFFIXES))
        found.extend(below)
    return found


def _in_folder(folder: Path, name: str) -> Source:
    return Source(folder, name, folder.name or str(folder))


def pieces(source: Source) -> Iterator[Piece]:
    """`source` itself, or what is in it when it is an archive or a mail; one is read at a time."""
    path, name, within = source.path, source.name, source.within
    if within and path.is_symlink():
        yield Piece(name, problem=Problem("file-is-a-link", Where(name), {"file": name}))
        return
    try:
        if archives.is_archive(name, plain_file.read_bytes(path, 4)):
            yield from _members(source)
            return
        # In a folder anything may lie; what is not called a sheet must not be large to be one.
        most = plain_file.MAX_BYTES if not within or _may_be_large(name) else yaml_text.MAX_CHARS
        yield from _opened(Piece(name, plain_file.read_bytes(path, most + 1), within=within))
    except NotFound as error:  # the system refuses it, or it is gone since we looked
        yield Piece(name, problem=Problem(error.code, Where(name), error.params))


def _may_be_large(name: str) -> bool:
    return has_ending(name) or name.lower().endswith(".eml")


def _members(source: Source) -> Iterator[Piece]:
    """The files in an archive; of an office file what it is."""
    name = source.name
    is_small = source.path.stat().st_size <= archives.MAX_MEMBER
    content = plain_file.read_bytes(source.path) if is_small else b""
    if content and recognised.what_is(content, name):
        yield from _opened(Piece(name, content, within=source.within))
        return
    nothing = True
    for member in archives.members(source.path, name):
        nothing = False
        yield from _opened(Piece(member.name, member.content, member.problem, within=name))
    if nothing:
        yield Piece(name, problem=no_sheets_in(name))


def _opened(piece: Piece, depth: int = 0) -> Iterator[Piece]:
    """`piece`, refused when it is known to hold no answers; of a mail what is in it."""
    name, content = piece.name, piece.content
    if content is None:
        yield piece
        return
    code = recognised.what_is(content, name)
    if code == recognised.WORKBOOK:  # a table may stand in it
        yield piece
    elif code and not (piece.within and code in _LIES_ABOUT):
        yield Piece(name, problem=Problem(code, Where(name)))
    elif depth < _DEEPEST and mails.is_mail(content):
        yield from _of_mail(piece, depth)
    else:
        yield piece


def _of_mail(piece: Piece, depth: int) -> Iterator[Piece]:
    """Each text and attachment of a mail that may be or hold a sheet; nothing is said of the rest.

    A text without a sheet goes with the file that hangs below it.
    """
    name = piece.name
    try:
        found = list(mails.parts(piece.content or b""))
    except mails.TROUBLE:
        yield Piece(name, problem=Problem("mail-broken", Where(name)))
        return
    texts = [text for called, text in found if not called and _holds_answers(text)]
    files = [(called, content) for called, content in found if called]
    for text in texts:
        yield Piece(name, text, within=piece.within)
    for called, content in files:
        if recognised.what_is(content, called) not in _LIES_ABOUT:
            yield from _opened(Piece(f"{name}: {called}", content, within=piece.within), depth + 1)
    if not texts and not files:
        yield Piece(name, problem=Problem("mail-without-sheet", Where(name)))


def _holds_answers(text: bytes) -> bool:
    return bool(found_in(text.decode("utf-8", "replace")))


def no_sheets_in(within: str) -> Problem:
    """That a folder or archive holds no sheet."""
    params = {"folder": within, "kinds": ", ".join(SUFFIXES)}
    return Problem("no-sheets-in-folder", Where(within), params)


def has_ending(name: str) -> bool:
    """Whether a file of this name says that it is a sheet."""
    return name.lower().endswith(SUFFIXES)


@dataclass
class Watch:
    """A folder that is looked at. Raises NotFound when there is no such folder."""

    folder: Path
    _last: dict[str, Mark] = field(default_factory=dict)
    _taken: dict[str, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise NotFound("no-such-folder", folder=str(self.folder))

    def arrived(self) -> list[Source]:
        """The files that stood still since the last look and were not taken in as they are now.

        Raises CannotRead for a folder that the system refuses, NotFound when it is too large.
        """
        marks = ((name, _mark(self.folder / name)) for name in self._names())
        now = {name: mark for name, mark in marks if mark is not None}
        still = [name for name, mark in now.items() if self._last.get(name) == mark]
        self._last = now
        return [
            _in_folder(self.folder, name) for name in still if self._taken.get(name) != now[name]
        ]

    def taken(self, source: Source) -> None:
        """That `source` was dealt with as it was when it was last looked at."""
        self._taken[source.name] = self._last[source.name]

    def _names(self) -> list[str]:
        below = plain_file.names_below(self.folder)
        return [name for name in below if not name.lower().endswith(_UNFINISHED)]


def _mark(path: Path) -> Mark | None:
    try:
        found = path.lstat()
    except OSError:  # gone since we looked
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
