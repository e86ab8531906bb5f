"""A reminder for who has not handed in: who gets one, and that it tells nothing of answers."""

from pathlib import Path

import pytest

from tests.cli.run import bart
from tests.cli.some_session import answered, closed, csv, made


def test_only_who_has_not_handed_in_gets_a_reminder_and_it_says_how_many(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    done = bart(tmp_path, "form", "wijk", "--reminder", "--sender", "Team", language="en")
    assert (done.code, "2 people have not handed in" in done.err) == (0, True)
    forms = sorted(path.name for path in (folder / "forms").glob("[A-Z]*"))
    assert forms == ["CL-01.html", "CL-01.reminder.txt", "WR-03.html", "WR-03.reminder.txt"]
    letter = (folder / "forms" / "WR-03.reminder.txt").read_text("utf-8")
    assert "Your answers have not come in yet" in letter
    assert letter.endswith("\n\nTeam\n")


def test_what_is_reminded_of_is_the_same_whatever_the_others_answered(tmp_path: Path) -> None:
    told = []
    for name, value in (("a", "college"), ("b", "nobody")):
        root = tmp_path / name
        root.mkdir()
        folder = made(root)
        row = f"WR-01,wijkraad,ties-broken-by,{value},certain,een woord,ja,group"
        assert bart(root, "gather", "wijk", csv(root, "a.csv", row)).code == 0
        done = bart(root, "form", "wijk", "--letter", "--reminder")
        letters = [path.read_bytes() for path in sorted((folder / "forms").glob("*.txt"))]
        told.append((done.out.replace(str(root), ""), done.err, letters))
    assert told[0] == told[1]
    assert len(told[0][2]) == 4


def test_of_the_codes_that_are_named_who_handed_in_is_left_out(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    done = bart(tmp_path, "form", "wijk", "WR-01", "WR-03", "--paper", "--reminder", language="en")
    assert "1 person has not handed in" in done.err
    made_now = sorted(path.name for path in (folder / "forms").glob("[A-Z]*"))
    assert made_now == ["WR-03.paper.html", "WR-03.paper.reminder.txt"]


def test_when_everybody_handed_in_there_is_nobody_to_remind(tmp_path: Path) -> None:
    folder = answered(tmp_path)
    done = bart(tmp_path, "form", "wijk", "WR-01", "--reminder", "--json")
    assert (done.code, done.json["files"]) == (0, [])
    assert "iedereen heeft ingeleverd" in done.err
    assert not (folder / "forms").exists()


def test_after_closing_nobody_is_reminded(tmp_path: Path) -> None:
    closed(tmp_path)
    assert bart(tmp_path, "form", "wijk", "--reminder").code == 77


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_reminder_says_the_rest_as_the_invitation_did(tmp_path: Path, language: str) -> None:
    folder = made(tmp_path)
    for option in ("--letter", "--reminder"):
        done = bart(
            tmp_path, "form", "wijk", "WR-01", option, "--contact", "ons", language=language
        )
        assert done.code == 0
    invitation, reminder = (
        (folder / "forms" / f"WR-01.{kind}.txt").read_text("utf-8").split("\n\n")
        for kind in ("letter", "reminder")
    )
    new = [each for each in reminder if each not in invitation]
    assert len(new) == 3
    assert new[0] == reminder[0]
