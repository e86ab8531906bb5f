"""The cards with which people come in: a square to scan, on the screen or on paper."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from segno.helpers import make_wifi

from bart_tool.page_templates import templates_of
from bart_tool.wording import web
from bart_tool.wording.translation import Words
from bart_tool.workflow.answering.cards import Card

_BORDER = 2  # modules of white around a square: less, and phones do not see it
_HALVES = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}


@dataclass(frozen=True)
class Wifi:
    """The network of the room, for who is not on it yet."""

    name: str
    password: str = ""

    @property
    def square(self) -> segno.QRCode:
        """A square that brings a phone on the network."""
        security = "WPA" if self.password else None
        return make_wifi(self.name, self.password or None, security)


def square(text: str) -> segno.QRCode:
    """A square that says `text`, as small as it can be."""
    return segno.make(text, error="l", boost_error=False, micro=False)


def lines(made: segno.QRCode) -> list[str]:
    """The square in half blocks, light on dark: two rows of it in a line of text."""
    rows = [list(map(bool, row)) for row in made.matrix_iter(border=_BORDER)]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    return [
        "".join(_HALVES[above, below] for above, below in zip(*rows[n : n + 2], strict=True))
        for n in range(0, len(rows), 2)
    ]


def sheet(
    cards: Sequence[tuple[Card, str]],
    url: str,
    title: str,
    t: Words,
    wifi: Wifi | None = None,
    *,
    sealed: bool = False,
) -> str:
    """A page to print, with a card for each (card, party), eight on a side; it holds no script."""
    template = templates_of("bart_tool.web").get_template("cards.html.j2")
    style = "\n" + _STYLE.strip() + "\n"
    return template.render(
        language=t.language,
        title=title,
        t={name: t(text) for name, text in web.CARD.items()},
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        wifi=wifi,
        wifi_square=_svg(wifi.square) if wifi else "",
        url=url,
        sealed=sealed,
        cards=[
            (card, party, _svg(square(link(url, card, sealed=sealed)))) for card, party in cards
        ],
    )


def link(url: str, card: Card, *, sealed: bool = False) -> str:
    """The link of a card, below the address of the pages.

    What stands behind the # of a sealed one a browser keeps to itself.
    """
    return f"{url}/#{card.seal}" if sealed else f"{url}/k/{card.token}"


def _svg(made: segno.QRCode) -> str:
    return made.svg_inline(border=_BORDER, omitsize=True, svgclass="qr", lineclass=None)


_STYLE = """
@page { size: A4; margin: 10mm; }
body { font: 11pt/1.35 system-ui, sans-serif; margin: 0; color: #000; background: #fff; }
.cards { display: grid; grid-template-columns: 1fr 1fr; }
.card { display: grid; grid-template-columns: 32mm 1fr; gap: 0 4mm; padding: 4mm; height: 66mm;
  border: 1px dashed #888; break-inside: avoid; box-sizing: border-box; overflow: hidden; }
.card svg { width: 32mm; height: 32mm; }
.card p { margin: 0 0 1.5mm; }
.card .small { font-size: 9pt; grid-column: 1 / 3; }
.code { font-size: 14pt; font-weight: 700; }
.wifi svg { width: 20mm; height: 20mm; }
"""
