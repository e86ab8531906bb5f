"""What somebody fills in on a page, read into the one answer that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from bart_tool.domain.answer import CODES, NONE, OTHER, Answer, Tag
from bart_tool.domain.free_text import normal
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import Item
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Problem, Where
from bart_tool.workflow.answering import choosing, steps
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Step

MOST_FIELDS = 200  # in one form; the longest list of roles has some thirty
MEANWHILE = "answered-meanwhile"
Composed = tuple[Answer | None, tuple[Problem, ...]]


@dataclass(frozen=True)
class Posted:
    """The fields of a form that came in, each with every value it has."""

    fields: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls, body: bytes) -> "Posted | None":
        """The fields in `body`; None for what no form of these pages sends."""
        try:
            text = body.decode("ascii")
            fields = parse_qs(
                text,
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MOST_FIELDS,
                separator="&",
            )
        except ValueError:  # of the letters, of the text, or of how many there are
            return None
        return cls(fields)

    def one(self, name: str) -> str:
        """The last value of a field; empty where it was not sent."""
        return self.fields.get(name, ("",))[-1]

    def several(self, name: str) -> Sequence[str]:
        """Every value of a field."""
        return self.fields.get(name, ())

    def words(self, name: str) -> str:
        """What was written in a field, as every door keeps it."""
        return normal(self.one(name)).strip()

    def number(self, name: str) -> int:
        """The number in a field; 0 for none, and for nonsense."""
        said = self.one(name)
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0

    @property
    def revision(self) -> int:
        """Of which revision of the answer the page was made; 0 for none, and for nonsense."""
        return self.number("rev")


def answered(state: Answering, item: Item, posted: Posted) -> Step:
    """The state with what the form of `item` says. What would overwrite a newer answer is refused.

    The same form twice is one answer: a form that arrives again changes nothing.
    """
    before = state.sheet.answers.get(item.key)
    if posted.one("act") == "wipe":
        return _kept(state, item, posted, None)
    after, problems = composed(item, before, posted)
    return (state, problems) if problems else _kept(state, item, posted, after)


def tagged(state: Answering, item: Item, posted: Posted) -> Step:
    """The state with how each chosen option came about."""
    before = state.sheet.answers.get(item.key)
    options: dict[str, Tag] = {
        name: next((tag for tag in item.question.tagged if tag == posted.one(f"tag.{name}")), was)
        if posted.one(f"tag.{name}") != "unknown"
        else "unknown"
        for name, was in choosing.picked_in(before).items()
    }
    if not options:
        return state, ()
    return _kept(state, item, posted, choosing.picked(before, options))


def revision_of(sheet: Sheet, key: str) -> int:
    """The revision of what stands on `key`, or of what was wiped there; 0 for nothing yet."""
    answer = sheet.answers.get(key)
    return answer.revision if answer else sheet.wiped.get(key, 0)


def _kept(state: Answering, item: Item, posted: Posted, after: Answer | None) -> Step:
    before = state.sheet.answers.get(item.key)
    is_newer = revision_of(state.sheet, item.key) > posted.revision
    if is_newer and choosing.differs(before, after):
        return state, (Problem(MEANWHILE, Where(item=item.key)),)
    return steps.answer(state, item.key, after)


def composed(item: Item, before: Answer | None, posted: Posted) -> Composed:
    """The answer that the form gives, or why it cannot be one; with neither nothing is answered."""
    for name in ("text", "words", "note"):
        if long := steps.too_long(posted.words(name)):
            return None, long
    after, problems = _value(item.question, before, posted)
    note = posted.words("note")
    if problems or after is None:
        return None, problems or ((steps.NO_NOTE,) if note else ())
    said = posted.one("sure")
    sure = next((each for each in choosing.CERTAINTIES if each == said), None)
    may_rate = item.question.certainty and choosing.may_be_rated(after)
    return choosing.changed(
        after, certainty=sure if may_rate else None, note=note, quote=posted.one("quote") == "yes"
    ), ()


def _value(question: Question, before: Answer | None, posted: Posted) -> Composed:
    chosen = [each for each in dict.fromkeys(posted.several("v")) if each]
    codes = [each for each in chosen if each in CODES or each == NONE]
    if question.answered == "words":
        text = posted.words("text")
        if text and codes:
            return None, (Problem("code-beside-answer"),)
        if codes:
            return choosing.chosen(before, codes[0]), ()
        return choosing.written(before, text), ()
    if len(codes) > 1 or (codes and len(chosen) > 1):
        return None, (Problem("code-beside-answer"),)
    if question.answered == "several" and chosen != codes:
        was = choosing.picked_in(before)
        options: dict[str, Tag] = {each: was.get(each, "unknown") for each in chosen}
        return choosing.picked(before, options), ()
    if not chosen:
        return None, ()
    if chosen == [NONE]:
        return choosing.picked(before, {}), ()
    return _one(before, chosen[-1], posted.words("words"))


def _one(before: Answer | None, value: str, words: str) -> Composed:
    if value != OTHER:
        return choosing.chosen(before, value), ()
    if not words:
        return None, (Problem("answer-other-without-words"),)
    return choosing.changed(choosing.chosen(before, value), words=words), ()
