"""compare-1-2.json: two rounds side by side, for programs."""

from typing import Any

from bart_tool.domain.base import Language
from bart_tool.domain.comparison import AgreementMove, Comparison, ItemMove, Move, PartyMove
from bart_tool.domain.findings import PartyFinding, Position
from bart_tool.report.plain_json import plain_json


def to_data(comparison: Comparison, language: Language) -> dict[str, Any]:
    """The comparison as plain values: everything its Markdown says comes from the same."""
    return {
        "format": 1,
        "kind": "comparison",
        "session": comparison.session,
        "rounds": list(comparison.rounds),
        "language": language,
        "parties": [_party(party) for party in comparison.parties],
        "agreements": [_agreement(each) for each in comparison.agreements],
        "boundaries": [
            {
                "boundary": each.boundary,
                **{move.replace("-", "_"): each.moves.count(move) for move in Move},
            }
            for each in comparison.boundaries
        ],
        "items": [_item(item) for item in comparison.items],
    }


def to_json(comparison: Comparison, language: Language) -> str:
    """The same as JSON with sorted keys: the same rounds give the same bytes."""
    data = to_data(comparison, language)
    return plain_json(data) + "\n"


def _party(party: PartyMove) -> dict[str, Any]:
    return {"party": party.party, "then": _turnout(party.then), "now": _turnout(party.now)}


def _turnout(party: PartyFinding | None) -> dict[str, Any] | None:
    if party is None:
        return None
    return {
        "invited": party.invited,
        "answered": party.answered,
        "visibility": party.visibility,
    }


def _agreement(each: AgreementMove) -> dict[str, Any]:
    return {
        "agreement": each.agreement.id,
        "topic": each.agreement.topic,
        "sentence": each.agreement.sentence,
        "kept": each.kept,
        "right": each.right,
        "kept_by": [_says(position) for position in each.kept_by],
        "right_by": [_says(position) for position in each.right_by],
        "items": [item.item for item in each.items],
    }


def _says(position: Position) -> dict[str, Any]:
    return {
        "party": position.party,
        "n": position.n,
        "invited": position.invited,
        "median": position.median,
    }


def _item(item: ItemMove) -> dict[str, Any]:
    return {
        "item": item.item,
        "boundary": item.boundary,
        "type": item.now.type,
        "move": item.move,
        "parties": list(item.parties),
        "then": {"code": item.then.code, "distance": item.then.distance, "apart": item.apart_then},
        "now": {"code": item.now.code, "distance": item.now.distance, "apart": item.apart_now},
    }
