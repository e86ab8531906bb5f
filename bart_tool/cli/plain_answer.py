"""Answering line by line, with numbers: for screen readers, and for terminals that show little.

No colours, no drawing, nothing that overwrites a line. It walks the same way as the screens do.
"""

from contextlib import suppress

from bart_tool.cli.plain_question import BACK, STOP, PlainQuestion
from bart_tool.cli.terminal import Lines, Stopped
from bart_tool.domain.answer import Consent
from bart_tool.domain.route import TOGETHER, OwnPicture, Place
from bart_tool.wording import questions
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.labels import BOUNDARIES, label
from bart_tool.wording.pins import PIN_ASKED, PIN_WRONG
from bart_tool.wording.questions import CHANGE, FROM_START, PICTURE, RESUMING, answer_words
from bart_tool.wording.translation import Words
from bart_tool.wording.welcome import CONSENTS
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import AnswerContext


def is_let_in(context: AnswerContext, lines: Lines, t: Words) -> bool:
    """Whether the sheet may be seen by who sits here: asks the PIN where there is one.

    Raises NotAllowed for a sheet that stays shut, and what reading it raises.
    """
    lock = context.pin_lock()
    if lock is None:
        return True
    with suppress(Stopped):
        while (pin := lines.ask_hidden(f"{t(PIN_ASKED)} (q: {t('stop')})")) != STOP:
            if lock.opens(pin):
                return True
            lines.say(t(PIN_WRONG, code=lock.code))
    return False


class PlainVisit(PlainQuestion):
    """One participant answering in plain lines. Every answer is on the disk before it says so."""

    def run(self) -> bool:
        """From welcome to handing in; whether it was handed in. Stopping keeps everything."""
        t, lines = self._t, self._lines
        if self.state.is_closed:
            lines.say(t("Handed in. You can read it here, not change it."))
            self._say_picture()
            return True
        try:
            self._welcome()
            while not self._walk_and_hand_in():
                pass
        except Stopped:
            self._leave(t("Stopped. What you answered is kept."))
            return False
        self._leave(t("Handed in. Thank you."))
        if self.context.file is not None:
            lines.say(t("Give this file to the facilitator: {file}", file=str(self.context.file)))
        return True

    def _leave(self, said: str) -> None:
        """Say `said`, and what still stands above: nothing here drives the terminal to wipe it."""
        self._lines.say(said, self._t("Your answers still stand in this window. Close it."))

    # Before the first question

    def _welcome(self) -> None:
        if not self._resumed:
            self._say_step("about")
            self._lines.ask(self._t("Press Enter to go on."))
            self._choose_consent()
            return
        self._say_step("resume")
        t = self._t
        way = list(RESUMING)[self._one_of(map(t, RESUMING.values()), default=1) - 1]
        if way == FROM_START:
            self.state = self.state.at(Place(0))
        elif way == PICTURE:
            self.state = self.state.reviewing()
        elif way == CHANGE:
            self._choose_consent()

    def _choose_consent(self) -> None:
        t = self._t
        self._say_step("seen")
        self._say_step("consent")
        names: list[Consent] = list(CONSENTS)
        says = [f"{t(label)}: {t(more, k=self.context.k)}" for label, more in CONSENTS.values()]
        consent = names[self._one_of(says) - 1]
        function = self.state.sheet.function
        if self.context.functions:
            self._say_step("function")
            named = [*self.context.functions, t("I would rather not say")]
            chosen = self._one_of(named, default=len(named))
            function = named[chosen - 1] if chosen < len(named) else ""
        self._keep(steps.begin(self.state, consent, function))

    def _say_step(self, name: str) -> None:
        state = self.state
        title, text = welcome_text.step(name, self.context, state.route, state.sheet, self._t)
        self._lines.say("", title, text)

    # The questions

    def _walk_and_hand_in(self) -> bool:
        """Ask until the last question is behind, then show the picture; whether handed in."""
        while not self.state.in_review:
            self._ask_item()
        return self._picture()

    # The own picture, and handing in

    def _picture(self) -> bool:
        """Show the picture; go to a question that is named, or hand in."""
        t, items = self._t, self.state.route.items
        self._say_picture()
        left = len(self.state.open_items)
        opens = t.plural("{number} answer is open.", "{number} answers are open.", left)
        self._lines.say(opens if left else t("Everything has an answer."))
        while True:
            typed = self._lines.ask(
                t("A number goes to that question, i hands in, < goes back, q stops:")
            )
            if typed == STOP:
                raise Stopped
            if typed == BACK:
                self.state = self.state.at(Place(len(self.state.route.pages) - 1))
                return False
            if typed.isdecimal() and 1 <= int(typed) <= len(items):
                self.state = self.state.at_item(items[int(typed) - 1].key)
                return False
            if typed.lower() == "i" and self._hand_in(left):
                return True

    def _say_picture(self) -> None:
        """Every item with its answer, by boundary and position, each under its own number."""
        t, the_set, route = self._t, self.context.question_set, self.state.route
        self._lines.say("", t("My picture"))
        picture = OwnPicture(route)
        for boundary in picture.rows:
            for position in picture.columns:
                items = picture.items_at(boundary, position)
                name = questions.subject_label(the_set, position, t.language)
                if items:
                    of = t("Together") if position == TOGETHER else name
                    self._lines.say("", f"{label(BOUNDARIES, boundary, t.language)} · {of}")
                for item in items:
                    number = route.number_of(item)
                    self._lines.say(f"  {number}  {self._describe_answer(item.key)}")

    def _describe_answer(self, key: str) -> str:
        t, item = self._t, self.context.question_set.by_key[key]
        label = questions.short(self.context.question_set, item, t.language)
        answer = self.state.sheet.answers.get(key)
        if answer is None:
            return t("{label}: still open", label=label)
        return f"{label}: {answer_words(self.context.question_set, item, answer, t)}"

    def _hand_in(self, left: int) -> bool:
        t = self._t
        if left:
            self._lines.say(t("You may leave them open."))
        self._lines.say(
            t(
                "After handing in you cannot change anything, unless the facilitator opens your "
                "sheet again."
            )
        )
        yes = t("y")
        typed = self._lines.ask(t("Hand in? {yes} or Enter for not yet:", yes=yes))
        if typed.lower()[:1] != yes:
            return False
        return self._keep(steps.hand_in(self.state)[0])
