"""Answers and sheets of every kind, drawn by chance, that fit the set they are for."""

import random
from typing import Any

from bart_tool.domain.answer import DONT_KNOW, NOBODY, PREFER_NOT, Answer
from bart_tool.domain.question import MultiQuestion, ScaleQuestion, TextQuestion, WhoQuestion
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet, SheetStatus

LETTERS = "abcdefgh ijklmnop\n'\":#-=,;é"


def any_value(asked: QuestionSet, item: Item, chance: random.Random) -> Any:
    """An answer of whatever kind fits the item: don't know and nobody are answers too."""
    question = item.question
    if isinstance(question, TextQuestion):
        return "x" + "".join(chance.choice(LETTERS) for _ in range(chance.randrange(300)))
    codes = [DONT_KNOW, PREFER_NOT]
    if isinstance(question, ScaleQuestion):
        return chance.choice([*codes, *asked.scales[question.scale].numbers])
    if isinstance(question, WhoQuestion):
        known = [*(question.actors or [*asked.parties, *asked.actors])]
        return chance.choice([*codes, NOBODY, *known])
    ids = [option.id for option in asked.options(question, item.subject)]
    if not isinstance(question, MultiQuestion):
        return chance.choice([*codes, *ids])
    if chance.random() < 0.2:
        return chance.choice(codes)
    tags = (*question.tagged, "unknown")
    chosen = chance.sample(ids, chance.randint(0, min(len(ids), question.most or len(ids))))
    return {option: chance.choice(tags) for option in chosen}


def any_answer(asked: QuestionSet, item: Item, chance: random.Random, revision: int) -> Answer:
    return Answer(
        value=any_value(asked, item, chance),
        certainty=chance.choice(("guess", "fairly", "certain"))
        if item.question.certainty
        else None,
        note=chance.choice(("", "kort", "x" * chance.randrange(1, 900))),
        quote=chance.random() < 0.5,
        revision=revision,
    )


def any_sheet(session: Session, asked: QuestionSet, code: str, said: random.Random) -> Sheet:
    """Which items are answered and how often they changed is the same in every world."""
    shape = random.Random(code)
    route = asked.route(session.kind_of[session.party_of[code]])
    answers = {
        item.key: any_answer(asked, item, said, shape.randint(1, 4))
        for item in route
        if shape.random() < 0.8
    }
    return Sheet(
        session=session.session,
        question_set=session.question_set,
        question_set_hash=session.question_set_hash,
        participant=code,
        party=session.party_of[code],
        consent="position",
        status=SheetStatus.SUBMITTED,
        answers=answers,
    ).marked(session.id)
