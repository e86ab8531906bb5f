"""What is filled in for a new session, as values."""

import pytest

from bart_tool.domain.base import Language
from bart_tool.domain.session import FormalSource
from bart_tool.workflow.prepare import usable_set
from bart_tool.workflow.session_draft import SessionDraft, named_party, number_in


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *[("7", 7), (" 12 ", 12), ("0", 0), ("-1", None), ("7a", None), ("", None), ("٣", None)],
        *[("99999999", None), ("1.5", None)],
    ],
)
def test_a_number_is_digits_only(said: str, number: int | None) -> None:
    assert number_in(said) == number


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "said", ["Stadsbeheer", "cluster Stadsbeheer", " Cluster  Stadsbeheer ", "cluster-Stadsbeheer"]
)
def test_a_cluster_is_the_same_with_and_without_the_word_cluster(
    said: str, language: Language
) -> None:
    question_set, _ = usable_set("wijk-kern")
    name, called = named_party("cluster", question_set.parties["cluster"], said, language)
    assert (name, called) == ("cluster-stadsbeheer", "cluster Stadsbeheer")


def test_a_party_of_its_own_kind_is_called_as_in_a_sentence() -> None:
    question_set, _ = usable_set("bart-basis")
    said = named_party("party", question_set.parties["party"], " de verpleging ", "nl")
    assert said == ("verpleging", "de verpleging")
    draft = SessionDraft(name="proef", set_name="bart-basis").with_people(said[0], 3, said[1])
    assert "primary-task/party" in draft.with_people("verpleging", 0).asking(question_set).by_key
    assert "primary-task/verpleging" in draft.asking(question_set).by_key


def test_own_decisions_that_look_alike_get_different_ids() -> None:
    assert SessionDraft().with_decisions(("Een bank", "Een bank!", "…")).decisions == {
        "een-bank": "Een bank",
        "een-bank-2": "Een bank!",
        "besluit": "…",
    }


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (SessionDraft(name="x"), ["session-without-parties parties"]),
        (SessionDraft(name="x", parties=[("buren", 2)]), ["no-such-party parties/#0"]),
        (SessionDraft(name="x", parties=[("A b", 2)]), ["no-such-party parties/#0"]),
        (
            SessionDraft(name="x", parties=[("wijkraad", 0), ("wijkmanager", 30_000)]),
            ["bad-number-of-people parties/#0", "bad-number-of-people parties/#1"],
        ),
        (
            SessionDraft(
                name="x",
                parties=[("wijkraad", 2)],
                decisions={"A b": "Bank"},
                guess_about=("A b",),
            ),
            ["no-such-party guess_about", "bad-decision-id decisions"],
        ),
        (SessionDraft(name="x", parties=[("wijkraad", 2)]), []),
    ],
)
def test_all_that_is_wrong_is_named_at_once_with_its_place(
    draft: SessionDraft, found: list[str]
) -> None:
    question_set, _ = usable_set("wijk-kern")
    said = [f"{each.code} {each.where.item}" for each in draft.problems(question_set)]
    assert said == found


def test_no_people_means_no_party() -> None:
    draft = SessionDraft().with_people("wijkraad", 7).with_people("wijkraad", 0)
    assert draft.parties == ()
    assert draft.is_empty


def test_another_set_keeps_what_it_asks_about_too() -> None:
    kort, _ = usable_set("wijk-kort")
    draft = SessionDraft(k=4, asked_decisions=("extra-programme", "small-urgent-spend"))
    for item in ("primary-task/wijkraad", "sets-priority/wijkraad"):
        draft = draft.with_source(item, FormalSource(text="x"))
    assert draft.with_set("wijk-kern", kort) is draft
    other = draft.with_set("wijk-kort", kort)
    assert (other.set_name, other.k) == ("wijk-kort", 4)
    assert list(other.sources) == ["primary-task/wijkraad"]
    assert other.asked_decisions == ("small-urgent-spend",)


def test_what_was_said_about_a_party_stays_when_it_gets_another_name() -> None:
    draft = SessionDraft(guess_about=("staf", "bestuur"), guess_consent=("staf",))
    draft = draft.with_source("mandate/staf/year-plan", FormalSource(text="x"))
    after = draft.with_renamed("staf", "team")
    assert (after.guess_about, after.guess_consent) == (("team", "bestuur"), ("team",))
    assert list(after.sources) == ["mandate/team/year-plan"]
    assert draft.with_renamed("", "team") is draft


def test_codes_follow_the_order_of_the_set_whatever_was_filled_in_first() -> None:
    question_set, _ = usable_set("wijk-kern")
    draft = SessionDraft(title="Voorbeeldwijk", name="proef", decisions={"een-bank": "Een bank"})
    draft = draft.with_people("cluster-zorg", 1, "cluster Zorg").with_people("wijkmanager", 1)
    draft = draft.with_people("cluster-buiten", 2, "cluster Buiten").with_people("wijkraad", 2)
    session = draft.tidied(question_set).session(question_set)
    assert {each.code: each.party for each in session.participants} == {
        "WR-01": "wijkraad",
        "WR-02": "wijkraad",
        "WM-01": "wijkmanager",
        "CL-01": "cluster-zorg",
        "CL-02": "cluster-buiten",
        "CL-03": "cluster-buiten",
    }
    assert list(session.decisions) == ["een-bank"]


def test_nobody_guesses_about_who_left_or_is_alone_without_consent() -> None:
    question_set, _ = usable_set("wijkprogramma")
    draft = SessionDraft(name="proef", set_name="wijkprogramma").with_people("wijkraad", 3)
    draft = draft.with_people("cluster-zorg", 2, "cluster Zorg").with_people("wijkmanager", 1)
    draft = draft.with_guess("wijkraad", wanted=True).with_guess("cluster", wanted=True)
    draft = draft.with_guess("wijkmanager", wanted=True, has_consent=True)
    plan = draft.tidied(question_set)
    assert plan.guess_about == ("wijkraad", "wijkmanager", "cluster")
    assert plan.guess_consent == ("wijkmanager",)
    fewer = draft.with_people("wijkraad", 1).with_people("wijkmanager", 0)
    plan = fewer.tidied(question_set)
    assert (plan.guess_about, plan.guess_consent) == (("cluster",), ())
    assert draft.with_guess("cluster", wanted=False).guessed(question_set) == (
        "wijkraad",
        "wijkmanager",
    )
    assert draft.with_set("wijk-kort", usable_set("wijk-kort")[0]).guess_about == ()
