"""The first sheet: each thing said once, hard words explained, nobody pointed at."""

import re

import pytest

from bart_tool.domain.findings import Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.report import compose
from bart_tool.report.document import Bullets, Line, NewPage, Paragraph, Table
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.findings import found
from tests.promises import printed
from tests.promises.workshops import workshop
from tests.report.test_golden_reports import CASES, LANGUAGES, Case, findings_of

ABSENT = Case(
    {"wijkraad": 1, "wijkmanager": 1, "cluster-stadsbeheer": 1},
    {"wijkraad": ["position"], "cluster-stadsbeheer": ["position"]},
)
Made = tuple[QuestionSet, Session, Findings]
MISSING = {
    "nl": "Mist er iemand? Daar kan een goede reden voor zijn.",
    "en": "Is somebody missing? There may be a good reason.",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Made:
    opened = make_demo(DiskStore(tmp_path_factory.mktemp("demo"))).opened
    return opened.question_set, opened.session, found(opened).findings


def first_sheet(made: Made, language: str = "nl") -> tuple[object, ...]:
    the_set, session, findings = made
    blocks = compose.report(findings, the_set, session, language, "appendix").blocks  # type: ignore[arg-type]
    ends = next((n for n, each in enumerate(blocks) if isinstance(each, NewPage)), len(blocks))
    return blocks[:ends]


def said(line: Line) -> str:
    return "".join(span.text for span in line)


def paragraphs(made: Made, language: str = "nl") -> str:
    sheet = first_sheet(made, language)
    return " ".join(said(each.line) for each in sheet if isinstance(each, Paragraph))


def of(case: Case) -> Made:
    return findings_of(case)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*CASES, "demo"])
def test_what_the_table_says_is_not_said_above_it_too(name: str, language: str, demo: Made) -> None:
    made = demo if name == "demo" else of(CASES[name])
    running = paragraphs(made, language).lower()
    tables = [each for each in first_sheet(made, language) if isinstance(each, Table)]
    told = [text for table in tables for row in table.rows for text in re.split(r"[.;] ", row[1])]
    assert [text for text in told if text.lower() in running] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_somebody_is_missing_is_said_kindly_and_only_then(language: str, demo: Made) -> None:
    assert MISSING[language] in paragraphs(demo, language)  # 13 of 14
    for name, case in CASES.items():
        _, _, findings = made = of(case)
        shown = [party for party in findings.parties if party.visibility != "withheld"]
        missing = any(0 < each.answered < each.invited for each in shown)
        assert (MISSING[language] in paragraphs(made, language)) == missing, name


def test_what_not_everybody_knows_is_explained_once_on_the_first_sheet(demo: Made) -> None:
    text = paragraphs(demo)
    assert text.count("Cluster: een afdeling van de gemeente, als geheel.") == 1
    assert text.count("Wijk-MT: het vaste overleg over het werk in de wijk.") == 1
    assert "Wijkmanager: " not in text


def test_a_word_that_the_first_sheet_does_not_use_is_not_explained_there() -> None:
    text = paragraphs(of(CASES["hostile-text"]))  # no cluster takes part, and nobody names the team
    assert "Cluster: " not in text
    assert "Wijk-MT: " not in text


def test_parties_that_a_session_names_itself_are_not_explained() -> None:
    of_basis = workshop("bart-basis", 3)
    made = (of_basis.asked, of_basis.session, printed.found(of_basis).findings)
    assert made[2].page_one
    assert "Een groep of functie" not in paragraphs(made)
    assert "Alle partijen samen: " not in paragraphs(made)
    blocks = compose.appendix(made[2], made[0], made[1], "nl").blocks
    lines = [said(line) for each in blocks if isinstance(each, Bullets) for line in each.lines]
    assert "Iemand hogerop: een leidinggevende of bestuurder die zelf niet meedoet." in lines
    assert not [line for line in lines if "een groep of functie die meedoet" in line]


def test_of_a_party_without_answers_that_is_said_once() -> None:
    text = paragraphs(of(ABSENT))
    assert "Van deze partijen staan de antwoorden van 2 van de 2 mensen hierin: " in text
    assert "wijkmanager 0 van 1" not in text
    assert "Van de wijkmanager tellen geen antwoorden mee." in text


def test_every_word_that_the_set_explains_stands_in_the_appendix(demo: Made) -> None:
    the_set, session, findings = demo
    blocks = compose.appendix(findings, the_set, session, "nl").blocks
    lines = [said(line) for each in blocks if isinstance(each, Bullets) for line in each.lines]
    for word in ("Wijkraad", "Cluster", "Wijk-MT", "Rayondirecteur", "Wijkakkoord"):
        assert sum(line.startswith(f"{word}: ") for line in lines) == 1, word


def test_one_begins_somewhere_only_where_there_is_a_choice(demo: Made) -> None:
    assert "Begin met kleine, dringende uitgave. " in paragraphs(demo)
    assert len(of(CASES["small-groups-together"])[2].page_one) == 1
    assert "Begin met" not in paragraphs(of(CASES["small-groups-together"]))


def test_what_is_shared_is_said_with_its_whole_question(demo: Made) -> None:
    lines = [said(x) for each in first_sheet(demo) if isinstance(each, Bullets) for x in each.lines]
    assert "Staat het duidelijk op papier: wat in het wijkakkoord staat? ja" in lines
