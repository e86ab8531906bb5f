"""All that bart publishes says no more than the views do: worlds, played through the commands.

Two worlds with the same views, in which the same people handed in, are played from invitation to
follow-up; everything a reader can see is the same, byte by byte: every file beside the report, its
name and size, which files were written when, every line and every JSON document, and the findings
that all screens are drawn from. So what does not follow from the views (test_what_follows.py)
does not follow from anything that is published.
"""

import random
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from bart_tool.disclosure.view import PublishedView
from bart_tool.domain.agreement import AgreementDraft
from bart_tool.export import files
from bart_tool.store import sessions, views, yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.agree import agree
from bart_tool.workflow.open_session import OpenSession, open_session, round_named
from tests.cli.run import bart
from tests.disclosure.screens import screens
from tests.disclosure.worlds import (
    ERASED,
    NAMES,
    NOTHING,
    QUESTIONS,
    SAID,
    SETS,
    TODAY,
    World,
    answers,
    codes,
    group,
    is_there,
    published,
    seen,
    workshop,
    worlds,
)
from tests.figures import figure, is_long
from tests.workshop import question, session, set_data, sheet, small_set, with_one_id

DRAFT = AgreementDraft(topic="item", sentence="Wij hakken samen de knoop door.")
FORMATS = ("--format", "md,html,pdf,docx,json")
EXPORTS = tuple(filter(files.can_be_made, files.FORMATS))


class OneDay(date):
    """A calendar on which it is always the same day."""

    @classmethod
    def today(cls) -> date:
        return TODAY


@pytest.fixture(autouse=True)
def no_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report bears the day of its closing: two worlds are closed on one day."""
    monkeypatch.setattr("bart_tool.workflow.phases.date", OneDay)


@pytest.fixture(autouse=True)
def one_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn for a session is the same in both worlds: they are one session."""
    drawn = SimpleNamespace(token_hex=lambda size: "5e" * size)
    monkeypatch.setattr("bart_tool.store.marks.secrets", drawn)
    with_one_id(monkeypatch)


@dataclass
class Play:
    """One world, played in `root`, and all that was published of it."""

    root: Path
    kind: str
    world: World
    rounds: Sequence[int]
    said: list[object] = field(default_factory=list)

    @property
    def opened(self) -> OpenSession:
        return open_session(DiskStore(self.root), "test")

    def run(self, *command: str) -> None:
        """Run a command, and keep what it said and which files it wrote."""
        before = self._written()
        done = bart(self.root, *command)
        assert done.code == 0, done.err
        now = self._written()
        changed = sorted(
            name for name in now.keys() | before.keys() if now.get(name) != before.get(name)
        )
        self.said.append((command, done.out, done.err, changed))

    def _written(self) -> dict[str, int]:
        there = (path for path in self.root.rglob("*") if path.is_file() and path.suffix != ".lock")
        return {
            path.relative_to(self.root).as_posix(): path.stat().st_mtime_ns
            for path in there
            if "private" not in path.parts
        }

    def publish(self) -> None:
        """Whatever shows something of a closed round."""
        self.run("status", "test")
        self.run("status", "test", "--json")
        self.run("report", "test", *FORMATS)
        self.run("report", "test", "--json")
        self.run("export", "test", "--format", ",".join(EXPORTS))
        self.run("export", "test", "--json")
        self.run("doctor", "test", "--json")
        if self.opened.session.round > 1:
            self.run("compare", "test", "1", "2", *FORMATS)
            self.run("compare", "test", "1", "2", "--json")
            self.run("report", "test", "--round", "1", *FORMATS)
            self.run("export", "test", "--round", "1", "--format", ",".join(EXPORTS))
        self.said.append(screens(self.opened))
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and ("report/" in name or path.name == "view.yaml"):
                self.said.append((name, path.read_bytes()))

    def begin_closing(self, at: int) -> None:
        """Open the round anew or the next one, and take in what people say by this closing."""
        if at and self.rounds[at] != self.rounds[at - 1]:
            agree(self.opened, DRAFT, TODAY)
            self.run("follow-up", "test", "--yes")
        elif at:
            self.run("reopen", "test")
        of = workshop(self.kind, tuple(map(len, self.world[at])))
        for party, people in zip(codes(of), self.world[at], strict=True):
            for code, person in zip(party, people, strict=True):
                if person == ERASED:
                    if code in self.opened.session.party_of:
                        self.run("erase", "test", code, "--yes")
                    continue
                opened = self.opened
                there = opened.folder.sheet(code)
                if person is None:
                    opened.folder.remove(f"sheets/{code}.yaml")
                    continue
                said = sheet(
                    opened.session,
                    code,
                    answers(person[1], self.kind),
                    consent=person[0],
                    round=opened.session.round,
                )
                opened.folder.save_sheet(said, there[1] if there else None)

    def all(self) -> list[object]:
        """Play it to the end; gives all that was published."""
        shutil.rmtree(self.root, ignore_errors=True)
        parties = dict(zip(NAMES, map(len, self.world[0]), strict=False))
        made = session(SETS[self.kind], parties, phase="answering")
        sessions.create(DiskStore(self.root), made, yaml_text.write(set_data(QUESTIONS[self.kind])))
        for at in range(len(self.world)):
            self.begin_closing(at)
            self.run("close", "test", *(["--json"] if at % 2 else ["--yes"]))
            self.publish()
        return self.said

    def views(self) -> list[PublishedView]:
        """The views as they lie in the session, round after round."""
        found: list[PublishedView] = []
        for number in sorted({*self.rounds}):
            known = views.read(round_named(self.opened, number).folder, number)
            assert known is not None
            found += known.views
        return found


CASES: dict[str, tuple[tuple[int, ...], tuple[int, ...], bool]] = {
    "one closing": ((4,), (1,), False),
    "beside somebody": ((3, 1), (1,), False),
    "two closings": ((3,), (1, 1), False),
    "a follow-up": ((3,), (1, 2), False),
    "two closings and a follow-up": ((3,), (1, 1, 2), False),
    "somebody is erased": ((4,), (1, 1), True),
}


def tried(kind: str, case: str) -> Iterator[World]:
    """The worlds of this case; fewer answers where there would be too many."""
    sizes, rounds, erasing = CASES[case]
    said = SAID[kind] if len(rounds) == 1 else (*SAID[kind][:2], NOTHING)
    chosen = group(*said[:2], NOTHING) if len(rounds) > 2 else group(*said)
    not_used = [("none", each) for each in said[:2]] if len(rounds) == 1 else []
    return worlds(sizes, len(rounds), (*chosen, *not_used), erasing)


def who_handed_in(world: World) -> object:
    """What the facilitator sees of each, and so may be told: whether, never what."""
    return tuple(
        tuple(tuple("erased" if p == ERASED else is_there(p) for p in party) for party in closed)
        for closed in world
    )


def pairs(kind: str, case: str, number: int) -> Iterator[tuple[World, World]]:
    """Worlds, drawn by chance but always the same, that no reader may tell apart."""
    alike: defaultdict[object, list[World]] = defaultdict(list)
    for world in tried(kind, case):
        alike[seen(kind, world, CASES[case][1]), who_handed_in(world)].append(world)
    more = [same for same in alike.values() if len(same) > 1]
    assert more
    chance = random.Random(f"{kind} {case}")
    for same in chance.choices(more, k=number):
        one, other = chance.sample(same, 2)
        yield one, other


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", SAID if is_long() else ["scale", "multi"])
def test_worlds_with_the_same_views_are_the_same_in_all_that_is_published(
    quick_path: Path, kind: str, case: str
) -> None:
    rounds = CASES[case][1]
    for one, other in pairs(kind, case, figure(1, 200)):
        first, second = (Play(quick_path / "now", kind, each, rounds) for each in (one, other))
        for said, also_said in zip(first.all(), second.all(), strict=True):
            assert said == also_said, (one, other)
        expected: list[PublishedView] = []
        for view in published(kind, other, rounds):
            if view not in expected:
                expected.append(view)
        there = second.views()
        if CASES[case][2]:  # fewer are invited then, and open counts of before are taken out
            continue
        assert [v.parties for v in there] == [v.parties for v in expected]
        assert [v.items["item"] for v in there] == [v.items["item"] for v in expected]


def test_of_a_group_that_is_closed_nobody_sees_whether_many_changed_since(quick_path: Path) -> None:
    """Somebody was erased who had not handed in; of the other three two changed, or all three."""
    gone, none = ERASED, None
    worlds_alike = [
        tuple(((first, *(("group", said) for said in rest)),) for first, rest in world)
        for world in (
            ((none, ("a", "b", "b")), (gone, ("b", "a", "b"))),
            ((none, ("b", "b", NOTHING)), (gone, (NOTHING, NOTHING, "a"))),
        )
    ]
    one, other = (Play(quick_path / "now", "choice", each, (1, 1)).all() for each in worlds_alike)
    assert one == other


# One thing that nobody may see differs: the same, byte by byte

WORDS = question("words", "text")


@dataclass(frozen=True)
class Told:
    """Who says what: code -> consent and answer, in the order of handing in."""

    people: dict[str, tuple[str, dict[str, object]]]
    draft: str = "a"

    def published(self, root: Path) -> list[object]:
        """All that a round of these people gives a reader to see."""
        shutil.rmtree(root, ignore_errors=True)
        play = Play(root, "choice", (), ())
        parties = {"wijkraad": 4, "cluster-a": 2, "wijkmanager": 1}
        asked = small_set(QUESTIONS["choice"], WORDS)
        made = session(asked, parties, phase="answering")
        sessions.create(
            DiskStore(root), made, yaml_text.write(set_data(QUESTIONS["choice"], WORDS))
        )
        for code, (consent, said) in self.people.items():
            play.opened.folder.save_sheet(
                sheet(play.opened.session, code, said, consent=consent), None
            )
        begun = sheet(play.opened.session, "WR-04", {"item": self.draft}, status="draft")
        play.opened.folder.save_sheet(begun, None)
        play.run("close", "test", "--yes")
        play.publish()
        return play.said


BASE = Told(
    {
        "WR-01": ("position", {"item": {"value": "a", "note": "zwijgwoord"}}),
        "WR-02": ("position", {"item": "b"}),
        "WR-03": ("none", {"item": "a"}),
        "CL-01": ("group", {"item": "a"}),  # withheld: one of two
        "WM-01": ("position", {"item": "c", "words": "zwijgzin"}),
    }
)


def instead(code: str, consent: str, said: dict[str, object]) -> Told:
    return Told({**BASE.people, code: (consent, said)})


@pytest.mark.parametrize(
    "other",
    [
        instead("CL-01", "group", {"item": "b"}),
        instead("CL-01", "group", {}),
        instead("WR-03", "none", {"item": {"value": "c", "note": "nog iets", "quote": True}}),
        instead("WR-01", "position", {"item": {"value": "a", "note": "heel iets anders"}}),
        instead("WM-01", "position", {"item": "c", "words": "een heel andere zin"}),
        Told(dict(reversed(BASE.people.items()))),
        Told(BASE.people, draft="c"),
    ],
    ids=["withheld", "withheld and empty", "not used", "not ticked", "own words", "order", "draft"],
)
def test_what_nobody_may_see_changes_no_byte_name_size_or_time(
    quick_path: Path, other: Told
) -> None:
    now = quick_path / "now"
    assert other.published(now) == BASE.published(now)
