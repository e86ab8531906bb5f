"""A municipality's own colours: only safe values are taken, and every eye can tell them apart."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bart_tool.errors import Severity
from bart_tool.report import html, tokens
from bart_tool.report.tokens import FILLS, LEAST_APART, READ_ON, parse, shipped

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
    found, problems = parse(":root { --dim: #cccccc; --step-2: #dbe6ee; }", "tokens.css")
    assert found.light["dim"] == "#cccccc"
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    said = {(p.code, p.params["name"], p.params["other"]) for p in problems}
    assert ("token-contrast-light", "--dim", "--paper") in said
    assert ("token-alike-light", "--step-1", "--step-2") in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_is_read_has_contrast_enough(scheme: str) -> None:
    its = values(scheme)
    for above, below, least in READ_ON:
        ratio = tokens.contrast(tokens.rgb(its[above]), tokens.rgb(its[below]))
        assert ratio >= least, (above, below, ratio)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("eyes", ["all", *tokens.DEFICIENCIES])
def test_every_two_fills_can_be_told_apart_by_every_eye(scheme: str, eyes: str) -> None:
    its = values(scheme)
    seen = {name: tokens.rgb(its[name]) for name in FILLS}
    if eyes in tokens.DEFICIENCIES:
        seen = {name: tokens.seen_with(eyes, each) for name, each in seen.items()}  # type: ignore[arg-type]
    for place, one in enumerate(FILLS):
        for other in FILLS[place + 1 :]:
            assert tokens.difference(seen[one], seen[other]) >= LEAST_APART, (one, other)


def test_the_simulation_takes_away_what_those_eyes_miss() -> None:
    # Machado et al. (2009), severity 1.0: pure red as protan, from the first column of the matrix.
    red = tokens.seen_with("protan", (1.0, 0.0, 0.0))
    assert red == pytest.approx((0.4269, 0.3729, 0.0), abs=0.001)
    alike = (tokens.rgb("#c44536"), tokens.rgb("#6f7a2b"))
    deutan = [tokens.seen_with("deutan", each) for each in alike]
    assert tokens.difference(*deutan) < tokens.difference(*alike) / 2
    blue, green = tokens.rgb("#0f8ea0"), tokens.rgb("#3a9467")
    tritan = [tokens.seen_with("tritan", each) for each in (blue, green)]
    assert tokens.difference(*tritan) < tokens.difference(blue, green) / 2


def test_white_keeps_its_colour_for_every_eye() -> None:
    for deficiency in tokens.DEFICIENCIES:
        assert tokens.seen_with(deficiency, (1.0, 1.0, 1.0)) == pytest.approx((1, 1, 1), abs=0.01)


def test_only_these_fills_stand_in_the_pictures() -> None:
    used = set(re.findall(r"fill: var\(--([a-z0-9-]+)\)", tokens.template("figures.css")))
    assert used - {"ink", "dim", "main"} <= set(FILLS)
    assert set(tokens.STEPS) <= used
