"""Every parser of a file is linear: a run of one mark as long as a file may be is read at once.

Whether the work grows in step shows in `tests/benchmarks/run.py`; here what is quadratic would not
end within the time a test gets.
"""

import re
from collections.abc import Callable

import pytest

from bart_tool.report import html, tokens
from bart_tool.store import pasted, question_sets, session_files, sheets, yaml_text
from tests.workshop import session, small_set

SET = small_set()
SESSION = session(SET, {"wijkraad": 2, "wijkmanager": 1})
HEADER = "participant,party,item,value,certainty,note,quote,consent\n"
SHEET = "format: 1\nkind: answer-sheet\n"
AGREEMENTS = "format: 1\nkind: agreements\nagreements:\n"
LONG = yaml_text.MAX_CHARS - 200  # the heads below go before it


def taken_in(file: str) -> Callable[[str], object]:
    return lambda text: sheets.parse_any(
        text, file, question_set=SET, session=SESSION, consent="group"
    )


READERS: dict[str, Callable[[str], object]] = {
    "a sheet": taken_in("a.yaml"),
    "a sheet of JSON": taken_in("a.json"),
    "rows": taken_in("a.csv"),
    "pasted text": pasted.found_in,
    "a session": lambda text: session_files.parse_session(text, "a"),
    "agreements": lambda text: session_files.parse_agreements(text, "a"),
    "a set": lambda text: question_sets.parse(text, "a"),
    "colours": lambda text: tokens.parse(text, "a"),
}
RUNS = ["\n", " ", "\t", ">", '"', "{", "[", "-", "#", "a", ",", ":", "/", "*", "|", "\\", "\xa0"]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("reader", READERS)
def test_a_run_of_one_mark_is_read_to_its_end(reader: str, run: str) -> None:
    assert READERS[reader](run * LONG) is not None


# Each was quadratic, or could be: head and unit, by what reads it.
GROWING = {
    "blank lines in pasted JSON": ("pasted text", SHEET, "\n"),
    "blank lines behind a pasted sheet": ("pasted text", SHEET + "answers:\nx\n", "\n"),
    "blanks behind curled marks": ("pasted text", "“kind”: “answer-sheet”\n", " "),
    "braces behind curled marks": ("pasted text", "“kind”: “answer-sheet”\n", "{"),
    "blanks below a pasted sheet": ("pasted text", SHEET + "\n", "\t"),
    "comments that never end": ("colours", "", "/*"),
    "declarations that never end": ("colours", ":root{", "--a:"),
    "a value of white space": ("colours", ":root{--a:", " "),
    "a declaration a line": ("colours", ":root{\n", "--a:1;\n"),
    "the same key again": ("a sheet of JSON", "{", '"a":1,'),
    "a key that is not known, again": ("a sheet", SHEET, "a: {b: c}\n"),
    "columns that are not known": ("rows", HEADER.strip() + ",", "a,"),
    "rows below many columns": ("rows", HEADER.strip() + ",a" * 1000 + "\n", "x\n"),
    "the same row again": ("rows", HEADER, "WR-01,wijkraad,who,college\n"),
    "agreements that are none": (
        "agreements",
        "format: 1\nkind: agreements\nagreements:\n",
        "- x\n",
    ),
}


@pytest.mark.parametrize("name", GROWING)
def test_what_could_grow_with_the_square_is_read_to_its_end(name: str) -> None:
    reader, head, unit = GROWING[name]
    assert READERS[reader](head + unit * (LONG // 4 // len(unit))) is not None


def test_unknown_keys_in_one_answer_are_each_named_once() -> None:
    keys = ", ".join(f"k{number}: x" for number in range(9_000))
    _, problems = sheets.parse(
        f"{SHEET}session: test\nround: 1\nquestion_set: klein\nquestion_set_hash: x\n"
        f"participant: WR-01\nparty: wijkraad\nanswers:\n  who: {{value: college, {keys}}}\n",
        "a.yaml",
    )
    assert [problem.code for problem in problems] == ["unknown-key-here"] * len(problems)
    assert 0 < len(problems) <= 9_000


def test_an_edited_report_of_thirty_thousand_equal_headings_gets_as_many_names() -> None:
    text = "# Verslag\n" + "## Wie beslist?\n" * 30_000
    page = html.render(text, "nl", "Verslag", pictures={}, tokens=tokens.shipped())
    names = re.findall(r' id="(wie-beslist[^"]*)"', page)
    assert len(names) == len(set(names)) == 30_000


@pytest.mark.parametrize("mark", ["*", "[", "`", "<", "|", "#", "> ", "- ", "\n", "![", "a"])
def test_a_run_of_one_mark_in_an_edited_report_is_laid_out(mark: str) -> None:
    text = mark * (2**14 // len(mark)) + "\n\nTot hier."
    page = html.render(text, "nl", "x", pictures={}, tokens=tokens.shipped())
    assert "Tot hier." in page
    assert page.rstrip().endswith("</html>")


def test_a_name_is_no_other_headings_own() -> None:
    page = html.render(
        "## Wie\n## Wie 2\n## Wie\n## Wie\n", "nl", "x", pictures={}, tokens=tokens.shipped()
    )
    names = re.findall(r' id="(wie[^"]*)"', page)
    assert len(names) == len(set(names)) == 4
