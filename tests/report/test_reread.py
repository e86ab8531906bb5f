"""Markdown that somebody edited comes back as blocks: nothing that was written is lost."""

import random
import re

import pytest

from bart_tool.report import markdown, pdf
from bart_tool.report.document import (
    Bullets,
    Document,
    Figure,
    NewPage,
    Paragraph,
    Span,
    Table,
)
from bart_tool.report.reread import reread
from bart_tool.report.tokens import shipped
from tests.report import every_block
from tests.report.test_pdf import DAY
from tests.tui.participant.hostile import TWELVE

SVG = every_block.picture("kaart", "Kaart").svg
EDITED = """Titel
=====

Ik schreef **zelf** dit,\\
en *dit* ook: `code`, [hier](https://voorbeeld.nl/a) en [daar](#deel).

> Iemand zei
>
> - dit

1. een
   - onder een

   nog iets
2. twee

```sh
bart report
```

![De kaart](figures/kaart.svg)

![Weg](figures/weg.svg)

Kijk ![van elders](http://example.invalid/x.png) hier.

| a | b |
|---|---|
| **c** |

***
"""


def blocks(text: str) -> tuple[object, ...]:
    return reread(text, {"kaart": SVG}, "nl").blocks


@pytest.mark.parametrize("hostile", [*TWELVE, "gewone woorden", "# a * b ` [c](d) <e> &amp; | \\"])
def test_what_bart_wrote_comes_back_as_it_was(hostile: str) -> None:
    document = every_block.document([hostile])
    written = markdown.render(document)
    assert markdown.render(reread(written, document.pictures, "nl")) == written


def test_what_somebody_wrote_keeps_its_words() -> None:
    found = blocks(EDITED)
    assert found[1:3] == (
        Paragraph(
            (
                Span("Ik schreef "),
                Span("zelf", "strong"),
                Span(" dit, en "),
                Span("dit", "soft"),
                Span(" ook: code, hier (https://voorbeeld.nl/a) en daar."),
            )
        ),
        Paragraph((Span("Iemand zei"),)),
    )
    (_, numbered) = (each for each in found if isinstance(each, Bullets))
    assert numbered.numbered
    assert [markdown.escape(line[0].text) for line in numbered.lines] == [
        "een",
        "onder een",
        "nog iets",
        "twee",
    ]
    assert Paragraph((Span("bart report\n"),)) in found
    assert Table(("a", "b"), (("c", ""),)) in found
    assert found[-1] == NewPage()


def test_only_pictures_of_the_report_are_shown() -> None:
    found = blocks(EDITED)
    assert [each for each in found if isinstance(each, Figure)] == [
        Figure("kaart", "De kaart", SVG)
    ]
    assert Paragraph((Span("Deze plaat is er niet meer.", "soft"),)) in found
    assert Paragraph((Span("Kijk van elders hier."),)) in found


def test_no_edit_keeps_a_pdf_from_being_made(seed: int) -> None:
    chance = random.Random(seed)
    whole = EDITED + markdown.render(every_block.document(TWELVE))
    pieces = re.findall(r"\s+|\w+|.", whole)
    for _ in range(20):
        text = "".join(chance.choices(pieces, k=300))
        made = pdf.render(reread(text, {"kaart": SVG}, "nl"), "x", "nl", shipped(), DAY)
        assert made.startswith(b"%PDF")


def test_nothing_at_all_is_an_empty_document() -> None:
    assert reread("", {}, "nl") == Document(())
