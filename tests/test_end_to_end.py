"""The whole way on a temp folder: a session, answers, closing, the report."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from bart_tool.domain.agreement import MandateStatus
from bart_tool.domain.findings import Code
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow import publish
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.erase import erase
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft
from tests.workflow.on_disk import naming, snapshot
from tests.workshop import analysed, path_of, with_one_id

CASES = Path(__file__).parent / "cases"


def bart(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BART_SESSIONS": str(root), "PYTHONUTF8": "1"}
    environment.pop("BART_LANGUAGE", None)
    return subprocess.run(
        [sys.executable, "-m", "bart_tool", *args],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )


PARTIES = ("--party", "wijkraad=5", "--party", "wijkmanager=1", "--party", "cluster-stadsbeheer=2")


def test_answers_become_a_report(tmp_path: Path) -> None:
    assert bart(tmp_path, "new", "wijk", *PARTIES).returncode == 0
    answers = CASES / "who-double-claim" / "answers.csv"
    assert bart(tmp_path, "gather", "wijk", str(answers)).returncode == 0
    assert bart(tmp_path, "report", "wijk").returncode == 77
    assert bart(tmp_path, "close", "wijk").returncode == 0
    assert bart(tmp_path, "report", "wijk", "--format", "md,html,json").returncode == 0
    report = json.loads((tmp_path / "wijk/report/report.json").read_text("utf-8"))
    item = next(each for each in report["items"] if each["item"] == "ties-broken-by")
    assert item["code"] == "double-claim"
    assert item["flags"] == ["outspoken"]
    assert report["agenda"] == ["ties-broken-by"]
    assert (tmp_path / "wijk/report/report.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_status_says_who_and_never_what(tmp_path: Path) -> None:
    bart(tmp_path, "new", "wijk", *PARTIES)
    bart(tmp_path, "gather", "wijk", str(CASES / "who-double-claim" / "answers.csv"))
    said = json.loads(bart(tmp_path, "status", "wijk", "--json").stdout)
    assert said["phase"] == "answering"
    assert {each["state"] for each in said["participants"]} == {"submitted"}


@pytest.mark.parametrize("verb", [["status"], ["gather"], ["report"], ["close"], ["mind"]])
def test_before_closing_nothing_tells_what_was_answered(tmp_path: Path, verb: list[str]) -> None:
    if verb == ["mind"]:
        verb = ["sets"]  # the one verb that shows an answer shows it to its writer only
    heard = []
    for name, value in (("one", "college"), ("two", "gemeenteraad")):
        root = tmp_path / name
        bart(root, "new", "wijk", *PARTIES)
        answers = root / "a.csv"
        answers.write_text(
            f"participant,party,item,value,certainty,note,quote\nWR-01,wijkraad,orphan-problem,{value},,,\n",
            encoding="utf-8",
        )
        bart(root, "gather", "wijk", str(answers))
        more = [str(answers)] if verb == ["gather"] else []
        target = [] if verb == ["sets"] else ["wijk"]
        done = bart(root, *verb, *target, *more)
        files = sorted(str(p.relative_to(root)) for p in root.rglob("*"))
        heard.append((done.returncode, done.stdout, done.stderr.replace(str(root), ""), files))
    assert heard[0] == heard[1]


@pytest.fixture(autouse=True)
def _by_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    with_one_id(monkeypatch)


def test_the_order_of_the_files_makes_no_difference(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path / "demo"))
    files = sorted((path_of(made.opened.folder) / "sheets").glob("*.yaml"))
    reports = []
    for name, order in (("forward", files), ("backward", files[::-1])):
        opened = new_session(DiskStore(tmp_path / name), demo_plan())
        opened = gather(opened, order).opened
        publish.publish(close(opened).opened, formats=("json",))
        made_of = json.loads((tmp_path / name / "demo/report/report.json").read_bytes())
        reports.append(made_of)
    assert reports[0] == reports[1]


def demo_plan() -> SessionDraft:
    return SessionDraft(
        name="demo",
        set_name="wijk-kern",
        parties=[
            ("wijkraad", 7),
            ("wijkmanager", 1),
            ("cluster-stadsbeheer", 2),
            ("cluster-maatschappelijke-ontwikkeling", 2),
        ],
    )


def test_a_sheet_taken_in_twice_counts_once(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path / "demo"))
    source = path_of(made.opened.folder) / "sheets" / "WM-01.yaml"
    opened = new_session(DiskStore(tmp_path / "other"), demo_plan())
    first = gather(opened, [source])
    second = gather(first.opened, [source])
    assert first.came_in == ("WM-01",)
    assert (second.came_in, second.before) == ((), ("WM-01",))


def test_two_versions_of_an_answer_wait_for_a_person(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path / "demo"))
    source = path_of(made.opened.folder) / "sheets" / "WM-01.yaml"
    changed = tmp_path / "changed.yaml"
    text = source.read_text("utf-8")
    assert '"wijkmanager"' in text
    sheet, _ = sheets.parse(text, "x")
    assert sheet is not None
    other = sheet.answers["ties-broken-by"].model_copy(update={"value": "college"})
    changed.write_text(
        sheets.dump(
            sheet.model_copy(update={"answers": {**sheet.answers, "ties-broken-by": other}})
        ),
        encoding="utf-8",
    )
    opened = new_session(DiskStore(tmp_path / "other"), demo_plan())
    done = gather(gather(opened, [source]).opened, [changed])
    assert close(done.opened).conflicts == (("WM-01", "ties-broken-by"),)
    (merged,) = picture_of(done.opened).picture.sheets
    assert "ties-broken-by" not in merged.answers


def test_a_bad_file_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path / "demo"))
    good = path_of(made.opened.folder) / "sheets" / "WM-01.yaml"
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"format: 1\nkind: [\n")
    opened = new_session(DiskStore(tmp_path / "other"), demo_plan())
    done = gather(opened, [bad, good])
    assert done.came_in == ("WM-01",)
    assert not done.is_whole
    assert bad.read_bytes() == b"format: 1\nkind: [\n"
    assert list((path_of(opened.folder) / "damaged").iterdir())


def test_the_demo_shows_every_code_and_eight_patterns(tmp_path: Path) -> None:
    findings = make_demo(DiskStore(tmp_path)).findings
    codes = {item.code for item in findings.items} | {each.code for each in findings.coverage}
    assert codes >= set(Code)
    assert len({each.pattern for each in findings.patterns}) >= 8
    answered = {party.party: (party.answered, party.invited) for party in findings.parties}
    assert answered["wijkraad"] == (6, 7)


def test_the_demo_holds_what_is_laid_down_and_after_the_talk_an_agreement_of_each_mandate(
    tmp_path: Path,
) -> None:
    store = DiskStore(tmp_path)
    report = path_of(make_demo(store).opened.folder) / "report" / "report.md"
    assert "Mandaatregeling" in report.read_text("utf-8")
    made = make_demo(store, is_agreed=True)
    kept, _ = made.opened.folder.agreements()
    assert [each.mandate for each in kept.agreements] == list(get_args(MandateStatus))
    page = (path_of(made.opened.folder) / "report" / "agreements.md").read_text("utf-8")
    assert all(each.sentence in page for each in kept.agreements)


def test_a_second_demo_leaves_the_first_as_it_is(tmp_path: Path) -> None:
    first = path_of(make_demo(DiskStore(tmp_path)).opened.folder)
    (first / "report" / "report.md").write_text("mine", encoding="utf-8")
    assert make_demo(DiskStore(tmp_path)).opened.session.session == "demo-2"
    assert (first / "report" / "report.md").read_text("utf-8") == "mine"


def test_after_erasing_the_report_is_as_if_somebody_never_was(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path / "demo"))
    gone = erase(made.opened, "WM-01")
    assert not list((path_of(made.opened.folder) / "report").glob("report.*"))
    assert naming("WM-01", snapshot(path_of(made.opened.folder))) == []
    picture = picture_of(gone.opened).picture
    findings = analysed(gone.opened.question_set, gone.opened.session, picture)
    assert [p.answered for p in findings.parties if p.party == "wijkmanager"] == [0]


def test_reopening_says_that_the_report_is_out_of_date(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path))
    assert reopen(made.opened).session.report_out_of_date
    assert open_session(DiskStore(tmp_path), "demo").session.phase == "answering"


def test_a_copied_folder_gives_the_same_report(tmp_path: Path) -> None:
    made = make_demo(DiskStore(tmp_path / "one"))
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    for path in (tmp_path / "two").rglob("*.yaml"):
        os.utime(path, (0, 0))  # clocks do not matter
    publish.publish(open_session(DiskStore(tmp_path / "two"), "demo"), formats=("json",))
    one, two = (Path(made.files[1]), tmp_path / "two/demo/report/report.json")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["status", "nowhere"], 66),
        (["nonsense"], 2),
        (["new", "../x", *PARTIES], 2),
        (["new", "wijk", "--party", "wijkraad"], 2),
        (["new"], 2),
        (["report", "nowhere"], 66),
        (["check", "nowhere.yaml"], 66),
        (["erase", "nowhere", "WR-01"], 66),
        (["sets"], 0),
        (["--help"], 0),
    ],
)
def test_the_exit_code_says_what_happened(tmp_path: Path, args: list[str], code: int) -> None:
    done = bart(tmp_path, *args)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
