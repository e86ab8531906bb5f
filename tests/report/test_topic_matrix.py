"""The picture of a topic: its numbers are the findings' own, and every word of it can be read."""

import random
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings, ItemFinding, Topic
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.text import Text
from bart_tool.merge.engine import merge
from bart_tool.report.figures import drawing, topic_matrix
from bart_tool.report.tokens import shipped, template
from bart_tool.wording.naming import Naming
from bart_tool.wording.pictures import Matrix, MatrixCell, matrix, matrix_of, parts_of
from tests import workshop
from tests.any_answers import any_sheet
from tests.report.test_golden_reports import CASES, findings_of
from tests.workshop import analysed

SVG = "{http://www.w3.org/2000/svg}"
SET = workshop.small_set()
PARTIES = {"wijkraad": 4, "wijkmanager": 1, "cluster-groen": 1}
LONG = (
    "kort",
    "de directie Bestuurs- en concernondersteuning van de gemeente",
    "Meerjareninvesteringsprogrammaraadsadviescommissie",
    "beslist samen met anderen, en kan het daarna ook nog afdwingen bij de uitvoering",
    "MO/WMO/jeugd",
    "深圳市社区委员会与社区管理员共同决定",
    "<b>&amp;" + "x" * 60,
)


def found(
    answers: dict[str, dict[str, list[Any]]],
    consent: str = "position",
    parties: Mapping[str, int] = PARTIES,
) -> tuple[Findings, Naming]:
    """Findings of item -> party -> what its people say, one after another."""
    session = workshop.session(SET, parties)
    said: dict[str, dict[str, object]] = {code: {} for code in session.party_of}
    for item, its in answers.items():
        for party, values in its.items():
            codes = [code for code, of in session.party_of.items() if of == party]
            for code, value in zip(codes, values, strict=False):
                said[code][item] = value
    sheets = [
        workshop.sheet(session, code, each, consent=consent) for code, each in said.items() if each
    ]
    return analysed(SET, session, merge(sheets)), Naming(SET, session, "nl")


MANDATE: dict[str, dict[str, list[Any]]] = {
    "mandate/wijkraad/spend": {
        "wijkraad": ["co-decides", "co-decides", "co-decides", "decides"],
        "wijkmanager": ["informed"],
        "cluster-groen": ["decides"],
    },
    "mandate/wijkmanager/spend": {
        "wijkraad": [DONT_KNOW, DONT_KNOW, DONT_KNOW, "none"],
        "wijkmanager": ["decides"],
        "cluster-groen": ["advises"],
    },
    "mandate/cluster/spend": {
        "wijkraad": ["none", "none", "enforces", "enforces"],
        "cluster-groen": ["decides"],
    },
}


def of_topic(answers: dict[str, dict[str, list[Any]]], key: str, **more: Any) -> Matrix:
    findings, names = found(answers, **more)
    topic = next(topic for topic in findings.agenda if topic.key == key)
    shown = matrix(topic, findings, names)
    assert shown is not None
    return shown


def drawings(findings: Findings, names: Naming) -> Iterator[tuple[Matrix, str]]:
    """Every topic's matrix, with what is drawn of it."""
    for topic in findings.agenda:
        shown, figure = matrix(topic, findings, names), topic_matrix.drawn(topic, findings, names)
        assert (shown is None) == (figure is None)
        if shown is not None and figure is not None:
            yield shown, figure.svg


def test_a_decision_shows_who_looks_at_whom_with_the_people_on_every_step() -> None:
    shown = of_topic(MANDATE, "decision/spend")
    assert [head.text for head in shown.rows] == ["Wijkraad", "Wijkmanager", "Cluster"]
    assert [head.text for head in shown.columns] == [
        "over wijkraad",
        "over wijkmanager",
        "over cluster",
    ]
    council, manager, _ = shown.cells
    assert council[0] == MatrixCell(
        is_own=True, says=("co-decides",), place=3, people=((3, 3), (4, 1))
    )
    assert council[1].says == ("weet het niet", "(3 van 4)")
    assert (council[1].place, council[1].people) == (None, ((0, 1),))
    assert council[2].says == ("verdeeld",)
    assert council[2].people == ((0, 2), (5, 2))
    assert manager[2].says == ("geen antwoord",)
    assert shown.line == 2.5
    # The wijkmanager and the cluster both say that they decide: there it lies.
    assert [head.is_cause for head in shown.columns] == [False, True, True]
    assert [head.notes for head in shown.rows] == [("4 mensen",), ("1 persoon",), ("1 persoon",)]


def test_who_do_not_know_are_said_beside_a_position() -> None:
    answers = {
        "mandate/wijkraad/spend": {
            "wijkraad": ["none", "none", "none", DONT_KNOW],
            "wijkmanager": ["enforces"],
        }
    }
    cell = of_topic(answers, "decision/spend").cells[0][0]
    assert cell.says == ("none", "1 weet het niet")


def test_of_a_group_only_where_it_stands_is_shown() -> None:
    answers = {
        "who": {"wijkraad": ["college"] * 3 + ["bewoners"], "cluster-groen": ["bewoners"] * 3},
        "mandate/wijkraad/spend": {
            "wijkraad": ["decides"] * 4,
            "cluster-groen": ["none"] * 3,
        },
    }
    findings, names = found(answers, consent="group", parties={"wijkraad": 4, "cluster-groen": 3})
    assert findings.agenda
    for shown, svg in drawings(findings, names):
        assert {head.notes for head in shown.rows} == {("als groep",)}
        assert not [cell for row in shown.cells for cell in row if cell.number or cell.people]
        assert numbers_in(svg) == []
    who = of_topic(answers, "who", consent="group", parties={"wijkraad": 4, "cluster-groen": 3})
    assert [[(c.stands, c.is_closed) for c in row] for row in who.cells] == [
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    ]
    assert "bewoners" in [head.text for head in who.columns]  # the other group stands there


def test_a_person_who_is_not_named_by_a_group_has_no_column() -> None:
    answers = {
        "who": {"wijkraad": ["college"] * 3 + ["bewoners"], "cluster-groen": ["wijkraad"] * 3},
    }
    who = of_topic(answers, "who", consent="group", parties={"wijkraad": 4, "cluster-groen": 3})
    assert [head.text for head in who.columns] == ["wijkraad", "college"]


def test_who_is_named_is_counted_and_who_names_itself_is_framed() -> None:
    who = of_topic(
        {
            "who": {
                "wijkraad": ["wijkraad", "wijkraad", "wijkraad", DONT_KNOW],
                "wijkmanager": ["wijkmanager"],
                "cluster-groen": ["nobody"],
            }
        },
        "who",
    )
    assert [head.text for head in who.columns] == [
        "wijkraad",
        "wijkmanager",
        "niemand",
        "weet ik niet",
    ]
    assert [head.is_cause for head in who.columns] == [True, True, False, False]
    assert [[cell.number for cell in row] for row in who.cells] == [
        [3, 0, 0, 1],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
    ]
    assert [cell.is_own for cell in who.cells[0]] == [True, False, False, False]


def test_of_roles_the_rows_are_what_is_seen_and_the_own_column_is_framed() -> None:
    roles = of_topic(
        {
            "roles/wijkraad": {
                "wijkraad": [{"networker": "formal"}] * 4,
                "wijkmanager": [{"networker": "formal", "director": "informal"}],
            }
        },
        "roles/wijkraad",
    )
    assert [head.text for head in roles.rows] == ["Networker", "Director"]
    assert [head.is_cause for head in roles.rows] == [False, True]
    assert [head.is_own for head in roles.columns][:2] == [True, False]
    assert [[cell.number for cell in row][:2] for row in roles.cells] == [[4, 1], [0, 1]]


def test_a_topic_that_joins_questions_shows_the_part_that_has_its_code() -> None:
    who = workshop.question("picks", "who", topic="decision/spend")
    the_set = workshop.small_set(workshop.MANDATE_QUESTION, who)
    session = workshop.session(the_set, {"wijkraad": 1, "wijkmanager": 1})
    said = {"WR-01": "wijkmanager", "WM-01": "wijkraad"}
    sheets = [
        workshop.sheet(session, code, {"picks": name, "mandate/wijkraad/spend": "advises"})
        for code, name in said.items()
    ]
    findings, names = analysed(the_set, session, merge(sheets)), Naming(the_set, session, "nl")
    (topic,) = findings.agenda
    assert topic.code == "passed-on"
    shown = matrix(topic, findings, names)
    assert shown is not None
    assert shown.asked == "picks"
    first, second = parts_of(topic, findings, names)
    assert [finding.item for finding in first] == ["picks"]
    assert {finding.item for finding in second} == {*topic.items} - {"picks"}


def test_where_nobody_is_known_to_have_answered_nothing_is_drawn() -> None:
    findings, names = found(MANDATE, consent="group")  # too small to be shown
    for finding in findings.items:
        if not finding.positions:
            assert matrix_of([finding], names) is None
    topic = Topic("who", findings.items[0].code, ("who",))  # type: ignore[arg-type]
    assert topic_matrix.drawn(topic, findings, names) is None


# Workshops drawn by chance, with long names


def named_at_length(chance: random.Random) -> QuestionSet:
    """The small set with some names made long."""

    def longer(value: Any) -> Any:
        if isinstance(value, dict):
            made = {key: longer(each) for key, each in value.items()}
            if "label" in made and chance.random() < 0.4:
                made["label"] = workshop.text(chance.choice(LONG))
            return made
        return [longer(each) for each in value] if isinstance(value, list) else value

    return QuestionSet.model_validate(longer(SET.model_dump(mode="json", by_alias=True)))


def any_workshop(seed: int) -> tuple[Findings, Naming]:
    chance = random.Random(seed)
    the_set = named_at_length(chance)
    parties = {
        "wijkraad": chance.choice((1, 3, 5, 12)),
        "wijkmanager": 1,
        "cluster-groen": chance.choice((1, 2, 4)),
        "cluster-wit": chance.choice((1, 3)),
    }
    session = workshop.session(the_set, parties)
    label = Text(nl=chance.choice(LONG), en=chance.choice(LONG))
    some = session.parties[0].model_copy(update={"label": label})
    session = session.model_copy(update={"parties": (some, *session.parties[1:])})
    sheets = [
        any_sheet(session, the_set, code, chance).changed(
            consent="group" if party == "cluster-groen" and seed % 2 else "position"
        )
        for code, party in session.party_of.items()
        if chance.random() < 0.9
    ]
    return analysed(the_set, session, merge(sheets)), Naming(the_set, session, "nl")


def counted(finding: ItemFinding) -> list[int]:
    """Every number of people that may be drawn of an item, read from the findings alone."""
    numbers = []
    for position in finding.positions:
        numbers += [n for n in (position.counts or {}).values() if n]
        if position.dont_know and finding.compared != "level":
            numbers.append(position.dont_know)
    return sorted(numbers)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_every_number_that_is_drawn_is_one_of_the_findings(seed: int) -> None:
    findings, names = any_workshop(seed)
    for topic in findings.agenda:
        figure = topic_matrix.drawn(topic, findings, names)
        shown = parts_of(topic, findings, names)[0]
        if figure is not None:
            assert numbers_in(figure.svg) == sorted(n for f in shown for n in counted(f))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_no_text_leaves_the_picture_or_lies_on_another_or_on_a_line(seed: int) -> None:
    for _, svg in drawings(*any_workshop(seed)):
        can_be_read(svg)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_told_is_short_and_not_the_title(seed: int) -> None:
    findings, names = any_workshop(seed)
    for topic in findings.agenda:
        figure = topic_matrix.drawn(topic, findings, names)
        if figure is not None:
            assert 0 < len(figure.told) <= 150
            title, told = (each.text for each in list(ElementTree.fromstring(figure.svg))[:2])
            assert title
            assert figure.told != title
            assert not figure.told.startswith(f"{title}.")
            assert told == drawing.harmless(figure.told, one_line=True)


Box = tuple[float, float, float, float]


def boxes(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, Box]]:
    """Every text with about where it lies: left, top, right, bottom."""
    for text in root.iter(f"{SVG}text"):
        looks = (text.get("class") or "").split()
        wide = drawing.wide_as(text.text or "", 12)
        x, y = float(text.get("x") or 0), float(text.get("y") or 0)
        left = x - wide if "end" in looks else x - wide / 2 if "middle" in looks else x
        yield text, (left, y - 9, left + wide, y + 2)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def can_be_read(svg: str) -> None:
    root = ElementTree.fromstring(drawing.as_file(svg, shipped()))
    wide, high = float(root.get("width") or 0), float(root.get("height") or 0)
    assert root.get("viewBox") == f"0 0 {wide:g} {high:g}"
    assert wide <= 328  # so that letters of 12 stay at 12 on a phone of 360
    placed = list(boxes(root))
    for number, (text, box) in enumerate(placed):
        assert box[0] >= 0, text.text
        assert box[1] >= 0, text.text
        assert box[2] <= wide + 0.1, text.text
        assert box[3] <= high, text.text
        for other, there in placed[number + 1 :]:
            assert not overlap(box, there), (text.text, other.text)
    words = [(text, box) for text, box in placed if not in_a_circle(text)]
    for line in root.iter(f"{SVG}line"):
        x1, y1, x2, y2 = (float(line.get(name) or 0) for name in ("x1", "y1", "x2", "y2"))
        drawn = (min(x1, x2), min(y1, y2), max(x1, x2) + 0.1, max(y1, y2) + 0.1)
        for text, box in words:
            assert not overlap(drawn, box), (text.text, drawn)


def in_a_circle(text: ElementTree.Element) -> bool:
    return "middle" in (text.get("class") or "")


def numbers_in(svg: str) -> list[int]:
    """The numbers of people: those that stand in a circle."""
    root = ElementTree.fromstring(svg)
    return sorted(
        int(text.text or "")
        for text in root.iter(f"{SVG}text")
        if re.fullmatch(r"\d+", text.text or "") and in_a_circle(text)
    )


def test_no_letter_in_a_picture_is_smaller_than_12() -> None:
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", template("figures.css"))]
    assert sizes
    assert min(sizes) >= 12


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_picture_has_a_title_words_and_a_role(name: str, language: Language) -> None:
    the_set, session, findings = findings_of(CASES[name])
    for _, svg in drawings(findings, Naming(the_set, session, language)):
        can_be_read(svg)
        root = ElementTree.fromstring(drawing.as_file(svg, shipped()))
        assert root.get("role") == "img"
        title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert told is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
        assert not [each for each in root.iter() if each.get("style") or each.get("href")]
        assert drawing.in_page(drawing.as_file(svg, shipped())) == svg


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.integers(20, 400), st.integers(1, 4))
def test_wrapped_text_fits_whatever_it_is(text: str, wide: int, most: int) -> None:
    made = drawing.wrapped(text, wide, 12, most)
    assert 1 <= len(made) <= most
    assert all(drawing.wide_as(each, 12) <= wide or len(each) <= 2 for each in made)
    ElementTree.fromstring(f"<svg>{drawing.text(0, 0, text)}</svg>")
