"""Whoever hands in thousands of answers makes no later merge slower: the work is counted here."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bart_tool.domain.sheet import Sheet
from bart_tool.merge.engine import lay_out
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow import keeping
from bart_tool.workflow.gather import gather
from bart_tool.workflow.keeping import MOST_KEPT
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from bart_tool.workflow.settle import choices
from tests.cli.run import bart
from tests.workflow.on_disk import begun_session, said, sheet_file, snapshot
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

HEADER = "participant,party,item,value\n"


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sheets each merging took."""
    sizes: list[int] = []

    def counting(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
        sizes.append(len(sheets))
        return lay_out(sheets)

    monkeypatch.setattr(keeping, "lay_out", counting)
    return sizes


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The sheets that were kept beside a person's own."""
    found: list[Sheet] = []
    keep = StoredSession.keep_conflict

    def counting(self: StoredSession, sheet: Sheet) -> str:
        found.append(sheet)
        return keep(self, sheet)

    monkeypatch.setattr(StoredSession, "keep_conflict", counting)
    return found


@pytest.fixture
def opened(quick_path: Path) -> OpenSession:
    return begun_session(quick_path / "sessions")


def test_many_rows_of_one_item_are_one_merging_and_twenty_answers(
    opened: OpenSession, quick_path: Path, merged: list[int], kept: list[Sheet]
) -> None:
    rows = "".join(f"WR-01,wijkraad,words/wijkraad,woord {n}\n" for n in range(200))
    (quick_path / "a.csv").write_text(HEADER + rows, "utf-8")
    done = gather(opened, [quick_path / "a.csv"])
    assert merged == [MOST_KEPT]
    assert len(kept) == MOST_KEPT - 1
    assert [(each.code, each.where.row) for each in done.problems] == [
        ("csv-says-two-things", 3),
        ("csv-too-many-answers", MOST_KEPT + 2),
    ]


def test_file_after_file_each_merging_stays_as_small(
    opened: OpenSession, quick_path: Path, merged: list[int], kept: list[Sheet]
) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college", "words/wijkraad": "w"}), None)
    files = [
        sheet_file(quick_path, f"{n:03}.yaml", said(opened, "WR-01", {"words/wijkraad": f"w{n}"}))
        for n in range(60)
    ]
    done = gather(opened, files)
    assert len(merged) == len(files)
    assert max(merged) <= MOST_KEPT + 1
    assert len(kept) == MOST_KEPT - 1
    assert len({each.outcome for each in done.files}) == 1
    assert not done.problems
    own = opened.folder.sheet("WR-01")
    assert own is not None
    assert own[0].answers["words/wijkraad"].value == "w"
    before = snapshot(path_of(opened.folder))
    gather(opened, files)
    assert snapshot(path_of(opened.folder)) == before


def test_that_there_may_be_more_is_said_where_it_is_settled(
    opened: OpenSession, quick_path: Path
) -> None:
    files = [
        sheet_file(quick_path, f"{n:03}.yaml", said(opened, "WR-01", {"words/wijkraad": f"w{n}"}))
        for n in range(MOST_KEPT + 5)
    ]
    closed = close(gather(opened, files).opened).opened
    (choice,) = choices(closed)
    assert choice.is_full
    assert len(choice.versions) == MOST_KEPT
    root = path_of(opened.folder).parent
    done = bart(root, "gather", "test", "--settle", typed="0\n", language="nl")
    assert "bart bewaart 20 antwoorden en niet meer." in done.err


def test_drafts_beside_what_was_handed_in_are_twenty_at_most(
    opened: OpenSession, quick_path: Path, merged: list[int]
) -> None:
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}), None)
    files = [
        sheet_file(
            quick_path,
            f"{n:03}.yaml",
            said(opened, "WR-01", {"words/wijkraad": f"w{n}"}).changed(status="draft"),
        )
        for n in range(MOST_KEPT + 5)
    ]
    done = gather(opened, files)
    assert [each.code for each in done.problems] == ["draft-not-used"] * len(files)
    assert len(opened.folder.conflict_sheets()[0]) == MOST_KEPT
    assert max(merged) <= MOST_KEPT + 2
