"""How long answering takes one person: what they read, and what they fill in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from bart_tool.domain.answer import Certainty
from bart_tool.domain.base import Language
from bart_tool.domain.named_parties import with_named_parties
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Page, Route
from bart_tool.domain.set_parts import Named
from bart_tool.domain.text import Text
from bart_tool.wording import labels, questions
from bart_tool.wording.translation import N_, Words, words

WORDS_A_MINUTE = 150
SECONDS_AN_ANSWER = 6
SECONDS_A_CERTAINTY = 4  # more, where it is asked how sure one is
SECONDS_A_TEXT = 60  # more, for own words
LONG = 30  # minutes; longer is a lot to ask
TRIED_WITH = 3  # parties, where the session names them and has not done so

_WORD = re.compile(r"\S*\w\S*")


@dataclass(frozen=True, slots=True)
class Duration:
    """How many answers one person is asked for, at most, and in how many minutes, rounded up."""

    answers: int
    minutes: int

    @property
    def is_long(self) -> bool:
        """Whether it is a lot to ask of somebody."""
        return self.minutes > LONG


def duration(question_set: QuestionSet, kind: str, language: Language) -> Duration:
    """What a person of a party of `kind` is asked (docs/developer/formats.md 6).

    Read is what stands on the pages: the tense, the question, its example, the rows of a table, the
    options or levels with what they mean, the codes beside them, the tags of roles and the steps of
    certainty. A text that comes back is read once. Not counted are the welcome, the headings above
    the sections, what stands behind `?`, and notes, which nobody has to write.
    """
    return _reckoned(_TheSame(question_set), kind, language)


class _TheSame:
    """A set by what it is, not by what is in it: comparing that would take longer than counting."""

    def __init__(self, question_set: QuestionSet) -> None:
        self.question_set = question_set

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TheSame) and self.question_set is other.question_set

    def __hash__(self) -> int:
        return id(self.question_set)


@lru_cache(maxsize=16)  # twenty forms of one kind are counted once
def _reckoned(same: _TheSame, kind: str, language: Language) -> Duration:
    route = Route(same.question_set.spoken, kind)
    read = sum(
        map(_words_in, {text for page in route.pages for text in _read(route, page, language)})
    )
    certain = sum(item.question.certainty for item in route.items)
    written = sum(item.question.answered == "words" for item in route.items)
    seconds = (
        len(route.items) * SECONDS_AN_ANSWER
        + certain * SECONDS_A_CERTAINTY
        + written * SECONDS_A_TEXT
    )
    # In whole numbers: a half of a half second must not make a minute more.
    whole = 60 * WORDS_A_MINUTE
    return Duration(len(route.items), -(-(read * 60 + seconds * WORDS_A_MINUTE) // whole))


def durations(
    question_set: QuestionSet, language: Language, kinds: Iterable[str] = ()
) -> Mapping[str, Duration]:
    """The same for each of `kinds`, in the order of the set; without any for every kind.

    Where the session is to name the parties, it is as with three of them, and said of their kind.
    """
    kind = question_set.named_kind
    tried = _with_parties(question_set)
    found = {
        each: duration(tried, each, language)
        for each in tried.parties
        if not kinds or each in set(kinds)
    }
    if kind is None:
        return found
    return {kind: max(found.values(), key=lambda each: each.minutes)}


def longest(question_set: QuestionSet, language: Language, kinds: Iterable[str] = ()) -> Duration:
    """Of the kinds the one that takes longest, with the most answers that any is asked for."""
    found = durations(question_set, language, kinds).values()
    return Duration(max(each.answers for each in found), max(each.minutes for each in found))


def told(length: Duration, t: Words) -> str:
    """`41 answers, about 22 minutes`."""
    return t(
        "{answers}, about {minutes}",
        answers=answers_told(length, t),
        minutes=minutes_told(length, t),
    )


def answers_told(length: Duration, t: Words) -> str:
    """`41 answers`."""
    return t.plural("{number} answer", "{number} answers", length.answers)


def minutes_told(length: Duration, t: Words) -> str:
    """`22 minutes`."""
    return t.plural("{number} minute", "{number} minutes", length.minutes)


def told_at_most(question_set: QuestionSet, t: Words) -> str:
    """The same of the kind that takes longest: `at most 41 answers, about 22 minutes`."""
    most = t("at most {duration}", duration=told(longest(question_set, t.language), t))
    if question_set.named_kind is None:
        return most
    return t("{duration}, with {number} parties", duration=most, number=TRIED_WITH)


def told_by_kind(question_set: QuestionSet, t: Words, kinds: Iterable[str] = ()) -> Iterator[str]:
    """A line for each kind, `wijkraad: 41 answers, about 22 minutes`."""
    for kind, length in durations(question_set, t.language, kinds).items():
        label = question_set.parties[kind].label.in_language(t.language)
        line = t("{party}: {duration}", party=label, duration=told(length, t))
        if kind == question_set.named_kind:
            line = t("{duration}, with {number} parties", duration=line, number=TRIED_WITH)
        yield line


def warning(question_set: QuestionSet, t: Words, kinds: Iterable[str] = ()) -> str:
    """What is said when it takes somebody longer than half an hour; else nothing."""
    return t(TOO_LONG) if longest(question_set, t.language, kinds).is_long else ""


TOO_LONG = N_(
    "Longer than 30 minutes is a lot to ask: rather take a shorter set, or fewer own decisions."
)


def _with_parties(question_set: QuestionSet) -> QuestionSet:
    """The set with some parties, where it leaves it to the session to name them."""
    kind = question_set.named_kind
    if kind is None:
        return question_set
    what = question_set.parties[kind]
    some = {f"{kind}-{n}": _numbered(what, n) for n in range(1, TRIED_WITH + 1)}
    return with_named_parties(question_set, some)


def _numbered(named: Named, number: int) -> Named:
    def with_number(text: Text) -> Text:
        return Text(nl=f"{text.nl} {number}", en=f"{text.en} {number}")

    return Named(label=with_number(named.label), the=with_number(named.in_sentence))


def _read(route: Route, page: Page, language: Language) -> Iterator[str]:
    """What stands on a page to be read, text by text."""
    the_set, question, t = route.question_set, page.question, words(language)
    first = page.items[0]
    yield labels.label(labels.TENSES, first.tense, language)
    yield questions.asked_at_once(the_set, page, language)
    yield questions.filled(question.example, the_set, first, language)
    for item in page.items if page.is_table else ():
        yield questions.asked_in_row(the_set, item, language)
    for option in the_set.options(question, page.subject):
        yield option.label.in_language(language)
        yield option.help.in_language(language)
    yield questions.how_many(question, t)
    yield from (t(questions.CODE_WORDS[code]) for code in questions.codes_of(question))
    yield from (labels.label(labels.TAGS, tag, language) for tag in question.tagged)
    if question.certainty:
        yield t("How sure are you?")
        yield from (labels.label(labels.CERTAINTY, step, language) for step in get_args(Certainty))


def _words_in(text: str) -> int:
    return len(_WORD.findall(text))
