"""What programs read: `--json` gives one document, as docs/developer/formats.md 9 promises."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bart_tool.workflow.intake_outcome import Outcome
from tests.cli.run import Done, bart
from tests.cli.some_session import ROWS, answered, closed, csv, in_conflict, made

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
NUMBER = {"type": ["integer", "null"]}


def document(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listed(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": document(**properties)}


CONFLICTS = listed(participant=TEXT, item=TEXT)
PHASE = {"enum": ["preparing", "answering", "closed", "discussing", "agreed", "follow-up"]}
STATUS = document(
    session=TEXT,
    phase=PHASE,
    participants=listed(
        code=TEXT, party=TEXT, state={"enum": ["not-started", "draft", "submitted"]}
    ),
    conflicts=CONFLICTS,
    keep_until={"type": ["string", "null"], "format": "date"},
    days_left={"type": ["integer", "null"]},
)
DELETE = document(session=TEXT, not_reached=TEXTS)
GATHER = document(
    session=TEXT,
    came_in=TEXTS,
    before=TEXTS,
    replaced=TEXTS,
    added=TEXTS,
    files=listed(
        file=TEXT,
        outcome={"enum": [each.value for each in Outcome]},
        participants=TEXTS,
        number=NUMBER,
    ),
    refused=listed(file=TEXT, problem=TEXT),
    damaged=listed(file=TEXT, problem=TEXT),
    problems=listed(file=TEXT, row=NUMBER, line=NUMBER, item=TEXT, problem=TEXT),
)
CHECK = listed(
    file=TEXT,
    kind={
        "enum": [
            "question-set",
            "session",
            "answer-sheet",
            "answers-csv",
            "agreements",
            "own-colours",
            "unknown",
        ]
    },
    problems=listed(
        code=TEXT,
        line=NUMBER,
        row=NUMBER,
        item=TEXT,
        severity={"enum": ["error", "warning", "note"]},
        text=TEXT,
    ),
)
SETS = listed(
    id=TEXT,
    title=TEXT,
    questions={"type": "integer"},
    items={"type": "integer"},
    parties=listed(party=TEXT, answers={"type": "integer"}, minutes={"type": "integer"}),
    hash={"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
)
CLOSE = document(
    session=TEXT,
    phase={"const": "closed"},
    missing=TEXTS,
    parties={
        "type": "object",
        "additionalProperties": {"enum": ["position", "group", "withheld"]},
    },
    conflicts=CONFLICTS,
)
REPORT = document(
    session=TEXT,
    files=TEXTS,
    kept_from_before={"type": "object", "additionalProperties": {"type": "integer"}},
    agenda=TEXTS,
    kept=TEXTS,
)
EXPORT = document(
    session=TEXT,
    round={"type": "integer"},
    files=TEXTS,
    tables={"type": "object", "additionalProperties": {"type": "integer"}},
)
FORM_OUT = document(session=TEXT, files=TEXTS)
ERASE = document(
    session=TEXT,
    participant=TEXT,
    removed=TEXTS,
    not_removed=TEXTS,
    not_read=TEXTS,
    not_reached=TEXTS,
    rounds_out_of_date={"type": "array", "items": {"type": "integer"}},
)
NEW = document(
    session=TEXT,
    phase={"const": "answering"},
    folder=TEXT,
    participants=listed(code=TEXT, party=TEXT),
)
REOPEN = document(
    session=TEXT,
    phase={"const": "answering"},
    report_out_of_date={"type": "boolean"},
    reopened=TEXTS,
)
WHOLE = {"type": "integer"}
YES_OR_NO = {"type": "boolean"}
FILES = document(session=TEXT, files=TEXTS)
FORMS = document(session=TEXT, files=TEXTS, letter_lacks=TEXTS)
RENDERED = document(session=TEXT, files=TEXTS, edited=YES_OR_NO)
DEMO = document(session=TEXT, files=TEXTS, agenda=TEXTS, patterns=TEXTS)
MIND = document(
    session=TEXT,
    participant=TEXT,
    cells=listed(boundary=TEXT, position=TEXT, items=TEXTS, text=TEXTS),
)
FOLLOW_UP = document(
    session=TEXT,
    round=WHOLE,
    phase={"const": "answering"},
    agreements=TEXTS,
    parked=TEXTS,
    items=TEXTS,
    answers=WHOLE,
    minutes=WHOLE,
)
TAKEN_BACK = document(session=TEXT, round=WHOLE, phase=PHASE)
TURNOUT = {
    "anyOf": [
        {"type": "null"},
        document(
            invited=WHOLE,
            answered=WHOLE,
            visibility={"enum": ["position", "group", "withheld"]},
        ),
    ]
}
FIGURE = {"type": ["number", "null"]}
STOOD = document(code=TEXT, distance=FIGURE, apart=FIGURE)
SAYS = {
    "type": "array",
    "items": {
        **document(
            party=TEXT,
            standing={"enum": ["position", "divided", "unknown", "closed", "none"]},
            invited=WHOLE,
            n=WHOLE,
            counts={"type": "object", "additionalProperties": WHOLE},
            dont_know=WHOLE,
            median=FIGURE,
            consensus=FIGURE,
            kept_from=document(round=WHOLE, closing=WHOLE),
        ),
        "required": ["party", "standing", "invited"],
    },
}
COMPARE = document(
    format={"const": 2},
    method={"const": 2},
    kind={"const": "comparison"},
    session=TEXT,
    rounds={"type": "array", "items": WHOLE},
    language={"enum": ["nl", "en"]},
    parties=listed(party=TEXT, then=TURNOUT, now=TURNOUT),
    agreements=listed(
        agreement=TEXT,
        topic=TEXT,
        sentence=TEXT,
        kept=TEXT,
        right=TEXT,
        kept_by=SAYS,
        right_by=SAYS,
        items=TEXTS,
    ),
    boundaries=listed(boundary=TEXT, closer=WHOLE, further=WHOLE, same=WHOLE, not_compared=WHOLE),
    items=listed(
        item=TEXT, boundary=TEXT, type=TEXT, move=TEXT, parties=TEXTS, then=STOOD, now=STOOD
    ),
    files=TEXTS,
)
BACKUP = document(session=TEXT, file=TEXT, files=TEXTS, people_left_out=YES_OR_NO, left_out=TEXTS)
RESTORE = document(session=TEXT, was=TEXT, files=TEXTS, forms_left_out=YES_OR_NO, not_renamed=TEXTS)
FINDINGS = listed(
    code=TEXT,
    file=TEXT,
    line=NUMBER,
    severity={"enum": ["error", "warning", "note"]},
    text=TEXT,
    can_be_fixed=YES_OR_NO,
    fixed=YES_OR_NO,
)
DOCTOR = document(
    sessions={"type": "object", "additionalProperties": FINDINGS},
    around=FINDINGS,
    folder=TEXT,
    log=TEXT,
    versions={"type": "object", "additionalProperties": TEXT},
    formats=document(files=WHOLE, backup=WHOLE),
)


def read(done: Done, schema: dict[str, Any], code: int = 0) -> Any:
    """The one document that came out, which has the promised shape."""
    assert done.code == code
    value = json.loads(done.out)
    jsonschema.validate(value, schema)
    return value


def test_status_says_the_state_of_everybody(tmp_path: Path) -> None:
    answered(tmp_path)
    said = read(bart(tmp_path, "status", "wijk", "--json"), STATUS)
    assert (said["keep_until"], said["days_left"]) == (None, None)
    states = {each["code"]: each["state"] for each in said["participants"]}
    assert said["phase"] == "answering"
    assert list(states) == ["CL-01", "WM-01", "WR-01", "WR-02", "WR-03"]
    assert [code for code, state in states.items() if state == "submitted"] == [
        "WM-01",
        "WR-01",
        "WR-02",
    ]


def test_gather_names_all_that_came_and_all_that_did_not(tmp_path: Path) -> None:
    made(tmp_path)
    stranger = "XX-01,wijkraad,ties-broken-by,college,,,,"
    wrong = "WR-02,wijkraad,ties-broken-by,koning,,,,"
    good, bad = csv(tmp_path, "a.csv", *ROWS), csv(tmp_path, "b.csv", wrong, stranger)
    (tmp_path / "broken.yaml").write_text("kind: [", encoding="utf-8")
    files = (good, good, bad, str(tmp_path / "broken.yaml"))
    said = read(bart(tmp_path, "gather", "wijk", "--json", *files), GATHER, code=65)
    assert said["came_in"] == ["WM-01", "WR-01", "WR-02"]
    assert said["before"] == ["WM-01", "WR-01", "WR-02"]
    assert said["refused"] == [{"file": "b.csv", "problem": "sheet-of-a-stranger"}]
    assert said["damaged"] == [{"file": "broken.yaml", "problem": "yaml-syntax"}]
    assert [(each["row"], each["problem"]) for each in said["problems"]] == [
        (2, "answer-unknown-actor")
    ]


def test_a_conflict_stands_in_close_and_status_and_in_nothing_before(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    conflict = [{"participant": "WR-01", "item": "ties-broken-by"}]
    assert read(bart(tmp_path, "status", "wijk", "--json"), STATUS)["conflicts"] == []
    assert read(bart(tmp_path, "close", "wijk", "--json"), CLOSE)["conflicts"] == conflict
    assert read(bart(tmp_path, "status", "wijk", "--json"), STATUS)["conflicts"] == conflict


def test_close_says_who_is_missing_and_how_each_party_is_shown(tmp_path: Path) -> None:
    answered(tmp_path)
    said = read(bart(tmp_path, "close", "wijk", "--json"), CLOSE)
    assert said["missing"] == ["CL-01", "WR-03"]
    assert said["parties"] == dict.fromkeys(
        ("wijkraad", "wijkmanager", "cluster-groen"), "position"
    )


def test_report_names_files_that_are_there(tmp_path: Path) -> None:
    closed(tmp_path)
    said = read(bart(tmp_path, "report", "wijk", "--json", "--format", "json,md,html"), REPORT)
    assert [Path(name).name for name in said["files"]] == [
        "report.md",
        "report.html",
        "report.json",
        "appendix.md",
        "appendix.html",
    ]
    assert all(Path(name).is_file() for name in said["files"])
    report = json.loads((tmp_path / "wijk" / "report" / "report.json").read_text("utf-8"))
    assert said["agenda"] == report["agenda"]


def test_export_names_files_and_how_many_rows_each_table_has(tmp_path: Path) -> None:
    closed(tmp_path)
    said = read(bart(tmp_path, "export", "wijk", "--json", "--format", "csv"), EXPORT)
    assert all(Path(name).is_file() for name in said["files"])
    assert said["tables"]["parties"] == 3
    form = read(bart(tmp_path, "export", "wijk", "--json", "--format", "xlsform"), FORM_OUT)
    assert [Path(name).name for name in form["files"]] == [
        "xlsform-wijkraad.xlsx",
        "xlsform-wijkmanager.xlsx",
        "xlsform-cluster.xlsx",
    ]


def test_report_json_has_the_keys_of_its_format(tmp_path: Path) -> None:
    closed(tmp_path)
    bart(tmp_path, "report", "wijk")
    text = (tmp_path / "wijk" / "report" / "report.json").read_text("utf-8")
    report = json.loads(text)
    assert report.keys() == {
        "format",
        "kind",
        "session",
        "session_id",
        "title",
        "municipality",
        "year",
        "looked_for",
        "round",
        "question_set",
        "language",
        "parties",
        "items",
        "coverage",
        "patterns",
        "agenda",
        "shared",
        "agreements",
        "method",
        "page_one",
        "question_set_hash",
    }
    assert (report["format"], report["kind"], report["method"]) == (2, "report", 2)
    item = next(each for each in report["items"] if each["item"] == "ties-broken-by")
    assert item.keys() >= {"item", "boundary", "type", "tense", "code", "flags", "positions"}
    wijkraad = next(each for each in item["positions"] if each["party"] == "wijkraad")
    assert wijkraad == {
        "party": "wijkraad",
        "standing": "divided",
        "n": 2,
        "invited": 3,
        "counts": {"college": 1, "nobody": 1},
        "dont_know": 0,
    }
    assert text == json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_erase_lists_what_went_and_what_it_cannot_reach(tmp_path: Path) -> None:
    answered(tmp_path)
    said = read(bart(tmp_path, "erase", "wijk", "WR-01", "--yes", "--json"), ERASE)
    assert said["removed"] == ["sheets/WR-01.yaml"]
    assert said["not_removed"] == said["not_read"] == []
    assert said["not_reached"] == [
        "mail",
        "own-forms",
        "sync-history",
        "bart-backups",
        "backups",
        "saved-elsewhere",
        "printed",
    ]
    gone = read(bart(tmp_path, "delete", "wijk", "--yes", "--json"), DELETE)
    assert gone["not_reached"] == said["not_reached"]


def test_check_gives_line_code_and_sentence(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    assert [
        (each["kind"], each["problems"])
        for each in read(bart(tmp_path, "check", "wijk", "--json"), CHECK)
    ] == [("session", []), ("question-set", [])]
    sheet = folder / "sheets" / "WR-01.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace('"college"', '"koning"'), encoding="utf-8")
    (said,) = read(bart(tmp_path, "check", str(sheet), "--json", language="en"), CHECK, code=65)
    (problem,) = said["problems"]
    assert problem["code"] == "answer-unknown-actor"
    lines = sheet.read_text("utf-8").split("\n")
    assert "ties-broken-by" in lines[problem["line"] - 1]
    assert problem["text"].startswith(f"WR-01.yaml, line {problem['line']}, ties-broken-by: ")


@pytest.mark.parametrize(
    ("args", "schema"),
    [
        (("sets", "--json"), SETS),
        (("new", "anders", "--party", "wijkraad=2", "--json"), NEW),
        (("reopen", "wijk", "WR-01", "--json"), REOPEN),
    ],
)
def test_the_others_give_one_document_too(
    tmp_path: Path, args: tuple[str, ...], schema: dict[str, Any]
) -> None:
    answered(tmp_path)
    read(bart(tmp_path, *args), schema)


def test_each_step_of_the_whole_cycle_gives_one_document(tmp_path: Path) -> None:
    read(bart(tmp_path, "demo", "--json"), DEMO)
    read(bart(tmp_path, "mind", "demo", "WR-01", "--json"), MIND)
    read(bart(tmp_path, "report", "demo", "--render", "--json"), RENDERED)
    for topic in ("ties-broken-by", "orphan-problem"):
        args = (topic, "--sentence", "De wijkmanager zoekt het uit.", "--json")
        assert bart(tmp_path, "agreements", "add", "demo", *args).code == 0
    read(bart(tmp_path, "agreements", "page", "demo", "--json"), FILES)
    for _ in range(2):
        begun = read(bart(tmp_path, "follow-up", "demo", "--yes", "--json"), FOLLOW_UP)
        assert (begun["round"], begun["agreements"]) == (2, ["a-1", "a-2"])
        back = read(bart(tmp_path, "follow-up", "demo", "--undo", "--json"), TAKEN_BACK)
        assert back["round"] == 1
    read(bart(tmp_path, "follow-up", "demo", "--yes", "--json"), FOLLOW_UP)
    read(bart(tmp_path, "form", "demo", "WR-01", "--json"), FORMS)
    assert bart(tmp_path, "close", "demo", "--json").code == 0
    said = read(bart(tmp_path, "compare", "demo", "1", "2", "--json"), COMPARE)
    assert said["rounds"] == [1, 2]
    assert {each["kept"] for each in said["agreements"]} == {"no-answer"}
    copy = str(tmp_path / "copy.zip")
    read(bart(tmp_path, "backup", "demo", "--to", copy, "--json"), BACKUP)
    back = read(bart(tmp_path, "restore", copy, "--as", "weer", "--json"), RESTORE)
    assert (back["session"], back["was"]) == ("weer", "demo")
    done = bart(tmp_path, "doctor", "--json")
    assert {"demo", "weer"} <= read(done, DOCTOR, done.code)["sessions"].keys()


def test_json_says_the_same_in_both_languages(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    for args in (
        ("status", "wijk"),
        ("gather", "wijk", "--settle"),
        ("gather", "wijk", "/dev/null"),
    ):
        nl, en = (bart(tmp_path, *args, "--json", language=each) for each in ("nl", "en"))
        assert nl.out == en.out


def test_an_error_leaves_nothing_half_on_standard_output(tmp_path: Path) -> None:
    answered(tmp_path)
    for args in (
        ("report", "wijk"),
        ("status", "nowhere"),
        ("erase", "wijk", "WR-01"),
        ("reopen", "wijk"),
    ):
        done = bart(tmp_path, *args, "--json")
        assert done.code not in (0, 65)
        assert done.out == ""
        assert done.err
