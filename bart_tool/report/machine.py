"""report.json: the report for programs (formats.md section 7)."""

from collections.abc import Sequence
from typing import Any

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    CoverageFinding,
    Expectation,
    Findings,
    ItemFinding,
    PartyFinding,
    PatternFinding,
    Position,
    SelfOther,
)
from bart_tool.domain.question import Compared
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.report.plain_json import plain_json


def to_json(
    findings: Findings,
    question_set: QuestionSet,
    session: Session,  # noqa: ARG001 (every renderer takes the same)
    language: Language,
    agreements: Sequence[Agreement] = (),
) -> str:
    """The findings as JSON with sorted keys: the same findings give the same bytes."""
    report: dict[str, Any] = {
        "format": 1,
        "kind": "report",
        "session": findings.session,
        "round": findings.round,
        "question_set": question_set.id,
        "language": language,
        "parties": [_party(party) for party in findings.parties],
        "items": [_item(finding) for finding in findings.items],
        "coverage": [_coverage(finding) for finding in findings.coverage],
        "patterns": [_pattern(finding) for finding in findings.patterns],
        "agenda": [topic.key for topic in findings.agenda],
        "shared": list(findings.shared),
        "agreements": [agreement(each) for each in agreements],
    }
    if findings.expectations is not None:
        report["coorientation"] = [
            _expectation(each, findings.by_key[each.item].compared)
            for each in findings.expectations
        ]
    return plain_json(report) + "\n"


def agreement(made: Agreement) -> dict[str, Any]:
    """An agreement, with every key also where nothing was filled in."""
    said = made.model_dump(mode="json")
    kept = {key: said[key] for key in said if key not in ("specified", "agreed")}
    tests = {"specified": made.specified, "agreed": made.agreed, "kept": made.kept}
    return {**kept, "tests": tests}


def _party(party: PartyFinding) -> dict[str, Any]:
    return {
        "party": party.party,
        "invited": party.invited,
        "answered": party.answered,
        "visibility": party.visibility,
    }


def _item(finding: ItemFinding) -> dict[str, Any]:
    said: dict[str, Any] = {
        "item": finding.item,
        "boundary": finding.boundary,
        "type": finding.type,
        "tense": finding.tense,
        "code": finding.code,
        "distance": finding.distance,
        "flags": list(finding.flags),
        "positions": [_position(position, finding.compared) for position in finding.positions],
        "self_other": [_self_other(other) for other in finding.self_other],
        "quotes": [{"party": quote.party, "text": quote.text} for quote in finding.quotes],
        "remarks": finding.remarks,
    }
    if finding.subject:
        said["subject"] = finding.subject
    if finding.object:
        said["object"] = finding.object
    return said


def _position(position: Position, compared: Compared) -> dict[str, Any]:
    said: dict[str, Any] = {"party": position.party, "n": position.n, "invited": position.invited}
    if compared == "level":
        said["median"] = position.median
        said["consensus"] = position.consensus
    elif compared != "none":
        said["top"] = list(position.top)
    if position.counts is not None:
        said["counts"] = position.counts
        said["dont_know"] = position.dont_know
    if position.tags is not None:
        said["formal"] = {option: list(tags) for option, tags in position.tags.items()}
    return said


def _self_other(other: SelfOther) -> dict[str, Any]:
    if other.difference is not None:
        return {"party": other.party, "difference": other.difference}
    return {
        "party": other.party,
        "only_self": list(other.only_self),
        "only_other": list(other.only_other),
    }


def _coverage(finding: CoverageFinding) -> dict[str, Any]:
    return {
        "decision": finding.decision,
        "code": finding.code,
        "claimed_by": list(finding.claimed_by),
        "contested_by": list(finding.contested_by),
    }


def _expectation(found: Expectation, compared: Compared) -> dict[str, Any]:
    return {
        "item": found.item,
        "party": found.party,
        "about": found.about,
        "code": found.code,
        "agree": found.agree,
        "expects_agreement": found.expects_agreement,
        "accurate": found.accurate,
        "own": _position(found.own, compared),
        "guess": _position(found.guess, compared),
        "theirs": _position(found.theirs, compared),
        "quotes": list(found.quotes),
        "remarks": found.remarks,
    }


def _pattern(finding: PatternFinding) -> dict[str, Any]:
    return {
        "pattern": finding.pattern,
        "subject": finding.subject,
        "items": list(finding.items),
        "options": list(finding.options),
    }
