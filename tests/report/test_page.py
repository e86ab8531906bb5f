"""Any Markdown as a page: what can be linked to, what a phone is told, which images are shown."""

import re

from bart_tool.report import html

TEXT = """# Titel

Inleiding.

## Één deel

| Over | de raad | |
| --- | --- | --- |
| geld | 1 < 2 | x |

## Één deel

## 3. `x` & <b>y</b>

![De kaart](figures/kaart.svg)

Woorden ![van elders](http://example.invalid/x.png) en ![weg](figures/../kaart.svg).

![Die er niet is](figures/weg.svg)

[koppeling](javascript:alert(1))
"""
SVG = '<svg role="img"><title>Kaart</title></svg>'


def page() -> str:
    return html.render(TEXT, "nl", "<Titel>", pictures={"kaart": SVG})


def test_every_part_can_be_linked_to_and_stands_in_the_contents() -> None:
    anchors = re.findall(r'<div class="inside" id="([^"]+)">', page())
    assert anchors == ["één-deel", "één-deel-1", "3-x--byb"]
    for anchor in anchors:
        assert page().count(f'href="#{anchor}"') == 1
    assert '<a href="#3-x--byb">3. x &amp; &lt;b&gt;y&lt;/b&gt;</a>' in page()


def test_a_part_is_closed_below_its_heading_and_leads_back_to_the_top() -> None:
    assert page().count('<details class="part">\n<summary><h2>Één deel</h2>\n</summary>') == 2
    assert page().count('<p class="back"><a href="#top">Terug naar boven</a></p>') == 3


def test_a_short_page_has_no_contents_and_nothing_closed() -> None:
    short = html.render("# a\n\n## b\n\n## c", "nl", "x").partition("<body>")[2]
    assert "contents" not in short
    assert "<details" not in short
    assert '<h2 id="b">b</h2>' in short


def test_a_new_sheet_of_paper_begins_between_two_parts() -> None:
    made = html.render("# a\n\n## b\n\nx\n\n---\n\n## c\n\n## d\n\n---\n\n## e", "nl", "x")
    assert made.count("</details>\n<hr />\n") == 2
    assert made.count('<div class="sheets">') == 1
    assert made.index("<hr />") < made.index('<div class="sheets">') < made.index(">c</h2>")


def test_a_wide_table_can_be_moved_by_keyboard_and_says_so() -> None:
    wide = "## Geld\n\n| a | b | c | d |\n| - | - | - | - |\n| 1 | 2 | 3 | 4 |\n\n"
    made = html.render(f"# x\n\n{wide}{wide}", "nl", "x")
    for number in (1, 2):
        box = f'role="region" tabindex="0" aria-label="Tabel {number}: Geld">'
        assert made.count(f'{box}\n<table role="table" class="wide"') == 1
    assert made.count("Schuif de tabel opzij om alles te zien.") == 2
    assert "tabindex" not in page()  # a table of three columns fits
    assert '<table role="table" class="cards"' in page()


def test_a_link_to_the_text_of_the_appendix_leads_to_its_page() -> None:
    said = "[a](appendix.md#één) [b](preview-appendix.md) [c](notes.md) [d](x/appendix.md)"
    made = html.render(said, "nl", "x")
    places = re.findall(r'href="([^"]+)"', made)
    assert places == [
        "appendix.html#%C3%A9%C3%A9n",
        "preview-appendix.html",
        "notes.md",
        "x/appendix.md",
    ]


def test_a_cell_says_what_it_is_where_a_table_becomes_cards() -> None:
    assert '<td role="cell" data-label="de raad">1 &lt; 2</td>' in page()
    assert '<th role="rowheader" scope="row">geld</th>' in page()
    assert '<td role="cell"></td>' in page()  # the empty corner heads nothing


def test_only_the_pictures_of_the_report_are_shown() -> None:
    assert page().count(SVG) == 1
    assert "<img" not in page()
    assert "example.invalid" not in page()
    assert "Woorden van elders en weg." in page()
    assert "Deze plaat is er niet meer." in page()
    assert "javascript:" not in page().replace("[koppeling](javascript:", "")


def test_the_policy_lets_only_the_page_its_own_style_in() -> None:
    from base64 import b64encode
    from hashlib import sha256

    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page().replace("&#39;", "'")
    assert "style=" not in page()
    assert "<script" not in page()
    assert "<title>&lt;Titel&gt;</title>" in page()
