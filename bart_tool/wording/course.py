"""How far a session is, in words: the same on every screen and on the command line."""

from collections.abc import Iterator

from bart_tool.domain.course import PHASES, Stage, Step
from bart_tool.domain.session import Phase
from bart_tool.wording.labels import PHASES as PHASE_LABELS
from bart_tool.wording.labels import label
from bart_tool.wording.translation import N_, Words

MOST_CODES = 4  # that are named of those who are due
# What is next, where it is not said with its day.
_NEXT = {
    Step.BEGIN: N_("begin the round"),
    Step.CLOSE: N_("close the round"),
    Step.SETTLE: N_("choose between answers that came in twice"),
    Step.REPORT: N_("make the report"),
    Step.DISCUSS: N_("the talk"),
    Step.READ_BACK: N_("read the agreements back"),
    Step.AGREEMENTS: N_("look at the agreements"),
}


def phases(stage: Stage, t: Words) -> str:
    """All phases in a row; the one of now stands between brackets."""
    return " → ".join(
        f"[{_word(each, t)}]" if each is stage.phase else _word(each, t) for each in PHASES
    )


def phase(stage: Stage, t: Words) -> str:
    """The phase of now, by the word that it has among the others, and the round from two on."""
    word = _word(stage.phase, t)
    return t("{phase}, round {n}", phase=word, n=stage.round) if stage.round > 1 else word


def course(stage: Stage, t: Words) -> str:
    """What happened and what is next, each with its day where it has one."""
    return " · ".join((*_happened(stage, t), *_next(stage, t)))


def _word(each: Phase, t: Words) -> str:
    return label(PHASE_LABELS, each, t.language)


def _happened(stage: Stage, t: Words) -> Iterator[str]:
    talk = stage.talk
    if not stage.said.is_revealed:
        yield t("{done} of {people} done", done=stage.people - len(stage.due), people=stage.people)
        if stage.due:
            named, more = ", ".join(stage.due[:MOST_CODES]), len(stage.due) - MOST_CODES
            says = N_("due: {codes} and {number} more") if more > 0 else N_("due: {codes}")
            yield t(says, codes=named, number=more)
    elif stage.phase is Phase.FOLLOW_UP and talk.closed_on:
        yield t("talk closed on {day}", day=t.day(talk.closed_on))
    elif stage.phase is Phase.FOLLOW_UP:
        yield t.plural("{number} agreement", "{number} agreements", talk.agreements)
    elif stage.closed_on:
        yield t("round closed on {day}", day=t.day(stage.closed_on))


def _next(stage: Stage, t: Words) -> Iterator[str]:
    """Nothing while people answer: who is due was said."""
    step, check = stage.next_step, stage.talk.check_on
    if step is Step.HAND_ON:
        return
    says = t(_NEXT[step])
    if step is Step.AGREEMENTS and check:
        said = N_("check, since {day}") if stage.talk.due else N_("check on {day}")
        says = t(said, day=t.day(check))
    yield t("next: {step}", step=says)
