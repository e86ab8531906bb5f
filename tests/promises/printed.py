"""Everything that bart prints of a workshop after closing: texts, and what they stand under."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import cast
from unittest import mock

from bart_tool.analysis.agenda import speaking_order
from bart_tool.analysis.analyse import analyse
from bart_tool.analysis.compare import compare
from bart_tool.disclosure.in_time import Closing, kept
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.sheet import Picture
from bart_tool.report import compose, markdown
from bart_tool.report.comparison import compose_comparison
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.read_aloud import SharedGround
from bart_tool.tui.discuss.topic_pages import topic_pages
from bart_tool.tui.findings.details import BLOCK, details
from bart_tool.tui.findings.entries import Filter, Lens, entries
from bart_tool.tui.text import Row
from bart_tool.wording import two_rounds
from bart_tool.wording.finding_sentences import kept_before, summary
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import words
from tests.promises.workshops import Workshop
from tests.workshop import closing_of

WIDE = 80


def _nothing(*_: object) -> Iterator[Row]:
    return iter(())


@contextmanager
def _without_pictures() -> Iterator[None]:
    """The rows of a screen but for its matrix, whose cells are held by what parties said."""
    with (
        mock.patch("bart_tool.tui.findings.details.matrix_rows", _nothing),
        mock.patch("bart_tool.tui.discuss.topic_pages.matrix_rows", _nothing),
    ):
        yield


@dataclass(frozen=True)
class Printed:
    """A text as somebody reads it.

    `under`: the key of what was opened. `lead`: marks before it. `heading`, `row`, `column`: what
    it stands under on a page. `is_told`: it stands for a picture.
    """

    text: str
    under: str = ""
    lead: str = ""
    heading: str = ""
    row: str = ""
    column: str = ""
    is_told: bool = False


@dataclass(frozen=True)
class Found:
    """What bart finds at a closing, party -> how many items it kept, and the closings so far."""

    findings: Findings
    kept: dict[str, int]
    closings: list[Closing]


def found(of: Workshop, before: Sequence[Closing] = ()) -> Found:
    """What bart finds at the last closing of a round."""
    earlier = list(before)
    for sheets in of.closings:
        picture = Picture(sheets=sheets)
        now = closing_of(of.asked, of.session, picture)
        assert now.marks is not None
        view = kept(now.view, now.marks, earlier, of.session.k)
        earlier.append(Closing(view, now.marks))
    counted: dict[str, int] = {}
    for parties in view.items.values():
        for party, answers in parties.items():
            if answers.kept_from is not None:
                counted[party] = counted.get(party, 0) + 1
    return Found(analyse(of.asked, of.session, view), counted, earlier)


def in_a_terminal(found: Found, of: Workshop, language: Language = "nl") -> Iterator[Printed]:
    """The summary of the command line, and what it tells of closings before."""
    for line in summary(found.findings, of.asked, of.session, language):
        yield Printed(line.strip())
    if found.kept:
        yield Printed(kept_before(found.kept, Naming(of.asked, of.session, language)))


def on_the_screens(
    findings: Findings, of: Workshop, some: int, language: Language = "nl"
) -> Iterator[Printed]:
    """The screens of the findings, of at most `some` entries of each view."""
    names, t = Naming(of.asked, of.session, language), words(language)
    for lens in Lens:
        listed = [e for e in entries(lens, findings, names, Filter(), t) if e.key]
        for entry in listed[:: max(1, len(listed) // some)]:
            with _without_pictures():
                rows = details(entry.key, findings, names, t, WIDE)
            yield from _of_rows(rows, entry.key)


def in_the_talk(findings: Findings, of: Workshop, language: Language = "nl") -> Iterator[Printed]:
    """What is shared, read first, and the pages of every topic of page one around the table."""
    speakers = speaking_order(of.asked, of.session, findings)
    names, t = Naming(of.asked, of.session, language), words(language)
    table = SimpleNamespace(findings=findings, names=lambda _: names, speakers=lambda: speakers)
    begun = SimpleNamespace(meeting=table, t=t, language=language)
    for page in SharedGround.pages(cast(SharedGround, begun)):
        yield from _under_headings(page.rows)
    for topic in findings.page_one:
        with _without_pictures():
            pages = topic_pages(topic, cast(Meeting, table), (), t, WIDE)
        for page in pages:
            yield from _of_rows(page.rows, f"topic:{topic.key}")


def two_rounds_of(then: Found, of: Workshop, language: Language = "nl") -> Iterator[Printed]:
    """Two rounds side by side: as lines, and as a page."""
    assert of.later is not None
    now = found(of.later, then.closings)
    items = {each.id: [each.topic] for each in of.later.agreements}
    made = compare(then.findings, now.findings, of.later.agreements, items)
    names = Naming(of.later.asked, of.later.session, language)
    title = ""
    for line in map(str.strip, two_rounds.summary(made, names)):
        yield Printed(line, row=title)
        title = re.split(": (?:dichter|verder|even|niet te)", line.removeprefix("- "))[0]
    yield from on_a_page(markdown.render(compose_comparison(made, names)))


def on_a_page(text: str) -> Iterator[Printed]:
    """The texts of a page in Markdown: a heading, paragraph, entry or cell at a time."""
    heading, rows = "", list[tuple[str, str]]()
    for block in re.split(r"\n{2,}", text):
        lines = block.strip().splitlines()
        if not lines:
            continue
        if block.startswith("!["):
            told = _plain(" ".join(lines).removeprefix("!"))
            yield Printed(told, heading=heading, is_told=True)
        elif lines[0].startswith("#"):
            heading = _plain(lines[0].lstrip("#"))
            yield Printed(heading)
            rows = []
        elif lines[0].startswith("|"):
            rows = list(_noted(lines))
            for each in _of_table(lines):
                yield replace(each, heading=heading)
        elif re.match(r"(- |\d+\. )", lines[0]):
            for entry in _entries(lines):
                number = re.match(r"(\d+)\. ", entry)
                under = [row for row, marks in rows if number and number[1] in marks.split(", ")]
                said = _plain(re.sub(r"^(- |\d+\. )", "", entry))
                for row in under or [""]:
                    yield Printed(said, heading=heading, row=row)
        else:
            yield Printed(_plain(" ".join(lines)), heading=heading)


def _entries(lines: Sequence[str]) -> Iterator[str]:
    entry = ""
    for line in lines:
        if re.match(r"(- |\d+\. )", line) and entry:
            yield entry
            entry = ""
        entry = f"{entry} {line.strip()}".strip()
    yield entry


def _cells(line: str) -> list[str]:
    return [_plain(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _of_table(lines: Sequence[str]) -> Iterator[Printed]:
    head = _cells(lines[0])
    for line in lines[2:]:
        first, *cells = _cells(line)
        yield Printed(first)
        for column, cell in zip(head[1:], cells, strict=True):
            yield Printed(re.sub(r"; (noot|noten) [\d, ]+$", "", cell), row=first, column=column)


def _noted(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each row with the numbers of the notes that its last cell names."""
    for line in lines[2:]:
        cells = _cells(line)
        found = re.search(r"; (?:noot|noten) ([\d, ]+)$", cells[-1])
        if found:
            yield cells[0], found[1]


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    text = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\\)\*+", "", text)
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())


def _of_rows(rows: Sequence[Row], under: str) -> Iterator[Printed]:
    """The texts of some rows; behind blocks, one a person, with the party that they are of."""
    party = ""
    for row in rows:
        lead = "".join(part.text for part in row.lead)
        cells = [part.text for part in row.cells]
        texts = [row.text, *cells, *(part.text for line in row.under for part in line)]
        for text in texts:
            if text.strip():
                yield Printed(text, under, lead, row=party if BLOCK in lead else "")
        if not lead:
            party = row.text


def _under_headings(rows: Sequence[Row]) -> Iterator[Printed]:
    """The texts of some rows, each under the question or title that stands above it."""
    head = ""
    for row in rows:
        head = row.text if row.style == "strong" else head
        if row.text:
            yield Printed(row.text, row=head)


def in_the_report(findings: Findings, of: Workshop, language: Language = "nl") -> Iterator[Printed]:
    """The report that a wijk-MT reads, and its appendix."""
    read = compose.report(findings, of.asked, of.session, language, "appendix")
    rest = compose.appendix(findings, of.asked, of.session, language, of.agreements, of.asked)
    for document in (read, rest):
        yield from on_a_page(markdown.render(document))
