"""What bart writes in report/: its mark, by which an edit is seen, and what it was made from."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bart_tool.store import plain_file, yaml_text
from bart_tool.store.locations import EXPORT, FIGURES, REPORT
from bart_tool.store.protocol import Stored, fingerprint_of
from bart_tool.store.stored_session import StoredSession

MARKS = "made.yaml"
TEXT = "report.md"
APPENDIX = "appendix.md"
TEXTS = (TEXT, APPENDIX)  # what a person may edit
_EDITED = "edited-"  # and a number: an edited text that made room for a new one
_EARLIER = "earlier.yaml"
_BY_METHOD = "report-method-1"  # the report as an earlier version made it
_ENDINGS = ("md", "html", "pdf", "docx", "json")
_REPORTS = tuple(
    f"{stem}.{ending}" for stem in ("report", "appendix", _BY_METHOD) for ending in _ENDINGS
)
_COMPARISON = re.compile(r"compare-[0-9]+-[0-9]+\.(md|html|pdf|docx|json)")
_OWN = re.compile(
    rf"(report|appendix|preview|preview-appendix|{_BY_METHOD}|agreements|compare-[0-9]+-[0-9]+)"
    rf"\.[a-z]+|{MARKS}|{_EARLIER}|{_EDITED}(report|appendix)\.[0-9]+\.md"
    rf"|{FIGURES}/[a-z0-9-]+\.svg|{EXPORT}/[a-z0-9-]+\.(csv|json|xlsx|parquet)"
)
_LANGUAGES = ("nl", "en")
_FIGURES = f"{REPORT}/{FIGURES}"
_EXPORT = f"{REPORT}/{EXPORT}"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z0-9]+")
_IN_TEXT = re.compile(r"\(figures/([a-z0-9-]+\.svg)\)")


@dataclass(frozen=True)
class Generated:
    """Name in report/ -> marks of what bart wrote there, the language and the method it was by.

    A file has more than one mark: it may be the one of before, if writing the new one failed.
    `method`: 1 where versions before 0.2.0 made it, which did not say so; 0 where nothing is known.
    """

    language: str = ""
    method: int = 0
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
    method = str(kept.get("method", 1))
    return Generated(
        str(language),
        int(method) if method.isdecimal() else 0,
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


def remember(folder: StoredSession, language: str, method: int, files: Mapping[str, bytes]) -> None:
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
    data = {
        "format": 1,
        "kind": "made-report",
        "language": language,
        "method": method,
        "marks": marks,
    }
    write(folder, MARKS, yaml_text.write(data).encode())


def keep_earlier_method(folder: StoredSession, method: int) -> tuple[str, ...]:
    """Keep a report by an earlier method under a name of its own; gives what is kept now.

    To be done before `remember`, after which nobody could tell. A text that somebody edited is
    not among them: `keep_edited` keeps that. Raises as `write`.
    """
    if not 0 < read(folder).method < method:
        return ()
    kept = []
    for name in reports(folder):
        stem, _, ending = name.partition(".")
        there = folder.content(f"{REPORT}/{name}")
        if stem == "report" and there is not None and not is_edited(folder, name):
            kept.append(write(folder, f"{_BY_METHOD}.{ending}", there.content))
    return tuple(kept)


def is_edited(folder: StoredSession, name: str = TEXT) -> bool:
    """Whether somebody changed report/`name` since bart wrote it; no when it is no text to edit."""
    there = folder.content(f"{REPORT}/{name}") if name in TEXTS else None
    return there is not None and not read(folder).wrote(name, there.content)


def keep_edited(folder: StoredSession, instead: Mapping[str, bytes]) -> tuple[str, ...]:
    """Keep edited texts under a number of their own, before `instead` takes their place.

    `instead`: name in report/ -> content. Gives where they are.
    """
    kept = []
    for name in TEXTS:
        there = folder.content(f"{REPORT}/{name}")
        if there is None or there.content == instead.get(name) or not is_edited(folder, name):
            continue
        stem, _, ending = name.rpartition(".")
        kept.append(folder.keep_numbered(REPORT, _EDITED + stem, f".{ending}", there.content))
    return tuple(kept)


def edited(folder: StoredSession) -> tuple[str, ...]:
    """Where edited texts lie: report.md and appendix.md, and those that made room for a new one."""
    kept = [
        f"{REPORT}/{name}"
        for name in folder.names(REPORT)
        if name.startswith(_EDITED) and name.endswith(".md")
    ]
    return (*(f"{REPORT}/{name}" for name in TEXTS if is_edited(folder, name)), *kept)


def text(folder: StoredSession, name: str = TEXT) -> Stored | None:
    """The text that lies there, edited or not; None when there is none. Raises CannotRead."""
    return folder.content(f"{REPORT}/{name}")


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


def write_all(folder: StoredSession, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write each of `files`, name in report/ -> content; gives where the texts are.

    The pictures come first: a text never names one that is not there yet. One that is the same
    stays. Raises as `write` and `Store.replace`.
    """
    names = {name: name.removeprefix(f"{FIGURES}/") for name in files}
    for inside in names.values():
        if _NAME.fullmatch(inside) is None:
            raise ValueError(inside)
    pictures = {inside: files[name] for name, inside in names.items() if name != inside}
    texts = {inside: files[name] for name, inside in names.items() if name == inside}
    folder.store.make(folder.named(REPORT))
    if pictures:
        folder.store.make(folder.named(_FIGURES))
        there = {name: folder.content(f"{_FIGURES}/{name}") for name in pictures}
        before = {name: stored.content for name, stored in there.items() if stored is not None}
        changed = {name: new for name, new in pictures.items() if before.get(name) != new}
        folder.store.replace(folder.named(_FIGURES), changed)
    folder.store.replace(folder.named(REPORT), texts)
    return tuple(f"{REPORT}/{name}" for name in texts)


def write_tables(folder: StoredSession, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write each of `files`, name -> content, as tables of the report; gives where.

    They take the place of the earlier ones together; others that lay there are removed, for they
    tell of before. Raises as `write_all`.
    """
    if any(_NAME.fullmatch(name) is None for name in files):
        raise ValueError(", ".join(files))
    folder.store.make(folder.named(REPORT))
    folder.store.make(folder.named(_EXPORT))
    folder.store.replace(folder.named(_EXPORT), files)
    _remove_tables(folder, files)
    return tuple(f"{_EXPORT}/{name}" for name in files)


def tables(folder: StoredSession) -> tuple[str, ...]:
    """The names of the tables of a report that lie there, sorted. Raises CannotRead."""
    return tuple(n for n in sorted(folder.names(_EXPORT)) if is_own(f"{EXPORT}/{n}"))


def remove_tables(folder: StoredSession) -> tuple[str, ...]:
    """Remove the tables of a report; gives where they lay. Raises CannotWrite."""
    return _remove_tables(folder, ())


def _remove_tables(folder: StoredSession, kept: Collection[str]) -> tuple[str, ...]:
    there = [f"{_EXPORT}/{name}" for name in tables(folder) if name not in kept]
    return tuple(each for each in there if folder.remove(each))


def made(folder: StoredSession) -> tuple[str, ...]:
    """All that lies there of what was found: reports, appendices and tables. Raises CannotRead."""
    return (*reports(folder), *(f"{EXPORT}/{name}" for name in tables(folder)))


def keep_figures(folder: StoredSession, names: Iterable[str]) -> None:
    """Remove every picture but those called so, and those of a report by an earlier method."""
    before = folder.content(f"{REPORT}/{_BY_METHOD}.md")
    kept = {*names, *(_IN_TEXT.findall(before.content.decode(errors="replace")) if before else ())}
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
    """Which reports and appendices lie there: by this method, then by an earlier one.

    Raises CannotRead.
    """
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
    """Remove reports, their pictures and tables; gives which are gone. Raises CannotWrite.

    One that somebody edited stays: it holds work of a person.
    """
    kept = edited(folder)
    there = [f"{REPORT}/{name}" for name in reports(folder)]
    gone = tuple(each for each in there if each not in kept and folder.remove(each))
    gone += remove_tables(folder)
    keep_figures(folder, ())
    # An edited text is known as edited also without its mark.
    folder.remove(f"{REPORT}/{MARKS}")
    return gone


def remove_appendix(folder: StoredSession) -> None:
    """Remove the appendix of an earlier report: beside one without, it would tell of another."""
    for name in reports(folder):
        if name.startswith("appendix."):
            folder.remove(f"{REPORT}/{name}")


def remove_earlier(folder: StoredSession) -> bool:
    """Remove what versions before 0.2.0 kept beside a report; whether it lay there.

    It held marks of whole sheets without a secret, from which answers could be worked out.
    Raises CannotWrite.
    """
    return folder.remove(f"{REPORT}/{_EARLIER}")
