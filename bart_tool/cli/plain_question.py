"""One question after another line by line, each answer on the disk before it says so."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar, Concatenate, ParamSpec, assert_never

from bart_tool.cli.terminal import Lines, Stopped
from bart_tool.domain.answer import OTHER, Tag
from bart_tool.domain.question import Option
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import Page, Route
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Problem
from bart_tool.wording import page_texts, questions
from bart_tool.wording.labels import CERTAINTY, TAGS, label
from bart_tool.wording.messages import error_text, problem_sentence
from bart_tool.wording.page_texts import Shown
from bart_tool.wording.questions import CODE_KEYS, CODE_WORDS, answer_words, codes_of
from bart_tool.wording.translation import Words
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.choosing import CERTAINTIES, may_be_rated
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.state import Answering, Kept
from bart_tool.workflow.answering.steps import Step

BACK, HELP, STOP, TO_PICTURE, NOTE, WIPE, SURE = "<", "?", "q", "m", "t", "-", "s"
P = ParamSpec("P")


class PlainQuestion:
    """Asks what the state points at, and keeps what is answered."""

    def __init__(self, context: AnswerContext, lines: Lines, t: Words) -> None:
        found = context.read()
        sheet, fingerprint = found or (context.blank, None)
        self.context = context
        self.state = Answering.at_work(Route(context.question_set, context.kind), sheet)
        self._kept: Kept[Sheet] = Kept(None, fingerprint)
        self._resumed = found is not None
        self._explained: Page | None = None
        self._lines = lines
        self._t = t

    def _ask_item(self) -> None:
        self._say_question()
        t, place = self._t, self.state.place
        while self.state.place == place and not self.state.in_review:
            typed = self._lines.ask(t("Answer (? shows what you can type):"))
            if command := self._commands.get(typed.lower()):
                command(self)
            elif typed == "" or self._take(typed):
                self.state = self.state.onward(by_row=True)

    def _say_question(self) -> None:
        state = self.state
        now = Shown(
            state.route.question_set, state.page, state.place.row, state.sheet, self._t, narrow=True
        )
        self._lines.say("", page_texts.place(now, state.route))
        self._lines.say(page_texts.tense(now, state.route.kind), page_texts.question(now))
        # Heard line by line: the example and what the levels mean are said once a table, and
        # again after `?`.
        in_full = state.page != self._explained
        self._explained = state.page
        if in_full and (example := page_texts.example(now)):
            self._lines.say(example)
        if limit := questions.how_many(state.page.question, self._t):
            self._lines.say(limit)
        self._say_options(in_full=in_full)
        self._say_now()

    def _say_options(self, *, in_full: bool) -> None:
        t, question = self._t, self.state.page.question
        for number, option in enumerate(self._options, 1):
            says = questions.option_in_full(option, t.language)
            if not in_full:
                says = option.label.in_language(t.language)
            self._lines.say(f"  {number}  {says}")
        for code in codes_of(question):
            self._lines.say(f"  {CODE_KEYS[code]}  {t(CODE_WORDS[code])}")
        if question.answered == "several":
            self._lines.say(t("You may type more than one number, with spaces between them."))
        if question.answered == "words":
            self._lines.say(t("Type your own words on one line.") + " " + t("Do not name people."))

    def _say_now(self) -> None:
        answer = self.state.answer
        if answer is not None:
            words = answer_words(self.context.question_set, self._item, answer, self._t)
            self._lines.say(self._t("Your answer now: {answer}", answer=words))
            if answer.note:
                self._lines.say(self._t("Note: {note}", note=answer.note))

    @property
    def _item(self) -> Item:
        return self.state.route.item_at(self.state.place)

    @property
    def _options(self) -> tuple[Option, ...]:
        return self.context.question_set.options(self.state.page.question, self.state.page.subject)

    def _take(self, typed: str) -> bool:
        """Take `typed` as an answer and save it; False when it means nothing here."""
        question = self.state.page.question
        code = next((c for c in codes_of(question) if typed.lower() == CODE_KEYS[c]), "")
        if code:
            taken = self._take_code(code)
        else:
            match question.answered:
                case "words":
                    taken = self._do(steps.write, "text", typed)
                case "one":
                    taken = self._take_one(self._numbered(typed))
                case "several":
                    taken = self._take_several(self._numbered(typed))
                case _ as unknown:
                    assert_never(unknown)
        answer = self.state.answer
        if not taken or answer is None:
            return False
        if question.certainty and may_be_rated(answer):
            self._ask_certainty()
        if (question.answered == "words" and not code) or answer.value == OTHER:
            self._ask_quote()
        return True

    def _take_code(self, code: str) -> bool:
        words = self._lines.ask(self._t("Something else, namely:")) if code == OTHER else ""
        if code == OTHER and not words:
            return False
        state, _ = steps.choose(self.state, self.state.key, code)
        if code == OTHER:
            state, problems = steps.write(state, self.state.key, "words", words)
            if not self._does(problems):
                return False
        self._keep(state)
        return True

    def _numbered(self, typed: str) -> list[Option]:
        """The options that were typed by number; none when some number is not there."""
        options, numbers = self._options, typed.replace(",", " ").split()
        if not all(n.isdecimal() and 1 <= int(n) <= len(options) for n in numbers) or not numbers:
            self._lines.say(
                self._t("That is not one of the choices. Type ? to see what you can type.")
            )
            return []
        return [options[int(number) - 1] for number in numbers]

    def _take_one(self, chosen: list[Option]) -> bool:
        if len(chosen) > 1:
            self._lines.say(self._t("Type one number here."))
        return len(chosen) == 1 and self._do(steps.choose, chosen[0].id)

    def _take_several(self, chosen: list[Option]) -> bool:
        if not chosen:
            return False
        t, question = self._t, self.state.page.question
        tags: dict[str, Tag] = {option.id: "unknown" for option in chosen}
        for problem in steps.pick(self.state, self.state.key, tags)[1]:
            self._lines.say(t("Choose at most {most}.").format_map(problem.params))
            return False
        said: tuple[Tag, ...] = (*question.tagged, "unknown")
        for option in dict.fromkeys(chosen) if question.tagged else ():
            self._lines.say(option.label.in_language(t.language))
            says = [label(TAGS, tag, t.language) for tag in said]
            tags[option.id] = said[self._one_of(says, default=len(said)) - 1]
        return self._do(steps.pick, tags)

    def _ask_certainty(self) -> None:
        t = self._t
        self._lines.say(t("How sure are you?"))
        says = [label(CERTAINTY, step, t.language) for step in CERTAINTIES]
        shown = ", ".join(f"{number} {text}" for number, text in enumerate(says, 1))
        while typed := self._asked(t("{choices} (Enter: do not say):", choices=shown)):
            if typed in ("1", "2", "3"):
                self._do(steps.rate, CERTAINTIES[int(typed) - 1])
                return
            self._lines.say(t("Type one of the numbers above."))

    def _ask_quote(self) -> None:
        t = self._t
        yes = t("y")
        typed = self._asked(
            t("May these words be printed literally in the report? {yes} or Enter for no:", yes=yes)
        )
        self._do(steps.quote, typed.lower()[:1] == yes)

    # What can be typed instead of an answer

    def _back(self) -> None:
        before = self.state.back(by_row=True)
        if before is None:
            self._lines.say(self._t("This is the first question."))
        else:
            self.state = before

    def _help(self) -> None:
        more = questions.filled(
            self._item.question.help, self.context.question_set, self._item, self._t.language
        )
        if more:
            self._lines.say(more)
        self._lines.say(plain_help(self._t))
        self._explained = None
        self._say_question()

    def _stop(self) -> None:
        raise Stopped

    def _to_picture(self) -> None:
        self.state = self.state.reviewing()

    def _note(self) -> None:
        if self.state.answer is None:
            self._lines.say(problem_sentence(steps.NO_NOTE, self._t.language))
            return
        note = self._asked(self._t("Your note (do not name people; Enter leaves it as it is):"))
        if note:
            self._do(steps.write, "note", note)
            self._ask_quote()

    def _sure(self) -> None:
        if not self._item.question.certainty:
            self._lines.say(self._t("That is not asked here."))
        elif self._does(steps.rate(self.state, self.state.key)[1]):
            self._ask_certainty()

    def _wipe(self) -> None:
        self._do(steps.wipe)
        self._lines.say(self._t("Wiped. This question is open again."))

    _commands: ClassVar[dict[str, Callable[["PlainQuestion"], None]]] = {
        BACK: _back,
        HELP: _help,
        STOP: _stop,
        "stop": _stop,
        TO_PICTURE: _to_picture,
        NOTE: _note,
        SURE: _sure,
        WIPE: _wipe,
    }

    def _asked(self, question: str) -> str:
        """What is typed at a question beside the answer. Raises Stopped, which keeps everything."""
        typed = self._lines.ask(question)
        if self._commands.get(typed.lower()) is PlainQuestion._stop:
            raise Stopped
        return typed

    def _one_of(self, says: Iterable[str], default: int = 0) -> int:
        """The number of the line that is chosen, from 1. Raises Stopped."""
        t, shown = self._t, list(says)
        for number, text in enumerate(shown, 1):
            self._lines.say(f"  {number}  {text}")
        while True:
            typed = self._asked(t("Number (q stops):"))
            if not typed and default:
                return default
            if typed.isdecimal() and 1 <= int(typed) <= len(shown):
                return int(typed)
            self._lines.say(t("Type one of the numbers above."))

    # Saving

    def _do(
        self, step: Callable[Concatenate[Answering, str, P], Step], *what: P.args, **how: P.kwargs
    ) -> bool:
        """Take a step with the answer that is asked, and keep it; whether it could be taken."""
        state, problems = step(self.state, self.state.key, *what, **how)
        if self._does(problems):
            self._keep(state)
        return not problems

    def _does(self, problems: tuple[Problem, ...]) -> bool:
        for problem in problems:
            self._lines.say(problem_sentence(problem, self._t.language))
        return not problems

    def _keep(self, state: Answering) -> bool:
        """Save what has changed; on failure say so at once, and offer another place.

        Whoever goes on without keeps what they said on the screen, but has not handed in.
        """
        if state.sheet is self.state.sheet:
            self.state = state
            return True
        while True:
            self._kept = self._kept.again().tried(self.context.save, state.sheet)
            if self._kept.trouble is None:
                self.state = state
                self._lines.say(self._kept_words())
                return True
            reason = error_text(self._kept.trouble, self._t.language)
            self._lines.say(self._t("NOT KEPT"), reason)
            if not self._elsewhere():
                self.state = self.state if state.is_closed else state
                return False

    def _kept_words(self) -> str:
        """What was kept, so that who only hears it can hear a slip of the finger."""
        t, answer = self._t, None if self.state.in_review else self.state.answer
        if answer is None:
            return t.of("answer", "kept")
        words = answer_words(self.context.question_set, self._item, answer, t)
        sure = [label(CERTAINTY, answer.certainty, t.language)] if answer.certainty else []
        return t("Kept: {answer}", answer=", ".join([words, *sure]))

    def _elsewhere(self) -> bool:
        """Ask where else to save; whether to try again."""
        t = self._t
        typed = self._lines.ask(
            t("Enter tries again. Or type a file to keep your answers in. q goes on without:")
        )
        if typed == STOP:
            return False
        if typed:
            self.context = self.context.moved_to(Path(typed))
            self._kept = Kept()
        return True


def plain_help(t: Words) -> str:
    """What can be typed at every question."""
    return "\n".join(
        (
            t("A number chooses. Enter goes on, also without an answer."),
            t("< goes back, - wipes your answer, t adds a note, s says how sure you are."),
            t("m shows your own picture and lets you hand in, q stops."),
        )
    )
