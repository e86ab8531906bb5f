"""One table of renderers: what is asked is made, and nothing else in its place."""

import pytest

from bart_tool.errors import WrongUse
from bart_tool.report.document import Document, paragraph
from bart_tool.report.renderers import Content, rendered
from bart_tool.report.tokens import shipped


def never() -> Document:
    raise AssertionError("nobody asked for a text")


def test_only_what_is_asked_is_made() -> None:
    content = Content(never, "Title", "en", shipped(), lambda: "{}\n")
    assert dict(rendered("report", ["json"], content)) == {"report.json": b"{}\n"}


def test_an_unknown_format_is_refused_and_never_rendered_as_another() -> None:
    content = Content(never, "Title", "en", shipped(), lambda: "{}\n")
    with pytest.raises(WrongUse) as refused:
        list(rendered("report", ["json", "pdf"], content))
    assert (refused.value.code, refused.value.params["name"]) == ("unknown-report-format", "pdf")


def test_a_text_is_composed_once_for_all_its_formats() -> None:
    composed: list[int] = []

    def compose() -> Document:
        composed.append(1)
        return Document((paragraph("Said."),))

    content = Content(compose, "Title", "en", shipped(), lambda: "{}\n")
    files = dict(rendered("report", ["html", "md"], content))
    assert list(files) == ["report.md", "report.html"]
    assert (len(composed), files["report.md"]) == (1, b"Said.\n")
