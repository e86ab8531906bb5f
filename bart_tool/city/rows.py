"""Many report.json as one table: of each wijk the round that counts, and the one before it.

A report holds findings; no sheet is read here, and nothing that is in one.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bart_tool.city.safe import Seen, Wijk
from bart_tool.domain.findings import Code
from bart_tool.errors import Problem, Severity, Where
from bart_tool.store.reports import MOST, CityItems, FoundReport

DECISION = "decision/"
_DEMO = re.compile(r"demo(-[0-9]+)?")  # what bart demo makes, with invented answers
_INSIDE = re.compile(r"(/rounds/[0-9]+)?/report/report\.json$")
SEEN, NOT_SEEN = "seen", "not-seen"  # the codes of a pattern


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Item(_Part):
    item: str
    item_hash: str
    code: Code | None


class _Coverage(_Part):
    decision: str
    code: Code
    items: tuple[str, ...]


class _Pattern(_Part):
    pattern: str


class Report(_Part):
    """What a city needs of a report.json (docs/developer/formats.md 7)."""

    format: Literal[2]
    kind: Literal["report"]
    method: Literal[2]
    session: str = Field(max_length=60)
    session_id: str = Field(pattern="^[0-9a-f]{16}$")
    title: str = Field(max_length=200)
    municipality: str = Field(max_length=200)
    year: int | None
    round: int = Field(ge=1, le=10_000)
    question_set_hash: str
    items: tuple[_Item, ...]
    coverage: tuple[_Coverage, ...]
    patterns: tuple[_Pattern, ...]
    looked_for: tuple[str, ...]
    where: str = Field(default="", exclude=True)  # not in the file: where that was found

    @property
    def place(self) -> str:
        """The session where it was found, or the file: a copy goes by the name of what it is of."""
        return _INSIDE.sub("", self.where) or self.session

    @property
    def called(self) -> str:
        """The wijk, as people call it."""
        return " ".join((self.title or self.session).split())

    @property
    def wijk(self) -> Wijk:
        """The wijk, however its name is typed."""
        return Wijk(" ".join(self.municipality.casefold().split()), self.called.casefold())

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, str]]:
        """Item, decision or pattern -> (what it stands for, its code), of each that has one.

        Codes of two reports are compared only where they stand for the same: the same texts,
        options and scale, and of a pattern the same set.
        """
        hashes = {each.item: each.item_hash for each in self.items}
        seen = {each.pattern for each in self.patterns}
        return {
            **{
                DECISION + each.decision: (
                    " ".join(sorted(hashes.get(key, "") for key in each.items)),
                    each.code,
                )
                for each in self.coverage
            },
            **{each.item: (each.item_hash, each.code) for each in self.items if each.code},
            **{
                pattern: (self.question_set_hash, SEEN if pattern in seen else NOT_SEEN)
                for pattern in self.looked_for
            },
        }


_OTHER_VERSION = frozenset({"format", "method", "session_id", "looked_for", "item_hash"})


def read(found: FoundReport) -> tuple[Report | None, tuple[Problem, ...]]:
    """The report in a file; None and why it cannot be used."""
    if len(found.content) > MOST:
        most = {"most": f"{MOST // 1024} kB"}
        return None, (Problem("file-too-large", Where(found.where), most),)
    try:
        report = Report.model_validate_json(found.content)
        return report.model_copy(update={"where": found.where}), ()
    except ValidationError as error:
        wrong = {str(part) for each in error.errors() for part in each["loc"]}
    if "kind" in wrong:  # another file that is called so
        return None, (Problem("city-no-report-file", Where(found.where)),)
    code = "city-other-version" if wrong & _OTHER_VERSION else "city-damaged"
    return None, (Problem(code, Where(found.where)),)


@dataclass(frozen=True, slots=True)
class Counted:
    """A wijk that counts: its report, and the one of the round before, if that is there."""

    now: Report
    then: Report | None = None


@dataclass(frozen=True)
class Chosen:
    """The wijken that count, in alphabetical order, and why others do not."""

    wijken: Mapping[Wijk, Counted]
    problems: tuple[Problem, ...] = ()


def chosen(reports: Iterable[Report], number: int | None = None) -> Chosen:
    """Of each wijk its newest round, or round `number`, and the round before that.

    Copies of a session count once. Of two sessions of a wijk the later counts; where nobody can
    tell which that is, none.
    """
    problems: list[Problem] = []
    sessions: dict[str, dict[int, Report]] = defaultdict(dict)
    differ: set[str] = set()  # ids of sessions of which nobody can tell what they say
    for report in reports:
        if _DEMO.fullmatch(report.session):
            params = {"session": report.session}
            problems.append(Problem("city-demo", params=params, severity=Severity.NOTE))
            continue
        before = sessions[report.session_id].setdefault(report.round, report)
        if before is not report:
            problems.append(_copies(before, report))
            if problems[-1].severity is Severity.ERROR:
                differ.add(report.session_id)
    of_wijk: dict[Wijk, list[dict[int, Report]]] = defaultdict(list)
    for session_id, rounds in sessions.items():
        if session_id not in differ:
            of_wijk[rounds[max(rounds)].wijk].append(rounds)
    counted = {}
    for wijk, some in sorted(of_wijk.items()):
        rounds, told = _later(some)
        problems += told
        last = number or max(rounds, default=0)
        if last in rounds:
            counted[wijk] = Counted(rounds[last], rounds.get(last - 1))
    return Chosen(counted, tuple(problems))


def _copies(one: Report, other: Report) -> Problem:
    params = {"one": one.place, "other": other.place, "round": str(one.round)}
    aside = {"session": "", "title": "", "municipality": "", "where": ""}
    if one.model_copy(update=aside) == other.model_copy(update=aside):
        return Problem("city-copy", params=params, severity=Severity.NOTE)
    return Problem("city-copies-differ", params=params)


def _later(some: Sequence[dict[int, Report]]) -> tuple[dict[int, Report], tuple[Problem, ...]]:
    """The later of the sessions of one wijk, by year and then by round; none where two tie."""
    if len(some) == 1:
        return some[0], ()
    order = sorted(some, key=_age)
    names = [next(iter(each.values())).place for each in order]
    params = {"wijk": next(iter(some[0].values())).called, "sessions": ", ".join(sorted(names))}
    if _age(order[-1]) == _age(order[-2]):
        return {}, (Problem("city-two-sessions", params=params),)
    params = {**params, "session": names[-1]}
    return order[-1], (Problem("city-later-session", params=params, severity=Severity.NOTE),)


def _age(rounds: Mapping[int, Report]) -> tuple[int, int]:
    last = max(rounds)
    return rounds[last].year or 0, last


@dataclass(frozen=True, slots=True)
class Row:
    """An item, decision or pattern over all wijken. `otherwise`: where it was asked otherwise.

    `meaning`: the hash of what was asked of those that are counted.
    """

    entry: str
    seen: Seen
    meaning: str
    otherwise: int = 0


def rows(wijken: Mapping[Wijk, Counted], listed: CityItems) -> Iterator[Row]:
    """The table: a row each for what is listed, with the code in each wijk.

    Where it was not asked in the same way everywhere, the way that most wijken know counts.
    """
    for entry in (*(each.item for each in listed.items), *listed.patterns):
        found = {wijk: each.now.codes.get(entry) for wijk, each in wijken.items()}
        now = {wijk: said for wijk, said in found.items() if said is not None}
        meant = Counter(meaning for meaning, _ in now.values())
        most = max(sorted(meant), key=meant.__getitem__, default="")
        then = {
            wijk: said
            for wijk in now
            if (before := wijken[wijk].then) is not None
            and (said := before.codes.get(entry)) is not None
        }
        alike = {wijk: code for wijk, (meaning, code) in now.items() if meaning == most}
        before_alike = {
            wijk: code
            for wijk, (meaning, code) in then.items()
            if meaning == most and wijk in alike
        }
        yield Row(entry, Seen(alike, before_alike), _as_one(most), len(now) - len(alike))


def _as_one(meaning: str) -> str:
    """One hash of what was asked; a decision has one of each of its items."""
    if " " not in meaning:
        return meaning
    return f"sha256:{hashlib.sha256(meaning.encode()).hexdigest()}"
