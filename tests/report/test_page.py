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
    anchors = re.findall(r'<h2 id="([^"]+)">', page())
    assert anchors == ["een-deel", "een-deel-2", "p-3-x-b-y-b"]
    for anchor in anchors:
        assert page().count(f'href="#{anchor}"') == 2  # for a phone, and beside the text
    assert '<a href="#p-3-x-b-y-b">3. x &amp; &lt;b&gt;y&lt;/b&gt;</a>' in page()


def test_a_short_page_has_no_contents() -> None:
    assert "contents" not in html.render("# a\n\n## b\n\n## c", "nl", "x").partition("<body>")[2]


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
