"""Many municipalities side by side as a document, and as tables: the same as in a terminal."""

from collections.abc import Iterator, Sequence

from bart_tool.city import country_sentences as sentences
from bart_tool.city.country import Country, Line
from bart_tool.city.page import short
from bart_tool.city.tables import ITEM, LABEL, OUTCOME, keys
from bart_tool.export import codebook
from bart_tool.export.table import Column, Table, table
from bart_tool.report import document
from bart_tool.report.document import (
    Block,
    Document,
    Figure,
    Heading,
    bullets,
    line,
    paragraph,
    soft,
    strong,
)
from bart_tool.report.figures import counts, drawing
from bart_tool.report.figures.drawing import MARGIN
from bart_tool.wording.naming import lower_first
from bart_tool.wording.pictures import Head, Matrix, MatrixCell
from bart_tool.wording.translation import N_

_NAMED = 60  # municipalities that are named; of more only how many
_COLUMN = 24.0  # of the picture: a number of municipalities has three digits


def title(shown: Country) -> str:
    """What the page is called."""
    number = len(shown.municipalities)
    return shown.names.t.plural(
        "What {number} municipality sees", "What {number} municipalities see", number
    )


def compose(shown: Country) -> Document:
    """The whole page."""
    return Document(tuple(_blocks(shown)))


def _blocks(shown: Country) -> Iterator[Block]:
    t = shown.names.t
    yield Heading(1, title(shown))
    yield paragraph(strong(_opening(shown)))
    yield paragraph(soft(t("A difference is not a mistake; it is something to talk about.")))
    for heading, told in sentences.parts(shown):
        yield Heading(2, heading)
        yield bullets(line(strong(what), f" {said}.") for what, said in told)
    if untold := sentences.not_told(shown):
        yield paragraph(untold)
    yield from _map(shown)
    yield Heading(2, t("Which municipalities are counted"))
    some = shown.municipalities
    if len(some) <= _NAMED:
        yield paragraph(t.listed(some))
    else:
        number = len(some)
        yield paragraph(t.plural("{number} municipality", "{number} municipalities", number))
    yield Heading(2, t("How this was made"))
    yield bullets(line(each) for each in sentences.how_it_was_made(shown))


def _opening(shown: Country) -> str:
    """The first thing to know: what most municipalities have in common to talk about."""
    t = shown.names.t
    first = max(shown.lines, key=lambda each: each.unclear, default=None)
    if first is None or not first.unclear[0]:
        return t("Nothing to talk about stands in what these municipalities published.")
    return t(
        "What returns most: {what}. It is something to talk about {where}.",
        what=lower_first(shown.names.called(first.entry)),
        where=sentences.where(shown, first, first.unclear),
    )


def _map(shown: Country) -> Iterator[Block]:
    """Questions by outcomes: a picture, and beside it the same as a table."""
    t, lines = shown.names.t, [each for each in shown.lines if each.codes]
    if not lines:
        return
    yield Heading(2, t("All questions and outcomes"))
    yield _figure(shown, lines)
    yield document.Table(
        (t("Question"), t("Outcomes, in how many municipalities"), t("Municipalities")),
        tuple(
            (shown.names.called(each.entry), _cells(shown, each), str(each.municipalities))
            for each in lines
        ),
    )


def _cells(shown: Country, each: Line) -> str:
    by_number = sorted(each.codes.items(), key=lambda cell: (-cell[1][0], -cell[1][1], cell[0]))
    return ", ".join(f"{shown.names.code(code)} {number}" for code, (number, _) in by_number)


def _figure(shown: Country, lines: Sequence[Line]) -> Figure:
    t, names = shown.names.t, shown.names
    total: dict[str, int] = {}
    for each in lines:
        for code, (number, _) in each.codes.items():
            total[code] = total.get(code, 0) + number
    codes = sorted(total, key=lambda code: (-total[code], code))
    rows = tuple(Head(names.called(each.entry)) for each in lines)
    cells = tuple(
        tuple(MatrixCell(number=each.codes.get(code, (0, 0))[0] or None) for code in codes)
        for each in lines
    )
    told = short(
        t(
            "Per question, in how many municipalities which outcome was found. {first}",
            first=f"{rows[0].text}: {_cells(shown, lines[0])}.",
        )
    )
    heads = tuple(Head(names.code(code)) for code in codes)
    matrix = Matrix("", "", rows, heads, cells, told, counted=t("so many municipalities"))
    parts, bottom = counts.draw(matrix, MARGIN, t, _COLUMN)
    heading = t("All questions and outcomes")
    return Figure("map", told, drawing.picture("map", heading, told, bottom + MARGIN, parts))


def tables(shown: Country) -> tuple[Table, ...]:
    """The same as tables, the questions first and the codebook last."""
    made = (_questions(shown), _outcomes(shown), _municipalities(shown))
    return (*made, codebook.of_keys(made, tuple(keys(shown.names.listed))))


_IN = Column("municipalities", N_("In how many municipalities."), "whole")
_WIJKEN = Column("wijken", N_("In at least how many of their wijken."), "whole")


def _questions(shown: Country) -> Table:
    columns = (
        *(ITEM, LABEL),
        Column("municipalities", N_("How many municipalities tell of it."), "whole"),
        Column("wijken", N_("How many wijken they have that were asked it."), "whole"),
        Column("unclear_in", N_("In how many municipalities there is something."), "whole"),
        Column("unclear_wijken", N_("In at least how many wijken there is something."), "whole"),
        Column("same_in", N_("In how many municipalities it is seen the same."), "whole"),
        Column("same_wijken", N_("In at least how many wijken it is seen the same."), "whole"),
        Column("seen_in", N_("In how many municipalities the pattern is seen."), "whole"),
        Column("seen_wijken", N_("In at least how many wijken the pattern is seen."), "whole"),
        Column("otherwise", N_("How many municipalities asked it otherwise."), "whole"),
        Column("meaning", N_("The hash of what was asked: only what has the same compares.")),
    )
    rows = [
        (
            *(each.entry, shown.names.called(each.entry), each.municipalities, each.wijken),
            *(*each.unclear, *each.same, *each.seen, each.otherwise, each.meaning or None),
        )
        for each in shown.lines
    ]
    means = N_("What municipalities published of each question and pattern, added up.")
    return table("country", means, columns, rows, ("item",))


def _outcomes(shown: Country) -> Table:
    code = Column("code", N_("What was found, as a code."), of="code")
    rows = [
        (
            *(each.entry, shown.names.called(each.entry), found, shown.names.code(found)),
            *counted,
        )
        for each in shown.lines
        for found, counted in each.codes.items()
    ]
    means = N_("In how many municipalities what was found.")
    return table("codes", means, (ITEM, LABEL, code, OUTCOME, _IN, _WIJKEN), rows, ("item", "code"))


def _municipalities(shown: Country) -> Table:
    columns = (Column("municipality", N_("A municipality that is counted.")),)
    rows = [(each,) for each in shown.municipalities]
    return table("municipalities", N_("Which municipalities are counted."), columns, rows)
