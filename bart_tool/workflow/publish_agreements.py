"""Making the page of agreements: what was agreed, to files in the session's folder."""

from collections.abc import Iterator
from pathlib import Path

from bart_tool.domain.base import Language
from bart_tool.report import html, markdown
from bart_tool.report.agreements_page import compose_page, title
from bart_tool.workflow.agree import agreements
from bart_tool.workflow.desk import Desk
from bart_tool.workflow.own_colours import own_colours


def publish_agreements(desk: Desk, language: Language | None = None) -> tuple[Path, ...]:
    """Write the page as Markdown and HTML in place of an earlier one. No answer is read.

    Raises as `agreements`, CannotWrite and Busy.
    """
    return tuple(
        desk.folder.write_report(f"agreements.{ending}", content.encode())
        for ending, content in _contents(desk, language or desk.session.language)
    )


def _contents(desk: Desk, language: Language) -> Iterator[tuple[str, str]]:
    session = desk.session
    made = agreements(desk).agreements
    text = markdown.render(compose_page(made, desk.known, session, language))
    yield "md", text
    tokens = own_colours(desk).tokens
    yield "html", html.render(text, language, title(session, language), tokens=tokens)
