"""What the analysis finds: codes, flags and figures, before any word is chosen for them.

These values hold only what the parties' visibility allows (docs/developer/method.md 5): whoever
writes them out, in whatever form, needs to hide nothing more.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor
from typing import Literal

from bart_tool.domain.agreement import Agreement, Test
from bart_tool.domain.question import Boundary, Compared, Tense


class Code(StrEnum):
    """The main code of an item, a decision or a topic (docs/developer/method.md 4.5)."""

    TOO_FEW = "too-few"
    NOT_ASSIGNED = "not-assigned"
    UNKNOWN = "unknown"
    DOUBLE_CLAIM = "double-claim"
    PASSED_ON = "passed-on"
    ONE_SIDED_CLAIM = "one-sided-claim"
    WIDE_GAP = "wide-gap"
    GAP = "gap"
    DIVIDED = "divided"
    NUANCE = "nuance"
    INCOMPLETE = "incomplete"
    SHARED = "shared"
    # of a decision only
    JOINT = "joint"
    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"
    OPEN = "open"


# The codes that put a topic on the agenda, in the order of the agenda.
AGENDA_ORDER: tuple[Code, ...] = (
    Code.DOUBLE_CLAIM,
    Code.PASSED_ON,
    Code.NOT_ASSIGNED,
    Code.UNCLAIMED,
    Code.WIDE_GAP,
    Code.ONE_SIDED_CLAIM,
    Code.GAP,
    Code.UNKNOWN,
    Code.DIVIDED,
)

# How a party stands on an item (docs/developer/method.md 4.5): it has one position, is divided,
# does not know, may not be shown there, or gave no answer.
StandingName = Literal["position", "divided", "unknown", "closed", "none"]

Visibility = Literal["position", "group", "withheld"]
# Everybody in it chose to be recognisable; they are enough for a group; nobody's answers count, and
# not why that is; somebody chose to be shown only as a group, and too few people's answers count.
InView = Literal["recognisable", "group", "nobody", "too-few"]
OTHERS = "others"  # the party that withheld parties are shown as, when together they reach k


@dataclass(frozen=True, slots=True)
class PartyFinding:
    """A party and how it is shown (docs/developer/method.md 5).

    `invited` and `answered` count people; `answered` are those whose submitted sheet is used.
    """

    party: str
    kind: str
    invited: int
    answered: int
    visibility: Visibility

    @property
    def in_view(self) -> InView:
        """Why it is in view as it is: the one reason that is said wherever it is named."""
        if self.visibility == "withheld":
            return "too-few"
        if not self.answered:
            return "nobody"
        return "group" if self.visibility == "group" else "recognisable"


@dataclass(frozen=True, slots=True)
class Position:
    """What one party says on one item.

    `n` counts its members who gave an answer (without prefer-not), `invited` those who were asked.
    Of a group `n`, `counts` (substantive answers per option or level), `dont_know` and `tags` are
    None: only its `standing` is known, and where that is a position, which.
    `median` is in steps from 0; a half step lies between two neighbouring levels.
    `top`: the option it chose (choice, who), or those it ascribes (multi). Without the standing
    `position` there is neither median nor top. `kept_from`: the earlier
    round and closing it was kept from.
    """

    party: str
    kind: str
    standing: StandingName
    n: int | None
    invited: int
    median: float | None = None
    top: tuple[str, ...] = ()
    counts: dict[str, int] | None = None
    dont_know: int | None = None
    tags: dict[str, dict[str, int]] | None = None  # option -> tag -> people
    certainty: Literal["certain", "unsure"] | None = None
    consensus: float | None = None  # 0 to 1, on a scale from three answers on, inside this party
    kept_from: tuple[int, int] | None = None

    @property
    def has_position(self) -> bool:
        """Whether it takes part in the comparison."""
        return self.standing == "position"

    @property
    def is_group(self) -> bool:
        """Whether of its people only where they stand together is known."""
        return self.n is None

    def mostly(self, option: str) -> str | None:
        """The tag most of its people gave `option`; None at a tie, without tags, or of a group."""
        given = (self.tags or {}).get(option, {})
        most = [tag for tag, people in given.items() if people and people == max(given.values())]
        return most[0] if len(most) == 1 else None

    @property
    def levels(self) -> tuple[int, int] | None:
        """The two levels its position lies between; twice the same one unless at a half step."""
        return None if self.median is None else (floor(self.median), ceil(self.median))


@dataclass(frozen=True, slots=True)
class OwnPosition:
    """Where a kind of party places itself; `median` in steps from 0, else the options in `top`.

    `is_group`: one of its parties is shown as a group, so it may see more options than these.
    """

    median: float | None = None
    top: tuple[str, ...] = ()
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class SelfOther:
    """How a party of another kind sees a subject, beside how the subject's own kind sees itself.

    `difference` is theirs minus own in steps (scale). `only_self` and `only_other` are the options
    that the one names and the other does not (choice, multi).
    """

    party: str
    difference: float | None = None
    only_self: tuple[str, ...] = ()
    only_other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody allowed to be printed literally, with the party they come from."""

    party: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """All that is found on one item (docs/developer/method.md 4.5).

    `code` is None for what is not compared; `distance`, in steps, for what is not on a scale, and
    where fewer than two parties have a position. `flags`: sorted, `divided:<party>` and the like.
    `type` is the question's, for programs that read a report; everything here asks `compared`.
    """

    item: str
    boundary: Boundary
    type: str
    compared: Compared
    tense: Tense
    subject: str
    object: str
    code: Code | None
    distance: float | None
    flags: tuple[str, ...]
    positions: tuple[Position, ...]
    self_other: tuple[SelfOther, ...] = ()
    own: OwnPosition | None = None  # the subject's kind about itself, where it has one position
    quotes: tuple[Quote, ...] = ()  # in alphabetical order: no order of handing in
    remarks: int = 0  # notes, own words and texts that may not be printed


@dataclass(frozen=True, slots=True)
class CoverageFinding:
    """Who may take a decision, as the parties see it (docs/developer/method.md 4.5, coverage).

    `claimed_by`: the kinds that say so of themselves. `contested_by`: with one claim, the parties
    of other kinds that see the claimant below the decision line.
    """

    decision: str
    topic: str
    code: Code
    claimed_by: tuple[str, ...] = ()
    contested_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternFinding:
    """A pattern that the answers show (docs/developer/method.md 2.7).

    `subject`: about whom, or empty. `items`: the keys it shows in. `options`: the roles or tasks
    that it is about, where it is about some.
    """

    pattern: str
    subject: str
    items: tuple[str, ...]
    options: tuple[str, ...] = ()


class ExpectationCode(StrEnum):
    """What is beside what is expected, the most misleading first (docs/developer/method.md 4.3)."""

    APPARENT_AGREEMENT = "apparent-agreement"
    APPARENT_DIFFERENCE = "apparent-difference"
    KNOWN_DIFFERENCE = "known-difference"
    SHARED_PICTURE = "shared-picture"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What `party` says on an item, what it expects `about` to say, and what `about` says."""

    item: str
    party: str
    about: str
    code: ExpectationCode
    agree: bool  # own against theirs
    expects_agreement: bool  # own against the guess (congruency)
    accurate: bool  # the guess against theirs
    own: Position
    guess: Position
    theirs: Position
    quotes: tuple[str, ...] = ()  # what `party` wrote with its guess and lets be printed
    remarks: int = 0  # what it wrote and does not let be printed


@dataclass(frozen=True, slots=True)
class Topic:
    """What one talks about: a decision with all its items, or one item.

    `distance`: the largest among its items, in steps. What is behind the code decides on the order
    within a code (docs/developer/method.md 4.5, topics).
    """

    key: str
    code: Code
    items: tuple[str, ...]
    starred: bool = False
    outspoken: bool = False
    parties: int = 0  # with a position
    distance: float = 0.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the report of a round says, before a word is chosen for it.

    `agenda`: the topics to talk about, the first one first. `by_key`: item key -> its finding.
    """

    session: str
    round: int
    question_set: str
    parties: tuple[PartyFinding, ...]
    items: tuple[ItemFinding, ...]
    coverage: tuple[CoverageFinding, ...]
    patterns: tuple[PatternFinding, ...]
    agenda: tuple[Topic, ...]
    page_one: tuple[Topic, ...]  # the topics of page one, in the order of the agenda
    shared: tuple[str, ...]  # keys of items with code shared, in the order of the set
    shared_list: tuple[str, ...]  # those of them that page one names, most of one mind first
    by_key: dict[str, ItemFinding] = field(default_factory=dict)
    expectations: tuple[Expectation, ...] | None = None  # None: nobody was asked to guess


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
