"""The one table of renderers: a format, and what makes a file of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.util import find_spec

from bart_tool.domain.base import Language
from bart_tool.errors import CannotCreate, WrongUse
from bart_tool.report import markdown
from bart_tool.report.document import Document
from bart_tool.report.tokens import Tokens


@dataclass(frozen=True)
class Content:
    """What files are made of. The text and the values are made only when a renderer asks.

    `day`: of when the content is. `template`: the Word file to fill, if somebody gave one.
    `folds`: a phone shows the parts of its page closed.
    """

    compose: Callable[[], Document]
    title: str
    language: Language
    tokens: Tokens
    as_json: Callable[[], str] = lambda: ""  # a page that is for people only has none
    day: date = field(default_factory=date.today)
    template: bytes | None = None
    folds: bool = True

    @cached_property
    def document(self) -> Document:
        """The text as blocks, composed once however many formats are made of it."""
        return self.compose()

    @cached_property
    def markdown(self) -> str:
        """The text as Markdown, of which the page is made too."""
        return markdown.render(self.document)


def _markdown(content: Content) -> bytes:
    return content.markdown.encode()


def _html(content: Content) -> bytes:
    from bart_tool.report import html  # most files need no page, and so no templates

    return html.render(
        content.markdown,
        content.language,
        content.title,
        pictures=content.document.pictures,
        tokens=content.tokens,
        folds=content.folds,
    ).encode()


def _pdf(content: Content) -> bytes:
    from bart_tool.report import pdf  # an extra

    return pdf.render(
        content.document, content.title, content.language, content.tokens, content.day
    )


def _word(content: Content) -> bytes:
    from bart_tool.report import word  # an extra

    return word.render(
        content.document,
        content.title,
        content.language,
        content.tokens,
        content.day,
        content.template,
    )


RENDERERS: Mapping[str, Callable[[Content], bytes]] = {
    "md": _markdown,
    "html": _html,
    "pdf": _pdf,
    "docx": _word,
    "json": lambda content: content.as_json().encode(),
}
# What a format takes that does not come with every install: modules of the extra of its name.
_MODULES: Mapping[str, tuple[str, ...]] = {"pdf": ("typst",), "docx": ("docx", "typst")}


def can_be_made(name: str) -> bool:
    """Whether all is installed that this format takes."""
    return all(find_spec(module) is not None for module in _MODULES.get(name, ()))


def lacking(formats: Iterable[str]) -> list[str]:
    """Those of `formats` that take an extra which is not installed: it is called as they are."""
    return sorted({name for name in formats if not can_be_made(name)})


def must_be_there(formats: Iterable[str]) -> None:
    """Raise CannotCreate, saying what to install, unless these formats can all be made."""
    if names := lacking(formats):
        raise CannotCreate("extra-missing", formats=", ".join(names), extras=",".join(names))


def must_be_remade(there: Iterable[str]) -> None:
    """Raise CannotCreate, naming the files, unless the reports `there` can be made again too.

    `there`: their formats. Beside a new report an old one would say something else.
    """
    if names := lacking(there):
        files = ", ".join(f"report.{name}" for name in names)
        raise CannotCreate("extra-missing-beside", files=files, extras=",".join(names))


def rendered(name: str, formats: Sequence[str], content: Content) -> Iterator[tuple[str, bytes]]:
    """The files called `name`, in the order of the table.

    Raises WrongUse for a format that is not in it: it is never given another one instead; and as
    `must_be_there`.
    """
    unknown = [each for each in formats if each not in RENDERERS]
    if unknown:
        raise WrongUse("unknown-report-format", name=unknown[0], known=", ".join(RENDERERS))
    must_be_there(formats)
    for ending, render in RENDERERS.items():
        if ending in formats:
            yield f"{name}.{ending}", render(content)
