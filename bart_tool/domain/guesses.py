"""Coorientation: asking what one thinks another party fills in (docs/developer/method.md 4.3).

The guesses are questions of their own, behind all others, so that they do not colour one's own
picture. Every front door asks them as any question; only coorientation looks at the answers.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bart_tool.domain.question import Question
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.set_parts import Coorientation, Guess
from bart_tool.domain.set_words import in_number
from bart_tool.domain.text import Text


def with_guesses(question_set: QuestionSet, about: Collection[str]) -> QuestionSet:
    """The set with the guesses about the kinds in `about` behind it.

    The same set when it has no coorientation, or when nobody is guessed about.
    """
    asked = question_set.coorientation
    if asked is None or not about:
        return question_set
    made = tuple(_made(question_set, asked, about))
    return question_set.guessing([question for question, _ in made], [guess for _, guess in made])


def _made(
    question_set: QuestionSet, asked: Coorientation, about: Collection[str]
) -> Iterator[tuple[Question, Guess]]:
    for kind in question_set.parties:
        for key in asked.items:
            item = question_set.by_key.get(key)
            if kind not in about or item is None or not question_set.asked_of(item, kind):
                continue
            others = tuple(
                each
                for each in question_set.parties
                if each != kind and question_set.asked_of(item, each)
            )
            if others:  # nobody would mean everybody
                question = _question(question_set, asked, item, kind, others)
                yield question, Guess(question.id, kind, key)


def _question(
    question_set: QuestionSet, asked: Coorientation, item: Item, kind: str, others: tuple[str, ...]
) -> Question:
    """What `others` are asked: the same answers to choose from, but for own words."""
    changed: dict[str, Any] = {
        "id": f"guess-{kind}-{item.key.replace('/', '-')}",
        "tense": item.tense,
        "text": _said(asked.text, question_set, item, kind, item.question.text),
        "short": _said(asked.short, question_set, item, kind, item.question.short),
        "table": Text(),
        "example": Text(),
        "help": asked.help,
        "subjects": (),
        "objects": None,
        "asked_of": others,
        "certainty": False,
    }
    if item.question.option_sources:
        changed["options"] = question_set.options(item.question, item.subject)
    if item.question.has_other:
        changed["other"] = False  # nobody can guess another's own words
    if item.question.covers:
        changed["coverage"] = None
    return item.question.model_copy(update=changed)


def _said(frame: Text, question_set: QuestionSet, item: Item, kind: str, question: Text) -> Text:
    """`frame` with whom the guess is about and what is asked, its names filled in."""
    named = {"party": question_set.parties[kind].in_sentence}
    inner: dict[str, Text] = {}
    if item.subject:
        subject = question_set.named(item.subject)
        inner["subject"] = subject.in_sentence
        nl, en = (in_number(said, plural=subject.is_plural) for said in (question.nl, question.en))
        question = Text(nl=nl, en=en)
    if item.object:
        inner["object"] = question_set.object_named(item.question, item.object).in_sentence
    return _filled(frame, {**named, "question": _filled(question, inner)})


def _filled(text: Text, names: Mapping[str, Text]) -> Text:
    nl, en = text.in_language("nl"), text.in_language("en")
    for name, named in names.items():
        nl = nl.replace(f"{{{name}}}", named.in_language("nl"))
        en = en.replace(f"{{{name}}}", named.in_language("en"))
    return Text(nl=nl[:1].upper() + nl[1:], en=en[:1].upper() + en[1:])
