"""How a question reads to people: its texts with the names in, its keys, its codes, its set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bart_tool.domain.answer import CODES, DONT_KNOW, NOBODY, NONE, OTHER, PREFER_NOT, Answer, Tag
from bart_tool.domain.base import Language
from bart_tool.domain.question import Option, Question
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import Page, pages_of
from bart_tool.domain.set_words import in_number
from bart_tool.domain.text import Text
from bart_tool.wording.labels import BOUNDARIES, CERTAINTY, TAGS, TENSES, label
from bart_tool.wording.translation import N_, Words

# How somebody who comes back may go on.
GO_ON, FROM_START, PICTURE, CHANGE = "go-on", "from-start", "picture", "change"
RESUMING = {
    GO_ON: N_("Go on where you stopped"),
    FROM_START: N_("Go through it from the first question"),
    PICTURE: N_("See your own picture so far"),
    CHANGE: N_("Choose again who may see what"),
}

FIRST_KEYS = "123456789"
# Behind 9 come letters that no other key of the question needs.
MORE_KEYS = "bcdefhijopqrxy"
# One key a code, in both languages: the key stands before the line.
CODE_KEYS = {OTHER: "a", NOBODY: "n", NONE: "n", DONT_KNOW: "w", PREFER_NOT: "z"}
CODE_WORDS = {
    OTHER: N_("Something else, namely"),
    NOBODY: N_("Nobody"),
    NONE: N_("None of these"),
    DONT_KNOW: N_("I don't know"),
    PREFER_NOT: N_("I'd rather not say"),
}
# Said again it is taken back; unsaid is not known.
TAG_KEYS: dict[Tag, str] = {"formal": "v", "given": "k", "informal": "g"}


def keyed(options: tuple[Option, ...]) -> tuple[tuple[str, Option], ...]:
    """The options with the key that chooses each; beyond the last key it is empty."""
    keys = [*FIRST_KEYS, *MORE_KEYS, *[""] * len(options)]
    return tuple(zip(keys, options, strict=False))


def codes_of(question: Question) -> tuple[str, ...]:
    """The lines below the options: what can be said beside them."""
    beside = (
        (OTHER, question.has_other),
        (NOBODY, question.has_nobody),
        (NONE, question.answered == "several"),
    )
    return (*(code for code, fits in beside if fits), DONT_KNOW, PREFER_NOT)


def written_codes(question: Question) -> tuple[str, ...]:
    """The same as a table has them: none of several choices is an empty map."""
    return tuple("{}" if code == NONE else code for code in codes_of(question))


def codes_in_full(question: Question, t: Words) -> tuple[str, ...]:
    """Each of them as a table has it, with what it means: `dont-know (weet ik niet)`."""
    said = zip(written_codes(question), codes_of(question), strict=True)
    return tuple(f"{written} ({t(CODE_WORDS[code])})" for written, code in said)


def option_in_full(option: Option, language: Language) -> str:
    """What an option or a level is called, and what it means where its set says so."""
    label, more = option.label.in_language(language), option.help.in_language(language)
    return f"{label} – {more}" if more else label


def how_many(question: Question, t: Words) -> str:
    """How many may be chosen; empty where it is one, or own words."""
    if question.at_most:
        return t("Choose at most {most}.", most=question.at_most)
    return t("You may choose more than one.") if question.answered == "several" else ""


def filled(text: Text, question_set: QuestionSet, item: Item, language: Language) -> str:
    """A text of the item's question, with its subject and object named."""
    said = _about(text, question_set, item, language)
    if item.object:
        thing = question_set.object_named(item.question, item.object).in_sentence
        said = said.replace("{object}", thing.in_language(language))
    return said


def _about(text: Text, question_set: QuestionSet, item: Item, language: Language) -> str:
    said = text.in_language(language)
    if not item.subject:
        return said
    subject = question_set.named(item.subject)
    said = in_number(said, plural=subject.is_plural)
    return said.replace("{subject}", subject.in_sentence.in_language(language))


def asked(question_set: QuestionSet, page: Page, row: int, language: Language) -> str:
    """The question itself, of one row where the page is a table."""
    return asked_of(question_set, page.items[row], language)


def asked_at_once(question_set: QuestionSet, page: Page, language: Language) -> str:
    """The question of a whole page: above a table once for all of its rows.

    Where its set has no such text it is only what it is about, and each row asks for itself.
    """
    first = page.items[0]
    if not page.is_table:
        return asked_of(question_set, first, language)
    above = page.question.table or page.question.short
    return _stands(_about(above, question_set, first, language).replace("{object}", "…"))


def asked_in_row(question_set: QuestionSet, item: Item, language: Language) -> str:
    """What is asked about in a row of a table, in full, below the question of the whole table."""
    if not item.question.table:
        return asked_of(question_set, item, language)
    thing = question_set.object_named(item.question, item.object)
    return _stands((thing.the or thing.label).in_language(language))


def asked_of(question_set: QuestionSet, item: Item, language: Language) -> str:
    """The question of one item."""
    return _stands(filled(item.question.text, question_set, item, language))


def _stands(said: str) -> str:
    """`said` as it stands by itself, with a capital."""
    return said[:1].upper() + said[1:]


def only_unless(question_set: QuestionSet, page: Page, t: Words) -> str:
    """Who skips the page or its rows, where all is read as on paper; empty where nobody does."""
    found = [question_set.depending.get(item.key) for item in page.items]
    before = [(question_set.by_key[key], value) for key, value in filter(None, found)]
    if not before:
        return ""
    (first, value), items = before[0], tuple(item for item, _ in before)
    options = question_set.options(first.question, first.subject)
    says = {
        "question": asked_at_once(
            question_set, Page(first.question, first.subject, items), t.language
        ),
        "answer": next(o.label.in_language(t.language) for o in options if o.id == value),
    }
    if page.is_table:
        return t("Only where you filled in something else than “{answer}” at “{question}”.", **says)
    return t("Only if you filled in something else than “{answer}” at “{question}”.", **says)


def object_label(question_set: QuestionSet, item: Item, language: Language) -> str:
    """What an object is called, in a few words."""
    named = question_set.object_named(item.question, item.object)
    return named.label.in_language(language)


def subject_label(question_set: QuestionSet, subject: str, language: Language) -> str:
    """What a position is called; empty for questions about no position."""
    return question_set.named(subject).label.in_language(language) if subject else ""


def short(question_set: QuestionSet, item: Item, language: Language) -> str:
    """The item in a few words, for lists: what, about whom, on what."""
    question: Question = item.question
    parts = [filled(question.short, question_set, item, language)]
    if item.subject and "{subject}" not in question.short.in_language(language):
        parts.append(subject_label(question_set, item.subject, language))
    if item.object:
        parts.append(object_label(question_set, item, language))
    return " · ".join(parts)


def answer_words(question_set: QuestionSet, item: Item, answer: Answer, t: Words) -> str:
    """An answer in words, in one line, for its own writer."""
    value = answer.value
    options = {o.id: o.label for o in question_set.options(item.question, item.subject)}
    if isinstance(value, dict):
        tagged = {name: value.get(name, "unknown") != "unknown" for name in options}
        said = [
            text.in_language(t.language)
            + (f" ({label(TAGS, value[name], t.language)})" if tagged[name] else "")
            for name, text in options.items()
            if name in value
        ]
        return ", ".join(said) if said else t(CODE_WORDS[NONE])
    if value == OTHER:
        return f"{t(CODE_WORDS[OTHER])}: {answer.words}"
    if value in CODES:
        return t(CODE_WORDS[value])
    return options[value].in_language(t.language) if value in options else value


def version_words(
    question_set: QuestionSet, item: Item, answer: Answer, t: Words, *, has_more: bool
) -> str:
    """An answer in words for who chooses between two, in one line, and how sure its writer was.

    `has_more`: words of its writer's own were left out of it.
    """
    said = answer_words(question_set, item, answer, t)
    more = [answer.note] if answer.note else []
    if answer.certainty:
        more.insert(0, label(CERTAINTY, answer.certainty, t.language))
    if has_more:
        own = t("own words, which may not be shown")
        said, more = (said, [*more, own]) if answer.value not in ("", OTHER) else (said + own, more)
    return f"{said} ({', '.join(more)})" if more else said


def ways_in_words(versions: Sequence[str], number: int, code: str, t: Words) -> list[str]:
    """The ways to settle between answers of `code`, a line each.

    `versions`: what each answer says, the one that came first at the front; `number`: how many
    conflicts the last way settles, with more than one there are two such ways.
    """
    first, later = t("the one that came first"), t("the one that came later")
    lines = [f"{later if place else first}: {said}" for place, said in enumerate(versions)]
    if number > 1:
        lines += [
            t("for all {number} of {code}: the one that came first", number=number, code=code),
            t("for all {number} of {code}: the one that came later", number=number, code=code),
        ]
    return lines


@dataclass(frozen=True)
class ReadPage:
    """One page as it is asked. `options` is empty where people answer in their own words.

    `key`: of its one item, empty for a table; `rows`: of a table, each key with what its row says;
    `options`: each id with what it says; `codes`: what may stand in a table beside them.
    """

    key: str
    text: str
    tense: str
    rows: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    how_many: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The pages of one boundary, in the order in which they are asked."""

    title: str
    pages: tuple[ReadPage, ...]


def read_through(question_set: QuestionSet, t: Words) -> Iterator[Section]:
    """The whole set in the language of `t`, a section for each boundary that follows another."""
    asked = pages_of(question_set.items)
    for boundary, pages in groupby(asked, key=lambda page: page.question.boundary):
        read = tuple(_read(question_set, page, t) for page in pages)
        yield Section(label(BOUNDARIES, boundary, t.language), read)


def _read(question_set: QuestionSet, page: Page, t: Words) -> ReadPage:
    return ReadPage(
        key="" if page.is_table else page.items[0].key,
        text=asked_at_once(question_set, page, t.language),
        tense=label(TENSES, page.items[0].tense, t.language),
        rows=tuple(
            (item.key, asked_in_row(question_set, item, t.language))
            for item in page.items
            if page.is_table
        ),
        options=tuple(
            (option.id, option_in_full(option, t.language))
            for option in question_set.options(page.question, page.subject)
        ),
        how_many=how_many(page.question, t),
        codes=written_codes(page.question),
    )
