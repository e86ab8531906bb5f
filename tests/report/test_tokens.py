"""A municipality's own colours: only safe values are taken, and what is hard to read is named."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bart_tool.errors import Severity
from bart_tool.report import html, tokens
from bart_tool.report.tokens import READ_ON, parse, shipped

SAFE = re.compile(
    r":root \{ (--[a-z0-9-]+: (#[0-9a-f]{3}|#[0-9a-f]{6}|[0-9.]+(px|rem|em)|0); )+\}\n"
    r"@media screen and \(prefers-color-scheme: dark\) "
    r"\{ :root \{ (--[a-z0-9-]+: (#[0-9a-f]{3}|#[0-9a-f]{6}|[0-9.]+(px|rem|em)|0); )+\} \}"
)
HOSTILE = (
    "@import url(http://example.invalid/x.css);",
    ":root { --paper: url(http://example.invalid/x.png); }",
    ":root { --paper: #fff; background: url(http://example.invalid/x.png) }",
    ":root { --paper: #fff } </style><script>window.__ran = 1</script>",
    ":root { --paper: expression(window.__ran = 1) }",
    ":root { --ink: var(--paper, url(x)) }",
    ":root { --width: calc(1px * 9999999) }",
    ":root { --paper: #fff\\3b } body { display: none }",
    ":root { --evil: #fff; }",
    "@font-face { font-family: x; src: url(http://example.invalid/x.woff) }",
    ":root { --paper: #fff /* } */ ; --ink: #0000zz }",
    ":root { --text: 0.01px }",
    "@media (prefers-color-scheme: dark) { body { display: none } }",
    '<svg onload="window.__ran = 1">',
    ":root{{{{",
    "}}}}",
)


def values(scheme: str) -> dict[str, str]:
    own = shipped()
    return {**own.light, **(own.dark if scheme == "dark" else {})}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_but_safe_values_gets_through_and_the_rest_is_named(text: str) -> None:
    found, problems = parse(text, "tokens.css")
    assert SAFE.fullmatch(found.css())
    assert "example.invalid" not in found.css()
    assert any(problem.severity is Severity.ERROR for problem in problems)
    page = html.render("# Verslag", "nl", "x", tokens=found)
    assert "example.invalid" not in page
    assert "__ran" not in page


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=":;{}()-/*#\\<>\"'@ \nrotabcdefpxm019", max_size=200))
def test_whatever_stands_in_the_file_the_page_holds_only_safe_values(text: str) -> None:
    assert SAFE.fullmatch(parse(text, "tokens.css")[0].css())


def test_own_values_take_the_place_of_the_shipped_ones() -> None:
    text = (
        "/* huisstijl */\n:root { --main: #006B1A; --width: 40rem }\n"
        "@media (prefers-color-scheme: dark) {\n  :root { --main: #7FD491; }\n}\n"
    )
    found, problems = parse(text, "tokens.css")
    assert problems == ()
    assert (found.light["main"], found.dark["main"]) == ("#006b1a", "#7fd491")
    assert found.light["width"] == "40rem"
    assert found.light["ink"] == shipped().light["ink"]


def test_the_shipped_file_can_be_copied_as_it_is() -> None:
    assert parse(tokens.template("tokens.css"), "tokens.css") == (shipped(), ())


def test_a_bad_line_is_named_with_its_place_and_the_good_ones_are_used() -> None:
    text = ":root {\n  --ink: #222;\n  --papier: #fff;\n  --paper: wit;\n  --text: 90rem;\n}"
    found, problems = parse(text, "tokens.css")
    assert found.light["ink"] == "#222"
    assert found.light["paper"] == shipped().light["paper"]
    assert [(p.code, p.where.line) for p in problems] == [
        ("token-unknown", 3),
        ("token-no-colour", 4),
        ("token-no-length", 5),
    ]
    assert problems[0].params["names"] == "--paper"


def test_colours_that_are_hard_to_read_are_used_with_a_warning() -> None:
    found, problems = parse(":root { --dim: #cccccc; }", "tokens.css")
    assert found.light["dim"] == "#cccccc"
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    said = {(p.code, p.params["name"], p.params["other"]) for p in problems}
    assert ("token-contrast-light", "--dim", "--paper") in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_is_read_has_contrast_enough(scheme: str) -> None:
    its = values(scheme)
    for above, below, least in READ_ON:
        ratio = tokens.contrast(tokens.rgb(its[above]), tokens.rgb(its[below]))
        assert ratio >= least, (above, below, ratio)


def test_what_is_filled_in_the_pictures_has_contrast_with_what_stands_in_it() -> None:
    used = set(re.findall(r"fill: var\(--([a-z0-9-]+)\)", tokens.template("figures.css")))
    assert used == {"ink", "dim", "main", "paper"}
    assert {(one, "paper") for one in used - {"paper"}} <= {each[:2] for each in READ_ON}
