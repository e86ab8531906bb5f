"""One person's own picture (organization in the mind): positions by task, authority, role."""

from bart_tool.domain.base import Language
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.report.document import Block, Document, Heading, Table, bullets, line, paragraph
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.labels import label
from bart_tool.wording.naming import Naming
from bart_tool.wording.own_picture import MindCell, cells


def compose_mind(
    sheet: Sheet, question_set: QuestionSet, session: Session, language: Language
) -> Document:
    """The picture as a text: a table of the positions, and under it every answer in words."""
    names = Naming(question_set, session, language)
    t = names.t
    found = cells(sheet, names)
    blocks: list[Block] = [
        Heading(1, t("The picture of {code}", code=sheet.participant)),
        paragraph(t("How you see tasks, authority, roles and means. For you only.")),
        _table(found, names),
    ]
    for cell in found:
        where = label(BOUNDARY_WORDS, cell.boundary, language)
        if cell.position:
            where += f" – {names.party(cell.position)}"
        blocks.append(Heading(2, where))
        blocks.append(bullets(line(text) for text in cell.lines))
        if cell.open_items:
            blocks.append(paragraph(_open(cell, names)))
    return Document(tuple(blocks))


def _open(cell: MindCell, names: Naming) -> str:
    return names.t.plural(
        "{number} question is still open.",
        "{number} questions are still open.",
        len(cell.open_items),
    )


def _table(filled: tuple[MindCell, ...], names: Naming) -> Table:
    """How far each cell is filled: what is empty is marked."""
    positions = tuple(dict.fromkeys(cell.position for cell in filled))
    by_place = {(cell.boundary, cell.position): cell for cell in filled}
    head = (" ", *(names.party(p) if p else names.t("together") for p in positions))
    rows = []
    for boundary in dict.fromkeys(cell.boundary for cell in filled):
        row = [label(BOUNDARY_WORDS, boundary, names.language)]
        for position in positions:
            cell = by_place.get((boundary, position))
            row.append(_filled(cell, names) if cell else "")
        rows.append(tuple(row))
    return Table(head, tuple(rows))


def _filled(cell: MindCell, names: Naming) -> str:
    done, asked = len(cell.lines), len(cell.items)
    if not done:
        return names.t("empty")
    return names.t("{n} of {invited}", n=done, invited=asked)
