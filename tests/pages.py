"""The pages that people read, and what stands in them: files to make and commands to type."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))
)
_BLOCK = re.compile(
    r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.M | re.S
)
_INLINE = re.compile(r"`+([^`]+)`+")


@dataclass(frozen=True)
class Block:
    """A fenced block; one with a title is a file of that name."""

    kind: str
    title: str
    text: str

    @property
    def lines(self) -> Iterator[str]:
        """What is typed, line by line, without what a comment says."""
        for line in self.text.replace("\\\n", " ").splitlines():
            yield from (line.split(" #")[0].strip(),) if line.strip() else ()


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str) -> tuple[Block, ...]:
    found = _BLOCK.finditer(text_of(page))
    return tuple(Block(each["kind"], each["title"] or "", each["text"]) for each in found)


def inline(page: str) -> Iterator[str]:
    """What stands between back-quotes in a sentence."""
    for found in _INLINE.finditer(_BLOCK.sub("", text_of(page))):
        yield " ".join(found[1].split())


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a line that holds `heading`, without its head."""
    below = text_of(page).partition(heading)[2]
    table = re.search(r"(?:^\|.*\n)+", below, re.M)
    assert table is not None, heading
    lines = table[0].splitlines()[2:]
    return [[cell.strip().replace("\\|", "|") for cell in _cells(line)] for line in lines]


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().strip("|"))
