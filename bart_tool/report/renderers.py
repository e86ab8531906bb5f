"""The one table of renderers: a format, and what makes a file of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bart_tool.domain.base import Language
from bart_tool.errors import WrongUse
from bart_tool.report import markdown
from bart_tool.report.document import Document
from bart_tool.report.tokens import Tokens


@dataclass(frozen=True)
class Content:
    """What files are made of. The text and the values are made only when a renderer asks."""

    compose: Callable[[], Document]
    title: str
    language: Language
    tokens: Tokens
    as_json: Callable[[], str] = lambda: ""  # a page that is for people only has none

    @cached_property
    def document(self) -> Document:
        """The text as blocks, composed once however many formats are made of it."""
        return self.compose()


def _markdown(content: Content) -> str:
    return markdown.render(content.document)


def _html(content: Content) -> str:
    from bart_tool.report import html  # most files need no page, and so no templates

    text, pictures = markdown.render(content.document), content.document.pictures
    return html.render(
        text, content.language, content.title, pictures=pictures, tokens=content.tokens
    )


RENDERERS: Mapping[str, Callable[[Content], str]] = {
    "md": _markdown,
    "html": _html,
    "json": lambda content: content.as_json(),
}


def rendered(name: str, formats: Sequence[str], content: Content) -> Iterator[tuple[str, bytes]]:
    """The files called `name`, in the order of the table.

    Raises WrongUse for a format that is not in it: it is never given another one instead.
    """
    unknown = [each for each in formats if each not in RENDERERS]
    if unknown:
        raise WrongUse("unknown-report-format", name=unknown[0], known=", ".join(RENDERERS))
    for ending, render in RENDERERS.items():
        if ending in formats:
            yield f"{name}.{ending}", render(content).encode()
