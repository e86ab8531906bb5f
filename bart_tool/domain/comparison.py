"""What moved between two rounds: values, before any word is chosen for them.

They are made from the findings of the two rounds and hold nothing that these do not.
"""

from dataclasses import dataclass
from enum import StrEnum

from bart_tool.domain.agreement import Agreement, Test
from bart_tool.domain.findings import ItemFinding, PartyFinding, Position
from bart_tool.domain.question import Boundary


class Move(StrEnum):
    """Whether the parties stand closer together than before."""

    CLOSER = "closer"
    FURTHER = "further"
    SAME = "same"
    NOT_COMPARED = "not-compared"  # fewer than two parties have a position in both rounds


class AgreementOutcome(StrEnum):
    """What the parties say of an agreement: that it is kept, or that it is still right."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    DIFFERS = "differs"  # one party says yes, another no
    NO_ANSWER = "no-answer"
    NOT_ASKED = "not-asked"

    @property
    def as_test(self) -> Test | None:
        """What a check of the agreement would say, where the parties say the same."""
        answers: dict[AgreementOutcome, Test] = {
            AgreementOutcome.YES: "yes",
            AgreementOutcome.PARTLY: "partly",
            AgreementOutcome.NO: "no",
        }
        return answers.get(self)


@dataclass(frozen=True, slots=True)
class PartyMove:
    """A party in both rounds; None where it was not invited in that round."""

    party: str
    kind: str
    then: PartyFinding | None
    now: PartyFinding | None


@dataclass(frozen=True, slots=True)
class ItemMove:
    """An item that both rounds asked.

    `parties` have a position in both rounds. `apart_then` and `apart_now` are how far these stand
    apart: on a scale in steps, else in what they do not have in common (see `analysis.compare`).
    None where fewer than two parties can be compared.
    """

    item: str
    boundary: Boundary
    then: ItemFinding
    now: ItemFinding
    parties: tuple[str, ...]
    apart_then: float | None
    apart_now: float | None
    move: Move


@dataclass(frozen=True, slots=True)
class BoundaryMoves:
    """Which way the items of a boundary went, one by one, in the order of the set."""

    boundary: Boundary
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class AgreementMove:
    """An agreement, what the parties say of it in the later round, and the items it touches.

    `kept` and `right`: what they say together; `kept_by` and `right_by`: each party's position.
    `items`: those of its topic that both rounds asked.
    """

    agreement: Agreement
    kept: AgreementOutcome
    right: AgreementOutcome
    kept_by: tuple[Position, ...]
    right_by: tuple[Position, ...]
    items: tuple[ItemMove, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds of a session side by side, the earlier one first."""

    session: str
    rounds: tuple[int, int]
    parties: tuple[PartyMove, ...]
    items: tuple[ItemMove, ...]  # by boundary, and then in the order of the set
    boundaries: tuple[BoundaryMoves, ...]
    agreements: tuple[AgreementMove, ...]
