"""T19: every sentence that bart prints of a workshop is true of its sheets."""

from dataclasses import replace

import pytest

from bart_tool.wording.finding_sentences import what_is_seen
from bart_tool.wording.naming import Naming
from bart_tool.wording.pictures import matrix, parts_of
from tests import figures
from tests.promises.checking import Checker
from tests.promises.closings import Closed, closing
from tests.promises.printed import (
    Printed,
    found,
    in_a_terminal,
    in_the_report,
    in_the_talk,
    on_the_screens,
    two_rounds_of,
)
from tests.promises.workshops import SETS, Workshop, workshop
from tests.promises.world import World

SCREENS = 3  # entries of each view of the findings that are opened


def printed_of(of: Workshop) -> list[tuple[Checker, Printed]]:
    """Every text that is printed of a workshop, with what it is held to."""
    before: list[Closed] = []
    for sheets in of.closings:
        before.append(closing(of.asked, of.session, sheets, before))
    world = World(of.asked, of.session, of.closings[-1], before[-1])
    checker, now = Checker(world), found(of)
    texts = (
        *in_a_terminal(now, of),
        *on_the_screens(now.findings, of, SCREENS),
        *in_the_talk(now.findings, of),
        *in_the_report(now.findings, of),
    )
    held = [(checker, text) for text in texts]
    if of.later is not None:
        after = of.later
        last = closing(after.asked, after.session, after.closings[-1], before)
        later = World(after.asked, after.session, after.closings[-1], last)
        both = Checker(later, world, after.agreements)
        held += [(both, text) for text in two_rounds_of(now, of)]
    return held


def false_in(of: Workshop) -> list[Printed]:
    return [text for checker, text in printed_of(of) if checker.false(text)]


@pytest.mark.parametrize("name", SETS)
def test_every_sentence_is_true_of_the_sheets(name: str) -> None:
    for number in figures.seeds(150, 20_000):
        assert false_in(workshop(name, number)) == [], f"workshop({name!r}, {number})"


def _headlines_beside(of: Workshop) -> list[str]:
    """The headlines of topics on page one that are not true of their first picture alone."""
    closed = closing(of.asked, of.session, of.closings[-1], [])
    checker = Checker(World(of.asked, of.session, of.closings[-1], closed))
    now = found(replace(of, closings=of.closings[-1:])).findings
    names = Naming(of.asked, of.session, "nl")
    beside = []
    for topic in now.page_one:
        about = checker.of_topic(topic.key)
        first = {finding.item for finding in parts_of(topic, now, names)[0]}
        drawn = replace(about, items=tuple(i for i in about.items if i.key in first), topic="")
        headline = what_is_seen(topic, now, names)
        if matrix(topic, now, names) is not None and not checker.holds(headline, drawn):
            beside.append(headline)
    return beside


@pytest.mark.parametrize("name", SETS)
def test_a_headline_is_true_of_its_first_picture_alone(name: str) -> None:
    for number in figures.seeds(40, 5_000):
        assert _headlines_beside(workshop(name, number)) == [], f"workshop({name!r}, {number})"


@pytest.mark.parametrize(
    "said",
    [
        "Er valt nog niets te vergelijken.",
        "We vonden geen groot verschil.",
        "Er zijn geen antwoorden om te laten zien. Zo ziet het verslag eruit als die er zijn.",
        "Afgesproken, en nagekomen volgens elke partij met een beeld.",
        "verder uit elkaar",
        "We vonden geen vraag waarbij elke partij in beeld hetzelfde ziet.",
        "Bij geen vraag vonden we een partij die verdeeld is.",
        "Zonder één van deze antwoorden was deze uitkomst anders.",
    ],
)
def test_a_sentence_without_a_name_or_number_is_held_too(said: str) -> None:
    of = workshop("wijk-kern", 0)
    closed = closing(of.asked, of.session, of.closings[-1], [])
    assert Checker(World(of.asked, of.session, of.closings[-1], closed)).false(Printed(said))


# Workshops in which a sentence was false once: set, number, and what was wrong.
FALSE_ONCE = (
    ("bart-basis", 10168, "a party on the decision line was said to help decide"),
    ("bart-basis", 394, "nothing was said to be shared where each of it has a minority"),
    ("wijkprogramma", 11047, "a party on the decision line was said to help decide"),
)


@pytest.mark.parametrize(("name", "number", "what"), FALSE_ONCE)
def test_a_sentence_that_was_false_once_is_true_now(name: str, number: int, what: str) -> None:
    assert false_in(workshop(name, number)) == [], what
