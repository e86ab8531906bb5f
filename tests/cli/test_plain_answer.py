"""Answering line by line: what somebody hears who does not look at a screen."""

from pathlib import Path

import pytest

from tests.cli.run import bart

NEW = ("new", "wijk", "--set", "wijk-kern", "--party", "wijkraad=3", "--party", "wijkmanager=1")
TO_THE_TABLE = "\n1\n" + "\n" * 10  # past the welcome, consent, and ten questions


@pytest.fixture
def root(tmp_path: Path) -> Path:
    assert bart(tmp_path, *NEW).code == 0
    return tmp_path


def answered(root: Path, typed: str) -> str:
    return bart(root, "answer", "wijk", "WR-01", "--plain", typed=typed, language="nl").out


def test_what_levels_mean_is_said_once_a_table_and_again_when_asked(root: Path) -> None:
    meaning = "Beslist mee - Zonder instemming gaat het niet door."
    rows = answered(root, TO_THE_TABLE + "\n\nstop\n")
    assert "vraag 11 van 74" in rows
    assert "vraag 13 van 74" in rows
    assert rows.count(meaning) == 1
    assert rows.count("  4  Beslist mee\n") == 2
    asked_again = answered(root, TO_THE_TABLE.removeprefix("\n1") + "\n?\nstop\n")
    assert asked_again.count(meaning) >= 2


def test_what_was_kept_is_said_and_stop_stops(root: Path) -> None:
    said = answered(root, "\n1\n3\n\n1\n2\nSTOP\n")
    assert "Bewaard: Ertussenin" in said
    kept, closing = said.rstrip().splitlines()[-2:]
    assert kept.endswith("blijft bewaard.")
    assert closing == "Je antwoorden staan nog in dit venster. Sluit het."


def test_a_text_that_is_too_long_is_asked_again_and_never_cut(root: Path) -> None:
    long = "x" * 1001
    said = answered(root, f"\n1\n3\n{long}\nKort.\n\nstop\n")  # the second question
    assert "Je schreef 1001 tekens; er passen er 1000. Maak het korter." in said
    assert "xxx" not in said
    assert "Bewaard: Kort." in said


def test_with_nothing_open_the_own_picture_says_that_in_words(tmp_path: Path) -> None:
    assert bart(tmp_path, "new", "wijk", "--set", "wijk-kort", *NEW[4:]).code == 0
    said = answered(tmp_path, "\n1\n" + "z\n" * 19 + "q\n")
    assert "\nAlles is ingevuld.\nNummer: naar die vraag." in said
    assert "0 antwoorden" not in said


def test_in_the_own_picture_a_question_has_the_number_that_it_is_asked_with(root: Path) -> None:
    answered(root, "\n1\n3\nstop\n")
    picture, _, asked = answered(root, "3\n23\nstop\n").partition("Nummer: naar die vraag.")
    _, _, picture = picture.partition("\nMijn beeld\n")
    lines = [line for line in picture.splitlines() if line.startswith("  ")]
    assert sorted(int(line.split()[0]) for line in lines) == list(range(1, 75))
    assert "vraag 23 van 74" in asked
    assert "bij de inzet van mensen en geld van een cluster" in asked
    (line,) = (line for line in lines if line.startswith("  23  "))
    assert line.endswith("Mensen en geld van een cluster: nog open")


@pytest.mark.parametrize("stop", ["q", "STOP"])
@pytest.mark.parametrize(
    ("before", "kept"),
    [
        pytest.param("\n", 0, id="consent"),
        pytest.param("\n1\n3\nt\n", 1, id="a note"),
        pytest.param("\n1\n3\nSamen.\n", 2, id="may it be printed"),
        pytest.param("\n1\n3\nSamen.\nj\n3\n", 4, id="how sure"),
    ],
)
def test_who_stops_at_a_question_beside_the_answer_stops(
    root: Path, before: str, kept: int, stop: str
) -> None:
    """It was heard as no, as a note, or not at all, and the next question came."""
    said = answered(root, f"{before}{stop}\n1\n1\n")
    assert "blijft bewaard" in said.rstrip().splitlines()[-2]
    assert said.count("Bewaard: ") == kept


def test_a_number_that_is_not_there_says_nothing_of_how_sure_one_is(root: Path) -> None:
    said = answered(root, "\n1\n3\n\n1\n7\n2\nq\n")
    assert "Typ een van de nummers hierboven." in said
    assert said.count("Hoe zeker ben je?") == 1
