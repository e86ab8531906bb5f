"""Terminals that are not of today: other signs than UTF-8, and no screens at all."""

import contextlib
import io
import random

import pytest

from bart_tool.cli import terminal
from bart_tool.cli.terminal import Lines, Stopped
from tests.figures import seeds

WORDS = ("Café ’t Hoekje", "Zoë is één keer geweest", "‘wij’ – en niemand anders…", "geïnd: € 5")


def typed(content: bytes, encoding: str, **how: str) -> Lines:
    source = io.TextIOWrapper(io.BytesIO(content), encoding, **how)  # type: ignore[arg-type]
    return Lines(source, io.StringIO(), "nog eens")


@pytest.mark.parametrize("said", WORDS)
@pytest.mark.parametrize("speaks", ["utf-8", "cp1252"])
@pytest.mark.parametrize("believed", ["utf-8", "iso8859-1", "cp1252", "ascii"])
def test_what_a_terminal_sends_is_read_whatever_the_system_believes(
    said: str, speaks: str, believed: str
) -> None:
    assert typed(f"{said}\r\n".encode(speaks), believed).ask("?") == said


@pytest.mark.parametrize("content", [b"caf\x8e\xff\n", b"wie\xef\xbf\xbd\n", b"\x81\x82\n"])
def test_what_cannot_be_read_is_asked_again_and_never_kept(content: bytes) -> None:
    lines = typed(content + b"goed\n", "utf-8", errors="surrogateescape")
    assert lines.ask("?") == "goed"
    assert "nog eens" in lines._target.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", seeds(20, 200))
def test_no_broken_sign_comes_through_whatever_bytes_are_typed(seed: int) -> None:
    chance = random.Random(seed)
    content = b"\n".join(chance.randbytes(chance.randrange(12)) for _ in range(10))
    lines = typed(content, chance.choice(["utf-8", "iso8859-1", "ascii"]))
    heard: list[str] = []
    with contextlib.suppress(Stopped):
        while True:
            heard.append(lines.ask("?"))
    assert lines._source.readline() == ""  # all of it was looked at
    for said in heard:
        assert "\ufffd" not in said
        assert not any(0xD800 <= ord(sign) < 0xE000 or 0x7F <= ord(sign) < 0xA0 for sign in said)


def test_what_is_asked_beside_the_answers_is_asked_again_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = iter([b"caf\xff".decode("utf-8", "surrogateescape"), "Caf\udce9"])
    monkeypatch.setattr(terminal.click, "prompt", lambda *_, **__: next(said))
    assert terminal.asked("Wijk") == "Café"
