"""What somebody who leads a first workshop must hear at the step itself, and not find out later."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bart_tool.cli.terminal import _wrapped
from bart_tool.domain.session import Session
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import open_session
from tests.cli.run import bart
from tests.cli.some_session import answered, closed, made

SOON = date.today() + timedelta(days=10)


def revised(root: Path, **fields: object) -> Session:
    return open_session(DiskStore(root), "wijk").revised(lambda now: now.changed(**fields)).session


def agreed(root: Path, check_on: date) -> str:
    done = bart(
        root, "agreements", "add", "wijk", "ties-broken-by", "--party", "wijkraad",
        "--sentence", "De wijkmanager geeft tot 500 euro uit.", "--mandate", "within",
        "--check-on", check_on.isoformat(), language="nl",
    )  # fmt: skip
    assert done.code == 0, done.err
    return done.out + done.err


def test_making_papers_leaves_the_letters_that_go_by_mail(tmp_path: Path) -> None:
    forms = made(tmp_path) / "forms"
    bart(tmp_path, "form", "wijk", "--letter", "--sender", "Team Wijken")
    by_mail = (forms / "WR-01.letter.txt").read_bytes()
    bart(tmp_path, "form", "wijk", "--paper", "--letter")
    assert (forms / "WR-01.letter.txt").read_bytes() == by_mail
    beside_paper = (forms / "WR-01.paper.letter.txt").read_bytes()
    assert beside_paper != by_mail
    assert b"Team Wijken" not in beside_paper


@pytest.mark.parametrize("asks", [True, False])
def test_a_round_that_opens_says_that_old_cards_are_dead_where_cards_are_asked(
    tmp_path: Path, asks: bool
) -> None:
    answered(tmp_path)
    if asks:
        assert bart(tmp_path, "pins", "wijk").code == 0
    bart(tmp_path, "close", "wijk")
    again = bart(tmp_path, "reopen", "wijk", language="nl").out
    assert ("pincodes van eerder werken niet meer" in again) is asks
    bart(tmp_path, "close", "wijk")
    agreed(tmp_path, SOON)
    next_round = bart(tmp_path, "follow-up", "wijk", "--yes", language="nl").out
    assert ("Deel nieuwe uit: bart pins wijk" in next_round) is asks


def test_a_sheet_that_is_opened_again_opens_no_round_and_closing_names_it(tmp_path: Path) -> None:
    answered(tmp_path)
    opened = bart(tmp_path, "reopen", "wijk", "WR-01", language="nl").out
    assert "WR-01" in opened
    assert "De ronde is weer open" not in opened
    told = bart(tmp_path, "close", "wijk", language="nl").out
    assert "Heropend en niet opnieuw ingeleverd: WR-01. Deze tellen zoals ze nu zijn." in told
    assert "De ronde is weer open" in bart(tmp_path, "reopen", "wijk", language="nl").out


def test_who_closes_is_asked_while_a_sheet_is_open_again(tmp_path: Path) -> None:
    answered(tmp_path)
    bart(tmp_path, "reopen", "wijk", "WR-01")
    asked = bart(tmp_path, "close", "wijk", typed="nee\n", language="nl")
    assert "Heropend en niet opnieuw ingeleverd: WR-01." in asked.err
    assert open_session(DiskStore(tmp_path), "wijk").session.phase == "answering"


@pytest.mark.parametrize(("until", "stays"), [(SOON, True), (date(2090, 1, 1), False)])
def test_what_is_put_away_and_stays_in_sight_says_so(
    tmp_path: Path, until: date, stays: bool
) -> None:
    closed(tmp_path)
    revised(tmp_path, keep_until=until)
    told = bart(tmp_path, "archive", "wijk", language="nl").out
    assert ("blijft in de lijst staan" in told) is stays


@pytest.mark.parametrize(("days", "warned"), [(1, True), (0, False)])
def test_a_day_to_look_again_after_all_is_erased_is_asked_about(
    tmp_path: Path, days: int, warned: bool
) -> None:
    closed(tmp_path)
    revised(tmp_path, keep_until=SOON)
    told = agreed(tmp_path, SOON + timedelta(days=days))
    assert ("vóór de dag waarop jullie dit nakijken" in told) is warned


def test_a_follow_up_says_where_what_was_made_lies_now(tmp_path: Path) -> None:
    folder = closed(tmp_path)
    bart(tmp_path, "report", "wijk")
    agreed(tmp_path, SOON)
    told = bart(tmp_path, "follow-up", "wijk", "--yes", language="nl").out
    there = folder / "rounds" / "1" / "report"
    assert f"liggen nu in {there}" in told
    assert (there / "report.md").exists()


def test_a_session_put_back_under_another_name_says_what_its_report_calls_it(
    tmp_path: Path,
) -> None:
    closed(tmp_path)
    bart(tmp_path, "report", "wijk")
    file = tmp_path / "away.zip"
    assert bart(tmp_path, "backup", "wijk", "--to", str(file)).code == 0
    told = bart(tmp_path, "restore", str(file), "--as", "anders", language="nl").out
    assert "In het verslag heet de sessie nog wijk." in told
    assert "bart report anders" in told


def test_a_template_says_what_its_codes_mean(tmp_path: Path) -> None:
    made(tmp_path)
    table = bart(tmp_path, "template", "wijk", language="nl").out
    assert "dont-know (weet ik niet)" in table
    assert "prefer-not (wil ik niet zeggen)" in table


def test_a_command_stands_on_a_line_of_its_own_where_a_terminal_is_narrow() -> None:
    line = "Kaarten werken niet meer. Deel nieuwe uit: bart pins voorbeeldwijk"
    assert _wrapped(line, 50).split("\n") == [
        "Kaarten werken niet meer. Deel nieuwe uit:",
        "  bart pins voorbeeldwijk",
    ]
    assert _wrapped(line, 80) == line
