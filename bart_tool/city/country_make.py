"""Making the pages of a country: what municipalities published, in every format that is asked."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bart_tool.city import country_page
from bart_tool.city.country import Country, country, plain
from bart_tool.city.files import contents, must_be_made
from bart_tool.domain.base import Language
from bart_tool.domain.plain_json import plain_json
from bart_tool.report.renderers import Content
from bart_tool.report.tokens import shipped
from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import FIGURES
from bart_tool.store.stored_session import StoredSession

FOLDER = "country"  # in the folder where somebody is


def make(
    places: Sequence[str],
    *,
    formats: Sequence[str] = (),
    language: Language = "nl",
    day: date | None = None,
) -> tuple[Country, tuple[str, ...]]:
    """What municipalities published at these places, and where it is written in these `formats`.

    Raises as `country`, CannotCreate for a format that takes an extra, and as `Store.save`.
    """
    must_be_made(formats)
    shown = country(places, language)
    if not formats:
        return shown, ()
    content = Content(
        compose=partial(country_page.compose, shown),
        as_json=lambda: plain_json(plain(shown)) + "\n",
        title=country_page.title(shown),
        language=language,
        tokens=shipped(),
        day=day or date.today(),
    )
    files = contents(FOLDER, formats, content, partial(country_page.tables, shown))
    folder = StoredSession(DiskStore(Path()), FOLDER)
    folder.store.make(FOLDER)
    written = [folder.where(folder.put(name, each)) for name, each in files]
    return shown, tuple(each for each in written if FIGURES not in Path(each).parts)
