"""What a facilitator can do with a session: the key of each step, and what it says."""

from bart_tool.domain.course import Step
from bart_tool.wording.translation import N_

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
    Step.OPEN_REPORT: ("o", N_("Open the report")),
    Step.EXPORT: ("e", N_("Write the outcomes as tables, for Excel or another program")),
    Step.DISCUSS: ("b", N_("Discuss: the parties sit together now")),
    Step.READ_BACK: ("t", N_("Read the agreements back, and close the talk")),
    Step.AGREEMENTS: ("a", N_("Agreements: see them, and write down whether they were kept")),
    Step.FOLLOW_UP: ("v", N_("Follow up: a next round, about what was agreed")),
    Step.TAKE_BACK: ("n", N_("Take this round back: nobody has begun yet")),
    Step.COMPARE: ("w", N_("See what moved since the round before")),
    Step.LOOK: ("u", N_("Look at the outcomes")),
    Step.REOPEN: ("h", N_("Open the round again")),
    Step.BACK_UP: ("c", N_("Make a backup: all of it in one file")),
    Step.LOOK_OVER: ("d", N_("Look whether all files are in order")),
    Step.ARCHIVE: ("g", N_("Put away: not among the sessions any more")),
    Step.BRING_BACK: ("g", N_("Bring back among the sessions")),
    Step.ERASE: ("y", N_("Remove one person, with all they answered")),
    Step.DELETE: ("x", N_("Delete the session, with all answers")),
}
