"""A page is the same, made of the blocks or of the Markdown that is written from them."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from bart_tool.report import html
from bart_tool.report.document import Document, bullets, line, linked, paragraph, soft, strong
from bart_tool.report.markdown import render
from bart_tool.report.page_tokens import tokens_of
from bart_tool.report.reread import reader
from tests.report.every_block import document
from tests.report.test_markdown import HOSTILE

# Where in the Markdown it stood, and how it was marked there: no page shows that.
_OF_THE_TEXT = {"map", "markup", "info", "level", "meta", "children"}


def seen(token: Token) -> dict[str, Any]:
    plain = {f.name: getattr(token, f.name) for f in fields(token) if f.name not in _OF_THE_TEXT}
    if token.type == "inline":  # only what is in it is shown
        plain["content"] = ""
    return {**plain, "children": [seen(child) for child in token.children or ()]}


def shown(tokens: list[Token]) -> list[dict[str, Any]]:
    return [seen(token) for token in tokens]


def reads_the_same(of: Document) -> None:
    parser = reader()
    assert shown(tokens_of(of, parser)) == shown(parser.parse(render(of)))


def test_every_block_with_hostile_text_in_it_is_read_as_its_markdown_is() -> None:
    for said in (["gewone woorden"], HOSTILE):
        reads_the_same(document(said))
        whole = document(said)
        made = html.render(render(whole), "nl", "x", pictures=whole.pictures)
        assert html.page(whole, "nl", "x") == made


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=3))
def test_and_so_is_every_block_with_any_text_in_it(said: list[str]) -> None:
    reads_the_same(document(said))


@settings(max_examples=300, deadline=None)
@given(st.text("ab é1.-+#*_`|<&![]()\\\n\t\u00a0\u2003", max_size=200), st.text(max_size=40))
def test_and_so_are_long_lines_with_a_link_in_them(one: str, two: str) -> None:
    content = line(one, strong(two), " ", linked(two, "Kop", "appendix"), " en ", soft(one), one)
    reads_the_same(Document((paragraph(*content), bullets([content, line(one)], numbered=True))))


@pytest.mark.parametrize("numbered", [False, True])
def test_lists_behind_each_other_are_read_as_the_one_list_that_they_are(*, numbered: bool) -> None:
    two = Document((bullets([line("een")]), bullets([line("twee")], numbered=numbered)))
    reads_the_same(two)
