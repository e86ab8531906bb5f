"""The networks that this computer is on, in the words of somebody who chooses one of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import ifaddr

Kind = Literal["wireless", "cable", "other", "virtual"]
KINDS: tuple[Kind, ...] = ("wireless", "cable", "other", "virtual")  # the likeliest first
_NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "virtual",
        re.compile(
            r"docker|veth|virbr|\bbr-|vmnet|vbox|virtualbox|vmware|hyper-v|vethernet|bridge|utun|"
            r"\b(tun|tap|wg|zt|awdl|llw)\d|tailscale|wireguard|vpn|wsl",
            re.IGNORECASE,
        ),
    ),
    ("wireless", re.compile(r"wi-?fi|wireless|wlan|\bwl[a-z0-9]|\bath\d|802\.11", re.IGNORECASE)),
    ("cable", re.compile(r"ethernet|\beth\d|\ben[opsx]|\bem\d|\blan\b", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Adapter:
    """One network of this computer. `name`: as the system calls it."""

    address: str
    kind: Kind
    name: str


def adapters() -> tuple[Adapter, ...]:
    """Every network on which others could reach this computer, the likeliest first."""
    found = (
        (each.nice_name, str(ip.ip))
        for each in ifaddr.get_adapters()
        for ip in each.ips
        if ip.is_IPv4
    )
    return tuple(sorted(_usable(found), key=lambda each: KINDS.index(each.kind)))


def _usable(found: Iterable[tuple[str, str]]) -> Iterator[Adapter]:
    for name, address in found:
        # Itself, and what a computer calls itself when no network gave it an address.
        if not address.startswith(("127.", "169.254.")):
            yield Adapter(address, kind_of(name), name)


def kind_of(name: str) -> Kind:
    """What sort of network a system calls so."""
    return next((kind for kind, pattern in _NAMED if pattern.search(name)), "other")
