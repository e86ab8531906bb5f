"""The worked cases, computed by hand from docs/developer/method.md 4.5, come out exactly."""

import json
from pathlib import Path
from typing import Any

import pytest

from bart_tool.analysis.analyse import analyse
from bart_tool.domain.findings import Findings
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from bart_tool.store import question_sets, sheets_csv
from tests.workshop import session

CASES = sorted(path.parent for path in Path(__file__).parents[1].glob("cases/*/case.json"))


def findings_of(folder: Path) -> tuple[dict[str, Any], Findings]:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    question_set, _ = question_sets.load(case["set"])
    assert question_set is not None
    workshop: Session = session(question_set, case["parties"])
    answers = (folder / "answers.csv").read_text(encoding="utf-8")
    sheets, problems = sheets_csv.parse(
        answers, "answers.csv", question_set=question_set, session=workshop, consent="group"
    )
    assert problems == ()
    return case["expect"], analyse(question_set, workshop, merge(sheets))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_worked_case_comes_out_exactly(folder: Path) -> None:
    expected, findings = findings_of(folder)
    found: dict[str, Any] = {
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
        }
    assert {key: found[key] for key in expected} == expected


def test_all_worked_cases_are_here() -> None:
    assert len(CASES) == 12
