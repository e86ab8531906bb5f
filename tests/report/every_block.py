"""A document with a block of every kind, and any text in every place of it."""

from collections.abc import Sequence

from bart_tool.report.document import (
    Block,
    Document,
    Figure,
    Heading,
    NewPage,
    Table,
    bullets,
    line,
    paragraph,
    quoted,
    soft,
    strong,
)
from bart_tool.report.figures import drawing

TITLE = "Wie doet wat in Voorbeeldwijk?"


def picture(name: str, said: str, wide: float = 400) -> Figure:
    """A picture with text in it."""
    parts = [drawing.text(10, 20, said, "strong"), drawing.rect(10, 30, 80, 20, "own")]
    return Figure(name, f"Plaat: {said}", drawing.picture(name, said, said, 60, parts, wide))


def document(said: Sequence[str] = ("gewone woorden",)) -> Document:
    """A document that says each of these in every place where text can stand."""
    blocks: list[Block] = [Heading(1, TITLE), paragraph("Vooraf.")]
    for number, text in enumerate(said):
        blocks += [
            Heading(2, f"Kop {text}"),
            paragraph("Gewoon ", text, " ", strong(text), " en ", quoted(text)),
            paragraph(soft(text)),
            Table(("", "Kolom", text), (("Rij", text, "een"), (text, "twee", ""))),
            bullets([line(text), line("een ", strong(text))]),
            Heading(4, f"Dieper {text}"),
            bullets([line("eerst"), line(text)], numbered=True),
            picture(f"plaat-{number}", text),
            NewPage(),
        ]
    return Document(tuple(blocks))
