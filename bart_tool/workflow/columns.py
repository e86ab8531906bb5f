"""A map for a table of another program: what is certain of its columns, and what is to be asked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.names import typed_code
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import pages_of
from bart_tool.errors import BadData, Problem, Where, WrongUse
from bart_tool.store import cell_words, column_map, plain_file, recognised, tables
from bart_tool.store.cell_words import CellWords, FitsTwo
from bart_tool.store.column_map import OPEN, Column, ColumnMap
from bart_tool.store.table_header import COLUMNS, OF_ANSWER
from bart_tool.store.tables import folded
from bart_tool.wording import questions
from bart_tool.wording.spoken import spoken_codes
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.open_session import OpenSession

MOST_OFFERED = 5  # questions that a column may be
_ALIKE = 0.5  # share of the words that a column and a question have in common to be offered
# How a column for a remark on the question before it is called.
_REMARKS = frozenset({"toelichting", "opmerking", "opmerkingen", "comment", "comments", "note"})

OF_PERSON_NAMES = {
    "participant": N_("Whose answers they are (the code)"),
    "party": N_("Their party"),
    "consent": N_("How they may be shown"),
}
BESIDE_NAMES = {
    "note": N_("A note with “{question}”"),
    "certainty": N_("How certain they are of “{question}”"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table that another program made: its file, the names of its columns, and its rows."""

    file: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, place: int) -> tuple[str, ...]:
        """The different words in a column, in their order, without what is empty."""
        found = (row[place].strip() for row in self.rows if place < len(row))
        return tuple(dict.fromkeys(cell for cell in found if cell))


def table_in(path: Path) -> tuple[Table, tuple[Problem, ...]]:
    """The table in a file, CSV or XLSX, and what is to be said of it.

    Raises NotFound without the file, BadData when there is no table with a row below its names.
    """
    content = plain_file.read_bytes(path, plain_file.MAX_BYTES + 1)
    code = recognised.what_is(content, path.name)
    if code not in ("", recognised.WORKBOOK):
        raise BadData("bad-file", (Problem(code, Where(path.name)),), file=path.name)
    text, problems = tables.decode(content, path.name, lambda _: True)
    rows = list(tables.rows(text)) if text is not None else []
    names = tuple(rows[0][1]) if rows else ()
    below = tuple(tuple(cells) for _, cells, trouble in rows[1:] if any(cells) and not trouble)
    if not (below and sum(map(bool, names)) > 1):
        none = (Problem("no-table-here", Where(path.name)),)
        raise BadData("bad-file", problems if text is None else none, file=path.name)
    return Table(path.name, names, below), problems


@dataclass(frozen=True)
class Proposal:
    """A map with what is certain. `doubts`: place of a column -> what it may mean, likely first."""

    table: Table
    columns: tuple[Column, ...]
    doubts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def map(self) -> ColumnMap:
        """It as a file holds it."""
        return ColumnMap(columns=self.columns)

    @property
    def open_words(self) -> tuple[tuple[int, str], ...]:
        """Place of a column, and a word in it that nobody said the meaning of."""
        columns = enumerate(self.columns)
        return tuple((at, word) for at, c in columns for word, to in c.words.items() if to == OPEN)

    @property
    def number_open(self) -> int:
        """How many columns and words nobody said the meaning of."""
        return len(self.open_words) + sum(each.means == OPEN for each in self.columns)

    @property
    def says_whose(self) -> bool:
        """Whether a column says whose answers they are."""
        return any(each.means == "participant" for each in self.columns)

    def meaning(self, place: int, means: str) -> "Proposal":
        """With what the column at `place` means; empty for one that is not used."""
        return self._with(place, self.columns[place].changed(means=means))

    def saying(self, place: int, word: str, meant: str) -> "Proposal":
        """With what `word` in the column at `place` stands for; empty for what is no answer."""
        column = self.columns[place]
        return self._with(place, column.changed(words={**column.words, word: meant}))

    def _with(self, place: int, column: Column) -> "Proposal":
        columns = (*self.columns[:place], column, *self.columns[place + 1 :])
        return replace(self, columns=columns)


def proposed(opened: OpenSession, table: Table) -> Proposal:
    """What each column of `table` is, as far as its name or its words leave no doubt."""
    names = _Names(opened)
    columns: list[Column] = []
    doubts: dict[int, tuple[str, ...]] = {}
    taken: set[tuple[str, str]] = set()
    before = ""  # the question that a remark is about
    for place, name in enumerate(table.names):
        certain = _certain(names, table, place)
        if certain is None:
            doubts[place] = names.like(name, before, table.cells(place))
        elif certain in taken:
            doubts[place] = (certain[0],)
        means, option = certain or ("", "")
        if doubts.get(place):
            means, option = OPEN, ""
        taken.add((means, option))
        columns.append(Column(column=name, means=means, option=option))
        before = columns[-1].item or before
    asked = {place: offered for place, offered in doubts.items() if offered}
    return Proposal(table, tuple(columns), asked)


def with_words(opened: OpenSession, proposal: Proposal) -> Proposal:
    """The same, with every word that nobody can know the meaning of named and still open."""
    words = _words_of(opened)
    columns = list(proposal.columns)
    for place, column in enumerate(columns):
        strange = _strange(words, column, proposal.table.cells(place))
        open_words = {word: column.words.get(word, OPEN) for word in strange}
        columns[place] = column.changed(words={**column.words, **open_words})
    return replace(proposal, columns=tuple(columns))


def answers_to(opened: OpenSession, column: Column, t: Words) -> tuple[tuple[str, str], ...]:
    """What a word in `column` may stand for: what bart calls it, and what people do."""
    session, item = opened.session, opened.question_set.by_key.get(column.item)
    if column.means == "party":
        return tuple((p.id, p.label.in_language(t.language) or p.id) for p in session.parties)
    if column.means == "participant":
        return tuple((code, code) for code in session.party_of)
    if item is None or column.option:
        kind = cell_words.TAG if column.option else column.means.rpartition(":")[2].strip()
        spoken = spoken_codes().get(kind, {})
        chosen = (("yes", t("chosen")),) if column.option else ()
        return (
            *chosen,
            *((code, said[LANGUAGES.index(t.language)]) for code, said in spoken.items()),
        )
    options = opened.question_set.options(item.question, item.subject)
    beside = questions.codes_of(item.question)
    written = dict(zip(beside, questions.written_codes(item.question), strict=True))
    return (
        *((each.id, each.label.in_language(t.language)) for each in options),
        *((written[code], t(questions.CODE_WORDS[code])) for code in beside),
    )


def must_mean(opened: OpenSession, typed: str) -> str:
    """What somebody says that a column means: a column of bart's table, an item, what is beside it.

    Raises WrongUse for anything else.
    """
    key, _, part = (piece.strip() for piece in typed.partition(":"))
    item = _words_of(opened).item(key)
    if folded(typed) in COLUMNS:
        return folded(typed)
    if item not in opened.question_set.by_key or part not in ("", *OF_ANSWER):
        raise WrongUse("column-means-nothing", name=typed)
    return f"{item}: {part}" if part else item


def must_be_among(ids: Sequence[str], typed: str) -> str:
    """`typed`, one of `ids`. Raises WrongUse for anything else."""
    if typed not in ids:
        raise WrongUse("word-means-nothing", name=typed)
    return typed


def meaning_in_words(opened: OpenSession, means: str, t: Words) -> str:
    """What a column may mean, as people call it."""
    key, _, part = means.partition(":")
    item = opened.question_set.by_key.get(key.strip())
    if item is None:
        return t(OF_PERSON_NAMES[means]) if means in OF_PERSON_NAMES else means
    said = questions.asked_of(opened.question_set, item, t.language)
    return t(BESIDE_NAMES[part.strip()], question=said) if part else said


def _words_of(opened: OpenSession) -> CellWords:
    return CellWords(opened.question_set, opened.session, spoken_codes())


def _certain(names: "_Names", table: Table, place: int) -> tuple[str, str] | None:
    """What a column means, and its option: by its name, else by what stands in it."""
    name = table.names[place]
    if folded(name) in COLUMNS:
        return folded(name), ""
    found = names.called(name)
    return found or names.by_content(table.cells(place))


def _strange(words: CellWords, column: Column, cells: Sequence[str]) -> Iterator[str]:
    """The words in a column with choices that stand for nothing that bart knows."""
    item = words.question_set.by_key.get(column.item)
    known = column.meaning
    if column.option:
        usual = cell_words.YES | cell_words.NO | known.keys()
        tags = spoken_codes()[cell_words.TAG]
        unusual = (each for each in cells if folded(each) not in usual)
        yield from (each for each in unusual if words.code(cell_words.TAG, each) not in tags)
    elif item is not None and item.question.answered == "several":
        found = (column_map.several(cell, column, item, words)[1] for cell in cells)
        yield from dict.fromkeys(part for parts in found for part in parts)
    elif item is None or item.question.answered != "words":
        yield from (
            each
            for each in cells
            if folded(each) not in known and not _is_known(words, column, item, each)
        )


def _is_known(words: CellWords, column: Column, item: Item | None, cell: str) -> bool:
    """Whether bart knows what a cell says, in a column that is not in people's own words."""
    means, part = column.means, column.means.rpartition(":")[2].strip()
    try:
        if item is not None:
            options = {o.id for o in words.question_set.options(item.question, item.subject)}
            return words.value(item, cell) in options | set(questions.codes_of(item.question))
        if means == "participant":
            return typed_code(cell) in words.session.party_of
        if means == "party":
            return words.party(cell) in words.session.kind_of
        if part in (cell_words.CONSENT, cell_words.CERTAINTY):
            return words.code(part, cell) in spoken_codes()[part]
    except FitsTwo:
        return False
    return True


def _bare(text: str) -> str:
    """`text` as names are compared: letters and digits alone, `Vraag [A]` as `Vraag: A`."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())


@dataclass(frozen=True)
class _Names:
    """What the columns of other programs are called that hold the answers of this session."""

    opened: OpenSession

    @cached_property
    def _words(self) -> CellWords:
        return _words_of(self.opened)

    @cached_property
    def _known(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        found: dict[str, frozenset[tuple[str, str]]] = defaultdict(frozenset)
        session = self.opened.session
        for kind in dict.fromkeys(session.kind_of.values()):
            asked = session.said_to(self.opened.question_set, kind)
            for language in LANGUAGES:
                for said, means, option in _said(asked, asked.route(kind), language):
                    found[_bare(said)] |= {(means, option)}
        return found

    def called(self, name: str) -> tuple[str, str] | None:
        """What a column of this name means, when it can be one thing alone."""
        found = self._known.get(_bare(name), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def by_content(self, cells: Sequence[str]) -> tuple[str, str] | None:
        """The column of which each cell is a code of the session, or how one may be shown.

        Parties do not tell: a question about who does something has them as answers.
        """
        found = (means for means in ("participant", "consent") if self._all(means, cells))
        means = next(found, "")
        return (means, "") if means else None

    def _all(self, means: str, cells: Sequence[str]) -> bool:
        """Whether every cell is what a column with that meaning holds."""
        column = Column(column="", means=means)
        return bool(cells) and all(_is_known(self._words, column, None, each) for each in cells)

    def like(self, name: str, before: str, cells: Sequence[str]) -> tuple[str, ...]:
        """What a column of this name may mean, the likeliest first; none of what is nothing."""
        said = set(_bare(name).split())
        offered = [means for means, _ in sorted(self._known.get(_bare(name), ()))]
        if before and said & _REMARKS:
            offered.append(f"{before}: note")
        if before and self._all(f"{before}: {cell_words.CERTAINTY}", cells):
            offered.append(f"{before}: {cell_words.CERTAINTY}")
        if self._all("party", cells):
            offered.append("party")
        shares: dict[str, float] = {}
        for text, meanings in self._known.items():
            words = set(text.split())
            share = len(said & words) / len(said | words) if said else 0.0
            if share >= _ALIKE:
                for means, option in meanings:
                    if not option:
                        shares[means] = max(share, shares.get(means, 0.0))
        offered.extend(sorted(shares, key=lambda means: (-shares[means], means)))
        return tuple(dict.fromkeys(offered))[:MOST_OFFERED]


def _said(
    asked: QuestionSet, route: Iterable[Item], language: Language
) -> Iterator[tuple[str, str, str]]:
    """Every name of a column, the item that it means, and the option."""
    for page in pages_of(tuple(route)):
        above = questions.asked_at_once(asked, page, language)
        for item in page.items:
            names = [
                item.key,
                questions.asked_of(asked, item, language),
                questions.short(asked, item, language),
            ]
            if page.is_table:
                row = questions.asked_in_row(asked, item, language)
                names.append(f"{above} {row}")
            has_options = item.question.answered == "several"
            options = asked.options(item.question, item.subject) if has_options else ()
            for name in names:
                yield name, item.key, ""
                for option in options:
                    yield f"{name} {option.label.in_language(language)}", item.key, option.id
                    yield f"{name} {option.id}", item.key, option.id
