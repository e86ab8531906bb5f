"""What a facilitator sees and types while people answer: cards, who is in, and how to stop."""

import sys
from typing import TYPE_CHECKING

from bart_tool.cli.front import Front
from bart_tool.cli.status import show
from bart_tool.cli.terminal import Lines, Stopped, is_yes
from bart_tool.domain.session import party_label
from bart_tool.errors import BartError
from bart_tool.wording.messages import error_text
from bart_tool.wording.pins import left_out
from bart_tool.workflow.dealing import deal, deal_anew

if TYPE_CHECKING:
    import segno

    from bart_tool.web.cards import Wifi
    from bart_tool.web.server import Served
    from bart_tool.workflow.answering.cards import Card

PRINT, TEST, WHO, WIFI, STOP, HELP = "p", "t", "w", "n", "q", "?"


class Serving:
    """The conversation beside the pages. Nobody's answer is ever said in it."""

    def __init__(self, front: Front, served: "Served", wifi: "Wifi | None") -> None:
        self._front, self._served, self._wifi = front, served, wifi
        self._room = served.site.room
        self._next = 0  # of those who have not begun
        self._lines = Lines(sys.stdin, sys.stdout)
        self._beside = Lines(sys.stdin, sys.stderr)
        self.is_over = False

    def open(self, *, cards: bool) -> None:
        """Say where the pages are, and for which networks this is."""
        t, url = self._front.t, self._served.place.url
        self._lines.say(url)
        if self._served.is_sealed:
            self._beside.say(
                t(
                    "Sealed: whoever listens on the network cannot read what people answer, nor "
                    "take over a card. They do see which device is busy, and when. Against "
                    "somebody who changes the pages on their way it does not help: for that you "
                    "need --cert and --key. Nobody comes in by code and PIN, or without JavaScript."
                )
            )
        elif self._served.place.cert is None:
            self._beside.say(
                t(
                    "Only for a network of your own: whoever listens on the same network can read "
                    "along what people answer, and take over a card. No Wi-Fi of your own? Make a "
                    "hotspot with your phone or laptop, and put this laptop and the phones on it."
                )
            )
        self._beside.say(t("First try it yourself: open {url} on your phone.", url=f"{url}/test"))
        if cards:
            self._print()

    def talk(self) -> None:
        """Cards one at a time, and who is in, until somebody stops."""
        self._help()
        try:
            while self._served.is_running and not self.is_over:
                self._do(self._lines.ask(self._front.t("Enter: the next card. ? shows the rest:")))
        except Stopped:
            self.is_over = True

    def _do(self, typed: str) -> None:
        t = self._front.t
        code = typed.upper()
        if typed == "":
            self._next_card()
        elif code in self._room.opened.session.party_of:
            self._card_of(code)
        elif typed == PRINT:
            self._print()
        elif typed == TEST:
            self._test()
        elif typed == WHO:
            show(self._front, self._room.look(), self._room.presence())
        elif typed == WIFI and self._wifi is not None:
            self._square(self._wifi.square, t("Wi-Fi: {name}", name=self._wifi.name))
        elif typed == STOP:
            self.is_over = True
        else:
            self._help()

    def _help(self) -> None:
        t = self._front.t
        self._lines.say(t("Enter   the next card, to scan"))
        self._lines.say(t("WR-01   the card of WR-01, or of another code"))
        self._lines.say(t("p       everybody's card, to print"))
        self._lines.say(t("t       a square to try the network with"))
        if self._wifi is not None:
            self._lines.say(t("n       a square for the Wi-Fi"))
        self._lines.say(t("w       who is in, and who is done"))
        self._lines.say(t("q       stop"))

    def _next_card(self) -> None:
        cards = deal(self._room.look()).cards
        if not cards:
            self._lines.say(self._front.t("Everybody has begun. For a new card, type a code."))
            return
        self._card(cards[self._next % len(cards)])
        self._next += 1

    def _card_of(self, code: str) -> None:
        """The card of `code`; a new one for who has begun, so that they notice."""
        t, opened = self._front.t, self._room.look()
        dealt = deal(opened)
        found = next((card for card in dealt.cards if card.code == code), None)
        if found is not None:
            self._card(found)
            return
        question = t(
            "{code} has begun. With a new card the earlier one stops working, also on the phone "
            "that it opened. Make it? (yes/no)",
            code=code,
        )
        if code in dealt.begun and not is_yes(self._lines.ask(question)):
            return
        try:
            self._card(deal_anew(opened, [code]).cards[0])
        except BartError as error:
            self._beside.say(error_text(error, self._front.language))

    def _card(self, card: "Card") -> None:
        from bart_tool.web.cards import link, square

        t, url, sealed = self._front.t, self._served.place.url, self._served.is_sealed
        if sealed:
            text = t("{code} scans this.", code=card.code)
            self._square(square(link(url, card, sealed=True)), text)
            return
        self._square(
            square(link(url, card)),
            t(
                "{code} scans this. Without scanning: {url}, PIN {pin}",
                code=card.code,
                url=url,
                pin=card.printed_pin,
            ),
        )

    def _square(self, made: "segno.QRCode", text: str) -> None:
        from bart_tool.web.cards import lines

        drawn = lines(made)
        try:
            drawn[0].encode(sys.stdout.encoding or "ascii")
        except UnicodeEncodeError:
            self._lines.say(self._front.t("This terminal cannot draw the square. Print the cards."))
        else:
            for line in drawn:
                self._lines.say(line)
        self._lines.say(text)

    def _test(self) -> None:
        from bart_tool.web.cards import square

        t, url = self._front.t, f"{self._served.place.url}/test"
        self._square(square(url), url)
        seen = self._served.site.tested
        if seen:
            self._lines.say(
                t.plural("{number} device saw it.", "It was seen {number} times.", seen)
            )
            return
        self._lines.say(
            t(
                "No device saw it yet. Does it not come? Then the phone is on another network, the "
                "network keeps devices apart (a guest network), or the firewall of this computer "
                "stops it: let it through for this network. A VPN on the phone can be in the way."
            )
        )

    def _print(self) -> None:
        from bart_tool.web.cards import sheet

        opened = self._room.look()
        session, the_set = opened.session, opened.question_set
        labels = {
            each.id: party_label(the_set, each, self._front.language) for each in session.parties
        }
        dealt = deal(opened)
        cards = [(card, labels[session.party_of[card.code]]) for card in dealt.cards]
        url, title = self._served.place.url, session.title or session.session
        page = sheet(cards, url, title, self._front.t, self._wifi, sealed=self._served.is_sealed)
        where = self._room.keep_sheet(page)
        self._lines.say(where)
        self._beside.say(
            self._front.t("Print it, and cut it up. Whoever has a card can answer as that person.")
        )
        for line in left_out(self._front.t, dealt.begun, dealt.handed_in):
            self._beside.say(line)
