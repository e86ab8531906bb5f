"""What bart wrote in report/, by a mark of each file, so that what was edited since is seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bart_tool.store import atomic, numbered, plain_file, yaml_text
from bart_tool.store.sessions import FIGURES, REPORT, SessionFolder

MARKS = "made.yaml"
TEXT = "report.md"
EDITED = "edited-report"  # and a number: an edited report that made room for a new one
_LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Generated:
    """Name in report/ -> marks of what bart wrote there, and the language it was in.

    A file has more than one mark: it may be the one of before, if writing the new one failed.
    """

    language: str = ""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wrote(self, name: str, content: bytes) -> bool:
        """Whether bart wrote this, so that nobody changed it since."""
        return atomic.fingerprint_of(content) in self.marks.get(name, ())


def read(folder: SessionFolder) -> Generated:
    """What was written; nothing when that is not known, as with reports of earlier versions."""
    kept = remembered(folder, MARKS)
    marks, language = kept.get("marks"), kept.get("language")
    if not isinstance(marks, dict) or language not in _LANGUAGES:
        return Generated()
    return Generated(
        str(language),
        {
            str(name): tuple(map(str, some))
            for name, some in marks.items()
            if isinstance(some, list)
        },
    )


def remembered(folder: SessionFolder, name: str) -> Mapping[str, object]:
    """What bart wrote down for itself in report/`name`; nothing where that cannot be read."""
    stored = atomic.read(folder.path / REPORT / name)
    text = plain_file.decode(stored.content, name)[0] if stored is not None else None
    if text is None:
        return {}
    document, problems = yaml_text.read(text, name, yaml_text.PEOPLE)
    if document is None or problems or not isinstance(document.data, dict):
        return {}
    return document.data


def remember(folder: SessionFolder, language: str, files: Mapping[str, bytes]) -> None:
    """Remember what will be written, before it is: else a file of ours would look edited."""
    before = read(folder)
    marks = {}
    for name in sorted(files):
        new = atomic.fingerprint_of(files[name])
        there = atomic.read(folder.path / REPORT / name)
        ours = there is not None and before.wrote(name, there.content)
        old = [there.fingerprint] if there is not None and ours else []
        marks[name] = list(dict.fromkeys([*old, new]))
    data = {"format": 1, "kind": "made-report", "language": language, "marks": marks}
    folder.write_report(MARKS, yaml_text.write(data).encode())


def is_edited(folder: SessionFolder) -> bool:
    """Whether somebody changed report.md since bart wrote it."""
    there = atomic.read(folder.path / REPORT / TEXT)
    return there is not None and not read(folder).wrote(TEXT, there.content)


def keep_edited(folder: SessionFolder, instead: bytes) -> Path | None:
    """Keep an edited report.md under a number of its own, before `instead` takes its place."""
    there = atomic.read(folder.path / REPORT / TEXT)
    if there is None or there.content == instead or not is_edited(folder):
        return None
    return numbered.keep(folder.path / REPORT, EDITED, ".md", there.content)


def edited(folder: SessionFolder) -> tuple[Path, ...]:
    """Every report that somebody edited: report.md, and those that made room for a new one."""
    place = folder.path / REPORT
    kept = [
        place / name
        for name in atomic.names_in(place)
        if name.startswith(f"{EDITED}.") and name.endswith(".md")
    ]
    return (*([place / TEXT] if is_edited(folder) else []), *kept)


def pictures(folder: SessionFolder) -> dict[str, str]:
    """Name -> SVG of every picture that is as bart wrote it; a changed one is left out."""
    known = read(folder)
    found = {}
    for name in atomic.names_in(folder.path / REPORT / FIGURES):
        stem, dot, ending = name.rpartition(".")
        if f"{dot}{ending}" != ".svg" or name.startswith("."):
            continue
        stored = atomic.read(folder.path / REPORT / FIGURES / name)
        if stored is not None and known.wrote(f"{FIGURES}/{name}", stored.content):
            found[stem] = stored.content.decode()
    return found
