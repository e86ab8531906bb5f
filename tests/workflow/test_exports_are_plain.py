"""T11 of tests/README.md: what is exported is plain text; nothing calculates, drives or is lost.

Two hundred texts of every unpleasant kind are handed in, as YAML, as JSON and as CSV, and read back
from every report: the same text, or refused by name. Tables hold no words of people; what is
written in an agreement is read back from their cells, and none of these calculates.
"""

import csv
import io
import json
import random
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.free_text import MAX_WORDS, harmless, normal
from bart_tool.export.files import can_be_made
from bart_tool.store import plain_file, sheets
from bart_tool.workflow.agree import agree
from bart_tool.workflow.export import FORMATS as TABLES
from bart_tool.workflow.export import export
from bart_tool.workflow.gather import gather
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import FORMATS, publish
from tests.workflow.on_disk import begun_session, said, sheet_file

ROWS = 200
FORMULAS = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1",
    "=HYPERLINK(1)",
)
CONTROL = ("\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\x0b", "\x1f")
AWKWARD = (
    "é",
    "e\u0301",
    '"',
    "'",
    ",",
    ";",
    "\n",
    "\r\n",
    "<b>",
    "&amp;",
    "|",
    "`",
    "#",
    "\U0001f600",
)
SURROGATE = "\ud800"


def rows(seed: int) -> list[str]:
    """Texts that somebody may have typed, pasted or generated, each with a mark of its own."""
    chance = random.Random(seed)
    made = []
    for number in range(ROWS):
        parts = chance.choices((*FORMULAS, *CONTROL, *AWKWARD), k=chance.randint(1, 6))
        text = f"{''.join(parts)}m{number:03}"
        if number % 20 == 0:
            text += "x" * 40_000
        if number % 20 == 1:
            text += SURROGATE
        made.append(text)
    return made


def handed_in(opened: OpenSession, texts: list[str], folder: Path, kind: str) -> dict[str, str]:
    """Hand each text in, one by one; gives those that were refused, with the code that says why."""
    refused = {}
    for number, text in enumerate(texts):
        path = folder / f"{number}.{kind}"
        if kind == "csv":
            path.write_bytes(_csv(text))
        else:
            good = said(opened, "WR-01", {"who": {"value": "college", "note": "@@", "quote": True}})
            written = sheets.dump(good) if kind == "yaml" else good.model_dump_json()
            path.write_text(written.replace('"@@"', quoted(text, kind)), encoding="utf-8")
        content, problems = plain_file.decode(path.read_bytes(), path.name)
        if content is None:
            refused[text] = problems[0].code
            continue
        read = sheets.parse_any(
            content,
            path.name,
            question_set=opened.question_set,
            session=opened.session,
            consent="position",
        )
        notes = [each.answers["who"].note for each in read[0] if "who" in each.answers]
        # A cell is read without the white space around it.
        if notes == [normal(text).strip() if kind == "csv" else normal(text)]:
            continue
        assert read[1], f"{text[:80]!r} was changed and nobody said so: {notes}"
        refused[text] = read[1][0].code
    return refused


def quoted(text: str, kind: str) -> str:
    """`text` as JSON writes it; YAML has one escape for a pair of surrogates."""
    pair = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")
    whole = json.dumps(text)
    if kind == "json":
        return whole
    return pair.sub(lambda found: f"\\U{ord(json.loads(chr(34) + found[0] + chr(34))):08x}", whole)


def _csv(text: str) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(("participant", "party", "item", "value", "certainty", "note", "quote"))
    writer.writerow(("WR-01", "wijkraad", "who", "college", "", text, "true"))
    return stream.getvalue().encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("kind", ["yaml", "json", "csv"])
def test_what_comes_in_is_the_same_text_or_refused_by_name(
    quick_path: Path, kind: str, seed: int
) -> None:
    texts = rows(seed)
    refused = handed_in(begun_session(quick_path / "sessions"), texts, quick_path, kind)
    must_be = {text for text in texts if len(text) > MAX_WORDS or SURROGATE in text}
    assert must_be <= refused.keys()
    allowed = must_be | {text for text in texts if kind == "csv" and re.search(r"[\0\r]", text)}
    assert refused.keys() - allowed == set(), {t: refused[t] for t in refused.keys() - allowed}


class Words(HTMLParser):
    """The text of a page, as a reader sees it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def bare(text: str) -> str:
    """Without white space: at an end it goes, and what breaking lines does to it may differ."""
    made = harmless(normal(text), one_line=True)
    return re.sub(r"[\s/␊␋␌␍␜␝␞␟]+|<U\+(0085|2028|2029)>", "", made)


def unbroken(text: str) -> str:
    """Also without what stands where a word is broken."""
    return re.sub(r"[-\u00ad]|<U\+00(0[A-D]|1[C-F])>", "", bare(text))


def test_what_goes_out_is_the_same_text_in_every_format(quick_path: Path, seed: int) -> None:
    texts = [text for text in rows(seed) if len(text) <= MAX_WORDS and SURROGATE not in text]
    opened = begun_session(quick_path / "sessions", {"wijkraad": len(texts), "wijkmanager": 1})
    codes = [code for code, party in opened.session.party_of.items() if party == "wijkraad"]
    for code, text in zip(codes, texts, strict=True):
        answer = {"who": {"value": "college", "note": text, "quote": True}}
        opened.folder.save_sheet(said(opened, code, answer), None)
    other = said(opened, "WM-01", {"who": "wijkraad"})
    gather(opened, [sheet_file(quick_path, "wm.yaml", other)])
    made = publish(close(opened).opened, formats=FORMATS)
    files = {path.suffix: path for path in map(Path, made.files)}  # of pages, the appendix
    content = {each: files[each].read_text("utf-8") for each in (".md", ".html", ".json")}
    document = json.loads(content[".json"])
    (item,) = [each for each in document["items"] if each["item"] == "who"]
    assert sorted(quote["text"] for quote in item["quotes"]) == sorted(map(normal, texts))
    page = Words()
    page.feed(content[".html"])
    shown = bare("".join(page.seen))
    assert [text for text in texts if bare(text) not in shown] == []
    plain = bare(re.sub(r"\\(.)", r"\1", content[".md"]))
    assert [text for text in texts if bare(text) not in plain] == []
    word = bare("".join(docx.Document(str(files[".docx"])).element.itertext()))
    pdf = unbroken("".join(each.extract_text() for each in PdfReader(files[".pdf"]).pages))
    for text in (*content.values(), word, pdf):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", text)


def test_the_formats_are_those_that_are_read_back_here() -> None:
    read = ("md", "html", "pdf", "docx", "json")
    assert read == FORMATS, "a new format: read these texts back from it too"
    assert TABLES == ("csv", "xlsx", "parquet"), "a new format: read these texts back from it too"


def test_no_cell_of_a_table_calculates_or_loses_a_sign(quick_path: Path, seed: int) -> None:
    texts = [text for text in rows(seed) if len(text) <= 300 and SURROGATE not in text]
    opened = close(begun_session(quick_path / "sessions")).opened
    for text in texts:
        agree(opened, AgreementDraft(topic="who", sentence=text), date(2026, 11, 29))
    made = export(opened.reread(), formats=tuple(filter(can_be_made, TABLES)))
    shown = [harmless(normal(text).strip()) for text in texts]
    (table,) = [each for each in made.files if each.endswith("agreements.csv")]
    cells = [each["sentence"] for each in csv.DictReader(io.StringIO(_read(table), newline=""))]
    assert [re.sub(r"^'(?='*[=+@-])", "", cell) for cell in cells] == shown
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    (book,) = [each for each in made.files if each.endswith(".xlsx")]
    placed = openpyxl.load_workbook(book)["agreements"]["D"][1:]
    assert [cell.value for cell in placed] == shown
    assert {cell.data_type for cell in placed} == {"s"}


def _read(file: str) -> str:
    return Path(file).read_bytes().decode()
