"""How far a session is: the phase it is in, what can be done now, and the one step that is next."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bart_tool.domain.session import Phase


class Step(StrEnum):
    """What a facilitator can do with a session."""

    BEGIN = "begin"
    HAND_ON = "hand-on"
    SERVE = "serve"
    FORMS = "forms"
    PINS = "pins"
    TAKE_IN = "take-in"
    SETTLE = "settle"
    CLOSE = "close"
    REPORT = "report"
    OPEN_REPORT = "open-report"
    EXPORT = "export"
    DISCUSS = "discuss"
    READ_BACK = "read-back"
    AGREEMENTS = "agreements"
    FOLLOW_UP = "follow-up"
    TAKE_BACK = "take-back"
    COMPARE = "compare"
    LOOK = "look"
    REOPEN = "reopen"
    BACK_UP = "back-up"
    LOOK_OVER = "look-over"
    ARCHIVE = "archive"
    BRING_BACK = "bring-back"
    ERASE = "erase"
    DELETE = "delete"


# What a session goes through, in this order, each round anew from answering on.
PHASES = (Phase.PREPARING, Phase.ANSWERING, Phase.CLOSED, Phase.DISCUSSING, Phase.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the talk of this round is, and how many agreements there are.

    `due`: of how many the day has come; `check_on`: the earliest day of those that wait for it.
    `made_now`: how many are of this round. `topics`: how many were chosen. `is_through`: each of
    these was talked about or parked. `is_read_back`: and the agreements were read aloud, on
    `closed_on` where that was kept.
    """

    agreements: int = 0
    due: int = 0
    check_on: date | None = None
    made_now: int = 0
    topics: int = 0
    is_through: bool = False
    is_read_back: bool = False
    closed_on: date | None = None

    @property
    def is_over(self) -> bool:
        """Whether the talk lies behind: it was read back, or was held without these screens."""
        return self.is_read_back or bool(self.made_now and not self.topics)


@dataclass(frozen=True)
class Stage:
    """How far a session is. `said`: the phase that its file names.

    `due`: the codes that have not handed in, of so many `people`; `is_untouched`: nobody has begun
    in this round. `has_conflicts`: answers came in twice, and nobody chose yet. `has_report`: there
    is one, and it is not out of date. `closed_on`: the day on which this round was closed.
    """

    said: Phase
    people: int = 0
    due: tuple[str, ...] = ()
    is_untouched: bool = False
    has_conflicts: bool = False
    has_report: bool = False
    talk: Progress = Progress()
    round: int = 1
    closed_on: date | None = None
    is_archived: bool = False

    @property
    def phase(self) -> Phase:
        """The one of PHASES that it is in, by what was done in this round.

        An agreement made in the middle of the talk ends the talk no more than a report does.
        """
        if not self.said.is_revealed:
            return self.said
        if self.talk.is_over:
            return Phase.FOLLOW_UP
        if self.talk.topics or self.said is Phase.DISCUSSING:
            return Phase.DISCUSSING
        return Phase.CLOSED

    @property
    def next_step(self) -> Step:
        """The one step that brings the session further."""
        if self.said is Phase.PREPARING:
            return Step.BEGIN
        if not self.said.is_revealed:
            return Step.HAND_ON if self.due else Step.CLOSE
        if self.has_conflicts:  # they count as unanswered: first choose, then report
            return Step.SETTLE
        if self.talk.due and self.talk.is_over:
            return Step.AGREEMENTS
        if not self.has_report:
            return Step.REPORT
        if self.talk.is_through and not self.talk.is_read_back:
            return Step.READ_BACK
        return Step.AGREEMENTS if self.talk.is_over else Step.DISCUSS

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that can be done with the round now, in the order of a workshop."""
        if self.said is Phase.PREPARING:
            return (Step.BEGIN,)
        agreements = [Step.AGREEMENTS] if self.talk.agreements or self.talk.is_over else []
        if not self.said.is_revealed:
            open_round = (Step.HAND_ON, Step.SERVE, Step.FORMS, Step.TAKE_IN, Step.PINS)
            back = [Step.TAKE_BACK] if self.round > 1 and self.is_untouched else []
            return (*open_round, *agreements, Step.CLOSE, *back)
        is_unread = self.talk.is_through and not self.talk.is_read_back
        return (
            *([Step.SETTLE] if self.has_conflicts else []),
            Step.LOOK,
            Step.REPORT,
            *([Step.OPEN_REPORT, Step.EXPORT] if self.has_report else []),
            *([Step.COMPARE] if self.round > 1 else []),
            Step.DISCUSS,
            *([Step.READ_BACK] if is_unread else []),
            *agreements,
            *([Step.FOLLOW_UP] if self.talk.agreements else []),
            Step.REOPEN,
        )

    @property
    def steps_of_all(self) -> tuple[Step, ...]:
        """What can be done with the session as a whole: kept safe, out of sight, or gone."""
        away = Step.BRING_BACK if self.is_archived else Step.ARCHIVE
        put_away = (away,) if self.said.is_revealed else ()
        return (Step.BACK_UP, Step.LOOK_OVER, *put_away, Step.ERASE, Step.DELETE)
