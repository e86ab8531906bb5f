"""A session in one file: a zip archive with checksums, and back again.

The archive holds `<session>/…` and SHA256SUMS, so that any unpacker and `sha256sum -c` can read it
without bart. Nothing is packed small, every date is the same and no user is named: the same
session gives the same bytes. Its comment, the last bytes of the file, holds the format and the
checksum of everything before it, so a change anywhere shows: in what the files say, and in what
only the archive says of them.
"""

import hashlib
import io
import re
import secrets
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bart_tool.domain.free_text import normal
from bart_tool.domain.names import SESSION_PATTERN, is_device_name
from bart_tool.errors import BadData, Busy, CannotCreate, CannotWrite, NotFound, Problem, Where
from bart_tool.store import archives, atomic, plain_file
from bart_tool.store.archives import Rules
from bart_tool.store.disk import HALF_RESTORED, DiskStore, make_root, without_lock
from bart_tool.store.locations import PEOPLE_FILE, SESSION_FILE, safe_name
from bart_tool.store.marks import MARKS, SECRET
from bart_tool.store.protocol import CannotRead
from bart_tool.store.stored_session import StoredSession

FORMAT = 1
SUMS = "SHA256SUMS"
# Tens of thousands of people fit; stored as they are, nothing becomes larger when it is read.
RULES = Rules(
    archive=600 * 1024 * 1024,
    members=60_000,
    member=100 * 1024 * 1024,
    total=512 * 1024 * 1024,
    directory=16 * 1024 * 1024,
    methods=(zipfile.ZIP_STORED,),
    takes_archives=True,
)
_COMMENT = re.compile(rb"bart-backup ([0-9]{1,4}) sha256:([0-9a-f]{64})\Z")
_PEOPLE = re.compile(rf"(?<![a-z]){PEOPLE_FILE.removesuffix('.yaml')}(?![a-z])")
_KIND_PEOPLE = re.compile(rb"""(?m)^\W{0,9}["']?kind["']?\s?:\s?["']?people\b""")
_COMMENT_SIZE = 256  # more than there will ever be
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that zip knows
_DEEPEST = 8  # folders inside each other
_NOT_EVERYWHERE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]|[. ]\Z')


@dataclass(frozen=True)
class Packed:
    """A session as one file, and what of it did not come along. `files`: paths in the session."""

    content: bytes
    files: tuple[str, ...]
    people_left_out: bool
    left_out: tuple[Problem, ...]


@dataclass(frozen=True)
class Backup:
    """What a backup holds, every checksum compared. `files`: path in the session -> content."""

    session: str
    files: Mapping[str, bytes]


def pack(store: DiskStore, session: str, *, with_people: bool) -> Packed:
    """Everything in the session's folder; the names of people only `with_people`.

    What could not be put back everywhere is left out and named. Raises BadData when it is too much
    or no session, NotFound above `RULES.members` files, CannotRead, and Busy while somebody writes
    session.yaml.
    """
    folder = store.path(session)
    held: dict[str, bytes] = {}
    left_out: list[Problem] = []
    total, people_left_out = 0, False
    # While session.yaml is held: who is being erased is in the backup or not, never half.
    with atomic.locked(folder / SESSION_FILE):
        for inside in plain_file.names_below(folder, RULES.members - 1):
            if _tells_names(inside) and not with_people:
                people_left_out = True
                continue
            found = _content(folder / inside, inside)
            if isinstance(found, Problem):
                left_out.append(found)
                continue
            if _tells_names(inside, found) and not with_people:
                people_left_out = True
                continue
            held[inside] = found
            total += len(found)
            if total > RULES.total:
                raise BadData("backup-too-large", most=f"{RULES.total // 1024 // 1024} MB")
    left_out.extend(_without_misplaced(session, held))
    _keep_marks_whole(held)
    content = _zipped(session, held)
    return Packed(content, tuple(held), people_left_out, tuple(left_out))


def lies_in(store: DiskStore, session: str, path: Path) -> bool:
    """Whether `path`, links followed, lies in the folder of `session`."""
    return path.absolute().resolve().is_relative_to(store.path(session).resolve())


def write(path: Path, packed: Packed) -> None:
    """Write a backup that is not there yet, and read it back before anybody relies on it.

    Raises CannotCreate when there is something already, CannotWrite when the disk refuses.
    """
    if path.is_symlink() or path.exists():
        raise CannotCreate("backup-exists", file=str(path))
    # A backup that was killed has left all answers there, under a name nobody sees.
    for left in atomic.left_in(path.parent):
        with suppress(CannotWrite):
            atomic.remove(left)
    try:
        atomic.save(path, packed.content, None)
    except Busy as error:
        raise CannotCreate("backup-exists", file=str(path)) from error
    finally:
        without_lock(path)
    if path.read_bytes() != packed.content:
        atomic.remove(path)
        raise CannotWrite("backup-not-whole", file=str(path))


def read(path: Path) -> Backup:
    """What the backup at `path` holds. Raises BadData unless every checksum is right.

    Whatever the archive says, nothing is written, and every name in it stays inside one session.
    Raises NotFound or CannotRead for the file as such.
    """
    found = _comment_of(path)
    if found is None:
        raise BadData("not-a-backup", file=str(path))
    number, expected = found
    if number != str(FORMAT):
        raise BadData("newer-backup", file=str(path), found=number)
    is_whole = _sum_before_comment(path) == expected
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for member in archives.members(path, path.name, RULES):
        if member.problem is not None or member.content is None:
            problems.append(member.problem or Problem("archive-member-broken", Where(member.name)))
        else:
            files[member.path] = member.content
    changed = tuple(_changed(files))
    if not is_whole or changed or SUMS not in files:
        raise BadData("backup-damaged", (*problems, *changed), file=str(path))
    del files[SUMS]
    problems.extend(_misplaced(files))
    if problems:
        raise BadData("backup-refused", tuple(problems), file=str(path))
    (session,) = {name.partition("/")[0] for name in files}
    return Backup(session, {name.partition("/")[2]: files[name] for name in sorted(files)})


def unpack(store: DiskStore, name: str, files: Mapping[str, bytes]) -> StoredSession:
    """Put `files` back as the session `name`, which is not there yet: whole at once or not at all.

    They are written where no session is looked for, and get their name when all are on the disk.
    Raises WrongUse for a name that cannot be one, CannotCreate when it is there or CannotWrite, and
    Busy while another restores it.
    """
    root, target = store.root, store.path(safe_name(name))
    if target.is_symlink() or target.exists():
        raise CannotCreate("session-exists", name=name)
    is_new = not root.is_dir()
    make_root(root)
    staged = root / f".{name}.{secrets.token_hex(8)}{HALF_RESTORED}"
    try:
        with atomic.locked(target):
            try:
                atomic.fill_folder(staged, files)
                if target.exists():  # meanwhile
                    raise CannotCreate("session-exists", name=name)
                atomic.move(staged, target)
            finally:
                atomic.remove_tree(staged)  # once it appeared there is none
    except OSError as error:
        raise atomic.refusal("cannot-create-folder", error, name, is_new=True) from error
    finally:
        without_lock(target)
        if is_new:
            with suppress(OSError):  # there is a session in it, or there is nothing
                root.rmdir()
    return StoredSession(store, name)


def is_backup(content: bytes) -> bool:
    """Whether `content` ends as a backup does, whole or not."""
    return _COMMENT.search(content[-_COMMENT_SIZE:]) is not None


def is_portable(name: str) -> bool:
    """Whether a file or folder of this name can be made on every system, and stays what it is."""
    return (
        _NOT_EVERYWHERE.search(name) is None
        and len(name.encode()) <= 200
        and not is_device_name(name)
        and not plain_file.is_passed_over(name)
        and name not in ("", ".", "..")
    )


def _tells_names(inside: str, content: bytes = b"") -> bool:
    """Whether this is people.yaml or a copy of it, by whatever name: `people.yaml~`, `kopie`."""
    name = inside.rpartition("/")[2].casefold()
    return _PEOPLE.search(name) is not None or _KIND_PEOPLE.search(content) is not None


def _keep_marks_whole(held: dict[str, bytes]) -> None:
    """Take the marks out of `held` where their secret is missing, and the other way round.

    The one without the other would let groups be shown that must stay closed.
    """
    kept = [inside for inside in (MARKS, SECRET) if inside in held]
    if len(kept) == 1:
        del held[kept[0]]


def _content(path: Path, inside: str) -> bytes | Problem:
    if path.is_symlink():
        return Problem("file-is-a-link", Where(inside), {"file": inside})
    try:
        content = plain_file.read_bytes(path, RULES.member + 1)
    except NotFound:  # also when it is refused
        return Problem("cannot-read", Where(inside), {"file": inside})
    if len(content) > RULES.member:
        most = f"{RULES.member // 1024 // 1024} MB"
        return Problem("file-too-large", Where(inside), {"most": most})
    return content


def _without_misplaced(session: str, held: dict[str, bytes]) -> Iterator[Problem]:
    """Take out of `held` what `read` would refuse: a backup that cannot be put back is none."""
    for problem in list(_misplaced({f"{session}/{inside}": b"" for inside in held})):
        if problem.code == "backup-without-session":
            raise BadData(problem.code, file=SESSION_FILE)
        inside = problem.where.file.removeprefix(f"{session}/")
        if held.pop(inside, None) is not None:
            yield Problem(problem.code, Where(inside))


def _zipped(session: str, held: Mapping[str, bytes]) -> bytes:
    files = {f"{session}/{inside}": held[inside] for inside in sorted(held)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((SUMS, _sums(files)), *files.items()):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.create_system = 3  # so that the rights below are understood, whatever made it
            info.external_attr = (stat.S_IFREG | 0o600) << 16
            archive.writestr(info, content)
        archive.comment = _comment("0" * 64)
    made = out.getvalue()
    before = made[: -len(_comment("0" * 64))]
    return before + _comment(hashlib.sha256(before).hexdigest())


def _comment(checksum: str) -> bytes:
    return f"bart-backup {FORMAT} sha256:{checksum}".encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def _comment_of(path: Path) -> tuple[str, str] | None:
    """The format and the checksum at the end of the file; None when there are none."""
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, io.SEEK_END)
            stream.seek(max(0, size - _COMMENT_SIZE))
            found = _COMMENT.search(stream.read())
    except FileNotFoundError as error:
        raise NotFound("no-such-file", file=str(path)) from error
    except (OSError, ValueError) as error:
        raise CannotRead("cannot-read", file=str(path)) from error
    return (found[1].decode(), found[2].decode()) if found else None


def _sum_before_comment(path: Path) -> str:
    left = path.stat().st_size - len(_comment("0" * 64))
    checksum = hashlib.sha256()
    with path.open("rb") as stream:
        while left > 0 and (chunk := stream.read(min(left, 1024 * 1024))):
            checksum.update(chunk)
            left -= len(chunk)
    return checksum.hexdigest()


def _changed(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """The files that are not as SHA256SUMS says, are not in it, or are not there."""
    if SUMS not in files:
        return
    listed = {}
    for line in files[SUMS].decode("utf-8", "replace").splitlines():
        checksum, _, name = line.partition("  ")
        listed[name] = checksum
    there = {name: content for name, content in files.items() if name != SUMS}
    for name in sorted(listed.keys() | there.keys()):
        content = there.get(name)
        if content is None or hashlib.sha256(content).hexdigest() != listed.get(name):
            yield Problem("backup-file-changed", Where(name))


def _misplaced(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """The files that cannot be put in the folder of one session, on any system."""
    roots = {name.partition("/")[0] for name in files}
    root = min(roots, default="")
    is_one = len(roots) == 1 and re.fullmatch(SESSION_PATTERN, root) is not None
    if not is_one or is_device_name(root) or f"{root}/{SESSION_FILE}" not in files:
        yield Problem("backup-without-session", Where(), {"file": SESSION_FILE})
        return
    spelled: dict[str, str] = {}  # as some systems see a name -> the name
    for name in sorted(files):
        parts = name.split("/")
        if len(parts) > _DEEPEST or not all(map(is_portable, parts)):
            yield Problem("backup-bad-name", Where(name))
            continue
        above = ["/".join(parts[:number]) for number in range(1, len(parts))]
        if any(each in files for each in above) or any(
            spelled.setdefault(normal(each).casefold(), each) != each for each in (*above, name)
        ):
            yield Problem("backup-name-twice", Where(name))
