"""Making the page of agreements: what was agreed, to files in the session's folder."""

from collections.abc import Iterator

from bart_tool.domain.base import Language
from bart_tool.report import html, markdown
from bart_tool.report.agreements_page import compose_page, title
from bart_tool.store import generated
from bart_tool.workflow.agree import agreements
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.own_colours import own_colours


def publish_agreements(opened: OpenSession, language: Language | None = None) -> tuple[str, ...]:
    """Write the page as Markdown and HTML in place of an earlier one; gives where.

    No answer is read.
    Raises as `agreements`, CannotWrite and Busy.
    """
    return tuple(
        opened.folder.where(
            generated.write(opened.folder, f"agreements.{ending}", content.encode())
        )
        for ending, content in _contents(opened, language or opened.session.language)
    )


def _contents(opened: OpenSession, language: Language) -> Iterator[tuple[str, str]]:
    session = opened.session
    made = agreements(opened).agreements
    text = markdown.render(compose_page(made, opened.known, session, language))
    yield "md", text
    tokens = own_colours(opened).tokens
    yield "html", html.render(text, language, title(session, language), tokens=tokens)
