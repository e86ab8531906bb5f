"""Workshops of any size on the set `wijk-kern`, with answers drawn from a seed."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bart_tool.domain.answer import DONT_KNOW, NOBODY, OTHER, PREFER_NOT, Answer
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft

SET = "wijk-kern"
# Most are residents, as in a wijk; the clusters are one kind in two parties.
_SHARES = {"wijkmanager": 0.1, "cluster-stadsbeheer": 0.2, "cluster-sociaal": 0.2}


def desk_of(root: Path, people: int, name: str = "large") -> OpenSession:
    """A new session of `people`, being answered."""
    others = {party: max(1, int(share * people)) for party, share in _SHARES.items()}
    parties = {"wijkraad": people - sum(others.values()), **others}
    return new_session(
        DiskStore(root), SessionDraft(name=name, set_name=SET, parties=tuple(parties.items()))
    )


def sheets_for(opened: OpenSession, seed: int = 1) -> Iterator[Sheet]:
    """A sheet handed in by everybody, with every item of their route answered."""
    draw = random.Random(seed)
    for participant in opened.session.participants:
        yield _sheet(draw, opened.session, opened.question_set, participant.code)


def hand_out(opened: OpenSession, folder: Path, seed: int = 1) -> list[Path]:
    """The sheets as loose files in `folder`, as they come in by mail."""
    folder.mkdir()
    files = []
    for sheet in sheets_for(opened, seed):
        files.append(folder / f"{sheet.participant}.yaml")
        files[-1].write_text(sheets.dump(sheet), "utf-8")
    return files


def _sheet(draw: random.Random, session: Session, question_set: QuestionSet, code: str) -> Sheet:
    party = session.party_of[code]
    route = question_set.route(session.kind_of[party])
    return Sheet.model_validate(
        {
            "session": session.session,
            "question_set": session.question_set,
            "question_set_hash": session.question_set_hash,
            "participant": code,
            "party": party,
            "consent": draw.choice(["position", "group", "group"]),
            "status": "submitted",
            "answers": {item.key: _answer(draw, question_set, item) for item in route},
        }
    )


def _answer(draw: random.Random, question_set: QuestionSet, item: Item) -> Answer:
    said: dict[str, Any] = {"value": _value(draw, question_set, item)}
    if said["value"] == OTHER:
        said["words"] = "het buurtcomité van de Kastanjelaan"
    if item.question.certainty:
        said["certainty"] = draw.choice(["guess", "fairly", "certain"])
    if draw.random() < 0.05:
        said |= {"note": "Dat hangt af van wie er die week dienst heeft.", "quote": True}
    return Answer(**said, revision=draw.choice([1, 1, 1, 2, 3]))


def _value(draw: random.Random, question_set: QuestionSet, item: Item) -> str | dict[str, str]:
    question = item.question
    if question.type == "text":
        return "Zorgen dat de gemeente doet wat in onze wijk nodig is."
    if draw.random() < 0.08:
        return draw.choice([DONT_KNOW, DONT_KNOW, PREFER_NOT])
    options = [option.id for option in question_set.options(question, item.subject)]
    if question.type == "multi":
        chosen = draw.sample(options, draw.randint(0, min(5, len(options), question.most or 5)))
        tags = [*question.tagged, "unknown"]
        return {option: draw.choice(tags) for option in chosen}
    if question.type == "who":
        options.append(NOBODY)
    if question.type in ("who", "choice") and question.other:
        options.append(OTHER)
    return draw.choice(options)
