"""report.json and compare-1-2.json: what is found, for programs (docs/developer/formats.md 7)."""

from collections.abc import Sequence
from typing import Any

from bart_tool.domain.agreement import Agreement, plain_agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    AgreementMove,
    Comparison,
    Expectation,
    Findings,
    ItemFinding,
    ItemMove,
    Move,
    PartyFinding,
    Position,
    SelfOther,
)
from bart_tool.domain.plain_json import picked, plain_json
from bart_tool.domain.question import Compared
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session

_TURNOUT = ("invited", "answered", "visibility")


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
        "parties": [picked(party, "party", *_TURNOUT) for party in findings.parties],
        "items": [_item(finding) for finding in findings.items],
        "coverage": [
            picked(finding, "decision", "code", "claimed_by", "contested_by")
            for finding in findings.coverage
        ],
        "patterns": [
            picked(finding, "pattern", "subject", "items", "options")
            for finding in findings.patterns
        ],
        "agenda": [topic.key for topic in findings.agenda],
        "shared": list(findings.shared),
        "agreements": [plain_agreement(each) for each in agreements],
    }
    if findings.expectations is not None:
        report["coorientation"] = [
            _expectation(each, findings.by_key[each.item].compared)
            for each in findings.expectations
        ]
    return plain_json(report) + "\n"


def _item(finding: ItemFinding) -> dict[str, Any]:
    plain = ("item", "boundary", "type", "tense", "code", "distance", "flags", "remarks")
    of = [name for name in ("subject", "object") if getattr(finding, name)]
    return {
        **picked(finding, *plain, *of),
        "positions": [_position(position, finding.compared) for position in finding.positions],
        "self_other": [_self_other(other) for other in finding.self_other],
        "quotes": [picked(quote, "party", "text") for quote in finding.quotes],
    }


def _position(position: Position, compared: Compared) -> dict[str, Any]:
    said = picked(position, "party", "n", "invited")
    if compared == "level":
        said |= picked(position, "median", "consensus")
    elif compared != "none":
        said |= picked(position, "top")
    if position.counts is not None:
        said |= picked(position, "counts", "dont_know")
    if position.tags is not None:
        said |= picked(position, formal="tags")
    return said


def _self_other(other: SelfOther) -> dict[str, Any]:
    if other.difference is not None:
        return picked(other, "party", "difference")
    return picked(other, "party", "only_self", "only_other")


def _expectation(found: Expectation, compared: Compared) -> dict[str, Any]:
    plain = ("item", "party", "about", "code", "agree", "expects_agreement", "accurate")
    return {
        **picked(found, *plain, "quotes", "remarks"),
        "own": _position(found.own, compared),
        "guess": _position(found.guess, compared),
        "theirs": _position(found.theirs, compared),
    }


def comparison_data(comparison: Comparison, language: Language) -> dict[str, Any]:
    """The comparison as plain values: everything its Markdown says comes from the same."""
    return {
        "format": 1,
        "kind": "comparison",
        "session": comparison.session,
        "rounds": list(comparison.rounds),
        "language": language,
        "parties": [
            {"party": each.party, "then": _turnout(each.then), "now": _turnout(each.now)}
            for each in comparison.parties
        ],
        "agreements": [_agreement(each) for each in comparison.agreements],
        "boundaries": [
            {
                "boundary": each.boundary,
                **{move.replace("-", "_"): each.moves.count(move) for move in Move},
            }
            for each in comparison.boundaries
        ],
        "items": [_item_move(item) for item in comparison.items],
    }


def comparison_json(comparison: Comparison, language: Language) -> str:
    """The same as JSON with sorted keys: the same rounds give the same bytes."""
    return plain_json(comparison_data(comparison, language)) + "\n"


def _turnout(party: PartyFinding | None) -> dict[str, Any] | None:
    return picked(party, *_TURNOUT) if party else None


_SAID = ("party", "n", "invited", "median")


def _agreement(each: AgreementMove) -> dict[str, Any]:
    return {
        **picked(each, "agreement.topic", "agreement.sentence", "kept", "right"),
        "agreement": each.agreement.id,
        "kept_by": [picked(position, *_SAID) for position in each.kept_by],
        "right_by": [picked(position, *_SAID) for position in each.right_by],
        "items": [item.item for item in each.items],
    }


def _item_move(item: ItemMove) -> dict[str, Any]:
    return {
        **picked(item, "item", "boundary", "now.type", "move", "parties"),
        "then": picked(item, "then.code", "then.distance", apart="apart_then"),
        "now": picked(item, "now.code", "now.distance", apart="apart_now"),
    }
