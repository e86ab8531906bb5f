"""The report and its appendix together: short lines, links that lead somewhere, each item once."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from bart_tool.report import compose, markdown
from bart_tool.report.document import Document, Figure, Heading, Link, Paragraph, Table, linked
from bart_tool.report.figures.topic_matrix import drawn
from bart_tool.report.points import PICTURED
from bart_tool.store.disk import DiskStore
from bart_tool.wording.naming import Naming
from bart_tool.wording.questions import asked_of
from bart_tool.workflow import findings as found
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import OpenSession
from tests.golden import GOLDEN

LINE = 300  # characters, but for the rows of a table
TOLD = 150
KEPT = tuple(sorted((GOLDEN / "reports").glob("*.md")))
REPORTS = tuple(path for path in KEPT if not path.name.startswith(("agreements", "mind")))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> OpenSession:
    return make_demo(DiskStore(tmp_path_factory.mktemp("demo"))).opened


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_no_line_is_long_to_read(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [each for each in lines if len(each) > LINE and not each.startswith("| ")] == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_a_picture_tells_is_short(path: Path) -> None:
    told = re.findall(r"^!\[(.*)\]\(figures/[a-z0-9-]+\.svg\)$", path.read_text("utf-8"), re.M)
    assert [each for each in told if not 0 < len(each) <= TOLD] == []


def test_pictures_are_told_somewhere() -> None:
    assert sum(path.read_text("utf-8").count("![") for path in REPORTS) > 50


def anchors(path: Path) -> set[str]:
    """The names of the headings of a text, as a forge makes them."""
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    return {
        markdown.anchor("".join(child.content for child in inline.children or ()))
        for opened, inline in pairwise(tokens)
        if opened.type == "heading_open"
    }


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_link_leads_to_a_heading(path: Path) -> None:
    name, _, language = path.stem.rpartition(".")
    appendix = path.with_name(f"{name.removesuffix('.appendix')}.appendix.{language}.md")
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))
    links = [
        unquote(str(child.attrGet("href")))
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert links
    for link in links:
        document, _, heading = link.partition("#")
        assert document in ("", "appendix.md"), link
        assert not heading or heading in anchors(appendix if document else path), heading


def of(document: Document, kind: type) -> list[object]:
    return [block for block in document.blocks if isinstance(block, kind)]


def test_every_item_that_is_compared_is_one_row(demo: OpenSession) -> None:
    values, asked = found.found(demo).findings, demo.question_set
    appendix = compose.appendix(values, asked, demo.session, "nl")
    rows = Counter(row[0] for block in of(appendix, Table) for row in block.rows)  # type: ignore[attr-defined]
    for finding in values.items:
        question = asked_of(asked, asked.by_key[finding.item], "nl")
        assert rows[question] == (finding.compared != "none"), question


def test_the_first_topics_have_their_picture_in_the_report_the_others_in_the_appendix(
    demo: OpenSession,
) -> None:
    values, names = found.found(demo).findings, Naming(demo.question_set, demo.session, "nl")
    of_topics = [drawn(topic, values, names) for topic in values.page_one]
    assert len(of_topics) > PICTURED
    report = compose.report(values, demo.question_set, demo.session, "nl")
    appendix = compose.appendix(values, demo.question_set, demo.session, "nl")
    assert of(report, Figure) == of_topics[:PICTURED]
    assert of(appendix, Figure) == of_topics[PICTURED:]


def test_a_report_without_appendix_names_none(demo: OpenSession) -> None:
    values = found.found(demo).findings
    alone = compose.report(values, demo.question_set, demo.session, "nl")
    assert "appendix.md" not in markdown.render(alone)
    assert "ijlage" not in markdown.render(alone)
    both = compose.report(values, demo.question_set, demo.session, "nl", "preview-appendix")
    assert "](preview-appendix.md#" in markdown.render(both)


def test_a_link_is_called_as_forges_call_the_heading() -> None:
    for heading, name in (
        ("Punt 1: kleine, dringende uitgave", "punt-1-kleine-dringende-uitgave"),
        ("Één deel", "één-deel"),
        ("3. `x` & <b>y</b>", "3-x--byb"),
    ):
        assert markdown.anchor(heading) == name
    document = Document((Heading(2, "Één"), Paragraph((linked("[daar]", "Één"),))))
    assert markdown.render(document) == "## Één\n\n[\\[daar\\]](#één)\n"


def test_the_first_cell_of_a_row_may_lead_somewhere() -> None:
    table = Table(("a", "b"), (("1", "2"), ("3", "4")), (Link("Eerst"), Link("Bij", "appendix")))
    rows = markdown.render(Document((table,))).splitlines()
    assert rows[2:] == ["| [1](#eerst) | 2 |", "| [3](appendix.md#bij) | 4 |"]
