"""One table of renderers: what is asked is made, and nothing else in its place."""

import pytest

from bart_tool.errors import CannotCreate, WrongUse
from bart_tool.report import renderers
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
        list(rendered("report", ["json", "odt"], content))
    assert (refused.value.code, refused.value.params["name"]) == ("unknown-report-format", "odt")


def test_a_text_is_composed_once_for_all_its_formats() -> None:
    composed: list[int] = []

    def compose() -> Document:
        composed.append(1)
        return Document((paragraph("Said."),))

    content = Content(compose, "Title", "en", shipped(), lambda: "{}\n")
    files = dict(rendered("report", ["html", "md"], content))
    assert list(files) == ["report.md", "report.html"]
    assert (len(composed), files["report.md"]) == (1, b"Said.\n")


def test_a_format_of_which_the_extra_is_missing_is_refused_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renderers, "find_spec", lambda name: None if name == "typst" else name)
    content = Content(never, "Title", "en", shipped(), lambda: "{}\n")
    with pytest.raises(CannotCreate) as refused:
        list(rendered("report", ["json", "pdf", "docx"], content))
    assert refused.value.code == "extra-missing"
    assert refused.value.params == {"formats": "docx, pdf", "extras": "docx,pdf"}
    assert [name for name in renderers.RENDERERS if not renderers.can_be_made(name)] == [
        "pdf",
        "docx",
    ]
