"""Who points at whom, in words: a cluster that names its account holder names itself, and whom."""

from collections.abc import Mapping

import pytest

from bart_tool.domain.base import Language
from bart_tool.domain.findings import ItemFinding
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from bart_tool.store import question_sets
from bart_tool.wording.finding_sentences import sentence_of
from bart_tool.wording.naming import Naming
from bart_tool.wording.pictures import matrix_of
from tests.workshop import analysed, session, sheets

AH, ITEM = "account-holder", "ties-broken-by"


def found(said: Mapping[str, str | None]) -> tuple[QuestionSet, Session, ItemFinding]:
    """What is found where each party, of two people, says this on who settles it."""
    the_set, _ = question_sets.load("wijk-kern")
    assert the_set is not None
    workshop = session(the_set, dict.fromkeys(said, 2))
    given = {party: [whom] * 2 for party, whom in said.items() if whom is not None}
    people = sheets(workshop, given, ITEM)
    return the_set, workshop, analysed(the_set, workshop, merge(people)).by_key[ITEM]


def seen(language: Language, *said: str) -> str:
    the_set, workshop, finding = found(
        dict(zip(("wijkraad", "wijkmanager", "cluster"), said, strict=True))
    )
    return sentence_of(finding, Naming(the_set, workshop, language))


@pytest.mark.parametrize(
    ("said", "nl", "en"),
    [
        (
            ("wijkraad", "college", AH),
            "De wijkraad en het cluster noemen allebei zichzelf."
            " Het cluster noemt daarbij de accounthouder.",
            "The wijkraad and the cluster both name themselves."
            " The cluster names the account holder here.",
        ),
        (
            ("college", "wijkraad", AH),
            "Het cluster noemt zichzelf: de accounthouder."
            " De wijkraad en de wijkmanager antwoorden iets anders.",
            "The cluster names itself: the account holder."
            " The wijkraad and the wijkmanager answer otherwise.",
        ),
        (
            (AH, "college", "wijkmanager"),
            "Geen van de 3 partijen noemt zichzelf; de wijkraad noemt de accounthouder.",
            "None of the 3 parties names itself; the wijkraad names the account holder.",
        ),
        (
            ("cluster", AH, AH),
            "De 3 partijen zien dit niet helemaal hetzelfde.",
            "The 3 parties do not see this quite the same.",
        ),
        (
            (AH, AH, AH),
            "De 3 partijen zien dit hetzelfde.",
            "The 3 parties see this the same.",
        ),
    ],
)
def test_it_is_said_whom_a_party_names(said: tuple[str, ...], nl: str, en: str) -> None:
    assert seen("nl", *said) == nl
    assert seen("en", *said) == en


@pytest.mark.parametrize(
    ("said", "nl"),
    [
        ({"wijkraad": AH, "wijkmanager": AH}, "De wijkraad en de wijkmanager zien dit hetzelfde."),
        (
            {"wijkraad": AH, "wijkmanager": "college", "cluster": "wijkmanager", "cluster-b": None},
            "De wijkraad, de wijkmanager en het cluster noemen zichzelf niet;"
            " de wijkraad noemt de accounthouder.",
        ),
    ],
)
def test_two_are_named_and_so_are_those_beside_one_who_said_nothing(
    said: dict[str, str | None], nl: str
) -> None:
    the_set, workshop, finding = found(said)
    assert sentence_of(finding, Naming(the_set, workshop, "nl")) == nl


@pytest.mark.parametrize(
    ("wijkraad", "a", "b", "nl"),
    [
        ("wijkraad", AH, AH, "Het cluster en het cluster noemen daarbij de accounthouder."),
        (
            "college",
            AH,
            AH,
            "Het cluster en het cluster noemen zichzelf: de accounthouder. De wijkraad",
        ),
        (
            "college",
            AH,
            "cluster",
            "noemen zichzelf. Het cluster noemt daarbij de accounthouder. De",
        ),
    ],
)
def test_of_several_clusters_it_is_said_which(wijkraad: str, a: str, b: str, nl: str) -> None:
    the_set, workshop, finding = found({"wijkraad": wijkraad, "cluster-a": a, "cluster-b": b})
    assert nl in sentence_of(finding, Naming(the_set, workshop, "nl"))


def test_the_picture_marks_who_names_itself_where_it_is_named() -> None:
    the_set, workshop, finding = found({"wijkraad": "college", "cluster": AH})
    picture = matrix_of([finding], Naming(the_set, workshop, "nl"))
    assert picture is not None
    assert [(each.text, each.is_cause) for each in picture.columns] == [
        ("de accounthouder", True),
        ("het college van burgemeester en wethouders", False),
    ]
    assert [[cell.is_own for cell in row] for row in picture.cells] == [
        [False, False],
        [True, False],
    ]
