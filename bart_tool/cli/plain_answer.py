"""Answering line by line, with numbers: for screen readers, and for terminals that show little.

No colours, no drawing, nothing that overwrites a line. It walks the same way as the screens do.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar, assert_never

from bart_tool.cli.plain_words import Lines, Stopped
from bart_tool.domain.answer import CODES, OTHER, Answer, Consent, Sheet, SheetStatus, Tag
from bart_tool.domain.own_picture import TOGETHER, OwnPicture
from bart_tool.domain.question import Option, Question
from bart_tool.domain.route import Place, Route
from bart_tool.errors import BartError
from bart_tool.wording import questions
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.labels import BOUNDARIES, CERTAINTY, TAGS, TENSES, label
from bart_tool.wording.messages import error_text
from bart_tool.wording.participant import (
    CODE_KEYS,
    CODE_WORDS,
    NONE,
    codes_of,
)
from bart_tool.wording.questions import answer_words
from bart_tool.wording.translation import Words
from bart_tool.wording.welcome import CONSENTS
from bart_tool.workflow import choosing
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.record import handed_in, record

BACK, HELP, STOP, PICTURE, NOTE, WIPE, SURE = "<", "?", "q", "m", "t", "-", "s"
TAG_ORDER: tuple[Tag, ...] = ("formal", "informal", "unknown")


class PlainVisit:
    """One participant answering in plain lines. Every answer is on the disk before it says so."""

    def __init__(self, context: AnswerContext, lines: Lines, t: Words) -> None:
        found = context.read()
        self.context = context
        self.sheet = found[0] if found else context.blank
        self._fingerprint = found[1] if found else None
        self.route = Route(context.question_set, context.kind)
        self.place: Place | None = self.route.goes_on_at(self.sheet)
        self._resumed = found is not None
        self._lines = lines
        self._t = t

    def run(self) -> bool:
        """From welcome to handing in; whether it was handed in. Stopping keeps everything."""
        t, lines = self._t, self._lines
        if self.sheet.status is SheetStatus.SUBMITTED:
            lines.say(t("Handed in. You can read it here, not change it."))
            self._say_picture()
            return True
        try:
            self._welcome()
            while not self._walk_and_hand_in():
                pass
        except Stopped:
            lines.say(t("Stopped. What you answered is kept."))
            return False
        lines.say(t("Handed in. Thank you."))
        if self.context.file is not None:
            lines.say(t("Give this file to the facilitator: {file}", file=str(self.context.file)))
        return True

    # Before the first question

    def _welcome(self) -> None:
        if not self._resumed:
            self._say_step("about")
            self._lines.ask(t_enter(self._t))
            self._choose_consent()
            return
        self._say_step("resume")
        t = self._t
        ways = [t("Go on where you stopped"), t("Go through it from the first question")]
        ways += [t("See your own picture so far"), t("Choose again who may see what")]
        way = self._one_of(ways, default=1)
        if way == 2:
            self.place = Place(0)
        elif way == 3:
            self.place = None
        elif way == 4:
            self._choose_consent()

    def _choose_consent(self) -> None:
        t = self._t
        self._say_step("consent")
        names: list[Consent] = list(CONSENTS)
        says = [f"{t(label)}: {t(more, k=self.context.k)}" for label, more in CONSENTS.values()]
        consent = names[self._one_of(says) - 1]
        function = self.sheet.function
        if self.context.functions:
            self._say_step("function")
            named = [*self.context.functions, t("I would rather not say")]
            chosen = self._one_of(named, default=len(named))
            function = named[chosen - 1] if chosen < len(named) else ""
        self._keep(self.sheet.changed(consent=consent, function=function))

    def _say_step(self, name: str) -> None:
        title, text = welcome_text.step(name, self.context, self.route, self.sheet, self._t)
        self._lines.say("", title, text)

    def _one_of(self, says: Iterable[str], default: int = 0) -> int:
        """The number of the line that is chosen, from 1. Raises Stopped."""
        t, shown = self._t, list(says)
        for number, text in enumerate(shown, 1):
            self._lines.say(f"  {number}  {text}")
        while True:
            typed = self._lines.ask(t("Number (q stops):"))
            if typed == STOP:
                raise Stopped
            if not typed and default:
                return default
            if typed.isdecimal() and 1 <= int(typed) <= len(shown):
                return int(typed)
            self._lines.say(t("Type one of the numbers above."))

    # The questions

    def _walk_and_hand_in(self) -> bool:
        """Ask until the last question is behind, then show the picture; whether handed in."""
        while self.place is not None:
            self._ask_item(self.place)
        return self._picture()

    def _ask_item(self, place: Place) -> None:
        self._say_question(place)
        t = self._t
        while self.place == place:
            typed = self._lines.ask(t("Answer (? shows what you can type):"))
            if typed == "":
                self.place = self.route.after(place, by_row=True)
            elif typed in self._commands:
                self._commands[typed](self, place)
            elif self._take(place, typed):
                self.place = self.route.after(place, by_row=True)

    def _say_question(self, place: Place) -> None:
        t, the_set, route = self._t, self.context.question_set, self.route
        page, item = route.page_at(place), route.item_at(place)
        where = t(
            "{section} · question {number} of {total}",
            section=label(BOUNDARIES, page.question.boundary, t.language),
            number=place.page + 1,
            total=len(route.pages),
        )
        self._lines.say("", where, label(TENSES, item.tense, t.language))
        self._lines.say(questions.asked(the_set, page, place.row, t.language))
        if page.is_table:
            row = questions.object_label(the_set, item, t.language)
            of = t("{given} of {total}", given=place.row + 1, total=len(page.items))
            self._lines.say(f"{row} ({of})")
        example = questions.filled(page.question.example, the_set, item, t.language)
        if example:
            self._lines.say(t("For example: {example}", example=example))
        self._say_options(place)
        self._say_now(item.key)

    def _say_options(self, place: Place) -> None:
        t, page = self._t, self.route.page_at(place)
        for number, option in enumerate(self._options(place), 1):
            more = option.help.in_language(t.language)
            label = option.label.in_language(t.language)
            self._lines.say(f"  {number}  {label}: {more}" if more else f"  {number}  {label}")
        for code in codes_of(page.question):
            self._lines.say(f"  {CODE_KEYS[code]}  {t(CODE_WORDS[code])}")
        if page.question.answered == "several":
            self._lines.say(t("You may type more than one number, with spaces between them."))
        if page.question.answered == "words":
            self._lines.say(t("Type your own words on one line.") + " " + t("Do not name people."))

    def _say_now(self, key: str) -> None:
        answer = self.sheet.answers.get(key)
        if answer is not None:
            item = self.route.question_set.by_key[key]
            words = answer_words(self.context.question_set, item, answer, self._t)
            self._lines.say(self._t("Your answer now: {answer}", answer=words))
            if answer.note:
                self._lines.say(self._t("Note: {note}", note=answer.note))

    def _options(self, place: Place) -> tuple[Option, ...]:
        page = self.route.page_at(place)
        return self.context.question_set.options(page.question, page.subject)

    def _take(self, place: Place, typed: str) -> bool:
        """Take `typed` as an answer and save it; False when it means nothing here."""
        item = self.route.item_at(place)
        before = self.sheet.answers.get(item.key)
        after = self._read(place, typed, before)
        if after is None:
            return False
        self._answer(item.key, after)
        if item.question.certainty and choosing.may_be_rated(after):
            self._ask_certainty(item.key)
        if (item.question.answered == "words" and after.value not in CODES) or after.value == OTHER:
            self._ask_quote(item.key)
        return True

    def _read(self, place: Place, typed: str, before: Answer | None) -> Answer | None:
        t, question = self._t, self.route.page_at(place).question
        for code in codes_of(question):
            if typed.lower() == CODE_KEYS[code]:
                return self._coded(code, before)
        match question.answered:
            case "words":
                return choosing.written(before, typed[:1000])
            case "several":
                chosen = self._numbered(place, typed)
                return self._several(question, chosen, before) if chosen else None
            case "one":
                chosen = self._numbered(place, typed)
                if len(chosen) > 1:
                    self._lines.say(t("Type one number here."))
                return choosing.chosen(before, chosen[0].id) if len(chosen) == 1 else None
        assert_never(question.answered)

    def _numbered(self, place: Place, typed: str) -> list[Option]:
        """The options that were typed by number; none when some number is not there."""
        options = self._options(place)
        numbers = typed.replace(",", " ").split()
        if not all(n.isdecimal() and 1 <= int(n) <= len(options) for n in numbers) or not numbers:
            self._lines.say(
                self._t("That is not one of the choices. Type ? to see what you can type.")
            )
            return []
        return [options[int(number) - 1] for number in numbers]

    def _coded(self, code: str, before: Answer | None) -> Answer | None:
        if code == NONE:
            return choosing.none_of_these(before)
        after = choosing.chosen(before, code)
        if code != OTHER:
            return after
        words = self._lines.ask(self._t("Something else, namely:"))
        return choosing.worded(after, words[:1000]) if words else None

    def _several(
        self, question: Question, chosen: list[Option], before: Answer | None
    ) -> Answer | None:
        t = self._t
        names = list(dict.fromkeys(option.id for option in chosen))
        if question.at_most is not None and len(names) > question.at_most:
            self._lines.say(t("You can choose {most} at most.", most=question.at_most))
            return None
        after = choosing.none_of_these(before)
        labels = {option.id: option.label.in_language(t.language) for option in chosen}
        for name in names:
            tag: Tag = "unknown"
            if question.has_tags:
                self._lines.say(labels[name])
                says = [label(TAGS, tag, self._t.language) for tag in TAG_ORDER]
                tag = TAG_ORDER[self._one_of(says, default=3) - 1]
            after = choosing.tagged(after, name, tag)
        return after

    def _ask_certainty(self, key: str) -> None:
        t = self._t
        self._lines.say(t("How sure are you?"))
        says = [label(CERTAINTY, step, t.language) for step in choosing.CERTAINTIES]
        shown = ", ".join(f"{number} {text}" for number, text in enumerate(says, 1))
        typed = self._lines.ask(t("{choices} (Enter: do not say):", choices=shown))
        if typed in ("1", "2", "3"):
            step = choosing.CERTAINTIES[int(typed) - 1]
            self._answer(key, choosing.rated(self.sheet.answers[key], step))

    def _ask_quote(self, key: str) -> None:
        t = self._t
        yes = t("y")
        typed = self._lines.ask(
            t("May these words be printed literally in the report? {yes} or Enter for no:", yes=yes)
        )
        allowed = typed.lower()[:1] == yes
        self._answer(key, choosing.quoted(self.sheet.answers[key], allowed))

    # What can be typed instead of an answer

    def _back(self, place: Place) -> None:
        before = self.route.before(place, by_row=True)
        if before is None:
            self._lines.say(self._t("This is the first question."))
        else:
            self.place = before

    def _help(self, place: Place) -> None:
        item = self.route.item_at(place)
        more = questions.filled(
            item.question.help, self.context.question_set, item, self._t.language
        )
        if more:
            self._lines.say(more)
        self._lines.say(plain_help(self._t))
        self._say_question(place)

    def _stop(self, _place: Place) -> None:
        raise Stopped

    def _to_picture(self, _place: Place) -> None:
        self.place = None

    def _note(self, place: Place) -> None:
        t, key = self._t, self.route.item_at(place).key
        answer = self.sheet.answers.get(key)
        if answer is None:
            self._lines.say(t("First choose an answer, then add your note."))
            return
        note = self._lines.ask(t("Your note (do not name people; Enter leaves it as it is):"))
        if note:
            self._answer(key, choosing.noted(answer, note[:1000]))
            self._ask_quote(key)

    def _sure(self, place: Place) -> None:
        t, item = self._t, self.route.item_at(place)
        if not item.question.certainty:
            self._lines.say(t("That is not asked here."))
        elif not choosing.may_be_rated(self.sheet.answers.get(item.key)):
            self._lines.say(t("First choose an answer, then say how sure you are."))
        else:
            self._ask_certainty(item.key)

    def _wipe(self, place: Place) -> None:
        key = self.route.item_at(place).key
        self._keep(self.sheet.without(key))
        self._lines.say(self._t("Wiped. This question is open again."))

    _commands: ClassVar[dict[str, Callable[["PlainVisit", Place], None]]] = {
        BACK: _back,
        HELP: _help,
        STOP: _stop,
        PICTURE: _to_picture,
        NOTE: _note,
        SURE: _sure,
        WIPE: _wipe,
    }

    # The own picture, and handing in

    def _picture(self) -> bool:
        """Show the picture; go to a question that is named, or hand in."""
        t = self._t
        numbered = self._say_picture()
        left = len(self.route.open_items(self.sheet))
        self._lines.say(t.plural("{number} answer is open.", "{number} answers are open.", left))
        while True:
            typed = self._lines.ask(
                t("A number goes to that question, i hands in, < goes back, q stops:")
            )
            if typed == STOP:
                raise Stopped
            if typed == BACK:
                self.place = Place(len(self.route.pages) - 1)
                return False
            if typed.isdecimal() and 1 <= int(typed) <= len(numbered):
                self.place = self.route.place_of(numbered[int(typed) - 1])
                return False
            if typed.lower() == "i" and self._hand_in(left):
                return True

    def _say_picture(self) -> list[str]:
        """Every item with its answer, by position and boundary; gives the keys by number."""
        t, the_set, route = self._t, self.context.question_set, self.route
        self._lines.say("", t("My picture"))
        keys: list[str] = []
        picture = OwnPicture(the_set, route.kind)
        for boundary in picture.rows:
            for position in picture.columns:
                items = picture.items_at(boundary, position)
                name = questions.subject_label(the_set, position, t.language)
                if items:
                    of = t("Together") if position == TOGETHER else name
                    self._lines.say("", f"{label(BOUNDARIES, boundary, t.language)} · {of}")
                for item in items:
                    keys.append(item.key)
                    self._lines.say(f"  {len(keys)}  {self._in_words(item.key)}")
        return keys

    def _in_words(self, key: str) -> str:
        t, item = self._t, self.route.question_set.by_key[key]
        label = questions.short(self.context.question_set, item, t.language)
        answer = self.sheet.answers.get(key)
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
        return self._keep(handed_in(self.sheet))

    # Saving

    def _answer(self, key: str, answer: Answer) -> None:
        if choosing.differs(self.sheet.answers.get(key), answer):
            self._keep(record(self.context.question_set, self.sheet, key, answer)[0])

    def _keep(self, sheet: Sheet) -> bool:
        """Save `sheet`; on failure say so at once, and offer another place."""
        while True:
            try:
                self._fingerprint = self.context.save(sheet, self._fingerprint)
            except BartError as error:
                self._lines.say(self._t("NOT KEPT"), error_text(error, self._t.language))
                if not self._elsewhere():
                    self.sheet = sheet if sheet.status is SheetStatus.DRAFT else self.sheet
                    return False
            else:
                self.sheet = sheet
                self._lines.say(self._t.of("answer", "kept"))
                return True

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
            self._fingerprint = None
        return True


def t_enter(t: Words) -> str:
    """What stands before a line that only waits."""
    return t("Press Enter to go on.")


def plain_help(t: Words) -> str:
    """What can be typed at every question."""
    return "\n".join(
        (
            t("A number chooses. Enter goes on, also without an answer."),
            t("< goes back, - wipes your answer, t adds a note, s says how sure you are."),
            t("m shows your own picture and lets you hand in, q stops."),
        )
    )
