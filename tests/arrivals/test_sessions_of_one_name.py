"""A sheet of another session with the same name never stands in for an answer of this one."""

import random
from pathlib import Path

import pytest

from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets
from tests.arrivals.arriving import OLD, answers, arrived, gathered, id_of, made
from tests.arrivals.drawn_mails import drawn

REAL = {"clarity": "unclear"}


def said(file: str) -> Sheet:
    sheet, problems = sheets.parse(Path(file).read_text("utf-8"), "")
    assert sheet is not None
    assert problems == ()
    return sheet


def test_04_without_an_id_it_is_not_taken_in_unasked_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = made(tmp_path, "c04")
    assert gathered(tmp_path, arrived(tmp_path, "04-real.json"), OLD, name="c04").code == 0
    assert answers(folder, "WR-01") == REAL
    pilot = arrived(tmp_path, "04-pilot.json")
    before = Path(pilot).read_bytes()
    done = gathered(tmp_path, pilot, "--no-input", name="c04")
    assert (done.code, "--of-this-session" in done.err) == (65, True)
    assert "newer" not in done.out + done.err
    assert answers(folder, "WR-01") == REAL
    assert Path(pilot).read_bytes() == before
    assert not (folder / "damaged").exists()


def test_04_at_a_keyboard_it_is_asked_once_a_file(tmp_path: Path) -> None:
    folder = made(tmp_path, "c04")
    real = arrived(tmp_path, "04-real.json")
    done = gathered(tmp_path, real, name="c04", typed="no\n")
    assert (done.code, done.err.count("Is it of this session, c04?")) == (65, 1)
    assert answers(folder, "WR-01") == {}
    assert gathered(tmp_path, real, name="c04", typed="yes\n").code == 0
    assert answers(folder, "WR-01") == REAL
    assert said(str(folder / "sheets" / "WR-01.yaml")).session_id == id_of(folder)


@pytest.mark.parametrize("number", range(20))
def test_04_with_an_id_it_is_refused_by_name_however_it_was_sent(
    tmp_path: Path, number: int, seed: int
) -> None:
    earlier, folder = made(tmp_path / "pilot", "c04"), made(tmp_path, "c04")
    real = said(arrived(tmp_path, "04-real.json"))
    pilot = said(arrived(tmp_path, "04-pilot.json")).marked(id_of(earlier))
    chance = random.Random(f"{seed} {number}")
    sent = [pilot, real.marked(id_of(folder))]
    chance.shuffle(sent)
    codes = []
    for place, sheet in enumerate(sent):
        name, content = drawn(sheet, chance)
        file = tmp_path / str(place) / name
        file.parent.mkdir()
        file.write_bytes(content)
        is_told = chance.random() < 0.5
        done = gathered(tmp_path, str(file), *([OLD] if is_told else []), name="c04")
        codes.append(done.code)
        if sheet is pilot:
            assert "another session that is also called “c04”" in done.err
    assert codes == [65 if sheet is pilot else 0 for sheet in sent]
    assert answers(folder, "WR-01") == REAL


def test_two_sessions_never_have_one_id(tmp_path: Path) -> None:
    one, other = made(tmp_path / "a"), made(tmp_path / "b")
    assert len(id_of(one)) == 16
    assert id_of(one) != id_of(other)
