"""The pictures: they show the findings' own numbers, in words too, and nothing that is closed."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bart_tool.analysis.perception_gap import PerceptionGap, step_of, views
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.question_set import Thresholds
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from bart_tool.report import markdown
from bart_tool.report.compose import compose
from bart_tool.report.figures import drawing, ladders
from bart_tool.report.tokens import shipped
from bart_tool.wording import pictures
from bart_tool.wording.naming import Naming
from tests import workshop
from tests.report.test_golden_reports import CASES, findings_of
from tests.workshop import analysed

SVG = "{http://www.w3.org/2000/svg}"
SET = workshop.small_set()
PARTIES = {"wijkraad": 4, "wijkmanager": 1, "cluster-groen": 1}


def found(
    answers: dict[str, dict[str, list[object]]], consent: str = "position"
) -> tuple[Findings, Naming]:
    """Findings of item -> party -> what its people say, one after another."""
    session = workshop.session(SET, PARTIES)
    said: dict[str, dict[str, object]] = {code: {} for code in session.party_of}
    for item, parties in answers.items():
        for party, values in parties.items():
            codes = [code for code, of in session.party_of.items() if of == party]
            for code, value in zip(codes, values, strict=False):
                said[code][item] = value
    sheets = [
        workshop.sheet(session, code, each, consent=consent) for code, each in said.items() if each
    ]
    return analysed(SET, session, merge(sheets)), Naming(SET, session, "nl")


MANDATE = {
    # The wijkraad sees itself at 3, the wijkmanager it at 1, the cluster it at 4.
    "mandate/wijkraad/spend": {
        "wijkraad": ["co-decides", "co-decides", "decides", "none"],
        "wijkmanager": ["informed"],
        "cluster-groen": ["decides"],
    },
    "mandate/wijkraad/drop": {
        "wijkraad": ["advises", "advises", "advises", "advises"],
        "wijkmanager": ["advises"],
        "cluster-groen": ["none"],
    },
}


def test_the_distance_is_the_mean_of_steps_from_the_own_picture() -> None:
    findings, names = found(MANDATE)  # type: ignore[arg-type]
    (view,) = views(findings)
    assert (view.boundary, view.measure, view.subjects) == ("authority", "steps", ("wijkraad",))
    assert view.gaps == (
        PerceptionGap("wijkmanager", "wijkraad", 2, (2 + 0) / 2, more=0, less=1),
        PerceptionGap("cluster-groen", "wijkraad", 2, (1 + 2) / 2, more=1, less=1),
    )
    assert view.is_own("wijkraad", "wijkraad")
    assert [step_of(gap, "steps", names.question_set.thresholds) for gap in view.gaps] == [2, 2]


def test_of_options_it_is_how_many_only_one_of_the_two_names() -> None:
    findings, _ = found(
        {
            "roles/wijkraad": {
                "wijkraad": [{"networker": "formal", "fixer": "informal"}],
                "wijkmanager": [{"networker": "formal", "director": "formal"}],
            }
        }
    )
    (view,) = views(findings)
    assert view.gaps == (PerceptionGap("wijkmanager", "wijkraad", 1, 2, named=3),)


def test_what_two_parties_say_in_own_words_is_never_the_same() -> None:
    own = {"value": "other", "words": "iets"}
    findings, _ = found({"choice/wijkraad": {"wijkraad": [own], "wijkmanager": [own]}})
    (view,) = views(findings)
    assert (view.gaps[0].apart, view.gaps[0].named) == (2, 2)


@pytest.mark.parametrize(
    ("gap", "measure", "step"),
    [
        (PerceptionGap("a", "b", 3, 0), "steps", 0),
        (PerceptionGap("a", "b", 3, 0.1), "steps", 1),
        (PerceptionGap("a", "b", 3, 1), "steps", 2),
        (PerceptionGap("a", "b", 3, 2), "steps", 3),
        (PerceptionGap("a", "b", 1, 1, named=3), "options", 1),
        (PerceptionGap("a", "b", 1, 2, named=3), "options", 2),
        (PerceptionGap("a", "b", 1, 3, named=4), "options", 3),
    ],
)
def test_small_is_never_rounded_to_nothing(gap: PerceptionGap, measure: str, step: int) -> None:
    assert step_of(gap, measure, Thresholds()) == step


def test_a_ladder_shows_median_reach_and_how_many() -> None:
    findings, names = found(MANDATE)  # type: ignore[arg-type]
    finding = findings.by_key["mandate/wijkraad/spend"]
    own = finding.positions[0]
    assert pictures.reach(own, finding, names) == pictures.Reach(0, 4)
    picture = next(p for p in ladders.pictures(findings, names))
    assert "wijkraad (over zichzelf): co-decides (van none tot decides; 4 van 4)" in picture.told  # type: ignore[union-attr]
    svg = picture.svg  # type: ignore[union-attr]
    assert svg.count('class="reach"') == 1 + 1  # the wijkraad's own, and in the legend
    assert svg.count('class="decision"') == 1
    assert svg.count('class="own"') == 1 + 1
    assert svg.count('class="other"') == 2 + 1
    assert 'class="dim small middle halo">2</text>' in svg  # two co-decide


def test_of_a_group_no_reach_and_no_number_of_people_is_drawn() -> None:
    findings, names = found(MANDATE, consent="group")  # type: ignore[arg-type]
    finding = findings.by_key["mandate/wijkraad/spend"]
    assert [p.party for p in finding.positions] == ["wijkraad"]  # the others are withheld
    assert finding.positions[0].counts is None
    assert pictures.reach(finding.positions[0], finding, names) is None
    picture = next(p for p in ladders.pictures(findings, names))
    assert picture.svg.count('class="reach"') == 1  # type: ignore[union-attr]
    assert 'halo">2<' not in picture.svg  # type: ignore[union-attr]
    assert " tot " not in picture.told.partition("Over ")[2]  # type: ignore[union-attr]


def test_of_a_group_a_bar_says_only_where_it_stands() -> None:
    answers = {"who": {"wijkraad": ["college", "college", "college", "bewoners"]}}
    shown = compose(*_parts(found(answers, consent="group")), "nl").pictures["said-who"]  # type: ignore[arg-type]
    assert "hier staat de groep" in shown
    assert 'class="bar"' not in shown
    assert "bewoners" not in shown
    told = compose(*_parts(found(answers)), "nl").pictures["said-who"]  # type: ignore[arg-type]
    assert told.count('class="bar"') == 4
    assert "Bewoners" in told


def _parts(of: tuple[Findings, Naming]) -> tuple[Findings, object, Session]:
    findings, names = of
    return findings, names.question_set, names.session


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_picture_has_a_title_words_and_a_role(name: str, language: Language) -> None:
    the_set, session, findings = findings_of(CASES[name])
    document = compose(findings, the_set, session, language)
    text = markdown.render(document)
    for picture, svg in document.pictures.items():
        root = ElementTree.fromstring(drawing.as_file(svg, shipped()))
        assert root.get("role") == "img"
        title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert title.text
        assert told is not None
        assert re.search(r"\d", told.text or "")
        assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
        assert f"(figures/{picture}.svg)" in text
        assert not [each for each in root.iter() if each.get("style") or each.get("href")]
    assert text.count("](figures/") == len(document.pictures)


def test_without_answers_there_are_no_pictures() -> None:
    for name in ("nobody-answered", "nobody-counts", "all-withheld"):
        the_set, session, findings = findings_of(CASES[name])
        assert compose(findings, the_set, session, "nl").pictures == {}


def test_a_picture_comes_back_from_its_file_as_it_was() -> None:
    the_set, session, findings = findings_of(CASES["own-decision"])
    for svg in compose(findings, the_set, session, "nl").pictures.values():
        assert drawing.in_page(drawing.as_file(svg, shipped())) == svg


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.integers(20, 400), st.integers(1, 4))
def test_wrapped_text_fits_whatever_it_is(text: str, wide: int, most: int) -> None:
    made = drawing.wrapped(text, wide, 12, most)
    assert 1 <= len(made) <= most
    assert all(drawing.wide_as(each, 12) <= wide or len(each) <= 2 for each in made)
    ElementTree.fromstring(f"<svg>{drawing.text(0, 0, text)}</svg>")
