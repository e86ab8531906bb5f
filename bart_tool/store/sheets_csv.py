"""Answers in a table, one a row or all of a person in a row (docs/developer/formats.md 4)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

from bart_tool.domain.answer import (
    CODES,
    NONE,
    OTHER,
    UNCHOSEN,
    UNREVISED,
    Answer,
    Certainty,
    Consent,
    Tag,
)
from bart_tool.domain.checks import check_stored_answer, choices_in
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.names import (
    CODE_PATTERN,
    ID_PATTERN,
    is_device_name,
    near_codes,
    typed_code,
)
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import Problem, Severity, Where
from bart_tool.store import cell_words, column_map, form_table, table_header, tables
from bart_tool.store.cell_words import CellWords, FitsTwo, Spoken
from bart_tool.store.column_map import ColumnMap, Laid
from bart_tool.store.form_table import FormTable
from bart_tool.store.table_header import Header
from bart_tool.store.tables import folded

NONE_OF_THESE = "{}"  # a multi of which nothing was chosen; an empty cell is no answer

# Of several choices of one person, the one that protects most stands.
_STRICTNESS: Mapping[Consent, int] = {"position": 0, "group": 1, "none": 2}
_CERTAINTIES = frozenset(get_args(Certainty))
_TAGS = frozenset(get_args(Tag))
_MAX_ID = 60
_MAX_KEY = 200
MOST_ANSWERS = 20  # different ones of one person to one item


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


class _BadRow(Exception):
    """A row that cannot be used, and why."""

    def __init__(self, code: str, item: str = "", **params: str) -> None:
        super().__init__(code)
        self.code, self.item, self.params = code, item, params


def parse(
    text: str,
    file: str,
    *,
    question_set: QuestionSet,
    session: Session,
    consent: Consent | None,
    spoken: Spoken | None = None,
    columns: ColumnMap | None = None,
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """One submitted sheet a participant, and the rows that could not be used, by number.

    Row 1 is the header, as a spreadsheet counts. `consent` is what people chose as far as the rows
    do not say it, if that is known. `spoken`: what people call the codes. `columns`: what those of
    a table of another program stand for. Two different answers of one participant on one item give
    a second sheet, so that merging shows the conflict.
    """
    reading = _Reading(file, CellWords(question_set, session, spoken or {}), columns)
    reading.read(text)
    return tuple(reading.sheets(consent)), tuple(reading.problems)


class _Reading:
    def __init__(self, file: str, words: CellWords, columns: ColumnMap | None) -> None:
        self._file = file
        self._words = words
        self._columns = columns
        self._set = words.question_set
        self._session = words.session
        self._people: dict[str, _Person] = {}
        self.problems: list[Problem] = []

    def read(self, text: str) -> None:
        """Take in every row that can be used; name the others."""
        rows = tables.rows(text)
        _, header, trouble = next(rows, (0, [], ""))
        if not text.strip("\ufeff \t\r\n"):
            self.problems.append(Problem("file-empty", Where(self._file)))
            return
        if trouble:
            self._say(trouble, 1)
            return
        laid, said = self._laid_on(header, text)
        self.problems.extend(said)
        if said and laid is None:
            return
        header = list(laid.header) if laid is not None else header
        is_wide = "item" not in header if laid is not None else tables.is_wide(text)
        columns, said = table_header.read(header, self._file, self._words, is_wide=is_wide)
        self.problems.extend(said)
        if columns is None:
            return
        for number, cells, trouble in rows:
            if trouble:
                self._say(trouble, number)
            elif any(cell and not cell.isspace() for cell in cells):
                if isinstance(laid, FormTable) and not laid.is_ours(cells):
                    self._say("form-of-another", number)
                    continue
                self._take_in(number, laid.row(cells) if laid is not None else cells, columns)

    def _laid_on(
        self, header: list[str], text: str
    ) -> tuple[Laid | FormTable | None, tuple[Problem, ...]]:
        """How to read the rows of a table that is not bart's own; None for one that is."""
        form = form_table.laid_on(header, self._set, self._session)
        if form is None and self._columns is not None and self._columns.fits(text):
            return column_map.laid_on(self._columns, header, self._file, self._words)
        return form, ()

    def sheets(self, consent: Consent | None) -> Iterator[Sheet]:
        """The sheets read, by code. `consent` holds for whoever the file says nothing of."""
        for code, person in sorted(self._people.items()):
            chosen = max(person.consents, key=_STRICTNESS.__getitem__, default=consent or UNCHOSEN)
            for answers in person.layers():
                yield (
                    Sheet(
                        session=self._session.session,
                        round=self._session.round,
                        question_set=self._set.id,
                        question_set_hash=self._session.question_set_hash,
                        participant=code,
                        party=person.party,
                        consent=chosen,
                        status=SheetStatus.SUBMITTED,
                    )
                    .marked(self._session.id)
                    .model_copy(update={"answers": answers})
                )

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

    def _take_in(self, number: int, cells: list[str], header: Header) -> None:
        try:
            if any(cell.strip() for cell in cells[header.last + 1 :]):
                raise _BadRow("csv-too-many-cells")
            if len(cells) < header.least:
                raise _BadRow("csv-too-few-cells")  # broken off: no answer was meant is a guess
        except _BadRow as bad:
            self._say(bad.code, number, bad.item, params=bad.params)
            return
        told: set[tuple[str, str]] = set()
        for row in header.rows(cells):
            try:
                self._answer_of(number, row)
            except _BadRow as bad:
                if (bad.code, bad.item) not in told:  # of one person in one row once is enough
                    self._say(bad.code, number, bad.item, params=bad.params)
                told.add((bad.code, bad.item))

    def _answer_of(self, number: int, row: Mapping[str, str]) -> None:
        code = typed_code(row["participant"])
        if re.fullmatch(CODE_PATTERN, code) is None or is_device_name(code):
            raise _BadRow("csv-bad-code")
        person = self._people.setdefault(code, _Person())
        # Before anything else may go wrong: who said "not me" must be heard from a bad row too.
        self._hear_consent(person, row.get("consent", ""))
        party = self._party_of(code, row["party"])
        person.party = person.party or party
        if person.party != party:
            raise _BadRow("csv-party-differs")
        if self._is_consent(row["item"]):
            self._hear_consent(person, row["value"])
            return
        item = self._item_of(row["item"], self._session.kind_of[party])
        if not row["value"]:
            if row.get("note"):
                self._say("csv-note-without-value", number, item.key, Severity.WARNING)
            return
        answer = self._answer(item, row)
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

    def _party_of(self, code: str, said: str) -> str:
        known = self._session.party_of
        if not said:  # whoever is invited has a party already
            near = known.get(code) or next((known[each] for each in near_codes(code, known)), "")
            if not near:
                raise _BadRow("csv-no-party")
            return near
        party = self._meant(self._words.party, said)
        if party not in self._session.kind_of:
            raise (
                _BadRow("unknown-party", name=said)
                if is_id_like(said)
                else _BadRow("csv-bad-party")
            )
        if known.get(code, party) != party:
            raise _BadRow("csv-party-differs")
        return party

    def _item_of(self, said: str, kind: str) -> Item:
        key = self._words.item(said)
        item = self._set.by_key.get(key)
        if item is None:
            raise (
                _BadRow("unknown-item", name=said) if is_id_like(said) else _BadRow("bad-item-key")
            )
        if not self._set.asked_of(item, kind):
            raise _BadRow("item-not-asked", key)
        return item

    def _is_consent(self, item: str) -> bool:
        """Whether a row says how its writer may be shown, as one does in an empty table."""
        return folded(item) == cell_words.CONSENT and item not in self._set.by_key

    def _hear_consent(self, person: _Person, said: str) -> None:
        if not said:
            return
        consent = self._words.code(cell_words.CONSENT, said)
        chosen = next((each for each in _STRICTNESS if each == consent), None)
        # When we cannot read what was said: never show this person by position for it.
        person.consents.add(chosen or "group")
        if chosen is None:
            raise _BadRow("csv-bad-consent")

    def _answer(self, item: Item, row: Mapping[str, str]) -> Answer:
        value = self._meant(partial(self._words.value, item), row["value"], item.key)
        note, words = row.get("note", ""), row.get("words", "")
        if value == OTHER and not words:
            note, words = "", note  # without a column of its own, the words stand in the note
        certainty = self._words.code(cell_words.CERTAINTY, row.get("certainty", ""))
        quote = folded(row.get("quote", ""))
        if certainty and certainty not in _CERTAINTIES:
            raise _BadRow("bad-certainty", item.key)
        if quote not in cell_words.YES | cell_words.NO:
            raise _BadRow("csv-bad-quote", item.key)
        for column, text in (("value", value), ("note", note), ("words", words)):
            if len(text) > MAX_WORDS:
                raise _BadRow("text-too-long", item.key, key=column, most=str(MAX_WORDS))
        is_several = item.question.answered == "several" and value not in CODES
        return Answer.model_validate(
            {
                "value": self._tagged(item, value) if is_several else value,
                "words": words,
                "certainty": certainty or None,
                "note": note,
                "quote": quote in cell_words.YES,
                "revision": UNREVISED,
            }
        )

    def _tagged(self, item: Item, value: str) -> dict[str, str]:
        """The options in `networker:formal;fixer:informal`, each with its tag."""
        found: dict[str, str] = {}
        if value in (NONE_OF_THESE, NONE):
            return found
        for part in re.split(r"[;|\n]", value):
            option, tag = self._option_and_tag(item, part.strip())
            if not option and not tag:
                continue  # a separator at the end
            if len(option) > _MAX_ID or re.fullmatch(ID_PATTERN, option) is None:
                names = choices_in(self._set, item)
                raise _BadRow("answer-unknown-option", item.key, names=names)
            if tag and tag not in _TAGS:
                raise _BadRow("answer-bad-tag", item.key)
            if found.setdefault(option, tag or "unknown") != (tag or "unknown"):
                raise _BadRow("answer-two-tags", item.key)
        if not found:
            raise _BadRow("answer-empty", item.key)
        return found

    def _option_and_tag(self, item: Item, said: str) -> tuple[str, str]:
        """`networker` and `formal`; a colon may also be part of what an option is called."""
        look_up = partial(self._words.value, item)
        whole = self._meant(look_up, said, item.key)
        if whole != said or ":" not in said:
            return whole, ""
        option, _, tag = (piece.strip() for piece in said.rpartition(":"))
        return self._meant(look_up, option, item.key), self._words.code(cell_words.TAG, tag)

    def _meant(self, look_up: Callable[[str], str], said: str, item: str = "") -> str:
        try:
            return look_up(said)
        except FitsTwo:
            raise _BadRow("csv-fits-two", item) from None


def is_id_like(text: str) -> bool:
    """Whether `text` looks like an id or an item's key, so that naming it quotes nobody's words."""
    return (
        len(text) <= _MAX_KEY and re.fullmatch(rf"{ID_PATTERN}(/{ID_PATTERN})*", text) is not None
    )
