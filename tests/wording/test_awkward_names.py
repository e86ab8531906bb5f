"""Names that a municipality gives fit every sentence: of the questions, and of the report.

BART_LIST=FILE writes the sentences to a file, for a person to read.
"""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Route
from bart_tool.domain.session import Session
from bart_tool.wording.questions import (
    asked_at_once,
    asked_in_row,
    asked_of,
    filled,
    option_in_full,
    short,
)
from bart_tool.workflow.session_draft import SessionDraft
from tests.promises.printed import found, in_a_terminal, in_the_report, in_the_talk, on_the_screens
from tests.promises.workshops import Saying, Workshop, as_shipped

LONG = "de gebiedscommissie Charlois en Feijenoord"
CLUSTERS = ("stadsbeheer", "mo", "werk-en-inkomen", "so", "dienstverlening", "bco")


@dataclass(frozen=True)
class Case:
    """What a session calls things, and how many people and clusters it has."""

    council: str = ""
    manager: str = ""
    decision: str = "Een bank plaatsen"
    clusters: tuple[str, ...] = ("stadsbeheer",)
    people: int = 3


CASES = {
    "a label with its article": Case("de dorpsraad"),
    "a label of another gender": Case("het wijkplatform", "het gebiedsteam"),
    "a plural": Case("de partij bewonersgroepen"),
    "no article, and a capital": Case("Wijkraad Oud-Crooswijk"),
    "capitals only": Case("MO", decision="MO-geld verdelen"),
    "forty characters": Case(LONG, LONG.replace("gebieds", "wijk")),
    "an apostrophe": Case("’t Wijkberaad"),
    "a decision that is a question": Case(decision="Beslissen of de markt verhuist?"),
    "a decision with a comma and a number": Case(decision="3 bomen kappen, en er 6 planten"),
    "one person a party": Case(people=1),
    "six clusters": Case("de dorpsraad", clusters=CLUSTERS),
    "the clusters as one": Case(clusters=("",)),
}
SETS = ("wijk-kort", "wijk-kern", "wijkprogramma")
assert len(CASES) == 12


def session_of(the_set: QuestionSet, case: Case) -> Session:
    clusters = [f"cluster-{each}" if each else "cluster" for each in case.clusters]
    parties = {"wijkraad": case.people, "wijkmanager": 1} | dict.fromkeys(clusters, case.people)
    parties = {
        name: people
        for name, people in parties.items()
        if name.partition("-")[0] in the_set.parties
    }
    labels = {"wijkraad": case.council, "wijkmanager": case.manager}
    decisions = {"eigen": case.decision} if the_set.covered else {}
    draft = SessionDraft(
        name="proef",
        set_name=the_set.id,
        parties=tuple(parties.items()),
        labels={name: said for name, said in labels.items() if said and name in parties},
        decisions=decisions,
        title="Voorbeeldwijk",
    )
    return draft.session(the_set).changed(phase="closed")


def of_questions(the_set: QuestionSet, session: Session) -> Iterator[str]:
    asked = session.effective(the_set)
    for kind in {party.kind for party in session.parties}:
        said = session.said_to(asked, kind)
        for page in Route(said, kind).pages:
            yield asked_at_once(said, page, "nl")
            question = page.question
            for item in page.items:
                yield asked_of(said, item, "nl")
                yield short(said, item, "nl")
                if page.is_table:
                    yield asked_in_row(said, item, "nl")
                yield from (
                    filled(each, said, item, "nl") for each in (question.example, question.help)
                )
            for option in said.options(question, page.subject):
                yield option_in_full(option, "nl")


def of_the_report(the_set: QuestionSet, session: Session, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    asked = session.effective(the_set)
    codes = [(code, party, session.kind_of[party]) for code, party in session.party_of.items()]
    of = Workshop(asked, session, (tuple(Saying(asked, session, chance).sheets(codes)),))
    now = found(of)
    texts = (
        *in_a_terminal(now, of),
        *on_the_screens(now.findings, of, 3),
        *in_the_talk(now.findings, of),
        *in_the_report(now.findings, of),
    )
    yield from (each.text for each in texts)


def sentences(set_name: str, case: Case) -> set[str]:
    the_set = as_shipped(set_name)
    session = session_of(the_set, case)
    said = {*of_questions(the_set, session)}
    for seed in range(3):
        said |= {*of_the_report(the_set, session, seed)}
    return {each for each in said if each}


ARTICLE = "de|het|een|’t"
SINGULAR = "mag|heeft|doet|is|kan|krijgt|zegt|noemt|ziet|bepaalt|zou|hoort|weet|geeft|moet"
WRONG = {
    "two articles": re.compile(rf"(?i)\b({ARTICLE}) (je|uw|{ARTICLE})\b(?! vindt)"),
    "an unfilled brace": re.compile(r"[{}]"),
    "a plural with a verb in the singular": re.compile(
        rf"(?i)\b({SINGULAR}) de clusters samen\b|\bde clusters samen ({SINGULAR})\b"
    ),
    "a party in the singular with a verb in the plural": re.compile(
        r"(?i)\b(mogen|hebben|doen|zijn|kunnen|krijgen) (de (dorpsraad|partij)|het wijkplatform)\b"
    ),
    "two spaces, or one before a stop": re.compile(r"\S  \S|\S [.,;?!](?:\s|$)"),
    "two stops": re.compile(r"[?!.][.?!](?!\.)|\?:"),
}
NAMES = (
    "De dorpsraad",
    "Het wijkplatform",
    "Het gebiedsteam",
    "De partij bewonersgroepen",
    "De gebiedscommissie",
    "De clusters samen",
    "Je eigen cluster",
    "Een bank plaatsen",
    "Beslissen of",
    "Dit besluit",
)
# A name in the middle of a sentence begins with a small letter.
CAPITAL = re.compile(rf"(?:[a-zë,] |dit besluit: )(?:{'|'.join(NAMES)})\b")


def wrong_in(said: str) -> list[str]:
    found = [what for what, pattern in WRONG.items() if pattern.search(said)]
    return [*found, "a capital in mid-sentence"] if CAPITAL.search(said) else found


@pytest.mark.parametrize("set_name", SETS)
@pytest.mark.parametrize("called", CASES)
def test_every_sentence_fits_what_a_session_calls_things(called: str, set_name: str) -> None:
    said = sorted(sentences(set_name, CASES[called]))
    if name := os.environ.get("BART_LIST"):
        with Path(name).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{set_name} · {called}: {each}\n" for each in said)
    assert {each: wrong for each in said if (wrong := wrong_in(each))} == {}


def test_what_is_wrong_would_be_found() -> None:
    for said in (
        "Wat mag de de dorpsraad?",
        "Wat mag {subject}?",
        "Wat mag de clusters samen?",
        "Wat mag bij De dorpsraad?",
        "Wat mag  hier?",
    ):
        assert wrong_in(said), said
    assert wrong_in("Wat mogen de clusters samen bij dit besluit: een bank plaatsen?") == []
