"""Where a session stands, and which one step is next: pure, for the session's screen."""

from dataclasses import dataclass
from enum import StrEnum

from bart_tool.domain.session import Phase
from bart_tool.wording.translation import N_, Words
from bart_tool.workflow.discuss import Progress
from bart_tool.workflow.phases import Status


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
    DISCUSS = "discuss"
    READ_BACK = "read-back"
    AGREEMENTS = "agreements"
    FOLLOW_UP = "follow-up"
    COMPARE = "compare"
    LOOK = "look"
    REOPEN = "reopen"


STAGES = (N_("prepare"), N_("answer"), N_("closed"), N_("discuss"), N_("follow-up"))
_STAGE_OF = {
    Phase.PREPARING: 0,
    Phase.ANSWERING: 1,
    Phase.CLOSED: 2,
    Phase.DISCUSSING: 3,
    Phase.AGREED: 4,
    Phase.FOLLOW_UP: 4,
}
# Step -> the key that chooses it, and what it says.
STEPS: dict[Step, tuple[str, str]] = {
    Step.BEGIN: ("b", N_("Begin the round: people can answer")),
    Step.HAND_ON: ("l", N_("Hand the laptop to somebody who will answer")),
    Step.SERVE: ("z", N_("Let people in the room answer on their own phone")),
    Step.FORMS: ("f", N_("Make forms for who answers at home, or on paper")),
    Step.PINS: ("p", N_("PINs: for everybody, or a new one for who lost it")),
    Step.TAKE_IN: ("o", N_("Take in answer sheets from a file or folder")),
    Step.SETTLE: ("k", N_("Choose between answers that came in twice")),
    Step.CLOSE: ("s", N_("Close the round")),
    Step.REPORT: ("r", N_("Make the report")),
    Step.DISCUSS: ("b", N_("Discuss: the parties sit together now")),
    Step.READ_BACK: ("t", N_("Read the agreements back, and close the talk")),
    Step.AGREEMENTS: ("a", N_("Agreements: see them, and write down whether they were kept")),
    Step.FOLLOW_UP: ("v", N_("Follow up: a next round, about what was agreed")),
    Step.COMPARE: ("w", N_("See what moved since the round before")),
    Step.LOOK: ("u", N_("Look at the outcomes")),
    Step.REOPEN: ("h", N_("Open the round again")),
}


NO_TALK = Progress()


@dataclass(frozen=True)
class Stage:
    """How far a session is. `has_report`: there is one, and it is not out of date."""

    status: Status
    has_report: bool
    talk: Progress = NO_TALK
    round: int = 1

    @property
    def is_answering(self) -> bool:
        """Whether people are answering now."""
        return self.status.phase is Phase.ANSWERING

    @property
    def shown_phase(self) -> Phase:
        """The phase among the others; a later round is discussed too, before its follow-up."""
        phase = self.status.phase
        if phase is Phase.FOLLOW_UP and self.next_step in (Step.DISCUSS, Step.READ_BACK):
            return Phase.DISCUSSING if self.talk.topics else Phase.CLOSED
        return phase

    @property
    def next_step(self) -> Step:
        """The one step that brings the session further."""
        if self.status.phase is Phase.PREPARING:
            return Step.BEGIN
        if not self.status.phase.is_revealed:
            if self.status.missing:
                return Step.HAND_ON
            return Step.CLOSE
        if self.status.conflicts:  # they count as unanswered: first choose, then report
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
        """Everything that can be done now, in the order of a workshop."""
        if self.status.phase is Phase.PREPARING:
            return (Step.BEGIN,)
        agreements = [Step.AGREEMENTS] if self.talk.agreements or self.talk.is_over else []
        if not self.status.phase.is_revealed:
            open_round = (Step.HAND_ON, Step.SERVE, Step.FORMS, Step.TAKE_IN, Step.PINS)
            return (*open_round, *agreements, Step.CLOSE)
        settle = [Step.SETTLE] if self.status.conflicts else []
        is_unread = self.talk.is_through and not self.talk.is_read_back
        read_back = [Step.READ_BACK] if is_unread else []
        follow_up = [Step.FOLLOW_UP] if self.talk.agreements else []
        compare = [Step.COMPARE] if self.round > 1 else []
        return (
            *settle,
            Step.LOOK,
            Step.REPORT,
            *compare,
            Step.DISCUSS,
            *read_back,
            *agreements,
            *follow_up,
            Step.REOPEN,
        )


def phase_line(phase: Phase, t: Words) -> str:
    """The stages in a row; the one of now stands between brackets."""
    here = _STAGE_OF[phase]
    return " → ".join(
        f"[{t(name)}]" if number == here else t(name) for number, name in enumerate(STAGES)
    )
