"""The worked cases, computed by hand from docs/developer/method.md 4.5 and 5, come out exactly."""

import json
from pathlib import Path
from typing import Any

import pytest

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure.publish import publish
from bart_tool.domain.findings import Findings
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from bart_tool.store import question_sets, sheets_csv
from tests.workshop import session

FOLDER = Path(__file__).parents[1] / "cases"
CASES = sorted(path.parent for path in FOLDER.glob("*/case.json"))


def findings_of(folder: Path) -> tuple[dict[str, Any], Findings]:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    file = FOLDER / "sets" / f"{case['set']}.yaml"  # as the set was when the case was worked out
    question_set, _ = question_sets.parse(file.read_text("utf-8"), file.name)
    assert question_set is not None
    workshop: Session = session(question_set, case["parties"])
    answers = (folder / "answers.csv").read_text(encoding="utf-8")
    sheets, problems = sheets_csv.parse(
        answers, "answers.csv", question_set=question_set, session=workshop, consent="group"
    )
    assert problems == ()
    return case, analyse(question_set, workshop, publish(question_set, workshop, merge(sheets)))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_worked_case_comes_out_exactly(folder: Path) -> None:
    case, findings = findings_of(folder)
    found: dict[str, dict[str, Any]] = {
        finding.topic: {
            "code": finding.code,
            "claimed_by": list(finding.claimed_by),
            "contested_by": list(finding.contested_by),
        }
        for finding in findings.coverage
    }
    for finding in findings.items:
        found[finding.item] = {
            "code": finding.code,
            "distance": finding.distance,
            "flags": list(finding.flags),
            "standing": {each.party: each.standing for each in finding.positions},
        }
    expected = case["expect"]
    assert {key: {name: found[key][name] for name in expected[key]} for key in expected} == expected
    if "page_one" in case:
        assert [topic.key for topic in findings.page_one] == case["page_one"]


def test_all_worked_cases_are_here() -> None:
    assert len(CASES) == 24
