"""compare-1-2.json: two rounds side by side, for programs."""

from typing import Any

from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    AgreementMove,
    Comparison,
    ItemMove,
    Move,
    PartyFinding,
    PartyMove,
    Position,
)
from bart_tool.domain.plain_json import picked, plain_json


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
    return picked(party, "invited", "answered", "visibility") if party else None


def _agreement(each: AgreementMove) -> dict[str, Any]:
    return {
        **picked(each, "agreement.topic", "agreement.sentence", "kept", "right"),
        "agreement": each.agreement.id,
        "kept_by": [_says(position) for position in each.kept_by],
        "right_by": [_says(position) for position in each.right_by],
        "items": [item.item for item in each.items],
    }


def _says(position: Position) -> dict[str, Any]:
    return picked(position, "party", "n", "invited", "median")


def _item(item: ItemMove) -> dict[str, Any]:
    return {
        **picked(item, "item", "boundary", "now.type", "move", "parties"),
        "then": picked(item, "then.code", "then.distance", apart="apart_then"),
        "now": picked(item, "now.code", "now.distance", apart="apart_now"),
    }
