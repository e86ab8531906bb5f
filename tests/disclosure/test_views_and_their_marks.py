"""What is kept of a published view: the view and, apart, the marks of what it was made from."""

import shutil
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from bart_tool.disclosure.view import CLOSED, Answers, GroupAnswers, OpenAnswers
from bart_tool.domain.agreement import AgreementDraft
from bart_tool.errors import CannotWrite
from bart_tool.store import marks, views
from bart_tool.store.disk import DiskStore
from bart_tool.workflow import doctor
from bart_tool.workflow.agree import agree
from bart_tool.workflow.erase import erase
from bart_tool.workflow.findings import published_view
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.open_session import (
    OpenSession,
    open_session,
    round_named,
    with_notes_heeded,
)
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.publish import publish
from bart_tool.workflow.settle import choices, settle
from tests.cli.run import bart
from tests.store.failpoints import KILL, Killed, failing
from tests.workflow.on_disk import begun_session, said, sheet_file
from tests.workshop import path_of

FOUR = ("WR-01", "WR-02", "WR-03", "WR-04")
COLLEGE = GroupAnswers("position", frozenset({"college"}))
NOBODY = GroupAnswers("position", frozenset({"nobody"}))
BEWONERS = GroupAnswers("position", frozenset({"bewoners"}))
KEPT = GroupAnswers("position", frozenset({"college"}), (1, 1))
TODAY = date(2026, 11, 25)
DRAFT = AgreementDraft(topic="who", sentence="Wij hakken samen de knoop door.")


def desk(root: Path) -> OpenSession:
    return open_session(DiskStore(root), "test")


def answer(opened: OpenSession, who: Mapping[str, str], consent: str = "group") -> None:
    """Put in the sheets of the wijkraad what each says, in place of what lay there."""
    for code, value in who.items():
        there = opened.folder.sheet(code)
        sheet = said(opened, code, {"who": value}, consent=consent, round=opened.session.round)
        opened.folder.save_sheet(sheet, there[1] if there else None)


def begun(root: Path, **who: str) -> OpenSession:
    opened = begun_session(root)
    answer(opened, dict(zip(FOUR, who.values(), strict=False)) or dict.fromkeys(FOUR, "college"))
    manager = said(opened, "WM-01", {"who": "wijkmanager"}, consent="position")
    opened.folder.save_sheet(manager, None)
    return opened


def closed(root: Path, consent: str = "group") -> OpenSession:
    opened = begun(root)
    answer(opened, dict.fromkeys(FOUR, "college"), consent)
    return close(opened).opened


def again(opened: OpenSession, who: Mapping[str, str], consent: str = "group") -> OpenSession:
    opened = reopen(opened.reread())
    answer(opened, who, consent)
    return close(opened).opened


def of_council(opened: OpenSession, item: str = "who") -> Answers:
    return published_view(opened)[0].items[item]["wijkraad"]


def test_it_is_made_at_closing_and_no_sheet_is_opened_for_it_after(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    shutil.rmtree(path_of(opened.folder) / "sheets")
    assert of_council(desk(tmp_path)) == COLLEGE
    assert bart(tmp_path, "report", "test", "--format", "md,html,json").code == 0
    said_then = (path_of(opened.folder) / "report" / "report.json").read_bytes()
    assert b"wijkraad" in said_then


def test_only_the_owner_may_read_the_marks_and_the_secret(tmp_path: Path) -> None:
    private = path_of(closed(tmp_path).folder) / "private"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    for name in ("marks.yaml", "secret"):
        assert stat.S_IMODE((private / name).stat().st_mode) == 0o600


TWO = {"WR-01": "nobody", "WR-02": "nobody"}
THREE = {**TWO, "WR-03": "nobody"}


def test_beside_its_marks_a_group_shows_something_new_once_three_changed(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    assert of_council(again(opened, THREE)) == NOBODY


def test_what_showed_the_same_counts_as_a_view_too(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    assert of_council(again(opened, TWO)) == COLLEGE  # nobody sees that it is kept
    assert (
        of_council(again(opened, THREE)) == COLLEGE
    )  # one since the second, three since the first
    assert of_council(again(opened, dict.fromkeys(FOUR, "bewoners"))) == BEWONERS


def another_secret(private: Path) -> None:
    (private / "secret").write_text("0" * 64, "utf-8")


def other_marks(private: Path) -> None:
    there = (private / "marks.yaml").read_text("utf-8")
    (private / "marks.yaml").write_text(there.replace("WR-01", "WR-09", 1), "utf-8")


LOST: dict[str, Callable[[Path], object]] = {
    "no secret": lambda private: (private / "secret").unlink(),
    "another secret": another_secret,
    "half a secret": lambda private: (private / "secret").write_text("12ab", "utf-8"),
    "no marks": lambda private: (private / "marks.yaml").unlink(),
    "no private folder": lambda private: shutil.rmtree(private),
    "changed marks": other_marks,
    "marks that are no text": lambda private: (private / "marks.yaml").write_bytes(b"\xff\xfe"),
}


@pytest.mark.parametrize("how", LOST)
def test_without_its_marks_a_group_stays_as_it_was_and_doctor_says_so(
    tmp_path: Path, how: str
) -> None:
    opened = closed(tmp_path)
    LOST[how](path_of(opened.folder) / "private")
    assert "marks-lost" in told(tmp_path)
    assert of_council(again(opened, THREE)) == COLLEGE
    assert of_council(again(opened, dict.fromkeys(FOUR, "bewoners"))) == COLLEGE


def told(root: Path) -> set[str]:
    looked = doctor.look_over(DiskStore(root), TODAY, "test")
    return {each.problem.code for each in looked.sessions["test"]}


def cut_off(view: Path) -> None:
    lines = view.read_text("utf-8").splitlines(keepends=True)
    view.write_text("".join(lines[: len(lines) // 2]), "utf-8")


DAMAGED: dict[str, Callable[[Path], object]] = {
    "gone": lambda view: view.unlink(),
    "empty": lambda view: view.write_bytes(b""),
    "cut off": cut_off,
    "one letter": lambda view: view.write_text(
        view.read_text("utf-8").replace("college", "bewoners"), "utf-8"
    ),
}


@pytest.mark.parametrize("reopened", [False, True])
@pytest.mark.parametrize("how", DAMAGED)
def test_without_its_view_a_group_is_closed_and_doctor_says_so(
    tmp_path: Path, how: str, reopened: bool
) -> None:
    opened = closed(tmp_path)
    DAMAGED[how](path_of(opened.folder) / "view.yaml")
    assert told(tmp_path) & {"views-missing", "views-damaged"}
    now = again(opened, THREE) if reopened else desk(tmp_path)
    assert of_council(now) == CLOSED


def test_words_that_may_be_printed_no_more_are_in_no_earlier_view(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    ticked = {"who": {"value": "college", "note": "spreekwoord", "quote": True}}
    answer(opened, dict.fromkeys(FOUR, "college"), "position")
    for tick in (True, False):
        there = opened.folder.sheet("WR-01")
        assert there is not None
        words = {"who": {**ticked["who"], "quote": tick}}
        opened.folder.save_sheet(said(opened, "WR-01", words, consent="position"), there[1])
        opened = close(opened).opened
        view = (path_of(opened.folder) / "view.yaml").read_bytes()
        assert (b"spreekwoord" in view) == tick
        opened = reopen(opened)
    known = views.read(opened.folder, 1)
    assert known is not None
    assert [each.closing for each in known.views] == [1, 2]


def test_an_older_view_that_came_back_is_not_all_that_was_shown(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    file = path_of(opened.folder) / "view.yaml"
    first = file.read_bytes()
    again(opened, THREE)
    file.write_bytes(first)  # by a synced folder
    back = {**dict.fromkeys(FOUR, "college"), "WR-04": "nobody"}  # since the second: all four
    assert of_council(again(opened, back)) == COLLEGE
    one_less = again(opened, {**THREE, "WR-04": "college"})
    assert isinstance(of_council(one_less), GroupAnswers)
    assert of_council(one_less).standing != "unknown"


def test_a_view_that_was_kept_back_by_a_kill_is_made_as_it_would_have_been(tmp_path: Path) -> None:
    whole = closed(tmp_path / "whole")
    expected = (path_of(whole.folder) / "view.yaml").read_bytes()
    for before in range(400):
        root = tmp_path / str(before)
        opened = begun(root)
        with failing(KILL, before) as failpoint, suppress(Killed):
            close(opened)
        now = desk(root)
        if not now.session.phase.is_revealed:
            now = close(now).opened
        assert of_council(now) == COLLEGE
        assert (path_of(now.folder) / "view.yaml").read_bytes() == expected
        known = marks.read(now.folder).of_round(1)
        assert [each.closing for each in known] == [1]
        shutil.rmtree(root)
        if not failpoint.hit:
            break
    else:
        pytest.fail("no end to it")
    assert before > 10


def test_killed_while_it_is_made_again_no_view_says_what_the_marks_do_not_know(
    tmp_path: Path,
) -> None:
    opened = reopen(closed(tmp_path / "old"))
    answer(opened, THREE)
    for before in range(400):
        root = tmp_path / "now"
        shutil.copytree(tmp_path / "old", root)
        with failing(KILL, before) as failpoint, suppress(Killed):
            close(desk(root))
        now = desk(root)
        known = views.read(now.folder, 1)
        assert known is not None
        marked = {each.closing for each in marks.read(now.folder).of_round(1)}
        assert {view.closing for view in known.views} <= marked
        assert [view.items["who"]["wijkraad"] for view in known.views][:1] == [COLLEGE]
        shutil.rmtree(root)
        if not failpoint.hit:
            break
    assert before > 10


def test_settled_after_a_report_one_person_changes_nothing_of_a_group(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    other = said(opened, "WR-01", {"who": "bewoners"}, consent="group")
    opened.folder.keep_conflict(other)
    opened = close(opened).opened
    assert choices(opened)
    first = published_view(opened)[0]
    assert first.items["who"]["wijkraad"] == COLLEGE  # three of the three that count
    choice = choices(opened)[0]
    now = settle(opened, "WR-01", {"who": choice.versions[1].mark})
    known = views.read(now.folder, 1)
    assert known is not None
    assert known.out_of_date
    assert published_view(now)[0] == first


def test_closed_with_answers_to_settle_nothing_is_made_before_they_are(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    opened.folder.keep_conflict(said(opened, "WR-01", {"who": "bewoners"}, consent="group"))
    done = close(opened)
    known = views.read(done.opened.folder, 1)
    assert known is not None
    assert (known.views, known.out_of_date, done.parties) == ((), True, ())


# Erasing


def test_erasing_takes_the_marks_and_the_open_counts_of_every_round(tmp_path: Path) -> None:
    opened = followed_up(tmp_path, "position")
    answer(opened, dict.fromkeys(FOUR, "bewoners"), "position")
    opened = close(opened).opened
    private = path_of(opened.folder) / "private"
    (private / "marks-LAPTOP.yaml").write_bytes((private / "marks.yaml").read_bytes())
    erase(opened, "WR-01")
    kept = marks.read(opened.folder)
    assert sorted(kept.rounds) == [1, 2]
    for number in (1, 2):
        folder = round_named(desk(tmp_path), number).folder
        known = views.read(folder, number)
        assert known is not None
        assert all("wijkraad" not in view.items["who"] for view in known.views)
        assert all("wijkmanager" in view.items["who"] for view in known.views)
        codes = {
            code
            for marked in kept.of_round(number)
            for items in marked.parties.values()
            for people in items.values()
            for code in people
        }
        assert codes >= {"WR-02"}
        assert "WR-01" not in codes
    assert sorted(path.name for path in private.iterdir() if path.suffix != ".lock") == [
        "marks.yaml",
        "secret",
    ]


def test_what_was_shown_of_a_group_stays_when_somebody_in_it_is_erased(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    erase(opened, "WR-01")
    assert of_council(again(desk(tmp_path), {"WR-02": "nobody"})) == KEPT


def test_who_was_erased_counts_as_one_who_left(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    erase(opened, "WR-01")
    assert of_council(again(desk(tmp_path), {"WR-02": "nobody", "WR-03": "nobody"})) == CLOSED


def test_marks_that_cannot_be_read_go_whole_when_somebody_is_erased(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    (path_of(opened.folder) / "private" / "secret").unlink()
    erase(opened, "WR-01")
    assert not (path_of(opened.folder) / "private" / "marks.yaml").exists()


def test_a_view_that_cannot_be_read_goes_when_somebody_is_erased(tmp_path: Path) -> None:
    opened = closed(tmp_path, "position")
    view = path_of(opened.folder) / "view.yaml"
    cut_off(view)
    erase(opened, "WR-01")
    assert not view.exists()
    assert of_council(desk(tmp_path)) == CLOSED


# Several rounds


def followed_up(root: Path, consent: str = "group") -> OpenSession:
    opened = agree(closed(root, consent), DRAFT, TODAY).opened
    return begin(opened, planned(opened))


def test_asked_again_a_group_keeps_what_the_round_before_showed(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    answer(opened, {**dict.fromkeys(FOUR, "college"), **TWO})
    assert of_council(close(opened).opened) == KEPT


def test_a_finished_round_that_was_thrown_away_still_counts(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    answer(opened, {**dict.fromkeys(FOUR, "college"), **TWO})
    shutil.rmtree(path_of(opened.folder) / "rounds" / "1")
    assert of_council(close(opened).opened) == CLOSED


def test_a_round_that_is_shown_for_the_first_time_after_a_later_one_counts_that(
    tmp_path: Path,
) -> None:
    opened = begun(tmp_path)
    opened.folder.keep_conflict(said(opened, "WR-01", {"who": "bewoners"}, consent="group"))
    opened = agree(close(opened).opened, DRAFT, TODAY).opened  # never shown: an answer waits
    opened = begin(opened, planned(opened))
    answer(opened, {**dict.fromkeys(FOUR, "college"), "WR-02": "nobody"})
    opened = close(opened).opened
    assert of_council(opened) == COLLEGE
    first = round_named(desk(tmp_path), 1)
    assert of_council(first) == CLOSED


def test_taken_back_the_follow_up_leaves_the_view_as_it_was(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    was = (path_of(opened.folder) / "rounds" / "1" / "view.yaml").read_bytes()
    back = take_back(opened)
    assert (path_of(back.folder) / "view.yaml").read_bytes() == was
    assert of_council(desk(tmp_path)) == COLLEGE
    assert of_council(again(back, TWO)) == COLLEGE
    assert of_council(again(back, dict.fromkeys(FOUR, "bewoners"))) == BEWONERS


def test_a_group_that_opens_in_the_follow_up_shows_no_counts(tmp_path: Path) -> None:
    opened = followed_up(tmp_path)
    answer(opened, dict.fromkeys(FOUR, "bewoners"), "position")
    assert of_council(close(opened).opened) == KEPT


# What older versions left


def from_before(root: Path, consent: str = "group") -> OpenSession:
    """A session as version 0.1.0 left it: closed, reported, without a view."""
    opened = publish(closed(root, consent)).opened
    folder = path_of(opened.folder)
    shutil.rmtree(folder / "private")
    (folder / "view.yaml").unlink()
    return opened


def test_closed_by_an_older_version_its_groups_stay_closed_and_open_parties_open(
    tmp_path: Path,
) -> None:
    from_before(tmp_path)
    view, problems = published_view(desk(tmp_path))
    assert view.items["who"]["wijkraad"] == CLOSED
    assert isinstance(view.items["who"]["wijkmanager"], OpenAnswers)
    assert [problem.code for problem in problems] == ["views-missing"]
    assert of_council(again(desk(tmp_path), THREE)) == CLOSED


def test_so_do_they_in_the_follow_up_of_such_a_round(tmp_path: Path) -> None:
    opened = agree(from_before(tmp_path), DRAFT, TODAY).opened
    opened = begin(opened, planned(opened))
    answer(opened, {**dict.fromkeys(FOUR, "college"), **TWO})
    answer(opened, {})
    opened.folder.save_sheet(
        said(opened, "WM-01", {"who": "college"}, consent="position", round=2), None
    )
    now = published_view(close(opened).opened)[0]
    assert now.items["who"]["wijkraad"] == CLOSED
    assert isinstance(now.items["who"]["wijkmanager"], OpenAnswers)


def test_reopened_after_an_older_version_nobody_knows_who_was_a_group(tmp_path: Path) -> None:
    opened = from_before(tmp_path)
    now = again(opened, dict.fromkeys(FOUR, "bewoners"), "position")
    assert of_council(now) == CLOSED


def with_earlier(root: Path) -> list[Path]:
    opened = followed_up(root)
    folders = [path_of(opened.folder), path_of(opened.folder) / "rounds" / "1"]
    files = [folder / "report" / "earlier.yaml" for folder in folders]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text("format: 1\nsheets: {}\n", "utf-8")
    return files


def test_what_older_versions_kept_beside_reports_goes_at_the_next_start(tmp_path: Path) -> None:
    files = with_earlier(tmp_path)
    done = bart(tmp_path, "status", "test")
    assert done.err.count("earlier.yaml") == 1
    assert not any(file.exists() for file in files)
    assert "earlier.yaml" not in bart(tmp_path, "status", "test").err


def test_where_only_reading_is_allowed_it_stays_and_nothing_is_said_to_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = with_earlier(tmp_path)

    def refuse(_store: DiskStore, name: str) -> bool:
        raise CannotWrite("cannot-write", file=name)

    monkeypatch.setattr(DiskStore, "remove", refuse)
    assert with_notes_heeded(desk(tmp_path))[1] == ()
    assert all(file.exists() for file in files)


def test_of_two_only_one_of_which_can_go_it_is_said_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = with_earlier(tmp_path)
    remove = DiskStore.remove

    def refuse(store: DiskStore, name: str) -> bool:
        if "rounds/1" in name:
            raise CannotWrite("cannot-write", file=name)
        return remove(store, name)

    monkeypatch.setattr(DiskStore, "remove", refuse)
    assert [note.code for note in with_notes_heeded(desk(tmp_path))[1]] == ["earlier-marks-removed"]
    assert [file.exists() for file in files] == [False, True]


def test_a_file_handed_in_after_closing_changes_nothing_that_is_shown(tmp_path: Path) -> None:
    opened = closed(tmp_path)
    late = sheet_file(tmp_path, "late.yaml", said(opened, "WR-01", {"who": "nobody"}))
    assert bart(tmp_path, "gather", "test", str(late)).code != 0
    (path_of(opened.folder) / "sheets" / "WR-01.yaml").write_bytes(late.read_bytes())
    assert of_council(desk(tmp_path)) == COLLEGE
