"""Making the pages of a city: the reports in a folder are read, and what may be told is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from bart_tool.city import editions, page
from bart_tool.city.overview import Overview, overview
from bart_tool.city.rows import chosen, read
from bart_tool.city.sentences import CityWords
from bart_tool.domain.base import Language
from bart_tool.domain.plain_json import plain_json
from bart_tool.errors import NotFound, Problem, Severity
from bart_tool.report.figures.drawing import as_file
from bart_tool.report.renderers import Content, must_be_there, rendered
from bart_tool.report.tokens import Tokens, shipped
from bart_tool.store import marks, reports, workbook
from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import FIGURES
from bart_tool.store.stored_session import StoredSession

FOLDER = "_city"  # where the reports are, as no session is called: no edition lies elsewhere
FORMATS = ("md", "html", "pdf", "json", "xlsx")
_XLSX = "xlsx"


@dataclass(frozen=True)
class Made:
    """Where the files are, what they say, and what could not be used."""

    files: tuple[str, ...]
    shown: Overview
    names: CityWords
    problems: tuple[Problem, ...]


def make(
    root: Path,
    *,
    number: int | None = None,
    formats: Sequence[str] = ("md", "json"),
    language: Language = "nl",
    day: date | None = None,
) -> Made:
    """Write what may be told of the sessions below `root`, in the folder `_city` there.

    `number`: the round to tell of; without it each wijk's newest. Raises NotFound where there is
    no folder or nothing that can be used, CannotCreate for a format that takes an extra, BadData
    where what was told before is lost, Busy, and as `Store.save`.
    """
    must_be_there(each for each in formats if each != _XLSX)
    if _XLSX in formats:
        workbook.must_be_there()
    found, problems = reports.below(root, FOLDER)
    listed, usable = reports.listed(), []
    for each in found:
        report, wrong = read(each)
        problems += wrong
        usable += [report] if report is not None else []
    counted = chosen(usable, number)
    problems += counted.problems
    if not counted.wijken:
        # What else would be a note beside the figures is now why there are none.
        why = tuple(replace(each, severity=Severity.WARNING) for each in problems)
        raise NotFound("city-nothing", why, folder=str(root))
    names = CityWords(listed, language)
    folder = StoredSession(DiskStore(root), FOLDER)
    folder.store.make(folder.at)
    with marks.held(folder):
        was_told = folder.content("city.json") is not None or folder.content("city.md") is not None
        before = editions.read(folder, was_told=was_told)
        today = day or date.today()
        shown, kept = overview(counted.wijken, listed, before, today.isoformat(), number)
        files = _pages(shown, names, formats, today)
        editions.save(folder, before, kept)
        written = tuple(folder.where(folder.put(name, content)) for name, content in files)
    texts = tuple(each for each in written if FIGURES not in Path(each).parts)
    return Made(texts, shown, names, tuple(problems))


def _pages(
    shown: Overview, names: CityWords, formats: Sequence[str], day: date
) -> list[tuple[str, bytes]]:
    """Name -> content; the picture before the text that names it."""
    tokens: Tokens = shipped()
    content = Content(
        compose=partial(page.compose, shown, names),
        as_json=lambda: plain_json(page.plain(shown)) + "\n",
        title=page.title(shown, names),
        language=names.language,
        tokens=tokens,
        day=day,
    )
    texts = list(rendered("city", [each for each in formats if each != _XLSX], content))
    if _XLSX in formats:
        texts.append((f"city.{_XLSX}", workbook.written(page.sheet(shown, names), {}, 1)))
    if set(formats) <= {"json", _XLSX}:
        return texts
    drawn = content.document.pictures.items()
    return [(f"{FIGURES}/{n}.svg", as_file(svg, tokens).encode()) for n, svg in drawn] + texts
