"""Damages files as disks, mail, spreadsheets and hands do, reproducibly from a seed."""

import copy
import random
from typing import Any

# What has been seen to upset readers of YAML, JSON, CSV and numbers, and a bit of everything else.
_TOKENS = (
    *(
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\x1b[31m",
        b"\x85",
    ),
    *(b"\n", b"\r", b"\r\n", b"\t", b" ", b"\xe2\x80\xa8", b"\n---\n", b"\n...\n", b"%YAML 9.9\n"),
    *(
        b"&a ",
        b"*a",
        b"<<: *a",
        b"!!python/object:os.system ",
        b"!!int ",
        b"!<",
        b"? ",
        b"- ",
        b": ",
    ),
    *(
        b"|",
        b">",
        b"|-9",
        b"'",
        b'"',
        b"{",
        b"}",
        b"[",
        b"]",
        b"[" * 40,
        b"{a: " * 40,
        b"#",
        b"@",
        b"`",
    ),
    *(b"no", b"true", b"null", b"~", b".nan", b"-1", b"0", b"1e999", b"9" * 5000, b"1_0", b"0x1"),
    *(
        b"12:30",
        b"2026-13-45",
        b"=1+1",
        b"\\ud800",
        b'"\\UFFFFFFFF"',
        b"\\x00",
        b"e\xcc\x81",
        b",",
        b";",
    ),
    *(
        b"format: 2\n",
        b"format: 1\n",
        b"{subject}",
        b"{",
        b"../../x",
        b"con",
        b"a" * 70,
        b"x" * 1100,
    ),
)
_VALUES: tuple[Any, ...] = (
    *(
        "",
        "x",
        "no",
        "true",
        "1",
        "-1",
        "0",
        "2.5",
        "1.0",
        "nan",
        "9" * 400,
        "2026-01-01",
        "{subject}",
    ),
    *(
        "wijkraad",
        "none",
        "nobody",
        "mandate",
        "who",
        "../x",
        "CON",
        "é",
        "\u202e",
        "a" * 70,
        "x" * 1100,
    ),
    *(
        [],
        {},
        [""],
        {"": ""},
        {"id": "x"},
        {"nl": "x"},
        [["x"]],
        {"a": {"b": {"c": "d"}}},
        [{}],
        ["x", "x"],
    ),
)


def damaged(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """`content` after one to four accidents."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        content = chance.choice(_ACCIDENTS)(content, chance, others)
    return content


def _place(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 1, 2, 8, 40, 400)))


def _flip(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    start, end = _place(content, chance)
    return (
        content[:start] + bytes(chance.randrange(256) for _ in content[start:end]) + content[end:]
    )


def _lose(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    start, end = _place(content, chance)
    return content[:start] + content[end:]


def _repeat(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    start, end = _place(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 30)) + content[end:]


def _insert(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    start, _end = _place(content, chance)
    return content[:start] + chance.choice(_TOKENS) + content[start:]


def _break_off(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _splice(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    start, end = _place(other, chance)
    where, _end = _place(content, chance)
    return content[:where] + other[start:end] + content[where:]


def _shuffle_lines(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    lines = content.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def _re_encode(content: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(("cp1252", "utf-16", "utf-8-sig", "cp850")), "replace")


_ACCIDENTS = (
    _flip,
    _lose,
    _repeat,
    _insert,
    _insert,
    _break_off,
    _splice,
    _shuffle_lines,
    _re_encode,
)


def misshapen(data: Any, chance: random.Random) -> Any:
    """A copy of plain `data` (maps, lists, text) with one to three values that do not belong."""
    data = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        _misplace(data, chance)
    return data


def _misplace(data: Any, chance: random.Random) -> None:
    around = data
    while True:
        keys = list(around) if isinstance(around, dict) else list(range(len(around)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = around[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
            around = inner
            continue
        break
    action = chance.randrange(4)
    if action == 0:
        del around[key]
    elif action == 1 and isinstance(around, dict):
        around[chance.choice(("x", "", "Id", "label", "lable", "text", "no", f"{key}s"))] = (
            around.pop(key)
        )
    elif action == 2 and isinstance(around, list):
        around.append(copy.deepcopy(chance.choice(around)))
    else:
        around[key] = copy.deepcopy(chance.choice(_VALUES))
