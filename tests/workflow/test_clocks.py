"""T15 of tests/README.md: whatever clocks say, the same sheets give the same merge and report.

Files bear times ten years off, the clock jumps back between two writes, and the zone changes.
"""

import os
import random
import re
import shutil
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.store import question_sets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.agree import agree
from bart_tool.workflow.compare import compared, write
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from bart_tool.workflow.settle import choices, settle
from tests.any_answers import any_answer, any_sheet
from tests.figures import figure
from tests.workflow.on_disk import begun_session, sheet_file, snapshot

SEEDS = figure(100, 5_000)
TEN_YEARS = 10 * 365 * 24 * 3600
# Seconds around the nights on which Dutch clocks change, and around the ends of 32-bit time.
SPECIAL = (1774745999, 1774746000, 1792889999, 1792893600, 0, 2**31 - 1, 2**31)
ZONES = ("Europe/Amsterdam", "UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")


class StrangeClock:
    """A clock that may say anything, and never says it twice in order."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.asked = 0

    def now(self) -> float:
        self.asked += 1
        if self.chance.random() < 0.3:
            return float(self.chance.choice(SPECIAL))
        return 1_790_000_000 + self.chance.uniform(-TEN_YEARS, TEN_YEARS)

    def skew(self, folder: Path) -> None:
        """Give every file and folder a time of its own."""
        for path in (folder, *folder.rglob("*")):
            os.utime(path, (self.now(), self.now()))

    def set_zone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", self.chance.choice(ZONES))
        if hasattr(time, "tzset"):
            time.tzset()


PARTIES = {"wijkraad": 3, "wijkmanager": 1, "cluster-groen": 1}
CHECK_ON = date(2027, 5, 25)
CLOSED_ON = date(2026, 11, 25)  # the day itself is kept: a report is of then
SPEND = AgreementDraft(
    topic="decision/spend", sentence="De wijkmanager beslist.", check_on=CHECK_ON
)
# The set never changes, so it need not be read thousands of times.
read_once = cache(question_sets.parse)
Between = Callable[[Path], None]


def handed_in(opened: OpenSession, chance: random.Random) -> list[Sheet]:
    """Sheets of everybody: some again, some changed, some that contradict, some not finished."""
    pile: list[Sheet] = []
    for code in opened.session.party_of:
        first = any_sheet(opened.session, opened.question_set, code, chance)
        few = dict(chance.sample(sorted(first.answers.items()), 4))
        first = first.changed(answers=few, consent=chance.choice(("position", "group")))
        pile.append(first)
        for _ in range(chance.randrange(3)):
            answers = dict(first.answers)
            for item in chance.sample(sorted(answers), 2):
                revision = chance.randint(1, 5)
                asked = opened.question_set.by_key[item]
                answers[item] = any_answer(opened.question_set, asked, chance, revision)
            pile.append(first.changed(answers=answers, status=chance.choice(list(SheetStatus))))
    chance.shuffle(pile)
    return pile


def whole_round(root: Path, seed: int, between: Between) -> dict[str, bytes]:
    """Take in what `seed` gives, settle, close and report; `between` comes between the steps."""
    chance = random.Random(seed)
    opened = begun_session(root / "sessions", PARTIES)
    (root / "inbox").mkdir()
    files = [
        sheet_file(root / "inbox", f"{number}.yaml", each)
        for number, each in enumerate(handed_in(opened, chance))
    ]
    for start in range(0, len(files), 3):
        between(root)
        gather(open_session(DiskStore(root / "sessions"), "test"), files[start : start + 3])
    between(root)
    opened = open_session(DiskStore(root / "sessions"), "test")
    opened = close(opened, CLOSED_ON).opened
    between(root)
    for choice in choices(opened)[:1]:
        settle(opened, choice.participant, {choice.item: choice.versions[-1].mark})
        between(root)
    publish(open_session(DiskStore(root / "sessions"), "test"), formats=("md", "json"))
    between(root)
    return snapshot(root / "sessions")


def test_no_clock_changes_what_is_kept_or_reported(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    clock = StrangeClock(random.Random(seed))
    monkeypatch.setattr(question_sets, "parse", read_once)
    waited = 0
    for number in range(SEEDS):
        as_usual, strange = quick_path / "usual", quick_path / "strange"
        as_usual.mkdir()
        strange.mkdir()
        expected = whole_round(as_usual, seed + number, lambda _root: None)
        with monkeypatch.context() as patch:
            patch.setattr(time, "time", clock.now)
            patch.setattr(time, "time_ns", lambda: int(clock.now() * 1e9))

            def between(root: Path, patch: pytest.MonkeyPatch = patch) -> None:
                clock.skew(root)
                clock.set_zone(patch)

            # Not only the reports: every file is the same, so no time stands in any of them.
            assert whole_round(strange, seed + number, between) == expected
        one, other = (
            open_session(DiskStore(each / "sessions"), "test") for each in (as_usual, strange)
        )
        assert picture_of(one) == picture_of(other)
        assert {"test/report/report.md", "test/report/report.json"} <= expected.keys()
        waited += any(name.startswith("test/conflicts") for name in expected)
        shutil.rmtree(as_usual)
        shutil.rmtree(strange)
    if hasattr(time, "tzset"):
        time.tzset()
    assert waited > SEEDS // 4, "too few rounds had anything in conflict"


def two_rounds(root: Path, seed: int, between: Between) -> dict[str, bytes]:
    """A round, an agreement, the follow-up and what moved."""
    chance = random.Random(seed)
    opened = begun_session(root / "sessions", PARTIES)
    for number in (1, 2):
        for code in opened.session.party_of:
            said = any_sheet(opened.session, opened.question_set, code, chance)
            opened.folder.save_sheet(said.changed(round=number, consent="position"), None)
        between(root)
        opened = publish(
            close(open_session(DiskStore(root / "sessions"), "test"), CLOSED_ON).opened
        ).opened
        between(root)
        if number == 1:
            opened = agree(opened, SPEND, CHECK_ON).opened
            between(root)
            opened = begin(opened, planned(opened))
    write(compared(open_session(DiskStore(root / "sessions"), "test"), 1, 2))
    return snapshot(root / "sessions")


def test_no_clock_changes_what_moved(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    clock = StrangeClock(random.Random(seed))
    monkeypatch.setattr(question_sets, "parse", read_once)
    for number in range(figure(10, 500)):
        as_usual, strange = quick_path / "usual", quick_path / "strange"
        as_usual.mkdir()
        strange.mkdir()
        expected = two_rounds(as_usual, seed + number, lambda _root: None)
        with monkeypatch.context() as patch:
            patch.setattr(time, "time", clock.now)
            patch.setattr(time, "time_ns", lambda: int(clock.now() * 1e9))

            def between(root: Path, patch: pytest.MonkeyPatch = patch) -> None:
                clock.skew(root)
                clock.set_zone(patch)

            assert two_rounds(strange, seed + number, between) == expected
        assert "test/report/compare-1-2.json" in expected
        everything = b"\n".join(expected.values()).decode()
        days = re.findall(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b", everything)
        # The only dates: the day to look again, and on which the round was closed.
        assert set(days) == {CHECK_ON.isoformat(), CLOSED_ON.isoformat()}
        shutil.rmtree(as_usual)
        shutil.rmtree(strange)
    if hasattr(time, "tzset"):
        time.tzset()


def test_a_sheet_from_the_future_does_not_beat_a_later_revision(quick_path: Path) -> None:
    opened = begun_session(quick_path, PARTIES)
    old = any_sheet(opened.session, opened.question_set, "WR-01", random.Random(1))
    newer = old.changed(
        answers={
            item: said.model_copy(update={"note": "later", "revision": said.revision + 1})
            for item, said in old.answers.items()
        }
    )
    files = [sheet_file(quick_path, f"{n}.yaml", each) for n, each in enumerate((newer, old))]
    os.utime(files[0], (0, 0))
    os.utime(files[1], (TEN_YEARS * 8, TEN_YEARS * 8))
    gather(opened, files)
    (kept,) = picture_of(open_session(DiskStore(quick_path), "test")).picture.sheets
    assert {said.note for said in kept.answers.values()} == {"later"}
