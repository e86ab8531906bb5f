"""Who said what: per question how many people of each party gave each answer."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil

from bart_tool.domain.findings import Findings, ItemFinding, Position
from bart_tool.report.document import Block, Figure, Heading, paragraph
from bart_tool.report.figures import drawing, ladders
from bart_tool.report.figures.drawing import MARGIN, SMALL, WIDTH
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.pictures import describe_item, is_answered
from bart_tool.wording.translation import Words
from bart_tool.wording.translation import words as catalogue

NAMES, UNIT = 246, 11  # the room for a party's name, and for one person
MOST_ITEMS = 3  # in one picture
MOST_UNITS = 8  # a party with more people in one answer gets a bar of this length at most


def part(findings: Findings, names: Naming) -> Iterator[Block]:
    """The part of the report with a picture a question and subject; decisions have ladders."""
    t = catalogue(names.language)
    shown = [
        finding
        for finding in findings.items
        if finding.compared != "none"
        and is_answered(finding)
        and not names.item(finding.item).question.covers
    ]
    if not shown:
        return
    yield Heading(2, t("Who said what"))
    yield paragraph(
        t(
            "One block is one person. Of a party that is shown only as a group you see where it "
            "stands, not how many people gave each answer."
        )
    )
    for _, asked in groupby(shown, key=lambda f: names.item(f.item).question.id):
        question = list(asked)
        yield Heading(3, names.question(names.item(question[0].item)))
        for _, about in groupby(question, key=lambda f: f.subject):
            for number, some in enumerate(_fitting(list(about)), start=1):
                yield drawn(some, names, t, number)


def _fitting(about: list[ItemFinding]) -> Iterator[list[ItemFinding]]:
    """The items in shares as even as can be, none too long for a sheet of paper."""
    count = ceil(len(about) / MOST_ITEMS)
    bounds = [round(len(about) * n / count) for n in range(count + 1)]
    for begin, end in pairwise(bounds):
        yield about[begin:end]


def drawn(about: Sequence[ItemFinding], names: Naming, t: Words, number: int = 1) -> Figure:
    """The picture of one question about one subject, a block an item; the `number`th of them."""
    first = names.item(about[0].item)
    nth = str(number) if number > 1 else ""
    name = "-".join(part for part in ("said", first.question.id, first.subject, nth) if part)
    many = bool(first.object)
    title = _title(about[0], names) if many else names.title(first)
    told = " ".join(describe_item(finding, names, t, many) for finding in about)
    fitting = drawing.wrapped(title, WIDTH - 2 * MARGIN, drawing.TITLE, 2)
    parts = [drawing.lines(MARGIN, 20, fitting, "title")]
    top = 20.0 + drawing.LINE * len(fitting)
    for finding in about:
        if many:
            thing = upper_first(names.object(names.item(finding.item)))
            parts.append(drawing.text(MARGIN, top + 14, thing, "strong"))
            top += 20
        drawn_item = list(_block(finding, top, names, t))
        parts += [part for part, _ in drawn_item]
        top = drawn_item[-1][1] + 8
    return Figure(name, f"{title}. {told}", drawing.picture(name, title, told, top, parts))


def _title(finding: ItemFinding, names: Naming) -> str:
    """What is asked about whom, without the object."""
    item = names.item(finding.item)
    subject = names.text(names.question_set.named(item.subject).label) if item.subject else ""
    return " – ".join(part for part in (names.question(item), subject) if part)


def _block(
    finding: ItemFinding, top: float, names: Naming, t: Words
) -> Iterator[tuple[str, float]]:
    """The pieces of an item's picture, each with where the next may begin."""
    if finding.compared == "level":
        yield "".join(ladders.ends(finding, top + 12, names)), top + 32
        drawn_rows = "".join(ladders.rows(finding, top + 34, names, t))
        yield drawn_rows, top + 34 + ladders.high(finding)
        return
    item = names.item(finding.item)
    for option in _options(finding, names):
        says = drawing.wrapped(
            upper_first(names.option(item, option)), WIDTH - 2 * MARGIN, drawing.USUAL, 2
        )
        yield drawing.lines(MARGIN, top + 16, says, "strong"), top
        top += 4 + drawing.LINE * len(says)
        for position in finding.positions:
            if _gave(position, option):
                yield _bar(position, option, finding, top, names, t), top + 18
                top += 18
        top += 4
    for position in finding.positions:
        if position.has_position and not position.top and not position.counts:
            none = f"{names.party(position.party)}: {names.position(item, position)}"
            yield drawing.text(MARGIN, top + 14, none, "dim small"), top + 18
            top += 18
    yield from _not_known(finding, top, names, t)


def _options(finding: ItemFinding, names: Naming) -> list[str]:
    """The answers that somebody gave, in the order of the set."""
    item = names.item(finding.item)
    order = [option.id for option in names.question_set.options(item.question, item.subject)]
    given = dict.fromkeys(
        option
        for position in finding.positions
        for option in (position.counts if position.counts is not None else position.top)
    )
    return sorted(given, key=lambda o: order.index(o) if o in order else len(order))


def _gave(position: Position, option: str) -> bool:
    if position.counts is not None:
        return bool(position.counts.get(option))
    return option in position.top


def _bar(
    position: Position, option: str, finding: ItemFinding, top: float, names: Naming, t: Words
) -> str:
    own = bool(finding.subject) and position.kind == finding.subject
    party = names.party(position.party)
    says = t("itself: {party}", party=party) if own else party
    drawn_name = drawing.text(
        MARGIN + 10, top + 13, drawing.wrapped(says, NAMES - 10, SMALL, 1)[0], "small"
    )
    left, y = MARGIN + NAMES, top + 3
    if position.counts is None:
        return drawn_name + drawing.text(left, top + 13, t("the group stands here"), "dim small")
    people = position.counts[option]
    unit = UNIT if people <= MOST_UNITS else UNIT * MOST_UNITS / people
    blocks = "".join(
        drawing.rect(left + unit * n, y, max(unit - 2, 1), 11, "bar", 1) for n in range(people)
    )
    many = t("{n} of {all}", n=people, all=position.n)
    return drawn_name + blocks + drawing.text(left + unit * people + 5, top + 13, many, "small")


def _not_known(
    finding: ItemFinding, top: float, names: Naming, t: Words
) -> Iterator[tuple[str, float]]:
    lost = [
        t("{answer} ({n} of {all})", answer=names.party(p.party), n=p.dont_know, all=p.n)
        if p.dont_know
        else names.party(p.party)
        for p in finding.positions
        if p.dont_know or p.standing == "unknown"
    ]
    says = drawing.wrapped(
        t("Don’t know: {parties}", parties=", ".join(lost)) if lost else "",
        WIDTH - 2 * MARGIN,
        SMALL,
        3,
    )
    high = drawing.LINE * len(says) if lost else 0
    yield (drawing.lines(MARGIN, top + 12, says, "dim small") if lost else ""), top + high + 2
