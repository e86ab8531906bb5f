"""What a session ought to hold, in plain dictionaries: read from the files, merged by hand.

Nothing here uses the program's own reading or merging, so a mistake in either shows.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Said = dict[str, Any]  # one answer, as its file says it
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STRICTNESS = ("position", "group", "none")


@dataclass
class PlainSheet:
    """What a sheet says that can change."""

    status: str = "draft"
    consent: str = "group"
    answers: dict[str, Said] = field(default_factory=dict)
    wiped: dict[str, int] = field(default_factory=dict)

    def copied(self, **more: Any) -> "PlainSheet":
        """An own copy, with `more` in place of what it said."""
        values = {"status": self.status, "consent": self.consent, "answers": self.answers}
        values["wiped"] = self.wiped
        return PlainSheet(**copy.deepcopy({**values, **more}))


@dataclass
class Joined:
    """One person's sheets together, and the items on which two answers wait for a person."""

    sheet: PlainSheet
    open: dict[str, list[Said]]


def sheet_of(path: Path) -> tuple[str, PlainSheet]:
    """The code and what is said in the sheet `path`."""
    data = yaml.load(path.read_text("utf-8"), QUICK)
    said = data["answers"] or {}, data.get("wiped", {})
    return data["participant"], PlainSheet(data["status"], data["consent"], *said)


# (item, revision) -> the answer that stands, and all it was chosen from
Settled = Mapping[tuple[str, int], tuple[Said, list[Said]]]


def join(pile: Iterable[PlainSheet], settled: Settled) -> Joined | None:
    """One person's sheets merged as docs/developer/formats.md 5 says; None without any."""
    every = list(pile)
    final = [sheet for sheet in every if sheet.status == "submitted"]
    counted = final or every
    if not counted:
        return None
    answers: dict[str, Said] = {}
    still_open: dict[str, list[Said]] = {}
    wiped: dict[str, int] = {}
    for sheet in counted:
        for item, revision in sheet.wiped.items():
            wiped[item] = max(wiped.get(item, 0), revision)
    for item in {item for sheet in counted for item in sheet.answers}:
        said = [sheet.answers[item] for sheet in counted if item in sheet.answers]
        said = [each for each in said if each["revision"] > wiped.get(item, 0)]
        if not said:
            continue
        wiped.pop(item, None)
        highest = max(each["revision"] for each in said)
        newest: list[Said] = []
        for each in said:
            if each["revision"] == highest and each not in newest:
                newest.append(each)
        standing, among = settled.get((item, highest), (None, []))
        if len(newest) == 1:
            answers[item] = newest[0]
        elif standing in newest and standing is not None and all(each in among for each in newest):
            answers[item] = standing
        else:
            still_open[item] = newest
    consent = max((sheet.consent for sheet in counted), key=STRICTNESS.index)
    return Joined(PlainSheet(counted[0].status, consent, answers, wiped), still_open)


@dataclass
class PlainRound:
    """What lies in one round of a session, person by person."""

    party_of: dict[str, str]
    round: int = 1
    phase: str = "answering"
    reopened: set[str] = field(default_factory=set)
    own: dict[str, PlainSheet] = field(default_factory=dict)
    waiting: dict[str, list[PlainSheet]] = field(default_factory=dict)
    settled: dict[str, dict[tuple[str, int], tuple[Said, list[Said]]]] = field(default_factory=dict)
    reports: set[str] = field(default_factory=set)
    out_of_date: bool = False

    def pile(self, code: str) -> list[PlainSheet]:
        """Every sheet of `code`, their own first."""
        return [*([self.own[code]] if code in self.own else []), *self.waiting.get(code, [])]

    def joined(self, code: str) -> Joined | None:
        """What `code` says, all sheets and decisions taken together."""
        return join(self.pile(code), self.settled.get(code, {}))

    def state(self, code: str) -> str:
        """Where `code` is with their sheet."""
        found = self.joined(code)
        return "not-started" if found is None else found.sheet.status

    def open_conflicts(self) -> set[tuple[str, str]]:
        """(code, item) that a person must settle."""
        found = {code: self.joined(code) for code in self.party_of}
        return {(code, item) for code, joined in found.items() if joined for item in joined.open}

    def forget(self, code: str) -> None:
        """Nobody of this code was ever here; reports may quote them."""
        self.party_of.pop(code, None)
        self.reopened.discard(code)
        for held in (self.own, self.waiting, self.settled):
            held.pop(code, None)
        self.out_of_date |= bool(self.reports)
        self.reports = set()


@dataclass
class PlainSession:
    """The round of now, and those before it. What a facilitator does gives what refuses it."""

    now: PlainRound
    finished: list[PlainRound] = field(default_factory=list)
    agreements: int = 0
    erased: set[str] = field(default_factory=set)
    set_aside: set[str] = field(default_factory=set)  # whose damaged files lie here

    @property
    def every(self) -> list[PlainRound]:
        """All its rounds, the one of now last."""
        return [*self.finished, self.now]

    def close(self) -> str:
        """End the round."""
        if self.now.phase != "answering":
            return "not-open"
        self.now.phase, self.now.reopened = "closed", set()
        return ""

    def reopen(self, codes: set[str]) -> str:
        """Open the round again, for `codes` or for whoever did not hand in."""
        for code in sorted(codes - self.now.party_of.keys()):
            return "participant-erased" if code in self.erased else "no-such-participant"
        if self.now.phase == "answering" and not codes:
            return "not-closed"
        self.now.phase = "answering"
        self.now.reopened |= codes
        self.now.out_of_date |= bool(self.now.reports)
        return ""

    def report(self, formats: Iterable[str]) -> str:
        """Make the report."""
        if self.now.phase == "answering":
            return "not-closed-yet"
        self.now.reports |= {f"report.{each}" for each in formats}
        self.now.out_of_date = False
        if self.now.round > 1 and self.now.phase == "closed":
            self.now.phase = "follow-up"
        return ""

    def agree(self) -> str:
        """Write down one more agreement."""
        if self.now.phase == "answering":
            return "not-closed-yet"
        self.agreements += 1
        if self.now.phase == "closed":
            self.now.phase = "agreed"
        return ""

    def follow_up(self) -> str:
        """Begin the next round."""
        if self.now.phase == "answering":
            return "follow-up-round-open"
        if not self.agreements:
            return "follow-up-no-agreements"
        self.finished.append(self.now)
        self.now = PlainRound(dict(self.now.party_of), self.now.round + 1)
        return ""

    def take_back(self) -> str:
        """Go back to the round before."""
        if not self.finished or self.now.phase != "answering":
            return "follow-up-not-begun"
        if self.now.own or any(self.now.waiting.values()):
            return "follow-up-answered"
        self.now = self.finished.pop()
        return ""

    def erase(self, code: str) -> str:
        """Forget somebody in every round."""
        if code not in {*self.now.party_of, *self.set_aside, *self.erased}:
            return "no-such-participant"
        self.erased.add(code)
        self.set_aside.discard(code)
        for each in self.every:
            each.forget(code)
        return ""


def piles_in(folder: Path) -> tuple[dict[str, PlainSheet], dict[str, list[PlainSheet]]]:
    """The sheets in a session's folder: each person's own, and those that wait."""
    own = dict(sheet_of(path) for path in sorted((folder / "sheets").glob("*.yaml")))
    waiting: dict[str, list[PlainSheet]] = {}
    for path in sorted((folder / "conflicts").glob("*.yaml")):
        if path.name != "settled.yaml":
            code, sheet = sheet_of(path)
            waiting.setdefault(code, []).append(sheet)
    return own, waiting
