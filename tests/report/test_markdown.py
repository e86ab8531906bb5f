"""Whatever somebody wrote, the report shows it as text and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bart_tool.report.document import Document, bullets, line, paragraph, quoted, strong
from bart_tool.report.markdown import WIDTH, escape, render

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
PLAIN = {"text", "text_special", "strong_open", "strong_close", "softbreak"}


def tokens_of(text: str) -> list[str]:
    markdown = render(Document((paragraph("Iemand: ", quoted(text), strong(text)),)))
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
@given(st.text(max_size=200))
def test_any_text_stays_text(text: str) -> None:
    assert tokens_of(text) == []
    assert "\n" not in escape(text)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("1. punt", "1\\. punt"),
        ("12) punt", "12\\) punt"),
        ("- punt", "\\- punt"),
        ("+ punt", "\\+ punt"),
        (": punt", "\\: punt"),
        ("een - punt", "een - punt"),
        ("een\u000btwee", "een / twee"),
        ("een\n  twee\n\ndrie", "een / twee / drie"),
        ("een\u00a0  twee", "een twee"),
        ("www.voorbeeld.nl", "www\\.voorbeeld.nl"),
        ("https://x", "https\\://x"),
        ("MAILTO:x", "MAILTO\\:x"),
        ("*a* `b` [c]", "\\*a\\* \\`b\\` \\[c\\]"),
        ("\x1b[2J", "␛\\[2J"),
        ("a\x1fb", "a␟b"),
    ],
)
def test_text_is_written_so_that_it_stays_as_it_is(given: str, written: str) -> None:
    assert escape(given) == written


def test_only_what_is_plain_gets_no_mark_and_empty_spans_no_space() -> None:
    line = paragraph("een", strong(""), " twee ", strong(" drie "), quoted("vier"), "\n", "vijf")
    assert render(Document((line,))) == "een twee  **drie** “vier” vijf\n"


def test_what_brackets_hold_shortly_stays_on_one_line() -> None:
    said = "beslist (4 van 6), beslist mee (1 persoon), weet niet (3 van 12) " * 20
    lines = render(Document((paragraph(said),))).splitlines()
    assert len(lines) > 10
    assert [each for each in lines if each.count("(") != each.count(")")] == []


def test_running_text_is_wrapped_and_no_line_then_begins_a_list() -> None:
    words = " ".join(("1. - + : 12)", "woord" * 5) * 40)
    for block in (paragraph(words), bullets([line(words)]), bullets([line(words)], numbered=True)):
        text = render(Document((block,)))
        assert max(map(len, text.splitlines())) <= WIDTH
        tokens = MarkdownIt("commonmark").parse(text)
        assert sum(token.type == "list_item_open" for token in tokens) <= 1
        (said,) = (token.children or [] for token in tokens if token.type == "inline")
        assert " ".join("".join(each.content or " " for each in said).split()) == words
