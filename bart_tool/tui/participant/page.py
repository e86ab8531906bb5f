"""The page that is open: what one key, click or text does to its answers. Knows no screen."""

from bart_tool.domain.answer import CODES, OTHER, Answer, Certainty, Tag
from bart_tool.domain.question import Question
from bart_tool.domain.route import Place
from bart_tool.tui.participant import question_rows
from bart_tool.tui.participant.question_rows import Shown
from bart_tool.tui.participant.visit import Visit
from bart_tool.wording.participant import NONE
from bart_tool.wording.translation import Words
from bart_tool.workflow import choosing

NOTE, WORDS, TEXT = "note", "words", "text"  # what one writes: a note, after other, an answer


class OpenPage:
    """One page of a visit. `filled` is the row of a table that was filled last, if any.

    Certainty and note go with that row until the pointer is moved: the digit that filled it has
    moved the pointer on already.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.filled: int | None = None

    @property
    def question(self) -> Question:
        """What is asked."""
        return self._visit.route.page_at(self._visit.place).question

    @property
    def is_text(self) -> bool:
        """Whether it is answered in own words."""
        return self.question.answered == "words"

    def shown(self, t: Words, *, narrow: bool, target: bool = False) -> Shown:
        """The page as it stands; with `target` the row is that of certainty and note."""
        place = self._visit.place
        page = self._visit.route.page_at(place)
        row = place.row if self.filled is None or not target else self.filled
        return Shown(self._visit.context.question_set, page, row, self._visit.sheet, t, narrow)

    @property
    def key(self) -> str:
        """The item that certainty and note are about."""
        place = self._visit.place
        row = place.row if self.filled is None else self.filled
        return self._visit.route.page_at(place).items[row].key

    @property
    def answer(self) -> Answer | None:
        """The answer on that item."""
        return self._visit.sheet.answers.get(self.key)

    def point_at(self, key: str) -> None:
        """The pointer was moved to another row."""
        self._visit.place = self._visit.route.place_of(key)
        self.filled = None

    def too_many(self, chosen: str) -> int | None:
        """The most that may be chosen, when one more would be too many."""
        most, picked = self.question.at_most, choosing.picked_in(self.answer)
        if most is None or chosen in CODES or chosen == NONE:
            return None
        return most if len(picked) >= most and chosen not in picked else None

    def choose(self, chosen: str) -> None:
        """One option or code of a page that is no table."""
        before = self.answer
        if chosen == NONE:
            after: Answer | None = choosing.none_of_these(before)
        elif self.question.answered == "several" and chosen not in CODES:
            after = choosing.toggled(before, chosen)
        else:
            after = choosing.chosen(before, chosen)
        self._visit.answer(self.key, after)

    def fill_cell(self, now: Shown, column: int) -> None:
        """Answer the row of the pointer with this column, and point at the row below."""
        value = question_rows.columns(now)[column]
        self._visit.answer(now.item.key, choosing.chosen(now.answer, value))
        self.filled = now.row
        if now.row + 1 < len(now.page.items):
            self._visit.place = Place(self._visit.place.page, now.row + 1)

    @property
    def has_tags(self) -> bool:
        """Whether a chosen option also says how it came about."""
        return self.question.has_tags

    def tag(self, option: str, tag: Tag) -> bool:
        """Say how a chosen option came about; False when it is not chosen."""
        if option not in choosing.picked_in(self.answer):
            return False
        self._visit.answer(self.key, choosing.tagged(self.answer, option, tag))
        return True

    def rate(self, certainty: Certainty | None) -> bool:
        """Say how sure one is, with None the next step; False when there is nothing to rate."""
        answer = self.answer
        if answer is None or not choosing.may_be_rated(answer):
            return False
        after = choosing.rated(answer, certainty) if certainty else choosing.surer(answer)
        self._visit.answer(self.key, after)
        return True

    def wipe(self) -> bool:
        """Take the answer away; False when there was none."""
        return self.answer is not None and self._visit.answer(self.key, None)

    def write(self, what: str, words: str) -> None:
        """Take down what was written."""
        before, words = self.answer, words.strip()
        if what == TEXT:
            # An empty field beside "I don't know" says nothing.
            if words or (before is not None and before.value not in CODES):
                self._visit.answer(self.key, choosing.written(before, words))
        elif before is not None:
            change = choosing.noted if what == NOTE else choosing.worded
            self._visit.answer(self.key, change(before, words))

    def written(self, what: str) -> str:
        """What was written before."""
        answer = self.answer
        if answer is None:
            return ""
        if what == NOTE:
            return answer.note
        if what == WORDS:
            return answer.words
        return answer.value if isinstance(answer.value, str) and answer.value not in CODES else ""

    @property
    def takes_words(self) -> bool:
        """Whether the answer has words behind it: something else, namely."""
        return self.answer is not None and self.answer.value == OTHER

    def quote(self) -> None:
        """Give leave to print the words, or take it back."""
        answer = self.answer
        if answer is not None:
            self._visit.answer(self.key, choosing.quoted(answer, not answer.quote))
