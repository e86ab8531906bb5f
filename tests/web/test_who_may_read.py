"""Before closing no page leads to another's answers, whatever happened to them before."""

from pathlib import Path

import pytest

from bart_tool.store import pins
from bart_tool.workflow.answering import tries
from bart_tool.workflow.answering.cards import card_of
from tests.cli.test_who_may_read import HAPPENED, SAID, begun, opened
from tests.web.phone import Phone, link_of, pages

PAGES = ("/", "/seen", "/consent", "/q/1", "/ahead", "/mine", "/end", "/test", "/tokens.css")


@pytest.mark.parametrize("happened", HAPPENED)
@pytest.mark.parametrize("more", [(), ("--pins",)], ids=["codes", "PINs"])
def test_no_page_shows_the_answers_of_another(
    tmp_path: Path, happened: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "LONGEST", 0.0)
    begun(tmp_path, *more)
    earlier = card_of(pins.made(opened(tmp_path).home), 1, "WR-01")
    HAPPENED[happened](tmp_path)
    site, app = pages(opened(tmp_path))
    own, other = site.room.card("WR-01"), site.room.card("WR-02")
    wrong = [other.pin, own.pin[:4], own.pin[:7], own.pin + "0", "", "0000"]
    if happened in ("follow-up", "undo"):  # the round was closed since: its cards are dead
        wrong.append(earlier.pin)
        assert Phone(app).open(f"/k/{earlier.token}").status == 404
    for pin in wrong:
        thief = Phone(app)
        thief.open("/")
        assert thief.tap(code="WR-01", pin=pin).status == 403
        seen = [thief.here.text, *(thief.open(path).text for path in PAGES)]
        assert not any(SAID in text for text in seen), pin
    neighbour = Phone(app)
    neighbour.open(link_of(site, "WR-02"))
    assert not any(SAID in neighbour.open(path).text for path in PAGES)


def test_ones_own_card_opens_what_one_handed_in(tmp_path: Path) -> None:
    begun(tmp_path)
    site, app = pages(opened(tmp_path))
    phone = Phone(app)
    phone.open("/")
    phone.tap(code="WR-01", pin=site.room.card("WR-01").pin)
    assert SAID in phone.open("/mine").text


def test_the_pin_on_the_card_of_the_phone_opens_the_laptop_too(tmp_path: Path) -> None:
    from bart_tool.workflow.answering.lock import Lock

    begun(tmp_path)
    site, _ = pages(opened(tmp_path))
    pin = site.room.card("WR-01").printed_pin
    lock = Lock(opened(tmp_path).home, 1, "WR-01")
    assert lock.opens(pin)
    assert lock.opens(pin.split()[0])
    assert not lock.opens(pin.split()[1])


def test_a_new_pin_ends_what_the_earlier_card_opened(tmp_path: Path) -> None:
    from bart_tool.workflow.dealing import deal_anew

    begun(tmp_path)
    site, app = pages(opened(tmp_path))
    phone = Phone(app)
    phone.open(link_of(site, "WR-02"))
    assert phone.open("/seen").status == 200
    (card,) = deal_anew(opened(tmp_path), ["WR-02"]).cards
    assert phone.open("/seen").status == 403
    assert Phone(app).open(f"/k/{card.token}").status == 200
