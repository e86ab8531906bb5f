"""The files of what is told of many wijken, in every format that is asked."""

from collections.abc import Callable, Sequence

from bart_tool.errors import CannotCreate
from bart_tool.export import files as exported
from bart_tool.export.table import Table
from bart_tool.report.figures.drawing import as_file
from bart_tool.report.renderers import RENDERERS, Content, lacking, rendered
from bart_tool.store.locations import FIGURES

FORMATS = ("md", "html", "pdf", "json", "xlsx")


def must_be_made(formats: Sequence[str]) -> None:
    """Raise CannotCreate, naming every extra that is not there and that these formats take."""
    told = {name: name for name in lacking(each for each in formats if each in RENDERERS)}
    needed = {**told, **exported.lacking(formats)}
    if needed:
        extras = ",".join(needed.values())
        raise CannotCreate("extra-missing", formats=", ".join(needed), extras=extras)


def contents(
    name: str, formats: Sequence[str], content: Content, tables: Callable[[], Sequence[Table]]
) -> list[tuple[str, bytes]]:
    """Name -> content of each file called `name`; the picture before the text that names it."""
    texts = list(rendered(name, [each for each in formats if each in RENDERERS], content))
    as_tables = [each for each in formats if each in exported.FORMATS]
    if as_tables:
        made = exported.Content(name, tuple(tables()), content.title, content.day)
        texts += exported.written(as_tables, made).items()
    if set(formats) <= {"json", *exported.FORMATS}:
        return texts
    drawn = content.document.pictures.items()
    return [
        (f"{FIGURES}/{n}.svg", as_file(svg, content.tokens).encode()) for n, svg in drawn
    ] + texts
