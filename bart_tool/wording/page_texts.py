"""A page of questions as it reads: where one is, the tense, the question, what its columns mean."""

from dataclasses import dataclass

from bart_tool.domain.answer import DONT_KNOW, PREFER_NOT, Answer, Consent
from bart_tool.domain.base import Language
from bart_tool.domain.question import Option
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import Page, Place, Route
from bart_tool.domain.sheet import Sheet
from bart_tool.wording import questions
from bart_tool.wording.labels import BOUNDARIES, TENSES, label
from bart_tool.wording.questions import CODE_KEYS, CODE_WORDS, keyed
from bart_tool.wording.translation import Words
from bart_tool.wording.welcome import CONSENTS

TABLE_CODES = (DONT_KNOW, PREFER_NOT)


@dataclass(frozen=True, slots=True)
class Shown:
    """One page as it is shown now: `row` is the row of a table that is asked, or pointed at."""

    question_set: QuestionSet
    page: Page
    row: int
    sheet: Sheet
    t: Words
    narrow: bool

    @property
    def language(self) -> Language:
        """The language it is shown in; F3 changes it."""
        return self.t.language

    @property
    def item(self) -> Item:
        """What is asked on the row that is shown or pointed at."""
        return self.page.items[self.row]

    @property
    def answer(self) -> Answer | None:
        """What stands on the sheet for that item; None while it is open."""
        return self.sheet.answers.get(self.item.key)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, without the codes beside it; empty for own words."""
        return self.question_set.options(self.page.question, self.page.subject)

    @property
    def as_table(self) -> bool:
        """Whether all rows are shown at once."""
        return self.page.is_table and not self.narrow


def columns(shown: Shown) -> list[str]:
    """What the columns of the table stand for: levels, and the codes behind them."""
    return [*(option.id for option in shown.options), *TABLE_CODES]


def column_keys(shown: Shown) -> list[str]:
    """The key that chooses each column; empty beyond the last key."""
    return [*(key for key, _ in keyed(shown.options)), *(CODE_KEYS[code] for code in TABLE_CODES)]


def column_words(shown: Shown, column: int, *, in_full: bool) -> str:
    """What a column stands for; `in_full` with the explanation."""
    if column < len(shown.options):
        option = shown.options[column]
        if in_full:
            return questions.option_in_full(option, shown.language)
        return option.label.in_language(shown.language)
    return shown.t(CODE_WORDS[TABLE_CODES[column - len(shown.options)]])


def place(now: Shown, route: Route) -> str:
    """`Authority · question 7 of 74`, or of a table at once `questions 7–11 of 74`."""
    numbers = [route.number_of(item) for item in now.page.items]
    values: dict[str, object] = {
        "section": label(BOUNDARIES, now.page.question.boundary, now.language),
        "total": len(route.items),
    }
    if now.as_table:
        values |= {"first": numbers[0], "last": numbers[-1]}
        return now.t("{section} · questions {first}–{last} of {total}", **values)
    return now.t("{section} · question {number} of {total}", number=numbers[now.row], **values)


def tense(now: Shown, kind: str) -> str:
    """The tense in words, and whether it is about one's own position."""
    said = label(TENSES, now.item.tense, now.language)
    if now.page.subject == kind:
        return now.t("{tense} · about your own position", tense=said)
    return said


def question(now: Shown) -> str:
    """The question, and on a narrow screen which row of the table it is."""
    if now.as_table:
        return questions.asked_at_once(now.question_set, now.page, now.language)
    said = questions.asked(now.question_set, now.page, now.row, now.language)
    if now.page.is_table:
        of = now.t("{given} of {total}", given=now.row + 1, total=len(now.page.items))
        if "{object}" in now.page.question.text.in_language(now.language):
            return f"{said} ({of})"
        return f"{said}\n{questions.object_label(now.question_set, now.item, now.language)} ({of})"
    return said


def example(now: Shown) -> str:
    """The example, if the set gives one."""
    said = questions.filled(now.page.question.example, now.question_set, now.item, now.language)
    return now.t("For example: {example}", example=said) if said else ""


def first_of_section(now: Shown, route: Route, where: Place, consent: Consent) -> str:
    """At the start of each section: what was chosen about being recognisable."""
    before = route.pages[where.page - 1].question.boundary if where.page else None
    if before == now.page.question.boundary:
        return ""
    return now.t("How you are shown: {choice}.", choice=now.t(CONSENTS[consent][0]))


def filled_row(now: Shown, column: int) -> str:
    """What was just filled in a table, with the explanation of the level."""
    row = questions.object_label(now.question_set, now.item, now.language)
    words = column_words(now, column, in_full=True)
    return f"{row}: {words}"


def caption(writing: str, now: Shown) -> str:
    """What one is writing; nothing where the words are the answer."""
    if writing == "words":
        return now.t("Something else, namely:")
    if writing != "note":
        return ""
    if now.page.is_table:
        row = questions.object_label(now.question_set, now.item, now.language)
        return now.t("Note with: {row}", row=row)
    return now.t("Note with your answer:")


def help_text(now: Shown, *, is_practice: bool = False) -> str:
    """Help with the question, what the options mean, and the keys."""
    t, the_set = now.t, now.question_set
    parts = [question(now)]
    more = questions.filled(now.page.question.help, the_set, now.item, now.language)
    parts += [text for text in (example(now), more) if text]
    meanings = [
        f"{key}  {column_words(now, n, in_full=True)}"
        for n, key in enumerate(column_keys(now)[: len(now.options)])
        if now.page.is_table
    ]
    parts += ["\n".join(meanings)] if meanings else []
    parts.append(keys_help(t, is_practice=is_practice))
    return "\n\n".join(parts)


def keys_help(t: Words, *, is_practice: bool) -> str:
    """What the keys do on every question."""
    stop = (
        t("Ctrl+Q  stop; this is practice, and nothing is kept")
        if is_practice
        else t("Ctrl+Q  stop; all your answers are kept")
    )
    return "\n".join(
        (
            t("Keys"),
            t("1 2 3 …  choose (the sign stands before each line)"),
            t("↑ ↓  move; Enter or space chooses"),
            t("Enter  go on, also without an answer"),
            t("← or Backspace  back"),
            t("w  I don't know"),
            t("z  I'd rather not say"),
            t("n  nobody, or none of these"),
            t("a  something else, in your own words"),
            t("s  how sure you are: press again for the next step"),
            t("t  a note with your answer; F5 says it may be printed literally"),
            t("v g u  of a role: laid down, taken on, I don't know"),
            t("Delete  wipe your answer, with its note"),
            t("Ctrl+Z  undo what you changed last"),
            t("F2  your own picture, and handing in"),
            t("F3  language"),
            t("F4  colours"),
            t("Ctrl+P  everything you can do"),
            stop,
        )
    )
