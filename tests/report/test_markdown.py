"""Whatever somebody wrote, the report shows it as text and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bart_tool.report.document import Document, paragraph, said, strong
from bart_tool.report.markdown import escape, render

HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://example.org/x.png)",
    "[x](javascript:alert(1))",
    "# heading",
    "- list\n- list",
    "1. list",
    "> quote",
    "```\ncode",
    "    code",
    "a | b",
    "&lt;b&gt;",
    "===",
    "\x1b[31mred",
    "<http://example.org>",
    "www.example.org",
]
ALLOWED = {"paragraph_open", "paragraph_close", "inline"}
PLAIN = {"text", "text_special", "strong_open", "strong_close"}


def tokens_of(text: str) -> list[str]:
    markdown = render(Document((paragraph("Iemand: ", said(text), strong(text)),)))
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = parser.parse(markdown)
    kinds = [token.type for token in tokens]
    inner = [child.type for token in tokens for child in token.children or ()]
    return [k for k in kinds if k not in ALLOWED] + [k for k in inner if k not in PLAIN]


def test_hostile_text_stays_text() -> None:
    for text in HOSTILE:
        assert tokens_of(text) == [], text
        alone = MarkdownIt("commonmark").parse(render(Document((paragraph(text),))))
        assert [t.type for t in alone if t.type not in ALLOWED] == [], text


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_stays_text(text: str) -> None:
    assert tokens_of(text) == []
    assert "\n" not in escape(text)
