"""T5 of tests/README.md through `gather`: whatever is handed in, nothing that lies here is lost.

Every file is taken in, refused with a reason, or kept in damaged/; none stops the others. Into a
session in a database too: of these a share, for there the same code reads the files.
"""

import random
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.free_text import harmless
from bart_tool.errors import Problem
from bart_tool.store import sheets, tables, yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.store.protocol import Store, fingerprint_of
from bart_tool.wording.messages import problem_text
from bart_tool.wording.spoken import spoken_codes
from bart_tool.workflow.gather import gather
from bart_tool.workflow.intake_outcome import Gathered
from bart_tool.workflow.open_session import (
    OpenSession,
    not_ours,
    open_session,
    with_fitting_answers,
)
from tests import crashers
from tests.catalogues import SENTENCES
from tests.figures import figure
from tests.mutator import damaged, misshapen
from tests.workflow.on_disk import (
    ALL_TYPES,
    INSTEAD,
    Held,
    begun_session,
    check_kept,
    held,
    in_folder,
    said,
    snapshot,
)
from tests.workshop import path_of

TIMES = figure(5_000, 1_000_000)
AT_ONCE = 50  # files in one call; then a session as it was, or ever more would wait in it
SECRET = "de buurvrouw"  # stands in answers; no sentence may quote it

CSV = b"""participant,party,item,value,certainty,note,quote,consent\r
WR-01,wijkraad,who,other,guess,"de buurvrouw, ook",true,position\r
WR-02,wijkraad,roles/wijkraad,networker:formal;fixer:informal,,,,\r
WR-02,wijkraad,words/wijkraad,"de buurvrouw\r
twee regels",certain,,,none\r
WR-09,wijkraad,who,college,,,,\r
CL-01,cluster-groen,mandate/cluster/spend,decides,certain,,0,group\r
"""
ENDINGS = {"sheet": "yaml", "form": "json", "csv": "csv"}


@pytest.fixture
def fresh(quick_path: Path, each_store: None) -> OpenSession:
    """A session in which three people answered, to be begun with again and again."""
    opened = begun_session(quick_path / "as-it-was")
    for code in ("WR-01", "WR-02", "CL-01"):
        opened.folder.save_sheet(said(opened, code, {**ALL_TYPES, "choice/wijkraad": "plan"}), None)
    return opened


def handed_in(opened: OpenSession) -> dict[str, bytes]:
    """What somebody hands in, before it is damaged: WR-01 again, with newer and other answers."""
    newer = {"who": {"value": "college", "revision": 4}, "choice/wijkraad": "voice"}
    whole = said(opened, "WR-01", {**ALL_TYPES, **newer})
    return {
        "sheet": sheets.dump(whole).encode(),
        "form": whole.model_dump_json(exclude_defaults=False).encode(),
        "csv": CSV,
    }


def check_sentences(problems: Iterable[Problem]) -> None:
    for code, params in {(each.code, tuple(each.params.items())) for each in problems}:
        assert code in SENTENCES
        for language in LANGUAGES:
            sentence = problem_text(Problem(code, params=dict(params)), language)
            assert "{" not in sentence
            assert SECRET not in sentence
            assert harmless(sentence) == sentence


def check_went_somewhere(done: Gathered, file: Path, after: Held, copies: set[bytes]) -> None:
    """`file` was taken in, refused or kept; what it says that fits lies in the session."""
    content = file.read_bytes()
    text, _ = tables.decode(content, file.name)
    readable = [] if text is None else readable_in(done.opened, text, file)
    if any((p.code, p.where.file) == ("sheet-without-id", file.name) for p in done.refused):
        readable = [each for each in readable if each.session_id]  # nobody knows whose the rest is
    check_kept(held(readable), after)
    is_damaged = file.name in {p.where.file for p in done.damaged}
    named = {p.where.file for p in (*done.refused, *done.problems)}
    assert readable or is_damaged or file.name in named
    assert not is_damaged or content in copies


def readable_in(opened: OpenSession, text: str, file: Path) -> list[sheets.Sheet]:
    found, _ = sheets.parse_any(
        text,
        file.name,
        question_set=opened.question_set,
        session=opened.session,
        consent="group",
        spoken=spoken_codes(),
    )
    return [
        with_fitting_answers(opened, each)[0] for each in found if not_ours(opened, each) is None
    ]


@contextmanager
def a_copy(fresh: OpenSession, root: Path) -> Iterator[Store]:
    """Where the session lies as it was: in a folder beside it, or where it lay in a database."""
    store = fresh.folder.store
    if isinstance(store, DiskStore):
        shutil.copytree(store.root, root / "sessions")
        yield DiskStore(root / "sessions")
        shutil.rmtree(root / "sessions")
        return
    place = path_of(fresh.folder)
    was = snapshot(place)
    yield store
    now = {name: fingerprint_of(content) for name, content in snapshot(place).items()}
    store.exchange("test", was, now)


def take_in(fresh: OpenSession, root: Path, contents: list[bytes], kind: str) -> None:
    """Hand all of it to a copy of the session at once, and look what became of each."""
    inbox = root / "inbox"
    inbox.mkdir()
    files = [inbox / f"{n:03}.{ENDINGS[kind]}" for n in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    with a_copy(fresh, root) as store:
        opened = open_session(store, "test")
        before = held(in_folder(opened))
        done = gather(opened, files)
        check_sentences((*done.refused, *done.damaged, *done.problems))
        after = held(in_folder(done.opened))
        check_kept(before, after)
        copies = {path.read_bytes() for path in (path_of(opened.folder) / "damaged").glob("*.*")}
        for file, content in zip(files, contents, strict=True):
            with crashers.kept(kind, content, ENDINGS[kind]):
                assert file.read_bytes() == content
                check_went_somewhere(done, file, after, copies)
    shutil.rmtree(inbox)


def calls() -> range:
    """So many times some files are handed in at once."""
    return range(TIMES // AT_ONCE // (10 if INSTEAD else 1))


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_damaged_file_costs_nobody_an_answer(
    quick_path: Path, fresh: OpenSession, kind: str, seed: int
) -> None:
    whole = handed_in(fresh)
    take_in(fresh, quick_path, [whole[kind]], kind)
    chance = random.Random(seed)
    others = list(whole.values())
    for _ in calls():
        contents = [damaged(whole[kind], chance, others) for _ in range(AT_ONCE)]
        take_in(fresh, quick_path, contents, kind)


def test_a_sheet_of_the_wrong_shape_costs_nobody_an_answer(
    quick_path: Path, fresh: OpenSession, seed: int
) -> None:
    document, _ = yaml_text.read(handed_in(fresh)["sheet"].decode(), "a")
    assert document is not None
    chance = random.Random(seed)
    for _ in calls()[::5]:
        contents = [
            yaml_text.write(misshapen(document.data, chance)).encode() for _ in range(AT_ONCE)
        ]
        take_in(fresh, quick_path, contents, "sheet")


@pytest.mark.parametrize("kind", ENDINGS)
def test_what_once_went_wrong_is_taken_in_without_loss(
    quick_path: Path, fresh: OpenSession, kind: str
) -> None:
    contents = [path.read_bytes() for path in sorted(crashers.CRASHERS.iterdir())]
    assert len(contents) >= 7
    take_in(fresh, quick_path, contents, kind)
