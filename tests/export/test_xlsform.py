"""The empty form for another survey program: pyxform takes it, and what comes back is the same.

Answers are put in the columns that pyxform itself makes of the form, as ODK Central and KoboToolbox
write them out, and taken in with `bart gather`: the sheets are those of who answered in bart.
"""

import csv
import io
import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import Item
from bart_tool.domain.sheet import Sheet
from bart_tool.store.disk import DiskStore
from bart_tool.store.form_table import NONE_OF_THESE, name_of, tag_name
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.any_answers import any_sheet
from tests.cli.run import bart
from tests.cli.some_session import closed, listing

pytest.importorskip("openpyxl")
pyxform = pytest.importorskip("pyxform.xls2xform", reason="pip install -e '.[test]'")

PARTIES = ("wijkraad=3", "wijkmanager=1", "cluster-groen=2", "cluster-mo=1")
SETS = ("wijk-kort", "wijk-kern", "wijkprogramma", "bart-basis")
XF = "{http://www.w3.org/2002/xforms}"


def begun(root: Path, name: str = "wijk", of_set: str = "wijk-kern") -> OpenSession:
    parties = PARTIES if of_set != "bart-basis" else ("team-a=3", "team-b=2")
    options = [part for party in parties for part in ("--party", party)]
    done = bart(root, "new", name, "--set", of_set, *options)
    assert done.code == 0, done.err
    done = bart(root, "export", name, "--format", "xlsform", "--json")
    assert done.code == 0, done.err
    assert all(Path(each).is_file() for each in done.json["files"])
    return open_session(DiskStore(root), name)


def forms(opened: OpenSession) -> dict[str, Path]:
    """Kind -> the file of its form."""
    folder = Path(opened.folder.where("forms"))
    return {p.stem.removeprefix("xlsform-"): p for p in sorted(folder.glob("*.xlsx"))}


def converted(form: Path) -> str:
    made = pyxform.convert(str(form), validate=False)
    assert made.warnings == []
    text: str = made.xform
    return text


@pytest.mark.parametrize("of_set", SETS)
def test_pyxform_takes_every_form_without_a_warning(tmp_path: Path, of_set: str) -> None:
    opened = begun(tmp_path, of_set=of_set)
    found = forms(opened)
    assert found.keys() == {party.kind for party in opened.session.parties}
    for kind, form in found.items():
        root = ET.fromstring(converted(form))
        languages = {each.get("lang") for each in root.iter(f"{XF}translation")}
        assert languages == {"Nederlands (nl)", "English (en)"}
        book = openpyxl.load_workbook(form)
        header, *survey = book["survey"].iter_rows(values_only=True)
        rows = [dict(zip(header, row, strict=True)) for row in survey]
        asked = [row["bart::item"] for row in rows if row["bart::item"]]
        assert asked == [item.key for item in opened.question_set.route(kind)]
        groups = [row for row in rows if row["type"] == "begin_group"]
        assert {row["appearance"] for row in groups} == {"field-list"}
        for row in rows:
            for text in ("label", "hint", "constraint_message"):
                both = [row[f"{text}::{each}"] for each in ("Nederlands (nl)", "English (en)")]
                assert bool(both[0]) == bool(both[1]), row


def test_a_table_is_one_page_with_a_row_for_each_decision(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    root = ET.fromstring(converted(forms(opened)["wijkraad"]))
    groups = [g for g in root.iter(f"{XF}group") if g.get("appearance") == "field-list"]
    asked = [[s.get("ref", "") for s in group.iter(f"{XF}select1")] for group in groups]
    table = next(refs for refs in asked if any("/mandate__wijkraad__" in r for r in refs))
    assert sum("__certainty" not in ref for ref in table) > 3
    assert all("mandate__wijkraad__" in ref for ref in table)


def test_no_code_and_no_answer_stands_in_a_form(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    for form in forms(opened).values():
        said = converted(form)
        for code in opened.session.party_of:
            assert code not in said


def test_a_form_asks_for_a_code_and_no_name(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    keys = {name_of(item.key) for item in opened.question_set.items}
    for form in forms(opened).values():
        header, *survey = openpyxl.load_workbook(form)["survey"].iter_rows(values_only=True)
        shown = [dict(zip(header, row, strict=True)) for row in survey]
        asks = {row["name"] for row in shown if row["type"].startswith(("text", "select"))}
        others = {n for n in asks if not any(n == k or n.startswith(f"{k}__") for k in keys)}
        assert others == {"participant", "consent"}
        types = {row["type"].partition(" ")[0] for row in shown}
        groups = {"begin_group", "end_group"}
        assert types == {"text", "select_one", "select_multiple", "note", "calculate", *groups}


# What comes back


def columns_of(form: Path, separator: str) -> dict[str, str]:
    """Name of a question -> its column, as a survey program calls it."""
    root = ET.fromstring(converted(form))
    instance = root.find(f".//{XF}model/{XF}instance")
    assert instance is not None
    (data,) = instance

    def leaves(node: ET.Element, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for each in node:
            here = (*path, each.tag.rpartition("}")[2])
            if len(each):
                yield from leaves(each, here)
            else:
                yield here

    return {path[-1]: separator.join(path) for path in leaves(data, ())}


def filled_in(opened: OpenSession, sheet: Sheet) -> dict[str, str]:
    """Name of a question -> what stands in its column when the form is answered as the sheet."""
    said = {
        "bart_form": f"{opened.session.id}:{opened.session.round}",
        "participant": sheet.participant,
        "consent": str(sheet.consent),
    }
    for key, answer in sheet.answers.items():
        item = opened.question_set.by_key[key]
        said |= dict(cells(item, answer))
    return said


def cells(item: Item, answer: Answer) -> Iterator[tuple[str, str]]:
    name = name_of(item.key)
    if isinstance(answer.value, dict):
        yield name, " ".join(answer.value) or NONE_OF_THESE
        if item.question.tagged:
            for option, tag in answer.value.items():
                yield tag_name(item.key, option), tag
    else:
        yield name, answer.value
    if answer.words:
        yield name_of(item.key, "words"), answer.words
    if answer.certainty:
        yield name_of(item.key, "certainty"), answer.certainty
    if answer.quote:
        yield name_of(item.key, "quote"), "yes"


def as_in_a_form(sheet: Sheet) -> Sheet:
    """The sheet without what a form does not ask: notes, and a tick where nothing was written."""
    answers = {}
    for key, answer in sheet.answers.items():
        is_text = isinstance(answer.value, str) and key.startswith(("purpose", "mission"))
        kept = {"note": "", "revision": 0, "quote": answer.quote and is_text}
        if isinstance(answer.value, str) and is_text:
            kept["value"] = answer.value.strip()
        answers[key] = answer.changed(**kept)
    return sheet.changed(answers=answers)


def table(opened: OpenSession, said: Mapping[str, Sheet], separator: str) -> bytes:
    """The answers of everybody of a kind as a survey program writes them out."""
    target = io.StringIO()
    kind = opened.session.kind_of[next(iter(said.values())).party]
    columns = columns_of(forms(opened)[kind], separator)
    names = {"SubmissionDate": "SubmissionDate", **columns, "KEY": "KEY"}
    writer = csv.DictWriter(target, list(names.values()))
    writer.writeheader()
    for sheet in said.values():
        cells = filled_in(opened, sheet)
        assert cells.keys() <= columns.keys()
        moment = {"SubmissionDate": "2026-11-29T10:11:12.000Z", "KEY": f"uuid:{sheet.participant}"}
        writer.writerow({**moment, **{columns[name]: said for name, said in cells.items()}})
    return target.getvalue().encode()


@pytest.mark.parametrize("separator", ["-", "/"], ids=["ODK Central", "KoboToolbox"])
def test_what_comes_back_gives_the_sheets_of_who_answered_in_bart(
    tmp_path: Path, separator: str, seed: int
) -> None:
    opened = begun(tmp_path / "sessions")
    chance = random.Random(seed)
    by_kind: dict[str, dict[str, Sheet]] = {}
    for code, party in opened.session.party_of.items():
        sheet = as_in_a_form(any_sheet(opened.session, opened.question_set, code, chance))
        by_kind.setdefault(opened.session.kind_of[party], {})[code] = sheet
    for kind, said in by_kind.items():
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(table(opened, said, separator))
        done = bart(tmp_path / "sessions", "gather", "wijk", str(file), language="en")
        assert done.code == 0, done.err
        for code, sheet in said.items():
            stored = opened.folder.sheet(code)
            assert stored is not None
            assert stored[0].answers == sheet.answers, code
            assert stored[0].consent == sheet.consent


def test_columns_that_are_split_by_choice_say_the_same(tmp_path: Path) -> None:
    opened = begun(tmp_path / "sessions")
    file = tmp_path / "split.csv"
    file.write_text(
        "bart_form,participant,consent,page_9/roles__wijkraad/networker,"
        "page_9/roles__wijkraad/eyes-and-ears,page_9/roles__wijkraad__tag__networker\n"
        f"{opened.session.id}:1,wr-01,group,1,0,formal\n",
        "utf-8",
    )
    done = bart(tmp_path / "sessions", "gather", "wijk", str(file), language="en")
    assert done.code == 0, done.err
    stored = opened.folder.sheet("WR-01")
    assert stored is not None
    assert stored[0].answers["roles/wijkraad"].value == {"networker": "formal"}


def test_answers_to_a_form_of_another_session_are_refused_by_row(tmp_path: Path) -> None:
    opened = begun(tmp_path / "sessions")
    begun(tmp_path / "sessions", "anders")
    file = tmp_path / "terug.csv"
    rows = "".join(f"{opened.session.id}:1,WR-0{n},group,clear\n" for n in (1, 2))
    file.write_text(f"bart_form,participant,consent,page_1-clarity\n{rows}", "utf-8")
    done = bart(tmp_path / "sessions", "gather", "anders", str(file), language="en")
    assert done.code == 65
    assert "row 2" in done.err
    assert "form of another session" in done.err
    there = listing(tmp_path / "sessions" / "anders")
    assert not [name for name in there if name.startswith("sheets/") and name.endswith(".yaml")]


# When it cannot be


@pytest.mark.parametrize(
    "more", [("--format", "xlsform,csv"), ("--format", "xlsform", "--round", "1")]
)
def test_the_empty_form_goes_alone(tmp_path: Path, more: tuple[str, ...]) -> None:
    closed(tmp_path)
    assert bart(tmp_path, "export", "wijk", "--format", *more).code == 2
    assert bart(tmp_path, "export", "wijk", "--format", "xlsform").code == 0


def test_of_who_was_erased_nothing_must_be_looked_for_in_a_form(tmp_path: Path) -> None:
    begun(tmp_path)
    for code in ("WR-01", "WR-02"):
        done = bart(tmp_path, "erase", "wijk", code, "--yes", language="en")
        assert done.code == 0
        assert "xlsform" not in done.out + done.err
