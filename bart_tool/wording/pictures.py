"""The picture of a topic in words: a matrix of who looks, at what, and what is said there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from bart_tool.domain.answer import DONT_KNOW, NOBODY, OTHER
from bart_tool.domain.findings import Code, Findings, ItemFinding, Position, Topic
from bart_tool.domain.question_set import Item
from bart_tool.wording.coverage_sentences import coverage_of, covering
from bart_tool.wording.finding_sentences import leading
from bart_tool.wording.labels import ANSWERS, TENSES, label
from bart_tool.wording.naming import Naming, upper_first

TOLD = 150  # characters; what says in words what a picture shows is at most so long


@dataclass(frozen=True, slots=True)
class Head:
    """What a row or a column stands for.

    `note`: how many people it speaks for, or why it shows nothing. `is_cause`: what was found lies
    here and not everywhere. `is_own`: the party looks at itself in all of it.
    """

    text: str
    notes: tuple[str, ...] = ()
    is_cause: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one party says in one place.

    On a ladder `says` holds its words, a line each; `place` is where it stands, in steps from 0,
    and `people` how many chose each step that somebody chose. Elsewhere `number` is how many said
    so, and `stands` whether the party has its position here. Of a group nothing is counted, and
    `is_closed` says that it cannot be told. `is_own`: it is about itself.
    """

    is_own: bool = False
    says: tuple[str, ...] = ()
    place: float | None = None
    people: tuple[tuple[int, int], ...] = ()
    number: int | None = None
    stands: bool = False
    is_closed: bool = False

    @property
    def levels(self) -> tuple[int, int] | None:
        """The two steps it stands between; twice the same one unless at a half step."""
        return None if self.place is None else (floor(self.place), ceil(self.place))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A topic as rows and columns, with a cell for each pair.

    `steps`: what the steps of a ladder are called, from the first on; empty where people are
    counted. `line`: the decision line, in steps. `told` says in a few words what it shows.
    """

    asked: str
    tense: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]  # a row each
    told: str
    steps: tuple[str, ...] = ()
    line: float | None = None
    counted: str = ""  # what a number says, where it does not count people

    @property
    def is_ladder(self) -> bool:
        """Whether its cells are ladders; else people are counted in them."""
        return bool(self.steps)

    @property
    def steps_in_words(self) -> str:
        """Its steps from the first on, with a bar where the decision line lies."""
        said = ""
        for number, step in enumerate(self.steps):
            passed = self.line is not None and number - 1 < self.line < number
            said += (" ┊ " if passed else " · ") * bool(number) + step
        return said


def matrix(topic: Topic, findings: Findings, names: Naming) -> Matrix | None:
    """The part of `topic` that has its code: a decision, a scale, or who or what was chosen.

    None where nobody is known to have answered.
    """
    covered, shown = coverage_of(topic, findings), parts_of(topic, findings, names)[0]
    if covered is not None and covered.code is topic.code:
        return matrix_of(shown, names, {f.item for f in shown if f.subject in covered.claimed_by})
    return matrix_of(shown, names, {f.item for f in shown if f.code is topic.code})


def parts_of(
    topic: Topic, findings: Findings, names: Naming
) -> tuple[tuple[ItemFinding, ...], ...]:
    """The items of a topic that go beside each other; first the part that has its code."""
    covered, lead = coverage_of(topic, findings), leading(topic, findings)
    if covered is not None and covered.code is topic.code:
        lead = covering(covered, findings, names)[0]
    parts: dict[str, list[ItemFinding]] = {}
    for key in topic.items:
        finding = findings.by_key[key]
        beside = names.item(key).question.id if finding.compared == "level" else key
        parts.setdefault(beside, []).append(finding)
    together = sorted(parts.values(), key=lambda part: lead not in part)
    return tuple(tuple(part) for part in together)


def matrix_of(
    shown: Sequence[ItemFinding], names: Naming, causes: Collection[str] = ()
) -> Matrix | None:
    """The items of one question side by side. `causes`: those where what was found lies.

    None where nobody is known to have answered, or nothing is compared.
    """
    if shown[0].compared == "none" or not any(
        p.standing not in ("closed", "none") for f in shown for p in f.positions
    ):
        return None
    if shown[0].compared == "level":
        return _ladders(shown, names, causes)
    return (
        _pointed(shown[0], names) if shown[0].compared == "pointing" else _chosen(shown[0], names)
    )


def _asked(shown: Sequence[ItemFinding], names: Naming) -> tuple[str, str]:
    """What is asked, in a few words, and how it is meant."""
    item = names.item(shown[0].item)
    if len(shown) == 1:
        return names.title(item), label(TENSES, shown[0].tense, names.language)
    tenses = dict.fromkeys(label(TENSES, each.tense, names.language) for each in shown)
    return names.question(item), " / ".join(tenses)


def _parties(shown: Sequence[ItemFinding]) -> dict[str, list[Position]]:
    """Party -> where it stands on the items on which it was asked, in the order of the parties."""
    parties: dict[str, list[Position]] = {}
    for finding in shown:
        for position in finding.positions:
            parties.setdefault(position.party, []).append(position)
    return parties


def _people(positions: Iterable[Position], names: Naming) -> tuple[str, ...]:
    """How many people a party speaks for; nothing where that is not the same everywhere."""
    answered = [each for each in positions if each.standing != "none"]
    if answered and all(each.is_group for each in answered):
        return (names.t("as a group"),)
    numbers = {each.n for each in answered if each.n}
    if len(numbers) != 1:
        return ()
    return (_number_of(numbers.pop(), names),)


def _number_of(people: int, names: Naming) -> str:
    return names.t.plural("{number} person", "{number} people", people)


# Ladders: a scale, or a decision about which several positions are asked


def _ladders(shown: Sequence[ItemFinding], names: Naming, causes: Collection[str]) -> Matrix:
    item = names.item(shown[0].item)
    rows = _parties(shown)
    heads = tuple(
        Head(upper_first(names.party(party)), _people(on, names)) for party, on in rows.items()
    )
    lies_in_some = len({finding.item in causes for finding in shown}) > 1
    columns = tuple(
        Head(
            _about(each, shown, names),
            is_cause=lies_in_some and each.item in causes,
        )
        for each in shown
    )
    cells = tuple(
        tuple(_step(party, finding, bool(head.notes), names) for finding in shown)
        for party, head in zip(rows, heads, strict=True)
    )
    asked, tense = _asked(shown, names)
    told = _told(_said_on_ladders(heads, columns, cells))
    steps = tuple(
        names.level(item, number)
        for number in range(len(names.question_set.options(item.question)))
    )
    line = names.question_set.line_of(item.question)
    return Matrix(asked, tense, heads, columns, cells, told, steps, line)


def _about(finding: ItemFinding, shown: Sequence[ItemFinding], names: Naming) -> str:
    """What tells an item from those beside it: about whom it is, or on what."""
    parts = []
    if finding.subject and len({each.subject for each in shown}) > 1:
        parts.append(names.t("about {subject}", subject=names.the(finding.subject)))
    if finding.object and len({each.object for each in shown}) > 1:
        parts.append(names.object(names.item(finding.item)))
    return ", ".join(parts)


def _step(party: str, finding: ItemFinding, is_counted: bool, names: Naming) -> MatrixCell:
    """One ladder. `is_counted`: how many people it speaks for stands with the party already."""
    item = names.item(finding.item)
    position = _of(party, finding)
    if position is None:
        return MatrixCell(says=(names.t("not asked"),))
    scale = names.question_set.scale_of(item.question)
    people = {
        scale.number(level): number
        for level, number in (position.counts or {}).items()
        if number and scale is not None
    }
    return MatrixCell(
        is_own(position, finding),
        tuple(_step_words(position, item, is_counted, names)),
        position.median,
        tuple(sorted(people.items())),
    )


def _step_words(position: Position, item: Item, is_counted: bool, names: Naming) -> Iterator[str]:
    t, where = names.t, names.position(item, position)
    lost, of = position.dont_know or 0, position.n or 0
    yield where
    if position.standing == "unknown" and of > 1:
        yield t("({n} of {all})", n=lost, all=of)
    elif lost and position.standing != "unknown":
        yield t.plural("{number} does not know", "{number} do not know", lost)
    if of and not is_counted and (of == 1 or position.standing != "unknown"):
        yield f"({_number_of(of, names)})"
    yield from _kept(position, names)


def _kept(position: Position, names: Naming) -> Iterator[str]:
    """That a group is shown as it was before, where it is."""
    if position.kept_from is not None:
        number, closing = position.kept_from
        yield names.t("as at closing {closing} of round {round}", closing=closing, round=number)


def _of(party: str, finding: ItemFinding) -> Position | None:
    return next((each for each in finding.positions if each.party == party), None)


def is_own(position: Position, finding: ItemFinding) -> bool:
    """Whether it is the position that the item is about."""
    return bool(finding.subject) and position.kind == finding.subject


def _said_on_ladders(
    rows: Sequence[Head], columns: Sequence[Head], cells: Sequence[Sequence[MatrixCell]]
) -> list[str]:
    """The cells in words: first where what was found lies, and of those the own pictures."""
    placed = [
        (
            not column.is_cause,
            not cell.is_own,
            f"{row.text} {column.text}".rstrip() + f": {cell.says[0]}",
        )
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
    ]
    return [said for *_, said in sorted(placed, key=lambda each: each[:2])]


# Counts: whom people name, or what they choose


def _pointed(finding: ItemFinding, names: Naming) -> Matrix:
    """Rows who looks, columns who is named."""
    named = _named(finding, names)
    causes = _pointed_causes(finding, names)
    columns = tuple(
        Head(_option(option, finding, names), is_cause=option in causes) for option in named
    )
    rows = tuple(_head_of(position, finding, names) for position in finding.positions)
    cells = tuple(
        tuple(_count(o, each, each.kind == names.question_set.meant_by(o)) for o in named)
        for each in finding.positions
    )
    asked, tense = _asked([finding], names)
    return Matrix(asked, tense, rows, columns, cells, _told(_said(rows, columns, cells)))


def _pointed_causes(finding: ItemFinding, names: Naming) -> frozenset[str]:
    """Who is named where what was found lies: those who name themselves, or nobody."""
    if finding.code in (Code.DOUBLE_CLAIM, Code.ONE_SIDED_CLAIM):
        return frozenset(p.top[0] for p in finding.positions if names.whom(p) == p.kind)
    if finding.code is Code.NOT_ASSIGNED:
        return frozenset((NOBODY, DONT_KNOW))
    return frozenset((DONT_KNOW,)) if finding.code is Code.UNKNOWN else frozenset()


def _chosen(finding: ItemFinding, names: Naming) -> Matrix:
    """Rows what is chosen, columns who looks."""
    named = _named(finding, names)
    causes = _seen_by_one(finding, named) if finding.compared == "set" else frozenset()
    rows = tuple(
        Head(upper_first(_option(option, finding, names)), is_cause=option in causes)
        for option in named
    )
    columns = tuple(
        _head_of(position, finding, names, is_own=is_own(position, finding))
        for position in finding.positions
    )
    cells = tuple(tuple(_count(option, each) for each in finding.positions) for option in named)
    asked, tense = _asked([finding], names)
    return Matrix(asked, tense, rows, columns, cells, _told(_said(rows, columns, cells)))


def _seen_by_one(finding: ItemFinding, named: Iterable[str]) -> frozenset[str]:
    """What one party sees and no member of another, open one: there the difference lies."""
    if finding.code not in (Code.WIDE_GAP, Code.GAP):
        return frozenset()
    placed = [each for each in finding.positions if each.has_position]
    lacking = [each.counts for each in placed if each.counts is not None]
    return frozenset(
        option
        for option in named
        if any(option in each.top for each in placed)
        and any(not counts.get(option) for counts in lacking)
    )


def _named(finding: ItemFinding, names: Naming) -> tuple[str, ...]:
    """What somebody is known to have said, in the order of the question; don't know is last."""
    item = names.item(finding.item)
    found: dict[str, None] = {}
    for position in finding.positions:
        found.update(dict.fromkeys(option for option, n in (position.counts or {}).items() if n))
        found.update(dict.fromkeys(position.top))
        if position.dont_know or position.standing == "unknown":
            found[DONT_KNOW] = None
    order = [each.id for each in names.question_set.options(item.question, item.subject)]
    ranks = {name: place for place, name in enumerate((*order, OTHER, NOBODY, DONT_KNOW))}
    return tuple(sorted(found, key=lambda option: ranks.get(option, len(order))))


def _option(option: str, finding: ItemFinding, names: Naming) -> str:
    if option == DONT_KNOW:
        return label(ANSWERS, DONT_KNOW, names.language)
    return names.option(names.item(finding.item), option)


def _head_of(
    position: Position, finding: ItemFinding, names: Naming, *, is_own: bool = False
) -> Head:
    """A party, with how many people it speaks for or why it shows nothing."""
    notes = [*_people([position], names)]
    if position.standing in ("divided", "closed", "none"):
        notes.append(names.position(names.item(finding.item), position))
    elif finding.compared == "set" and position.has_position and not position.top:
        notes.append(names.t("none of these"))
    return Head(
        upper_first(names.party(position.party)), (*notes, *_kept(position, names)), is_own=is_own
    )


def _count(option: str, position: Position, is_own: bool = False) -> MatrixCell:
    stands = option in position.top or (option == DONT_KNOW and position.standing == "unknown")
    if position.is_group:
        return MatrixCell(is_own, stands=stands, is_closed=not stands)
    said = position.dont_know if option == DONT_KNOW else (position.counts or {}).get(option)
    return MatrixCell(is_own, number=said or 0, stands=stands)


def _said(
    rows: Sequence[Head], columns: Sequence[Head], cells: Sequence[Sequence[MatrixCell]]
) -> Iterator[str]:
    """The rows in words: what was said there, with how many where that is known."""
    for row, line in zip(rows, cells, strict=True):
        said = [
            f"{column.text} {cell.number}" if cell.number else column.text
            for column, cell in zip(columns, line, strict=True)
            if cell.number or cell.stands
        ]
        if said:
            yield f"{row.text}: {', '.join(said)}"


def _told(said: Iterable[str]) -> str:
    """As much of it as fits, whole parts only."""
    told = ""
    for part in said:
        longer = f"{told}; {part}" if told else part
        if len(longer) > TOLD - 1:
            return f"{told}…" if told else f"{part[: TOLD - 1]}…"
        told = longer
    return told
