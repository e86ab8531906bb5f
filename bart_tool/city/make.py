"""Making the pages of a city: the reports in one place are read, and what may be told is written.

What was told before is kept in that place, so that whoever tells the next edition goes on with it:
of a database there is one memory, whichever facilitators tell of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from bart_tool.city import editions, page, tables
from bart_tool.city.files import contents, must_be_made
from bart_tool.city.overview import Overview, overview
from bart_tool.city.rows import Chosen, chosen, read
from bart_tool.city.sentences import CityWords
from bart_tool.domain.base import Language
from bart_tool.domain.plain_json import plain_json
from bart_tool.errors import CannotCreate, NotAllowed, NotFound, Problem, Severity
from bart_tool.report.renderers import Content
from bart_tool.report.tokens import shipped
from bart_tool.store import marks, reports
from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import FIGURES
from bart_tool.store.protocol import Store
from bart_tool.store.stored_session import StoredSession

FOLDER = "_city"  # where the reports are, as no session is called: no edition lies elsewhere
HERE = "city"  # the folder for the pages where the reports are in a database
_NAME = "city"  # of every file that tells it all


@dataclass(frozen=True)
class Made:
    """Where the files are, what they say, and what could not be used.

    `place`: where the reports are, without a password.
    """

    place: str
    files: tuple[str, ...]
    shown: Overview
    names: CityWords
    problems: tuple[Problem, ...]


def make(
    place: Path | Store,
    *,
    number: int | None = None,
    formats: Sequence[str] = ("md", "json"),
    language: Language = "nl",
    day: date | None = None,
) -> Made:
    """Write what may be told of the sessions in `place`, in the folder `_city` there.

    `number`: the round to tell of; without it each wijk's newest. Of a database the pages are
    written in the folder `city` here too. Raises NotFound where there is no folder or nothing that
    can be used, CannotCreate for a format that takes an extra, BadData where what was told before
    is lost, NotAllowed where somebody else tells of this database, Busy, and as `Store.save`.
    """
    store = DiskStore(place) if isinstance(place, Path) else place
    must_be_made(formats)
    counted = _counted(store, number)
    listed = reports.listed()
    names = CityWords(listed, language)
    folder, outside = _begun(store)
    with marks.held(folder):
        was_told = any(name.startswith(f"{_NAME}.") for name in folder.names())
        before = editions.read(folder, was_told=was_told)
        today = day or date.today()
        shown, kept = overview(counted.wijken, listed, before, today.isoformat(), number)
        files = _pages(shown, names, formats, today)
        editions.save(folder, before, kept)
        written = [_put(folder, files), *(_put(each, files) for each in outside)][-1]
    texts = tuple(each for each in written if FIGURES not in Path(each).parts)
    return Made(store.where(""), texts, shown, names, counted.problems)


def _counted(store: Store, number: int | None) -> Chosen:
    """The wijken that count, and why others do not. Raises NotFound where none does."""
    if isinstance(store, DiskStore):
        found, problems = reports.below(store.root, FOLDER)
    else:
        found, problems = reports.in_store(store)
    usable = []
    for each in found:
        report, wrong = read(each)
        problems += wrong
        usable += [report] if report is not None else []
    counted = chosen(usable, number)
    problems += counted.problems
    if not counted.wijken:
        # What else would be a note beside the figures is now why there are none.
        why = tuple(replace(each, severity=Severity.WARNING) for each in problems)
        raise NotFound("city-nothing", why, folder=store.where(""))
    return replace(counted, problems=tuple(problems))


def _begun(store: Store) -> tuple[StoredSession, list[StoredSession]]:
    """Where it is told, and where the pages are put besides: nobody opens one in a database."""
    folder, outside = StoredSession(store, FOLDER), []
    if not isinstance(store, DiskStore):
        outside = [StoredSession(DiskStore(Path()), HERE)]
        outside[0].store.make(HERE)
    try:
        store.create(FOLDER)
    except CannotCreate as error:
        if error.code != "session-exists":
            raise
        raise NotAllowed("city-of-others", where=store.where(""), name=FOLDER) from error
    return folder, outside


def _put(folder: StoredSession, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Put the pages there; gives where they are."""
    return tuple(folder.where(folder.put(name, content)) for name, content in files)


def _pages(
    shown: Overview, names: CityWords, formats: Sequence[str], day: date
) -> list[tuple[str, bytes]]:
    content = Content(
        compose=partial(page.compose, shown, names),
        as_json=lambda: plain_json(page.plain(shown)) + "\n",
        title=page.title(shown, names),
        language=names.language,
        tokens=shipped(),
        day=day,
    )
    return contents(_NAME, formats, content, partial(tables.tables, shown, names))
