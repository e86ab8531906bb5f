"""Sessions in a folder, for tests of the verbs: the small set, people of three parties."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bart_tool.domain.sheet import Sheet, fingerprint
from bart_tool.store import sessions, sheets, yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.store.protocol import Store
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.store.in_store import InStore
from tests.store.server import needed
from tests.workshop import (
    CHOICE_QUESTION,
    MANDATE_QUESTION,
    ROLES_QUESTION,
    STATUS_QUESTION,
    TEXT_QUESTION,
    WHO_QUESTION,
    session,
    set_data,
    sheet,
    small_set,
)

SET = small_set()
SET_TEXT = yaml_text.write(
    set_data(
        MANDATE_QUESTION,
        WHO_QUESTION,
        CHOICE_QUESTION,
        ROLES_QUESTION,
        TEXT_QUESTION,
        STATUS_QUESTION,
    )
)
PARTIES = {"wijkraad": 4, "wijkmanager": 1, "cluster-groen": 3}
# One answer of every type, so that whatever reads or shows an answer has something to trip over.
ALL_TYPES: Mapping[str, Any] = {
    "who": {"value": "other", "words": "de buurvrouw", "certainty": "guess", "note": "soms\nook"},
    "mandate/cluster/spend": {"value": "advises", "quote": True, "revision": 3},
    "roles/wijkraad": {"networker": "formal", "fixer": "informal"},
    "words/wijkraad": {"value": "- eigen: 'woorden'", "quote": True},
    "choice/cluster": "dont-know",
    "kept/wijkakkoord": "partly",
}


def begun_session(root: Path, parties: Mapping[str, int] = PARTIES, **more: Any) -> OpenSession:
    """A session called `test` in `root`, its round open."""
    made = session(SET, parties, **{"phase": "answering", "id": "5e" * 8, **more})
    store = store_in(root)
    sessions.create(store, made, SET_TEXT)
    return open_session(store, made.session)


def store_in(root: Path) -> Store:
    """The store that this test is about: a folder, or the database instead of that folder."""
    return INSTEAD[-1] if INSTEAD else DiskStore(root)


def root_in(root: Path) -> str:
    """What --sessions is to be there: `root`, or the address of the database instead of it."""
    return needed().address() if INSTEAD else str(root)


def all_in(root: Path) -> dict[str, bytes]:
    """Every file in the store of this test, and what it holds; in a folder what lies beside too."""
    return snapshot(InStore(INSTEAD[-1], "") if INSTEAD else root)  # type: ignore[arg-type]


def told_at(where: str) -> Path:
    """What lies where bart says that it does."""
    if not INSTEAD:
        return Path(where)
    store = INSTEAD[-1]
    return InStore(store, where.removeprefix(f"{store.where('')}/"))  # type: ignore[return-value]


INSTEAD: list[Store] = []  # of the folder; see `each_store`


def in_folder(opened: OpenSession) -> tuple[Sheet, ...]:
    """Every sheet that lies in the session, waiting ones too."""
    own, wrong = opened.folder.sheets()
    waiting, also_wrong = opened.folder.conflict_sheets()
    assert not wrong + also_wrong
    return (*own, *waiting)


WIPED = "~"  # stands behind every mark: wiping takes the place of answers of that revision
Held = dict[tuple[str, str], set[tuple[int, str]]]


def held(pile: Iterable[Sheet]) -> Held:
    """(code, item) -> each answer on it or its wiping, revision and mark: must not get lost."""
    found: Held = {}
    for each in pile:
        for item, answer in each.answers.items():
            mark = (answer.revision, fingerprint(answer))
            found.setdefault((each.participant, item), set()).add(mark)
        for item, revision in each.wiped.items():
            found.setdefault((each.participant, item), set()).add((revision, WIPED))
    return found


def check_kept(before: Held, after: Held) -> None:
    """Every answer in `before` is there, unless a newer one took its place."""
    for place, answers in before.items():
        assert answers <= after[place] or max(after[place]) > max(answers), place


def sheet_file(folder: Path, name: str, each: Sheet) -> Path:
    """`each` as a file that somebody hands over."""
    path = folder / name
    path.write_text(sheets.dump(each), encoding="utf-8")
    return path


def said(opened: OpenSession, code: str, answers: Mapping[str, Any], **more: Any) -> Sheet:
    """A sheet of `code` in this session."""
    return sheet(opened.session, code, answers, **more)


def naming(code: str, files: Mapping[str, bytes]) -> list[str]:
    """The files in which `code` stands; the note that it was erased is no such file."""
    note = re.compile(rb'\nerased:\n(  - "[A-Z0-9-]+"\n)+')
    return [name for name, held in files.items() if code.encode() in note.sub(b"\n", held)]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, locks aside, and what it holds."""
    if isinstance(folder, InStore):
        return folder.files()
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }
