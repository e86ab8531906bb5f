"""What somebody who answers can do: each step gives the new state, and why it was refused.

A step that is refused gives the state it was given. The item that a step names need not be on the
page that is open; the state stays where it is.
"""

from dataclasses import replace
from typing import Literal

from bart_tool.domain.answer import CODES, NONE, Answer, Certainty, Tag
from bart_tool.domain.checks import check_answer
from bart_tool.domain.free_text import MAX_WORDS, normal
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Place
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import Problem, Severity, Where
from bart_tool.workflow.answering import choosing
from bart_tool.workflow.answering.state import Answering

Step = tuple[Answering, tuple[Problem, ...]]
Writes = Literal["text", "words", "note"]  # the answer, what comes after *other*, or beside it
NO_NOTE = Problem("note-without-answer")


def too_long(words: str) -> tuple[Problem, ...]:
    """That `words` do not fit in an answer; nothing of words that do."""
    params = {"number": str(len(words)), "most": str(MAX_WORDS)}
    return (Problem("words-too-long", params=params),) if len(words) > MAX_WORDS else ()


def begin(state: Answering, consent: str, function: str) -> Answering:
    """The choice made before the first question.

    Raises pydantic's ValidationError for a consent that cannot be given.
    """
    return replace(state, sheet=state.sheet.changed(consent=consent, function=function))


def answer(state: Answering, item: str, after: Answer | None) -> Step:
    """`after` as the answer on `item`, or with None no answer any more; it can be undone."""
    if state.is_closed:
        return _refused(state, item, "handed-in-already", code=state.sheet.participant)
    if item not in state.route.places:
        return _refused(state, item, "item-not-asked")
    before = state.sheet.answers.get(item)
    if not choosing.differs(before, after):
        return state, ()
    problems: tuple[Problem, ...] = ()
    if after is None:
        sheet = state.sheet.without(item)
    else:
        sheet, problems = record(state.route.question_set, state.sheet, item, after)
    if sheet is state.sheet:
        return state, problems
    return replace(state.holding(sheet), undoable=(*state.undoable, (item, before))), ()


def record(
    question_set: QuestionSet, sheet: Sheet, item: str, answer: Answer
) -> tuple[Sheet, tuple[Problem, ...]]:
    """The sheet with `answer` on `item`; unchanged when the answer does not fit."""
    if item not in question_set.by_key:
        return sheet, (Problem("unknown-item", Where(item=item), {"name": item}),)
    problems = check_answer(question_set, question_set.by_key[item], answer)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return sheet, problems
    return sheet.with_answer(item, answer), problems


def choose(state: Answering, item: str, value: str) -> Step:
    """One option, level, actor or code; of a list of several it goes on or off."""
    before = state.sheet.answers.get(item)
    if value == NONE:
        return answer(state, item, choosing.picked(before, {}))
    question = _question(state, item)
    if question is not None and question.answered == "several" and value not in CODES:
        return answer(state, item, choosing.toggled(before, value))
    return answer(state, item, choosing.chosen(before, value))


def fill(state: Answering, item: str, value: str) -> Step:
    """Choose `value` in a row of a table, and point at the row below."""
    state, problems = choose(state, item, value)
    if problems:
        return state, problems
    place = state.route.place_of(item)
    below = min(place.row + 1, len(state.route.page_at(place).items) - 1)
    return replace(state.at(Place(place.page, below)), filled=place.row), ()


def pick(state: Answering, item: str, options: dict[str, Tag]) -> Step:
    """All options of a list of several at once, each with its tag; none is an answer too."""
    return answer(state, item, choosing.picked(state.sheet.answers.get(item), options))


def tag(state: Answering, item: str, option: str, how: Tag) -> Step:
    """Say how an option that was chosen came about; said again, it is taken back."""
    before = state.sheet.answers.get(item)
    if option not in choosing.picked_in(before):
        return _refused(state, item, "tag-without-choice")
    picked = choosing.picked_in(before)
    picked[option] = how if picked[option] != how else "unknown"
    return answer(state, item, choosing.picked(before, picked))


def rate(state: Answering, item: str, certainty: Certainty | None = None) -> Step:
    """Say how sure one is; with None the next step: guess, fairly, certain, and none again."""
    before = state.sheet.answers.get(item)
    question = _question(state, item)
    if question is None or not question.certainty:
        return _refused(state, item, "answer-certainty-not-asked")
    if before is None or not choosing.may_be_rated(before):
        return _refused(state, item, "certainty-without-answer")
    after = choosing.changed(before, certainty=certainty or choosing.surer(before.certainty))
    return answer(state, item, after)


def write(state: Answering, item: str, what: Writes, words: str) -> Step:
    """Own words: as the answer, behind *something else*, or as a note with the answer."""
    before = state.sheet.answers.get(item)
    words = normal(words).strip()
    if long := too_long(words):
        return state, long
    if what == "text":
        # An empty field beside "I don't know" says nothing.
        if not words and (before is None or before.value in CODES):
            return state, ()
        return answer(state, item, choosing.written(before, words))
    if before is None:
        return state, (NO_NOTE,)
    return answer(state, item, choosing.changed(before, **{what: words}))


def written(said: Answer | None, what: Writes) -> str:
    """What was written before, empty where nothing was."""
    if said is None:
        return ""
    if what != "text":
        return said.note if what == "note" else said.words
    return said.value if isinstance(said.value, str) and said.value not in CODES else ""


def quote(state: Answering, item: str, allowed: bool | None = None) -> Step:
    """Give leave to print the words literally, or take it back; with None the other of the two."""
    before = state.sheet.answers.get(item)
    if before is None:
        return state, (NO_NOTE,)
    quote = not before.quote if allowed is None else allowed
    return answer(state, item, choosing.changed(before, quote=quote))


def wipe(state: Answering, item: str) -> Step:
    """Take the answer away, with its note: the question is open again."""
    return answer(state, item, None)


def undo(state: Answering) -> Answering:
    """Put back what was changed last, and go there; the state as it is when nothing was."""
    for number in range(len(state.undoable) - 1, -1, -1):
        item, before = state.undoable[number]
        undone, _ = answer(state, item, before)
        if undone is not state:
            return replace(undone.at_item(item), undoable=state.undoable[:number])
    return state


def hand_in(state: Answering) -> Step:
    """Close the sheet. What is open stays open: leaving it out is an answer to the workshop."""
    if state.is_closed:
        return _refused(state, "", "handed-in-already", code=state.sheet.participant)
    return replace(state, sheet=state.sheet.changed(status=SheetStatus.SUBMITTED)), ()


def take_back(state: Answering) -> Answering:
    """The sheet open again, in review: closing it could not be kept."""
    sheet = state.sheet.changed(status=SheetStatus.DRAFT)
    return replace(state, sheet=sheet, in_review=True)


def _question(state: Answering, item: str) -> Question | None:
    asked = state.route.question_set.by_key.get(item)
    return asked.question if asked else None


def _refused(state: Answering, item: str, code: str, /, **params: str) -> Step:
    return state, (Problem(code, Where(item=item), params),)
