"""What bart writes in report/: its mark, by which an edit is seen, and what it was made from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bart_tool.store import plain_file, yaml_text
from bart_tool.store.locations import FIGURES, REPORT
from bart_tool.store.protocol import Stored, fingerprint_of
from bart_tool.store.stored_session import StoredSession

MARKS = "made.yaml"
TEXT = "report.md"
EDITED = "edited-report"  # and a number: an edited report that made room for a new one
_EARLIER = "earlier.yaml"
_REPORTS = ("report.md", "report.html", "report.pdf", "report.docx", "report.json")
_COMPARISON = re.compile(r"compare-[0-9]+-[0-9]+\.(md|html|pdf|docx|json)")
_OWN = re.compile(
    r"(report|appendix|preview|agreements|compare-[0-9]+-[0-9]+)\.[a-z]+"
    rf"|{MARKS}|{_EARLIER}|{EDITED}\.[0-9]+\.md|{FIGURES}/[a-z0-9-]+\.svg"
)
_LANGUAGES = ("nl", "en")
_TEXT = f"{REPORT}/{TEXT}"
_FIGURES = f"{REPORT}/{FIGURES}"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z0-9]+")


@dataclass(frozen=True)
class Generated:
    """Name in report/ -> marks of what bart wrote there, and the language it was in.

    A file has more than one mark: it may be the one of before, if writing the new one failed.
    """

    language: str = ""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wrote(self, name: str, content: bytes) -> bool:
        """Whether bart wrote this, so that nobody changed it since."""
        return fingerprint_of(content) in self.marks.get(name, ())


def read(folder: StoredSession) -> Generated:
    """The marks of what was written; none when that is not known, as of earlier versions."""
    kept = _remembered(folder, MARKS)
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


def _remembered(folder: StoredSession, name: str) -> Mapping[str, object]:
    """What bart wrote down for itself in report/`name`; nothing where that cannot be read."""
    stored = folder.content(f"{REPORT}/{name}")
    said = plain_file.decode(stored.content, name)[0] if stored is not None else None
    if said is None:
        return {}
    document, problems = yaml_text.read(said, name, yaml_text.PEOPLE)
    if document is None or problems or not isinstance(document.data, dict):
        return {}
    return document.data


def remember(folder: StoredSession, language: str, files: Mapping[str, bytes]) -> None:
    """Remember what will be written, before it is: else a file of ours would look edited.

    `files`: name in report/ -> content. What lies there now and is ours stays known too, until the
    next time. Raises CannotRead, and as `write`.
    """
    before = read(folder)
    marks = {}
    for name in sorted(files):
        new = fingerprint_of(files[name])
        there = folder.content(f"{REPORT}/{name}")
        ours = there is not None and before.wrote(name, there.content)
        old = [there.fingerprint] if there is not None and ours else []
        marks[name] = list(dict.fromkeys([*old, new]))
    data = {"format": 1, "kind": "made-report", "language": language, "marks": marks}
    write(folder, MARKS, yaml_text.write(data).encode())


def is_edited(folder: StoredSession) -> bool:
    """Whether somebody changed report.md since bart wrote it; no when there is none."""
    there = text(folder)
    return there is not None and not read(folder).wrote(TEXT, there.content)


def keep_edited(folder: StoredSession, instead: bytes) -> str:
    """Keep an edited report.md under a number of its own, before `instead` takes its place.

    Gives where it is, empty when there was none.
    """
    there = text(folder)
    if there is None or there.content == instead or not is_edited(folder):
        return ""
    return folder.keep_numbered(REPORT, EDITED, ".md", there.content)


def edited(folder: StoredSession) -> tuple[str, ...]:
    """Where edited reports lie: report.md, and those that made room for a new one."""
    kept = [
        f"{REPORT}/{name}"
        for name in folder.names(REPORT)
        if name.startswith(f"{EDITED}.") and name.endswith(".md")
    ]
    return (*([_TEXT] if is_edited(folder) else []), *kept)


def text(folder: StoredSession) -> Stored | None:
    """The report.md that lies there, edited or not; None when there is none. Raises CannotRead."""
    return folder.content(_TEXT)


def is_own(name: str) -> bool:
    """Whether bart gives this name to what it writes in report/; another may be a copy of it."""
    return _OWN.fullmatch(name) is not None


def write(folder: StoredSession, name: str, content: bytes) -> str:
    """Write report/`name`, in place of what stood there; gives where. Raises as `put`.

    Raises ValueError for a name that bart would not give: nothing else may lie there.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(name)
    return folder.put(f"{REPORT}/{name}", content)


def write_figure(folder: StoredSession, name: str, content: bytes) -> None:
    """Write report/figures/`name`, unless it holds that already. Raises as `write`."""
    if _NAME.fullmatch(name) is None:
        raise ValueError(name)
    stored = folder.content(f"{_FIGURES}/{name}")
    if stored is None or stored.content != content:
        folder.put(f"{_FIGURES}/{name}", content)


def keep_figures(folder: StoredSession, names: Iterable[str]) -> None:
    """Remove every picture but those called so: they are of an earlier report."""
    kept = set(names)
    for name in folder.names(_FIGURES):
        if name.endswith(".svg") and name not in kept:
            folder.remove(f"{_FIGURES}/{name}")
            folder.store.remove_lock(folder.named(f"{_FIGURES}/{name}"))


def pictures(folder: StoredSession) -> dict[str, str]:
    """Name -> SVG of every picture that is as bart wrote it; a changed one is left out."""
    known = read(folder)
    found = {}
    for name in folder.names(_FIGURES):
        stem, dot, ending = name.rpartition(".")
        if f"{dot}{ending}" != ".svg" or name.startswith("."):
            continue
        stored = folder.content(f"{_FIGURES}/{name}")
        if stored is not None and known.wrote(f"{FIGURES}/{name}", stored.content):
            found[stem] = stored.content.decode()
    return found


def reports(folder: StoredSession) -> tuple[str, ...]:
    """Which reports lie there, in the order of the formats. Raises CannotRead."""
    there = folder.names(REPORT)
    return tuple(name for name in _REPORTS if name in there)


def comparisons(folder: StoredSession) -> tuple[str, ...]:
    """The names of comparisons of two rounds that lie there, sorted: `compare-1-2.html`."""
    return tuple(n for n in folder.names(REPORT) if _COMPARISON.fullmatch(n))


def remove_comparisons(folder: StoredSession) -> tuple[str, ...]:
    """Remove the comparisons of rounds; gives where they lay. Raises CannotWrite."""
    there = [f"{REPORT}/{name}" for name in comparisons(folder)]
    return tuple(each for each in there if folder.remove(each))


def remove_reports(folder: StoredSession) -> tuple[str, ...]:
    """Remove the reports with their pictures; gives which reports are gone. Raises CannotWrite.

    One that somebody edited stays: it holds work of a person.
    """
    kept = edited(folder)
    there = [f"{REPORT}/{name}" for name in reports(folder)]
    gone = tuple(each for each in there if each not in kept and folder.remove(each))
    keep_figures(folder, ())
    # An edited report.md is known as edited also without its mark.
    folder.remove(f"{REPORT}/{MARKS}")
    return gone


def remove_earlier(folder: StoredSession) -> bool:
    """Remove what versions before 0.2.0 kept beside a report; whether it lay there.

    It held marks of whole sheets without a secret, from which answers could be worked out.
    Raises CannotWrite.
    """
    return folder.remove(f"{REPORT}/{_EARLIER}")
