"""Making the pages of a city: the reports in a folder are read, and what may be told is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from bart_tool.city import editions, page, tables
from bart_tool.city.overview import Overview, overview
from bart_tool.city.rows import chosen, read
from bart_tool.city.sentences import CityWords
from bart_tool.domain.base import Language
from bart_tool.domain.plain_json import plain_json
from bart_tool.errors import NotFound, Problem, Severity
from bart_tool.export import files as exported
from bart_tool.report.figures.drawing import as_file
from bart_tool.report.renderers import RENDERERS, Content, must_be_there, rendered
from bart_tool.report.tokens import Tokens, shipped
from bart_tool.store import marks, reports
from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import FIGURES
from bart_tool.store.stored_session import StoredSession

FOLDER = "_city"  # where the reports are, as no session is called: no edition lies elsewhere
FORMATS = ("md", "html", "pdf", "json", "xlsx")
_NAME = "city"  # of every file that tells it all


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
    must_be_there(each for each in formats if each in RENDERERS)
    exported.must_be_there(formats)
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
        was_told = any(name.startswith(f"{_NAME}.") for name in folder.names())
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
    texts = list(rendered(_NAME, [each for each in formats if each in RENDERERS], content))
    as_tables = [each for each in formats if each in exported.FORMATS]
    if as_tables:
        made = exported.Content(_NAME, tables.tables(shown, names), content.title, day)
        texts += exported.written(as_tables, made).items()
    if set(formats) <= {"json", *exported.FORMATS}:
        return texts
    drawn = content.document.pictures.items()
    return [(f"{FIGURES}/{n}.svg", as_file(svg, tokens).encode()) for n, svg in drawn] + texts
