"""What is said of each file: first time, handed in before, or not ours; never what it says."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Busy
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.gather import gather
from bart_tool.workflow.intake_outcome import Gathered, IntakeOutcome, Outcome
from bart_tool.workflow.open_session import OpenSession
from tests.workflow.on_disk import begun_session, said, sheet_file

pytestmark = pytest.mark.usefixtures("each_store")

HEADER = "participant,party,item,value"


@pytest.fixture
def opened(quick_path: Path) -> OpenSession:
    """A session in which WR-01 handed in."""
    opened = begun_session(quick_path / "sessions")
    here = {"who": {"value": "college", "revision": 2}, "choice/wijkraad": "plan"}
    opened.folder.save_sheet(said(opened, "WR-01", here), None)
    return opened


def outcomes(done: Gathered) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [(each.file, each.outcome, each.participants, each.number) for each in done.files]


HERE = {"who": {"value": "college", "revision": 2}, "choice/wijkraad": "plan"}
CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "first-time": ("WR-02", {"who": "college"}, {}),
    "draft": ("WR-02", {"who": "college"}, {"status": "draft"}),
    "draft-not-used": ("WR-01", HERE, {"status": "draft"}),
    "other-round": ("WR-01", HERE, {"round": 2}),
    "other-set": ("WR-01", HERE, {"question_set": "wijk-kort"}),
    "other-session": ("WR-01", HERE, {"session": "elders"}),
    "other-party": ("WR-01", HERE, {"party": "wijkmanager"}),
}


@pytest.mark.parametrize("outcome", CASES)
def test_a_sheet_has_one_outcome(opened: OpenSession, quick_path: Path, outcome: str) -> None:
    code, answers, more = CASES[outcome]
    sheet = said(opened, code, answers).changed(**more)
    file = sheet_file(quick_path, "a.yaml", sheet)
    assert outcomes(gather(opened, [file])) == [("a.yaml", outcome, (code,), 0)]


@pytest.mark.parametrize(
    "answers",
    [
        HERE,
        {"who": {"value": "bewoners", "revision": 3}},
        {"who": {"value": "bewoners", "revision": 1}},
        {"who": {"value": "bewoners", "revision": 2}},
        {"roles/wijkraad": {"networker": "formal"}},
        {},
    ],
)
def test_same_newer_older_and_contradicting_are_all_handed_in_before(
    opened: OpenSession, quick_path: Path, answers: dict[str, Any]
) -> None:
    done = gather(opened, [sheet_file(quick_path, "a.yaml", said(opened, "WR-01", answers))])
    assert done == Gathered(
        opened=opened,
        files=(IntakeOutcome("a.yaml", Outcome.HANDED_IN_BEFORE, ("WR-01",)),),
        before=("WR-01",),
    )


def test_a_draft_that_lay_here_is_kept_and_told_whatever_it_says(
    opened: OpenSession, quick_path: Path
) -> None:
    final = said(opened, "WR-02", {"who": "college"})
    for code, answers in (("WR-02", {"who": "college"}), ("WR-03", {"who": "bewoners"})):
        draft = said(opened, code, answers).changed(status="draft")
        opened.folder.save_sheet(draft, None)
        file = sheet_file(quick_path, "a.yaml", final.changed(participant=code))
        done = gather(opened, [file])
        assert outcomes(done) == [("a.yaml", "first-time", (code,), 0)]
        assert [each.code for each in done.problems] == ["draft-here-not-used"]
        assert done.is_whole
        assert draft in opened.folder.conflict_sheets()[0]


def test_rows_have_an_outcome_a_person_and_those_not_used_a_number(
    opened: OpenSession, quick_path: Path
) -> None:
    file = quick_path / "a.csv"
    file.write_text(
        f"{HEADER}\nWR-02,wijkraad,who,college\nWR-03,wijkraad,who,college\n"
        "WR-09,wijkraad,who,college\nWR-02,wijkraad,who,iemand\nWR-02,wijkraad,niets,iemand\n",
        "utf-8",
    )
    assert set(outcomes(gather(opened, [file]))) == {
        ("a.csv", "rows-not-used", (), 2),
        ("a.csv", "first-time", ("WR-02", "WR-03"), 0),
        ("a.csv", "unknown-person", ("WR-09",), 0),
    }


def test_what_is_no_sheet_has_an_outcome_too(opened: OpenSession, quick_path: Path) -> None:
    empty, nothing, newer = (quick_path / name for name in ("a.yaml", "b.csv", "c.yaml"))
    empty.write_bytes(b"")
    nothing.write_text(f"{HEADER}\n", "utf-8")
    newer.write_text("format: 99\nkind: answer-sheet\n", "utf-8")
    assert outcomes(gather(opened, [empty, nothing, newer])) == [
        ("a.yaml", "damaged", (), 0),
        ("b.csv", "no-answers", (), 0),
        ("c.yaml", "refused", (), 0),
    ]


@pytest.mark.parametrize("given", [{}, {"who": {"value": "college", "revision": 1}}])
def test_that_an_answer_was_wiped_is_kept_beside_a_sheet_that_does_not_know_it(
    opened: OpenSession, quick_path: Path, given: dict[str, Any]
) -> None:
    here = said(opened, "WR-02", {"who": "college", "choice/wijkraad": "plan"}).without("who")
    opened.folder.save_sheet(here.changed(status="draft"), None)
    elsewhere = said(opened, "WR-02", {"choice/wijkraad": "plan", **given})
    done = gather(opened, [sheet_file(quick_path, "a.yaml", elsewhere)])
    assert [each.code for each in done.problems] == ["draft-here-not-used"]
    (kept,) = opened.folder.conflict_sheets()[0]
    assert (kept.participant, kept.wiped) == ("WR-02", {"who": 1})


def test_files_are_told_in_the_order_in_which_they_came(
    opened: OpenSession, quick_path: Path
) -> None:
    """Also where what is in one is saved after another was refused."""
    first = sheet_file(quick_path, "a.yaml", said(opened, "WR-02", {"who": "college"}))
    strange = sheet_file(quick_path, "b.yaml", said(opened, "WR-03", HERE).changed(round=2))
    again = sheet_file(quick_path, "c.yaml", said(opened, "WR-02", {"who": "bewoners"}))
    assert outcomes(gather(opened, [first, strange, again])) == [
        ("a.yaml", "first-time", ("WR-02",), 0),
        ("b.yaml", "other-round", ("WR-03",), 0),
        ("c.yaml", "handed-in-before", ("WR-02",), 0),
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_a_sheet_that_another_program_saves_meanwhile_keeps_nobody_else_out(
    opened: OpenSession, quick_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """A synced folder asks for no lock."""
    codes = ("WR-02", "WR-01", "WR-03")
    new = {"who": {"value": "bewoners", "revision": 3}}
    files = [sheet_file(quick_path, f"{c}.yaml", said(opened, c, new)) for c in codes]
    save, meddled = StoredSession.save_sheets, []

    def saved(folder: StoredSession, read: Iterable[tuple[Sheet, str | None]]) -> None:
        read = list(read)
        if len(meddled) < times and any(sheet.participant == "WR-01" for sheet, _ in read):
            there = folder.sheet("WR-01")
            assert there is not None
            meddled.append(
                folder.save_sheet(there[0].changed(function=f"{len(meddled)}"), there[1])
            )
        save(folder, read)

    monkeypatch.setattr(StoredSession, "save_sheets", saved)
    if times == 1:
        done = gather(opened, files)
        assert (done.came_in, done.before) == (("WR-02", "WR-03"), ("WR-01",))
    else:
        with pytest.raises(Busy):
            gather(opened, files)
    sheets = {each.participant: each for each in opened.folder.sheets()[0]}
    assert sheets.keys() == ({*codes} if times == 1 else {"WR-01", "WR-02"})
    assert sheets["WR-01"].function == str(times - 1)
    assert sheets["WR-02"].answers["who"].value == "bewoners"
