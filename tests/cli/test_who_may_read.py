"""Before closing nobody reads another's answers in bart, whatever road they take to them."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import SheetStatus
from bart_tool.store import pins
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.answering import tries
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.answering.lock import Lock
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.cli.run import Done, bart

SAID = "braamstruik"  # what WR-01 answers, and nobody else
PEOPLE = ("--party", "wijkraad=3", "--party", "wijkmanager=1")
ITEM = "purpose/wijkraad"


def opened(root: Path, name: str = "wijk") -> OpenSession:
    return open_session(DiskStore(root), name)


def hand_in(root: Path, code: str = "WR-01", words: str = SAID) -> None:
    """Answer as every door does: once while at work, then handed in."""
    context = session_context(opened(root), code)
    found = context.read()
    sheet, mark = found or (context.blank, None)
    sheet = sheet.with_answer(ITEM, Answer(value=words))
    mark = context.save(sheet.changed(consent="position"), mark)
    context.save(sheet.changed(consent="position", status=SheetStatus.SUBMITTED), mark)


def begun(root: Path, *more: str) -> dict[str, str]:
    """The session `wijk` in which WR-01 handed in; gives the PINs, if there are."""
    made = bart(root, "new", "wijk", *PEOPLE, "--json", *more)
    assert made.code == 0
    hand_in(root)
    return {each["code"]: each.get("pin", "") for each in made.json["participants"]}


def reopened_and_handed_in(root: Path) -> None:
    assert bart(root, "reopen", "wijk", "WR-01").code == 0
    hand_in(root, words=f"{SAID} en meer")


def killed(root: Path) -> None:
    left = root / "wijk" / "sheets" / ".WR-01.yaml.0123456789abcdef.tmp"
    left.write_bytes((root / "wijk" / "sheets" / "WR-01.yaml").read_bytes())


def restored(root: Path) -> None:
    file = root / "kopie.zip"
    assert bart(root, "backup", "wijk", "--to", str(file)).code == 0
    for path in sorted((root / "wijk").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (root / "wijk").rmdir()
    assert bart(root, "restore", str(file)).code == 0


def followed_up(root: Path) -> None:
    assert bart(root, "close", "wijk", "--yes").code == 0
    added = bart(root, "agreements", "add", "wijk", "ties-broken-by", "--sentence", "Wij doen dit.")
    assert added.code == 0, added.err
    begun = bart(root, "follow-up", "wijk", "--yes")
    assert begun.code == 0, begun.err


def undone(root: Path) -> None:
    followed_up(root)
    assert bart(root, "follow-up", "wijk", "--undo").code == 0
    assert bart(root, "reopen", "wijk").code == 0


HAPPENED: dict[str, Callable[[Path], None]] = {
    "handing in": lambda _: None,
    "reopening": reopened_and_handed_in,
    "killing": killed,
    "restoring": restored,
    "follow-up": followed_up,
    "undo": undone,
}
# Each with what somebody types who is not WR-01.
ROADS: list[tuple[tuple[str, ...], str | None]] = [
    (("mind", "wijk", "WR-01"), "geen\n"),
    (("mind", "wijk", "WR-01"), None),
    (("mind", "wijk", "WR-01", "--json"), None),
    (("answer", "wijk", "WR-01", "--plain"), "geen\nq\n"),
    (("answer", "wijk", "WR-01", "--plain"), "\n2\n3\n"),
    (("answer", "wijk", "WR-01", "--from-paper"), "ja\n1\nq\n"),
    (("status", "wijk"), None),
    (("status", "wijk", "--json"), None),
    (("gather", "wijk", "{sheet}"), None),
    (("gather", "wijk", "--settle"), "1\n"),
    (("check", "wijk"), None),
    (("check", "--session", "wijk", "{sheet}"), None),
    (("form", "wijk", "--paper"), None),
    (("form", "wijk"), None),
    (("report", "wijk"), None),
    (("report", "wijk", "--round", "1"), None),
    (("compare", "wijk", "1", "2"), None),
    (("discuss", "wijk"), None),
    (("agreements", "wijk"), None),
    (("agreements", "topics", "wijk"), None),
    (("agreements", "page", "wijk"), None),
    (("doctor", "wijk"), None),
    (("pins", "wijk"), None),
    (("pins", "wijk", "--json"), None),
]


def told(root: Path, road: tuple[str, ...], typed: str | None) -> Done:
    sheet = root / "wijk" / "sheets" / "WR-01.yaml"
    return bart(root, *(part.format(sheet=sheet) for part in road), typed=typed)


@pytest.mark.parametrize("happened", HAPPENED)
@pytest.mark.parametrize("more", [(), ("--pins",)], ids=["codes", "PINs"])
def test_no_road_leads_to_the_answers_of_another(
    tmp_path: Path, happened: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "sessions"
    monkeypatch.setattr(tries, "LONGEST", 0.0)
    begun(root, *more)
    HAPPENED[happened](root)
    for road, typed in ROADS:
        done = told(root, road, typed)
        assert SAID not in done.out + done.err, road
    made = [path for path in (root / "wijk").rglob("*") if path.parent.name in ("forms", "report")]
    assert [path.name for path in made if SAID.encode() in path.read_bytes()] == []


def test_the_way_in_of_loose_sheets_does_not_lead_into_a_session(tmp_path: Path) -> None:
    begun(tmp_path)
    sheet = str(tmp_path / "wijk" / "sheets" / "WR-01.yaml")
    for road in (("answer", "--sheet", sheet), ("answer", "wijk", "WR-02", "--sheet", sheet)):
        done = bart(tmp_path, *road, "--plain", typed="\n2\nq\n")
        assert done.code == 77
        assert SAID not in done.out + done.err


def test_the_own_pin_opens_the_own_picture_and_no_other_does(tmp_path: Path) -> None:
    drawn = begun(tmp_path, "--pins")
    assert all(re.fullmatch(r"[0-9]{8}", pin) for pin in drawn.values())
    for typed in (drawn["WR-01"][:4], drawn["WR-01"], f"{drawn['WR-01'][:4]} {drawn['WR-01'][4:]}"):
        own = bart(tmp_path, "mind", "wijk", "WR-01", typed=typed + "\n")
        assert own.code == 0
        assert SAID in own.out
    wrong = f"{(int(drawn['WR-01'][:4]) + 1) % 10_000:04}"
    for typed in (wrong, drawn["WR-01"][:3], drawn["WR-01"][:5], drawn["WR-01"][4:] + "0", ""):
        other = bart(tmp_path, "mind", "wijk", "WR-01", typed=typed + "\n")
        assert other.code == 77
        assert SAID not in other.out + other.err


def test_a_pin_is_shown_until_its_owner_begins_and_then_only_a_new_one(tmp_path: Path) -> None:
    drawn = begun(tmp_path, "--pins")
    again = bart(tmp_path, "pins", "wijk", "--json").json
    assert again["pins"] == {code: drawn[code] for code in ("WR-02", "WR-03", "WM-01")}
    assert again["handed_in"] == ["WR-01"]
    context = session_context(opened(tmp_path), "WR-02")
    context.save(context.blank.with_answer(ITEM, Answer(value="mijn beeld")), None)
    told = bart(tmp_path, "pins", "wijk")
    assert drawn["WR-02"][:4] not in told.out + told.err
    assert "Al begonnen, dus niet getoond: WR-02" in told.err


def test_a_lost_pin_is_made_anew_and_the_earlier_one_is_dead(tmp_path: Path) -> None:
    first = begun(tmp_path, "--pins")["WR-02"]
    second = bart(tmp_path, "pins", "wijk", "WR-02", "--json").json["pins"]["WR-02"]
    lock = Lock(opened(tmp_path).home, 1, "WR-02")
    assert not lock.opens(first, lambda _: None)
    assert lock.opens(second, lambda _: None)


@pytest.mark.parametrize("more", [(), ("--pins",)], ids=["codes", "PINs"])
def test_who_handed_in_gets_no_new_pin_before_the_sheet_is_opened_again(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    begun(tmp_path, *more)
    bart(tmp_path, "pins", "wijk")
    refused = bart(tmp_path, "pins", "wijk", "WR-01")
    assert refused.code == 77
    assert "bart reopen wijk WR-01" in refused.err
    assert bart(tmp_path, "reopen", "wijk", "WR-01").code == 0
    assert bart(tmp_path, "pins", "wijk", "WR-01").code == 0
    assert "WR-01  heropend" in bart(tmp_path, "status", "wijk").out


def test_each_open_round_has_pins_of_its_own(tmp_path: Path) -> None:
    first = begun(tmp_path, "--pins")
    followed_up(tmp_path)
    second = bart(tmp_path, "pins", "wijk", "--json").json["pins"]
    assert second.keys() == first.keys()
    assert not {*second.values()} & {*first.values()}
    refused = bart(tmp_path, "answer", "wijk", "WR-02", "--plain", typed=first["WR-02"] + "\nq\n")
    assert "Dat is niet de pincode van WR-02" in refused.out + refused.err


def test_pins_are_not_to_be_read_beside_the_sheets(tmp_path: Path) -> None:
    drawn = begun(tmp_path, "--pins")
    file = tmp_path / "wijk" / pins.PINS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    held = [path.read_text("utf-8", "replace") for path in (tmp_path / "wijk").rglob("*.yaml")]
    assert not any(pin in text for pin in drawn.values() for text in held)


def test_wrong_tries_wait_longer_and_a_right_one_forgets_them(tmp_path: Path) -> None:
    pin = begun(tmp_path, "--pins")["WR-01"]
    waited: list[float] = []
    for _ in range(8):  # each as a command of its own would
        assert not Lock(opened(tmp_path).home, 1, "WR-01").opens("geen", waited.append)
    assert waited == [1.0, 2.0, 4.0, 8.0, 8.0]
    lock = Lock(opened(tmp_path).home, 1, "WR-01")
    assert lock.opens(pin, waited.append)
    assert lock.opens(pin, waited.append)
    assert len(waited) == 6


def test_a_damaged_file_of_pins_opens_nothing(tmp_path: Path) -> None:
    drawn = begun(tmp_path, "--pins")
    file = tmp_path / "wijk" / pins.PINS
    file.write_text(file.read_text("utf-8").replace("secret", "secrets"), "utf-8")
    done = bart(tmp_path, "mind", "wijk", "WR-01", typed=drawn["WR-01"] + "\n")
    assert done.code == 77


def test_of_whoever_is_erased_nothing_is_left_among_the_pins(tmp_path: Path) -> None:
    begun(tmp_path, "--pins")
    assert bart(tmp_path, "mind", "wijk", "WR-01", typed="geen\n").code == 77
    assert "WR-01" in (tmp_path / "wijk" / pins.PINS).read_text("utf-8")
    assert bart(tmp_path, "erase", "wijk", "WR-01", "--yes").code == 0
    assert "WR-01" not in (tmp_path / "wijk" / pins.PINS).read_text("utf-8")


def test_a_reopened_sheet_is_named_so_and_shuts_at_handing_in(tmp_path: Path) -> None:
    begun(tmp_path)
    assert bart(tmp_path, "reopen", "wijk", "WR-01").code == 0
    assert "WR-01  heropend" in bart(tmp_path, "status", "wijk").out
    hand_in(tmp_path, words="anders")
    assert opened(tmp_path).session.reopened == ()
    assert "WR-01  klaar" in bart(tmp_path, "status", "wijk").out
    assert bart(tmp_path, "answer", "wijk", "WR-01", "--plain", typed="q\n").code == 77
