"""Finds every text of the program, and what is missing from its Dutch catalogue.

`python tests/catalogues.py` prints what is missing or left over; the test run fails on it.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "bart_tool" / "wording" / "locale" / "nl"
KEYWORDS = {"t": 1, "_t": 1, "said": 1, "N_": 1, "plural": 2}  # how many texts each is given
SHARED = {"shared": 1}  # what any screen takes from the words that all screens share

PLAIN = ("plain_answer.py", "plain_words.py")  # the participant's words, line by line
FOR_TRUST = ("backup.py", "bug.py", "doctor.py", "restore.py")
NOT_CLI = (*PLAIN, "paper_entry.py", *FOR_TRUST)
ON_AGREEMENTS = "agreement*.py"  # in words, on a page and on the command line
# The follow-up, and two rounds side by side.
FOR_ROUNDS = ("*/follow_up.py", "*/compar*.py")
FOR_PARTICIPANTS = ("participant.py", "questions.py", "welcome.py")


FOR_FORMS = (
    "form_words.py",
    "form_content.py",
    "letter.py",
    "paper_content.py",
    "paper_entry.py",
)


def sources() -> dict[str, list[Path]]:
    """Catalogue -> the modules whose texts stand in it."""
    package = ROOT / "bart_tool"
    return {
        "labels": [package / "wording" / "labels.py"],
        "messages": [package / "wording" / "messages.py"],
        "facilitator": sorted((package / "tui" / "facilitator").glob("*.py")),
        "discuss": sorted((package / "tui" / "discuss").glob("*.py")),
        "findings": sorted((package / "tui" / "findings").glob("*.py")),
        "tui": sorted((package / "tui").glob("*.py")),
        "form": [package / "workflow" / name for name in FOR_FORMS]
        + [package / "cli" / "paper_entry.py"],
        "agreements": [
            package / "wording" / "agreements.py",
            *sorted((package / "report").glob(ON_AGREEMENTS)),
            *sorted((package / "cli").glob(ON_AGREEMENTS)),
        ],
        "figures": sorted((package / "report" / "figures").glob("*.py")),
        "report": [
            path
            for path in sorted((package / "report").glob("*.py"))
            if not path.match(ON_AGREEMENTS) and path not in _on_rounds()
        ]
        + [package / "wording" / "naming.py"],
        "cli": [
            path
            for path in sorted((package / "cli").glob("*.py"))
            if path.name not in NOT_CLI
            and not path.match(ON_AGREEMENTS)
            and path not in _on_rounds()
        ],
        "trust": [
            package / "cli" / name for name in FOR_TRUST if (package / "cli" / name).exists()
        ],
        "rounds": _on_rounds(),
        "participant": [
            *sorted((package / "tui" / "participant").glob("*.py")),
            *(package / "cli" / name for name in PLAIN),
            *(package / "wording" / name for name in FOR_PARTICIPANTS),
        ],
    }


def _on_rounds() -> list[Path]:
    package = ROOT / "bart_tool"
    layers = ("cli", "report", "workflow")  # the core holds no words
    found = (path for layer in layers for path in (package / layer).glob("*.py"))
    return sorted(path for path in found if any(path.match(name) for name in FOR_ROUNDS))


def texts_of(name: str) -> Iterator[str | tuple[str, ...]]:
    """The texts that stand in a catalogue."""
    for path in sources()[name]:
        yield from texts_in(path, KEYWORDS)
    if name == "tui":
        for path in sorted((ROOT / "bart_tool" / "tui").rglob("*.py")):
            yield from texts_in(path, SHARED)


def texts_in(path: Path, keywords: Mapping[str, int]) -> Iterator[str | tuple[str, ...]]:
    """The texts of one module that are given to one of `keywords`, in the order of the source."""
    calls = (each for each in ast.walk(ast.parse(path.read_bytes())) if isinstance(each, ast.Call))
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        texts = _literals(call.args[: keywords.get(_name(call.func), 0)])
        if texts:
            yield texts[0] if len(texts) == 1 else texts


def _name(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(arguments: list[ast.expr]) -> tuple[str, ...]:
    return tuple(
        each.value
        for each in arguments
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
    )


def catalogue(name: str) -> Catalog:
    """The Dutch catalogue as its file says it; empty when there is none."""
    path = LOCALE / f"{name}.po"
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as stream:
        return read_po(stream, locale="nl")


def missing(name: str) -> list[str | tuple[str, ...]]:
    """Texts of the program without a Dutch translation."""
    known = catalogue(name)
    return [text for text in dict.fromkeys(texts_of(name)) if not _translated(known, text)]


def left_over(name: str) -> list[str | tuple[str, ...]]:
    """Translations of what the program does not say any more."""
    said = set(texts_of(name))
    known = (each.id for each in catalogue(name) if each.id)
    kept = (text if isinstance(text, str) else tuple(text) for text in known)
    return [text for text in kept if text not in said]


def _translated(known: Catalog, text: str | tuple[str, ...]) -> bool:
    message = known.get(text if isinstance(text, str) else text[0])
    return message is not None and bool(message.string) and not message.fuzzy


if __name__ == "__main__":
    for catalogue_name in sources():
        for each in (*missing(catalogue_name), *left_over(catalogue_name)):
            sys.stdout.write(f"{catalogue_name}\t{each!r}\n")
