"""Typing over a paper form twice; what differs is settled before anything is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bart_tool.cli.terminal import Lines, Stopped
from bart_tool.domain.answer import Answer, Consent
from bart_tool.domain.route import Route
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import NotAllowed
from bart_tool.wording import questions
from bart_tool.wording.labels import CERTAINTY, label
from bart_tool.wording.translation import N_, Words
from bart_tool.wording.welcome import CONSENT_ASKED, CONSENTS
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.choosing import differs
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.paper_entry import QUOTE, Line, Misread, lines, read

STOP, BACK, HELP = "q", "<", "?"
T = TypeVar("T")


class _Back(Exception):
    """One line back."""


@dataclass(frozen=True)
class _Entry:
    """What was typed in one time."""

    consent: Consent
    function: str
    answers: dict[str, Answer]


class PaperEntry:
    """A facilitator typing over the paper of who `context` is for.

    Nothing is saved before both times are the same: until then the paper is what counts.
    """

    def __init__(self, context: AnswerContext, screen: Lines, t: Words) -> None:
        found = context.read()
        self._context = context
        sheet = found[0] if found else context.blank
        self._fingerprint = found[1] if found else None
        self._screen = screen
        self.t = t
        route = Route(context.question_set, context.kind)
        self._state = Answering.at_work(route, sheet)
        self._lines = lines(route)  # on the paper stands all that may be asked

    def run(self) -> bool:
        """Both times, the differences, and handing in; whether the sheet was saved.

        Raises NotAllowed when these answers were handed in already, and what saving raises.
        """
        if self._state.is_closed:
            raise NotAllowed("handed-in-already", code=self._context.code)
        t, say = self.t, self._screen.say
        try:
            if self._state.sheet.answers and not self._yes(
                t("There are answers of {code} already. Replace them?", code=self._context.code)
            ):
                return False
            say(t("First time. Type what stands on the paper; ? explains how."))
            first = self._once()
            say("", t("Second time. Type it all again, from the paper."))
            second = self._once()
            consent, function, answers = self._settled(first, second)
            given = t(
                "{given} of {total} lines are filled in.",
                given=len(answers),
                total=len(self._lines),
            )
            say("", given)
            if not self._yes(t("Save and hand in?")):
                raise Stopped
        except Stopped:
            say(t("Stopped. Nothing was saved; the paper counts."))
            return False
        self._context.save(self._sheet(consent, function, answers), self._fingerprint)
        say(t("Kept and handed in."))
        return True

    def _once(self) -> _Entry:
        consent = self._consent()
        function = self._function()
        answers: dict[str, Answer] = {}
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            try:
                answer = self._read(self._prompt(line), partial(self._line, line))
            except _Back:
                at = max(at - 1, 0)
                continue
            answers.pop(line.item.key, None)
            if answer is not None:
                answers[line.item.key] = answer
                self._screen.say(f"     {self._words(line, answer)}")  # a wrong line shows at once
            at += 1
        return _Entry(consent, function, answers)

    def _prompt(self, line: Line) -> str:
        short = questions.short(self._context.question_set, line.item, self.t.language)
        return f"{line.number}  {short}:"

    def _line(self, line: Line, typed: str) -> Answer | None:
        if typed == BACK:
            raise _Back
        return read(self._context.question_set, line.item, typed)

    def _read(self, prompt: str, take: Callable[[str], T]) -> T:
        """Ask until `take` can make something of what was typed."""
        while True:
            typed = self._screen.ask(prompt)
            if typed == STOP:
                raise Stopped
            if typed == HELP:
                self._screen.say(explained(self.t))
                continue
            try:
                return take(typed)
            except Misread as wrong:
                self._screen.say(self.t(wrong.text, **wrong.values))

    def _consent(self) -> Consent:
        names: list[Consent] = list(CONSENTS)
        self._screen.say(
            *(f"  {n}  {self.t(called)}" for n, (called, _) in enumerate(CONSENTS.values(), 1))
        )
        number = self._number(f"A  {self.t(CONSENT_ASKED)}", len(names))
        return names[number - 1]

    def _function(self) -> str:
        if not self._context.functions:
            return ""
        self._screen.say(*(f"  {n}  {name}" for n, name in enumerate(self._context.functions, 1)))
        number = self._number(
            self.t("B  function (Enter: not said):"), len(self._context.functions), 0
        )
        return self._context.functions[number - 1] if number else ""

    def _number(self, prompt: str, most: int, default: int | None = None) -> int:
        def take(typed: str) -> int:
            if not typed and default is not None:
                return default
            if typed.isdecimal() and 1 <= int(typed) <= most:
                return int(typed)
            raise Misread(N_("Type a number from 1 to {most}."), most=most)

        return self._read(prompt, take)

    def _settled(self, first: _Entry, second: _Entry) -> tuple[Consent, str, dict[str, Answer]]:
        """What stands, after each difference was looked up on the paper."""
        t = self.t
        consent, function = first.consent, first.function
        if first.consent != second.consent:
            self._screen.say("", t("The two times differ. Look at the paper again."))
            consent = self._consent()
        if first.function != second.function:
            self._screen.say("", t("The two times differ. Look at the paper again."))
            function = self._function()
        answers = {}
        for line in self._lines:
            key = line.item.key
            one, two = first.answers.get(key), second.answers.get(key)
            standings = self._which(line, one, two) if differs(one, two) else one
            if standings is not None:
                answers[key] = standings
        return consent, function, answers

    def _which(self, line: Line, one: Answer | None, two: Answer | None) -> Answer | None:
        t = self.t
        neither = t("neither: type it once more")
        self._screen.say(
            "",
            t("The two times differ. Look at the paper again."),
            self._prompt(line),
            f"  1  {self._words(line, one)}",
            f"  2  {self._words(line, two)}",
            f"  3  {neither}",
        )
        number = self._number(t("Which one stands there?"), 3)
        if number < 3:
            return (one, two)[number - 1]
        while True:
            try:
                return self._read(self._prompt(line), partial(self._line, line))
            except _Back:
                continue

    def _words(self, line: Line, answer: Answer | None) -> str:
        if answer is None:
            return self.t("still open")
        said = questions.answer_words(self._context.question_set, line.item, answer, self.t)
        sure = label(CERTAINTY, answer.certainty, self.t.language) if answer.certainty else ""
        more = [sure, answer.note, QUOTE if answer.quote else ""]
        return " / ".join([said, *(each for each in more if each)])

    def _yes(self, question: str) -> bool:
        yes, no = self.t("y"), self.t("n")
        while True:  # Enter alone decides nothing: much was typed before it
            typed = self._screen.ask(f"{question} ({yes}/{no})").lower()[:1]
            if typed in (yes, no, STOP):
                return typed == yes

    def _sheet(self, consent: Consent, function: str, answers: dict[str, Answer]) -> Sheet:
        state = steps.begin(self._state, consent, function)
        for line in self._lines:
            state, _ = steps.answer(state, line.item.key, answers.get(line.item.key))
        return steps.hand_in(state)[0].sheet


def explained(t: Words) -> str:
    """How to type over a line."""
    return "\n".join(
        (
            t("The number or letter of the box with the cross; Enter for an open line."),
            t("How sure, if it was circled, behind it: 3 2 is choice 3, fairly sure."),
            t("More crosses: 1 4 7. Of roles with the letter behind each: 1v 4k 7."),
            t("Own words: a and then the words, or a2 and the words for fairly sure."),
            t("Where there are only lines: just the words."),
            t("A note behind a semicolon: 3 ; because. May it be printed? Then ! at the end."),
            t("< goes one line back, q stops without saving."),
        )
    )
