"""What is asked to be guessed, of whom, and when a session may ask it."""

from typing import Any

import pytest

from bart_tool.domain.checks import check_session
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.set_checks import check_set
from bart_tool.workflow.prepare import usable_set
from bart_tool.workflow.session_draft import SessionDraft
from tests.workshop import (
    CHOICE_QUESTION,
    MANDATE_QUESTION,
    TEXT_QUESTION,
    WHO_QUESTION,
    question,
    session,
    set_data,
    small_set,
    text,
)

ONLY_RAAD = question("only-raad", "who", asked_of=["wijkraad"])
ABOUT = question(
    "about",
    "scale",
    scale="five",
    subjects=["wijkraad"],
    objects="means",
    text=text("Genoeg {object} voor {subject}?"),
    tense="formal",
)
MODULE: dict[str, Any] = {
    "items": ["who", "choice/cluster", "about/wijkraad/time"],
    "text": {"nl": "Wat vult {party} in? {question}", "en": "What does {party} say? {question}"},
    "short": text("{question} ({party})"),
    "help": text("Het is een gok."),
}


def guessing_set(**module: Any) -> QuestionSet:
    data = set_data(
        MANDATE_QUESTION, WHO_QUESTION, CHOICE_QUESTION, TEXT_QUESTION, ONLY_RAAD, ABOUT
    )
    return QuestionSet.model_validate({**data, "coorientation": {**MODULE, **module}})


SET = guessing_set()
PARTIES = {"wijkraad": 2, "wijkmanager": 1, "cluster-a": 2}


def held(*about: str, **more: Any) -> Session:
    return session(SET, PARTIES, guess_about=about, **more)


def keys(asked: QuestionSet, kind: str) -> list[str]:
    return [item.key for item in asked.route(kind)]


def test_the_guesses_come_last_and_only_to_the_other_kinds() -> None:
    asked = held("wijkraad", "cluster").effective(SET)
    own = keys(SET, "wijkmanager")
    about_raad = ["guess-wijkraad-who", "guess-wijkraad-choice-cluster"]
    about_raad.append("guess-wijkraad-about-wijkraad-time")
    about_cluster = [key.replace("-wijkraad-", "-cluster-", 1) for key in about_raad]
    assert keys(asked, "wijkmanager") == [*own, *about_raad, *about_cluster]
    assert keys(asked, "wijkraad")[len(keys(SET, "wijkraad")) :] == about_cluster
    assert keys(asked, "cluster")[len(keys(SET, "cluster")) :] == about_raad
    assert [item.key for item in asked.compared] == [item.key for item in SET.items]
    assert check_set(asked) == ()


def test_off_by_default_the_set_stays_the_same() -> None:
    assert held().effective(SET) is SET


def test_a_guess_reads_as_the_question_with_its_names_filled_in() -> None:
    asked = held("wijkraad").effective(SET)
    about = asked.question_by_id["guess-wijkraad-about-wijkraad-time"]
    assert about.text.nl == "Wat vult wijkraad in? Genoeg time voor wijkraad?"
    assert about.short.en == "About (wijkraad)"
    assert (about.help.nl, about.tense, about.example.nl) == ("Het is een gok.", "formal", "")


def test_the_same_answers_can_be_chosen_but_for_own_words() -> None:
    asked = held("wijkraad").effective(SET)
    for key, guess in (
        ("who", "guess-wijkraad-who"),
        ("choice/cluster", "guess-wijkraad-choice-cluster"),
        ("about/wijkraad/time", "guess-wijkraad-about-wijkraad-time"),
    ):
        assert asked.choosable[guess] == asked.choosable[key]
        assert not getattr(asked.by_key[guess].question, "other", False)
        assert not asked.by_key[guess].question.certainty


def test_what_a_party_is_not_asked_itself_nobody_guesses_about_it() -> None:
    only = guessing_set(items=["only-raad"])
    assert held("wijkmanager").effective(only).guesses == ()
    assert held("wijkraad").effective(only).guesses == ()  # and nobody else can lay it beside


def test_a_round_that_asks_a_part_again_has_no_guesses_but_knows_them() -> None:
    again = held("wijkraad", asked=("who",))
    assert [item.key for item in again.effective(SET).items] == ["who"]
    assert "guess-wijkraad-who" in again.known(SET).by_key


def codes(workshop: Session, question_set: QuestionSet = SET) -> list[tuple[str, str]]:
    return [(each.code, each.where.item) for each in check_session(workshop, question_set)]


def test_a_group_may_be_guessed_about_without_more() -> None:
    assert codes(held("wijkraad", "cluster")) == []


def test_of_one_person_only_with_consent() -> None:
    assert codes(held("wijkmanager")) == [("guess-needs-consent", "guess_about/#0")]
    assert codes(held("wijkmanager", guess_consent=("wijkmanager",))) == []


def test_a_kind_with_one_party_of_one_person_needs_consent_too() -> None:
    parties = {"wijkraad": 2, "cluster-a": 3, "cluster-b": 1}
    workshop = session(SET, parties, guess_about=("cluster",))
    assert codes(workshop) == [("guess-needs-consent", "guess_about/#0")]


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ({"guess_about": ("college",)}, "guess-unknown-kind", "guess_about/#0"),
        ({"guess_about": ("wijkraad", "cluster-a")}, "guess-unknown-kind", "guess_about/#1"),
        ({"guess_consent": ("wijkraad",)}, "guess-consent-unused", "guess_consent/#0"),
    ],
)
def test_a_guess_about_who_is_not_there_is_named(
    fields: dict[str, Any], code: str, place: str
) -> None:
    assert codes(session(SET, PARTIES, **fields)) == [(code, place)]


def test_a_set_without_the_module_cannot_ask_it() -> None:
    plain = small_set()
    workshop = session(plain, PARTIES, guess_about=("wijkraad",))
    assert codes(workshop, plain) == [("guess-not-in-set", "guess_about")]


def test_a_question_asked_about_twice_is_named() -> None:
    problems = check_set(guessing_set(items=["who", "who"]))
    assert [(each.code, each.where.item) for each in problems] == [
        ("duplicate-id", "coorientation/items")
    ]


def test_nothing_to_guess_about_is_an_empty_list() -> None:
    assert [each.code for each in check_set(guessing_set(items=[]))] == ["empty-list"]


def test_parties_that_the_session_names_can_be_guessed_about() -> None:
    as_filed, _ = usable_set("bart-basis")
    parties = [("zorg", 3), ("staf", 3)]
    plan = SessionDraft(name="x", set_name="bart-basis", parties=parties, guess_about=("staf",))
    asked = plan.session(as_filed).effective(as_filed)
    assert [guess.about for guess in asked.guesses] == ["staf"] * 3
    assert [key for key in keys(asked, "staf") if key.startswith("guess")] == []
    assert len([key for key in keys(asked, "zorg") if key.startswith("guess")]) == 3
