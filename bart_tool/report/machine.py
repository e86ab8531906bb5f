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
from bart_tool.domain.set_hashes import item_hashes

METHOD = 2  # the version of docs/developer/method.md 4.5 by which all this is computed


def to_json(
    findings: Findings,
    question_set: QuestionSet,
    session: Session,
    language: Language,
    agreements: Sequence[Agreement] = (),
) -> str:
    """The findings as JSON with sorted keys: the same findings give the same bytes."""
    return plain_json(report_data(findings, question_set, session, language, agreements)) + "\n"


def report_data(
    findings: Findings,
    question_set: QuestionSet,
    session: Session,
    language: Language,
    agreements: Sequence[Agreement] = (),
) -> dict[str, Any]:
    """The findings as plain values: everything the report says comes from the same."""
    hashes = item_hashes(question_set)
    report: dict[str, Any] = {
        "format": 2,
        "kind": "report",
        "session": findings.session,
        "session_id": session.id,
        "title": session.title,
        "municipality": session.municipality,
        "year": session.closed_on.year if session.closed_on else None,
        "round": findings.round,
        "method": METHOD,
        "question_set": question_set.id,
        "question_set_hash": session.question_set_hash,
        "language": language,
        "parties": [_party(party) for party in findings.parties],
        "items": [
            {**_item(finding), "item_hash": hashes[finding.item]} for finding in findings.items
        ],
        "coverage": [
            {
                **picked(finding, "decision", "code", "claimed_by", "contested_by"),
                "items": [
                    item.key
                    for item in question_set.items
                    if item.object == finding.decision and item.question.covers
                ],
            }
            for finding in findings.coverage
        ],
        "patterns": [
            picked(finding, "pattern", "subject", "items", "options")
            for finding in findings.patterns
        ],
        "looked_for": [name for name, _ in question_set.patterns.bound()],
        "agenda": [topic.key for topic in findings.agenda],
        "page_one": [topic.key for topic in findings.page_one],
        "shared": list(findings.shared),
        "agreements": [plain_agreement(each) for each in agreements],
    }
    if findings.expectations is not None:
        report["coorientation"] = [
            _expectation(each, findings.by_key[each.item].compared)
            for each in findings.expectations
        ]
    return report


def _party(party: PartyFinding) -> dict[str, Any]:
    """Of a party that is withheld it is not told how many answered (docs/developer/method.md 5)."""
    answered = () if party.visibility == "withheld" else ("answered",)
    return picked(party, "party", "invited", *answered, "visibility")


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
    said = picked(position, "party", "standing", "invited")
    if position.has_position:
        said |= picked(position, "median" if compared == "level" else "top")
    if position.kept_from is not None:
        said["kept_from"] = dict(zip(("round", "closing"), position.kept_from, strict=True))
    if position.counts is not None:
        said |= picked(position, "n", "counts", "dont_know")
    if position.consensus is not None:
        said |= picked(position, "consensus")
    if position.tags is not None:
        said |= picked(position, "tags")
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
        "format": 2,
        "kind": "comparison",
        "method": METHOD,
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
    if party is None:
        return None
    said = _party(party)
    del said["party"]
    return said


def _agreement(each: AgreementMove) -> dict[str, Any]:
    return {
        **picked(each, "agreement.topic", "agreement.sentence", "kept", "right"),
        "agreement": each.agreement.id,
        "kept_by": [_position(position, "level") for position in each.kept_by],
        "right_by": [_position(position, "level") for position in each.right_by],
        "items": [item.item for item in each.items],
    }


def _item_move(item: ItemMove) -> dict[str, Any]:
    return {
        **picked(item, "item", "boundary", "now.type", "move", "parties"),
        "then": picked(item, "then.code", "then.distance", apart="apart_then"),
        "now": picked(item, "now.code", "now.distance", apart="apart_now"),
    }
