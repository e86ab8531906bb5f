"""Long CSV, one answer a row, as spreadsheets write it (docs/developer/formats.md 4)."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import get_args

from bart_tool.domain.answer import CODES, OTHER, UNCHOSEN, UNREVISED, Answer, Consent, Tag
from bart_tool.domain.checks import check_stored_answer
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.names import CODE_PATTERN, ID_PATTERN, is_device_name
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import Problem, Severity, Where

REQUIRED = ("participant", "party", "item", "value")
COLUMNS = (*REQUIRED, "certainty", "note", "quote", "consent", "words")
NONE_OF_THESE = "{}"  # a multi of which nothing was chosen; an empty cell is no answer

# Of several choices of one person, the one that protects most stands.
_STRICTNESS: Mapping[Consent, int] = {"position": 0, "group": 1, "none": 2}
_CERTAINTIES = frozenset({"guess", "fairly", "certain"})
_TAGS = frozenset(get_args(Tag))
# What people and spreadsheets (in Dutch and English) put for yes and no.
_YES = frozenset({"true", "waar", "yes", "ja", "1", "x"})
_NO = frozenset({"", "false", "onwaar", "no", "nee", "0"})
_MAX_ID = 60
_MAX_KEY = 200
_MAX_HEADER = 1000
_MAX_BROKEN = 100  # rows with broken quotation marks, after which reading stops
MOST_ANSWERS = 20  # different ones of one person to one item
_MOST_COLUMNS = 20  # extra ones that are named


@dataclass(slots=True)
class _Person:
    """What the rows of one participant say, item by item: several answers where rows disagree."""

    party: str = ""
    consents: set[Consent] = field(default_factory=set)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    too_many: set[str] = field(default_factory=set)  # items

    def add(self, item: str, answer: Answer) -> str:
        """Keep `answer`; the code of why not, when it was there or there are too many."""
        known = self.answers.setdefault(item, [])
        if answer in known:
            return "csv-same-twice"
        if len(known) == MOST_ANSWERS:
            return "csv-too-many-answers"
        known.append(answer)
        return "csv-says-two-things" if len(known) == 2 else ""

    def layers(self) -> Iterator[dict[str, Answer]]:
        """The first answer to each item, the second ones, and so on."""
        most = max(map(len, self.answers.values()), default=0)
        for place in range(most):
            yield {item: said[place] for item, said in self.answers.items() if place < len(said)}


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the columns stand. `last`: the place of the last that has a name."""

    places: Mapping[str, int]
    last: int

    @property
    def least(self) -> int:
        """How many cells a row must have to say anything."""
        return max(self.places[name] for name in REQUIRED) + 1


class _BadRow(Exception):
    """A row that cannot be used, and why."""

    def __init__(self, code: str, item: str = "", **params: str) -> None:
        super().__init__(code)
        self.code, self.item, self.params = code, item, params


def parse(
    text: str, file: str, *, question_set: QuestionSet, session: Session, consent: Consent | None
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """One submitted sheet a participant, and the rows that could not be used, by number.

    Row 1 is the header, as a spreadsheet counts. `consent` is what people chose as far as the rows
    do not say it, if that is known. Two different answers of one participant on one item give a
    second sheet, so that merging shows the conflict.
    """
    reading = _Reading(file, question_set, session)
    reading.read(text.removeprefix("\ufeff"))
    return tuple(reading.sheets(consent)), tuple(reading.problems)


def has_header(text: str) -> bool:
    """Whether the first row names the columns that long CSV must have."""
    first = text.removeprefix("\ufeff")[:_MAX_HEADER].partition("\n")[0].partition("\r")[0]
    if REQUIRED[0] not in first.casefold():  # most lines of a long text
        return False
    names = {name.strip().strip('"').casefold() for name in re.split("[,;]", first)}
    return names >= set(REQUIRED)


class _Reading:
    def __init__(self, file: str, question_set: QuestionSet, session: Session) -> None:
        self._file = file
        self._set = question_set
        self._session = session
        self._people: dict[str, _Person] = {}
        self.problems: list[Problem] = []

    def read(self, text: str) -> None:
        """Take in every row that can be used; name the others."""
        if not text or text.isspace():
            self.problems.append(Problem("file-empty", Where(self._file)))
            return
        rows = _rows(text)
        _, header, trouble = next(rows)
        if trouble:
            self._say(trouble, 1)
            return
        columns = self._columns(header)
        if columns is None:
            return
        for number, cells, trouble in rows:
            if trouble:
                self._say(trouble, number)
            elif any(cell and not cell.isspace() for cell in cells):
                self._take_in(number, cells, columns)

    def sheets(self, consent: Consent | None) -> Iterator[Sheet]:
        """The sheets read, by code. `consent` holds for whoever the file says nothing of."""
        for code, person in sorted(self._people.items()):
            chosen = max(person.consents, key=_STRICTNESS.__getitem__, default=consent or UNCHOSEN)
            for answers in person.layers():
                yield Sheet(
                    session=self._session.session,
                    round=self._session.round,
                    question_set=self._set.id,
                    question_set_hash=self._session.question_set_hash,
                    participant=code,
                    party=person.party,
                    consent=chosen,
                    status=SheetStatus.SUBMITTED,
                ).model_copy(update={"answers": answers})

    def _say(
        self,
        code: str,
        row: int,
        item: str = "",
        severity: Severity = Severity.ERROR,
        params: Mapping[str, str] | None = None,
    ) -> None:
        where = Where(self._file, row=row, item=item)
        self.problems.append(Problem(code, where, params or {}, severity))

    def _columns(self, header: list[str]) -> _Header | None:
        """Where the columns stand; None when the header will not do."""
        names = [name.strip().casefold() for name in header]
        missing = [name for name in REQUIRED if name not in names]
        double = sorted({name for name in COLUMNS if names.count(name) > 1})
        # By number: after a lost line end the cells of a row stand in the header too.
        extra = [str(place) for place, name in enumerate(names, 1) if name not in COLUMNS and name]
        if missing:
            self._say("csv-missing-columns", 1, params={"names": ", ".join(missing)})
        if double:
            self._say("csv-double-columns", 1, params={"names": ", ".join(double)})
        if missing or double:
            return None
        if extra:
            named = ", ".join((*extra[:_MOST_COLUMNS], *(["…"] if extra[_MOST_COLUMNS:] else [])))
            self._say("csv-extra-columns", 1, severity=Severity.NOTE, params={"names": named})
        places = {name: place for place, name in enumerate(names) if name in COLUMNS}
        return _Header(places, max(place for place, name in enumerate(names) if name))

    def _take_in(self, number: int, cells: list[str], header: _Header) -> None:
        row = {
            name: cells[at].strip() if at < len(cells) else "" for name, at in header.places.items()
        }
        try:
            if any(cell.strip() for cell in cells[header.last + 1 :]):
                raise _BadRow("csv-too-many-cells")
            if len(cells) < header.least:
                raise _BadRow("csv-too-few-cells")  # broken off: no answer was meant is a guess
            self._answer_of(number, row)
        except _BadRow as bad:
            self._say(bad.code, number, bad.item, params=bad.params)

    def _answer_of(self, number: int, row: Mapping[str, str]) -> None:
        code = row["participant"]
        if re.fullmatch(CODE_PATTERN, code) is None or is_device_name(code):
            raise _BadRow("csv-bad-code")
        person = self._people.setdefault(code, _Person())
        # Before anything else may go wrong: who said "not me" must be heard from a bad row too.
        _hear_consent(person, row.get("consent", ""))
        party = self._party_of(code, row["party"])
        person.party = person.party or party
        if person.party != party:
            raise _BadRow("csv-party-differs")
        item = self._item_of(row["item"], self._session.kind_of[party])
        if not row["value"]:
            if row.get("note"):
                self._say("csv-note-without-value", number, item.key, Severity.WARNING)
            return
        answer = _answer(item, row)
        problems = check_stored_answer(self._set, item, answer)
        for problem in problems:
            self._say(problem.code, number, item.key, problem.severity, problem.params)
        if any(problem.severity is Severity.ERROR for problem in problems):
            return
        said = person.add(item.key, answer)
        if said == "csv-too-many-answers":
            if item.key not in person.too_many:
                person.too_many.add(item.key)
                params = {"most": str(MOST_ANSWERS)}
                self._say(said, number, item.key, Severity.WARNING, params)
        elif said:
            self._say(said, number, item.key, Severity.NOTE)

    def _party_of(self, code: str, party: str) -> str:
        if not is_id_like(party):
            raise _BadRow("csv-bad-party")
        if party not in self._session.kind_of:
            raise _BadRow("unknown-party", name=party)
        if self._session.party_of.get(code, party) != party:
            raise _BadRow("csv-party-differs")
        return party

    def _item_of(self, key: str, kind: str) -> Item:
        item = self._set.by_key.get(key)
        if not is_id_like(key):
            raise _BadRow("bad-item-key")
        if item is None:
            raise _BadRow("unknown-item", name=key)
        if not self._set.asked_of(item, kind):
            raise _BadRow("item-not-asked", key)
        return item


def is_id_like(text: str) -> bool:
    """Whether `text` looks like an id or an item's key, so that naming it quotes nobody's words."""
    return (
        len(text) <= _MAX_KEY and re.fullmatch(rf"{ID_PATTERN}(/{ID_PATTERN})*", text) is not None
    )


def _rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Row number, from 1, its cells, and the code of what is wrong with its quotation marks.

    Such a row would swallow all rows up to the next mark, so reading goes on at the next line.
    """
    lines = list(io.StringIO(text, newline=""))
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    number = begin = 0
    for _ in range(_MAX_BROKEN):
        reader = csv.reader(islice(lines, begin, None), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                number, done = number + 1, reader.line_num
                yield number, cells, ""
        except csv.Error:
            number += 1
            begin += done + 1
            yield number, [], "csv-broken-quotes"
        else:
            return
    yield number + 1, [], "csv-gave-up"


def _hear_consent(person: _Person, consent: str) -> None:
    chosen = next((each for each in _STRICTNESS if each == consent), None)
    if chosen is not None:
        person.consents.add(chosen)
    elif consent:
        # Something was said that we cannot read: never show this person by position for it.
        person.consents.add("group")
        raise _BadRow("csv-bad-consent")


def _answer(item: Item, row: Mapping[str, str]) -> Answer:
    value = row["value"]
    note, words = row.get("note", ""), row.get("words", "")
    if value == OTHER and not words:
        note, words = "", note  # without a column of its own, the words stand in the note
    certainty = row.get("certainty") or None
    quote = row.get("quote", "").casefold()
    if certainty is not None and certainty not in _CERTAINTIES:
        raise _BadRow("bad-certainty", item.key)
    if quote not in _YES | _NO:
        raise _BadRow("csv-bad-quote", item.key)
    for column, text in (("value", value), ("note", note), ("words", words)):
        if len(text) > MAX_WORDS:
            raise _BadRow("text-too-long", item.key, key=column, most=str(MAX_WORDS))
    return Answer.model_validate(
        {
            "value": _tagged(item, value) if _is_several(item, value) else value,
            "words": words,
            "certainty": certainty,
            "note": note,
            "quote": quote in _YES,
            "revision": UNREVISED,
        }
    )


def _is_several(item: Item, value: str) -> bool:
    return item.question.answered == "several" and value not in CODES


def _tagged(item: Item, value: str) -> dict[str, str]:
    """The options in `networker:formal;fixer:informal`, each with its tag."""
    found: dict[str, str] = {}
    if value == NONE_OF_THESE:
        return found
    for part in re.split(r"[;|]", value):
        option, _, tag = (piece.strip() for piece in part.partition(":"))
        if not option and not tag:
            continue  # a separator at the end
        if len(option) > _MAX_ID or re.fullmatch(ID_PATTERN, option) is None:
            raise _BadRow("answer-unknown-option", item.key)
        if tag and tag not in _TAGS:
            raise _BadRow("answer-bad-tag", item.key)
        if found.setdefault(option, tag or "unknown") != (tag or "unknown"):
            raise _BadRow("answer-two-tags", item.key)
    if not found:
        raise _BadRow("answer-empty", item.key)
    return found
