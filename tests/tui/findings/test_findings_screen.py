"""What a facilitator sees after closing, against the findings themselves."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    Code,
    Expectation,
    ExpectationCode,
    Findings,
    ItemFinding,
    Quote,
)
from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.findings.details import details
from bart_tool.tui.findings.entries import Filter, Lens, entries, parts_to_show
from bart_tool.tui.findings.findings_screen import FindingsScreen
from bart_tool.tui.findings.matrix_rows import matrix_rows
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import Part, Row
from bart_tool.wording.naming import Naming
from bart_tool.wording.pictures import matrix, matrix_of
from bart_tool.wording.translation import words
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import OpenSession
from tests.tui.conftest import check_screen
from tests.tui.participant.hostile import SEQUENCES
from tests.tui.waiting import text_of


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, OpenSession]:
    made = make_demo(DiskStore(tmp_path_factory.mktemp("demo")))
    return made.findings, made.opened


def named(opened: OpenSession, language: Language = "nl") -> Naming:
    return Naming(opened.question_set, opened.session, language)


@asynccontextmanager
async def looking(
    findings: Findings,
    opened: OpenSession,
    size: tuple[int, int] = (80, 24),
    language: Language = "nl",
) -> AsyncIterator[Pilot[int]]:
    async def flow(app: Shell) -> int:
        await app.ask(FindingsScreen(findings, opened.question_set, opened.session))
        return 0

    async with BartApp(flow, language).run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield pilot


def screen_of(pilot: Pilot[int]) -> FindingsScreen:
    screen = pilot.app.screen
    assert isinstance(screen, FindingsScreen)
    return screen


def text(findings: Findings, opened: OpenSession, key: str, wide: int = 70) -> str:
    t = words("nl")
    return "\n".join(
        "".join(part.text for part in row.lead)
        + row.text
        + "\n".join("".join(part.text for part in under) for under in row.under)
        for row in details(key, findings, named(opened), t, wide)
    )


def test_who_said_what_stands_below_an_item_in_blocks(demo: tuple[Findings, OpenSession]) -> None:
    said = text(*demo, "item:clarity")
    below = said[said.index("Wie zei wat") :]
    assert "  ■■■■■ 5 onduidelijk" in below
    assert "Wijkmanager" not in below  # one person: the picture says it


def test_of_a_group_only_where_it_stands_is_told(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    finding = findings.by_key["clarity"]
    closed = tuple(replace(p, n=None, counts=None, dont_know=None) for p in finding.positions)
    hidden = replace(finding, positions=closed)
    grouped = replace(findings, by_key={**findings.by_key, finding.item: hidden})
    said = text(grouped, opened, "item:clarity")
    assert "Wie zei wat" not in said
    assert "Wijkraad (als groep): onduidelijk" in said
    assert not re.search(r"\d", said.replace("De 4 partijen", ""))


def test_every_entry_of_every_view_has_its_details(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    t = words("nl")
    for view in Lens:
        found = [e for e in entries(view, findings, named(opened), Filter(), t) if e.key]
        assert found
        for entry in found:
            assert details(entry.key, findings, named(opened), t, 70)


def test_the_talk_begins_with_the_agenda_in_its_own_order(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    found = entries(Lens.TALK, findings, named(opened), Filter(), words("nl"))
    topics = [entry.key for entry in found if entry.key.startswith("topic:")]
    assert topics == [f"topic:{topic.key}" for topic in findings.agenda]
    items = [entry.key for entry in found if entry.key.startswith("item:")]
    assert sorted(items) == sorted(f"item:{finding.item}" for finding in findings.items)


WIDE, NARROW = 110, 36
DECISION = "topic:decision/small-urgent-spend"


@pytest.mark.parametrize("wide", [WIDE, NARROW])
def test_all_who_claim_a_decision_stand_in_one_picture(
    demo: tuple[Findings, OpenSession], wide: int
) -> None:
    shown = text(*demo, DECISION, wide)
    picture = shown[shown.index("zoals het formeel is vastgelegd") : shown.index("[ ] hier staat")]
    for said in ("Wijkraad", "Wijkmanager", "Stadsbeheer", "Maatschappelijke ontwikkeling"):
        assert said in picture
    for said in ("over de wijkraad", "▼ over de", "▼ over het cluster"):
        assert said in picture
    assert "· · 1 ┊[4]1 ·" in picture  # one advises, four co-decide, one decides
    assert picture.count("●") == 4  # each about itself
    assert "● over zichzelf" in shown
    assert "geen rol · wordt geïnformeerd · adviseert ┊ beslist mee" in shown


def test_a_picture_says_the_numbers_of_the_findings(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    for finding in findings.items:
        shown = matrix_of([finding], named(opened))
        if shown is None or shown.is_ladder:
            continue
        said = " ".join(
            part.text for row in matrix_rows(shown, WIDE, words("nl")) for part in drawn(row)
        )
        for position in finding.positions:
            for option, people in (position.counts or {}).items():
                if people:
                    named_as = named(opened).option(named(opened).item(finding.item), option)
                    who = named_as if finding.type == "who" else named(opened).party(position.party)
                    assert re.search(rf"(?i)[■□] {re.escape(who)}( \(zelf\))? {people}\b", said)


def drawn(row: Row) -> tuple[Part, ...]:
    return tuple(part for under in row.under for part in under)


def test_no_line_of_a_picture_is_wider_than_there_is_room(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    for topic in findings.agenda:
        shown = matrix(topic, findings, named(opened))
        assert shown is not None
        for wide in (60, 70, 90, 110):
            for row in matrix_rows(shown, wide, words("nl")):
                if shown.is_ladder and not any(part.style == "dim" for part in drawn(row)):
                    assert sum(len(part.text) for part in drawn(row)) <= wide


@pytest.mark.parametrize("boundary", ["task", "authority", "role", "boundary", "means"])
def test_the_filter_shows_one_boundary(demo: tuple[Findings, OpenSession], boundary: str) -> None:
    findings, opened = demo
    wanted = Filter(boundary=boundary)
    found = entries(Lens.TALK, findings, named(opened), wanted, words("nl"))
    items = {entry.key.removeprefix("item:") for entry in found if entry.key.startswith("item:")}
    assert items == {f.item for f in findings.items if f.boundary == boundary}
    assert items


def test_filters_add_up(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    wanted = Filter(boundary="authority", party="wijkraad", code=Code.WIDE_GAP)
    found = entries(Lens.TALK, findings, named(opened), wanted, words("nl"))
    items = {entry.key.removeprefix("item:") for entry in found if entry.key.startswith("item:")}
    assert items == {
        f.item
        for f in findings.items
        if (f.boundary, f.subject, f.code) == ("authority", "wijkraad", Code.WIDE_GAP)
    }
    assert wanted.with_only("boundary", "").boundary == ""


def filters(wanted: Filter, findings: Findings, opened: OpenSession, left: int) -> Iterator[Filter]:
    """`wanted`, and every filter that up to `left` more choices of what is offered lead to."""
    yield wanted
    for what in ("boundary", "party", "code") if left else ():
        for which, _ in parts_to_show(what, findings, named(opened), wanted):
            yield from filters(wanted.with_only(what, which), findings, opened, left - 1)


def test_every_filter_that_is_offered_has_hits_and_says_how_many(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    seen = 0
    for wanted in dict.fromkeys(filters(Filter(), findings, opened, 3)):
        found = entries(Lens.TALK, findings, named(opened), wanted, words("nl"))
        items = [entry for entry in found if entry.key.startswith("item:")]
        assert items
        assert wanted.hits(findings) == len(items)
        for what in ("boundary", "party", "code"):
            for which, says in parts_to_show(what, findings, named(opened), wanted):
                hits = wanted.with_only(what, which).hits(findings)
                assert says.endswith(f" ({hits})")
                seen += 1
    assert seen > len(findings.items)


def test_a_withheld_party_says_that_it_is_not_shown_and_nothing_else(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    hidden = tuple(
        replace(party, visibility="withheld") if party.party == "wijkmanager" else party
        for party in findings.parties
    )
    shown = text(replace(findings, parties=hidden), opened, "party:wijkmanager")
    assert "Niet in beeld, want iemand hier wil alleen als groep" in " ".join(shown.split())
    assert "- " not in shown


def test_only_the_quotes_that_the_findings_hold_are_shown(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    quoted = [finding for finding in findings.items if finding.quotes]
    assert quoted
    for finding in quoted:
        shown = text(findings, opened, f"item:{finding.item}").replace("\n", " ")
        for quote in finding.quotes:
            assert quote.text[:30] in shown


async def test_the_list_moves_and_the_right_side_follows(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    async with looking(findings, opened) as pilot:
        first = text_of(pilot)
        await pilot.press("down")
        assert text_of(pilot) != first
        assert screen_of(pilot)._list.row_id == f"topic:{findings.agenda[1].key}"


async def test_digits_change_the_view_and_escape_leaves(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    async with looking(findings, opened) as pilot:
        for digit, view in zip(
            "2341", (Lens.DECISIONS, Lens.PATTERNS, Lens.PARTIES, Lens.TALK), strict=True
        ):
            await pilot.press(digit)
            assert screen_of(pilot).view is view
        await pilot.press("enter", "escape")
        assert isinstance(pilot.app.screen, FindingsScreen)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, FindingsScreen)


async def test_at_few_columns_list_and_chosen_take_turns(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    async with looking(findings, opened, (40, 20)) as pilot:
        screen = screen_of(pilot)
        assert screen.query_one("#left").display
        assert not screen.query_one("#right").display
        await pilot.press("enter")
        assert not screen.query_one("#left").display
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert screen.query_one("#left").display
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        await pilot.press("escape")
        assert screen.query_one("#left").display


def wanted_of(wanted: Filter, findings: Findings) -> int:
    return sum(wanted.lets(finding) for finding in findings.items)


async def test_a_filter_is_always_said_and_one_key_clears_it(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    async with looking(findings, opened) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert screen_of(pilot).filter == Filter(boundary="authority")
        shown = wanted_of(Filter(boundary="authority"), findings)
        told = f"Alleen: Zeggenschap – {shown} van de {len(findings.items)} onderdelen."
        assert told in text_of(pilot)
        assert " a alles" in text_of(pilot)  # among the keys
        await pilot.press("f")
        await pilot.pause()
        assert told in " ".join(text_of(pilot).replace("│", " ").split())
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("a")
        assert screen_of(pilot).filter == Filter()
        assert "Alleen:" not in text_of(pilot)


def left_of(pilot: Pilot[int]) -> str:
    return "\n".join(line.partition("│")[0] for line in text_of(pilot).splitlines())


async def test_nothing_that_fits_is_said(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    async with looking(findings, opened) as pilot:
        screen_of(pilot).filter = Filter(boundary="means", code=Code.DOUBLE_CLAIM)
        screen_of(pilot).fill()
        await pilot.pause()
        assert "Hier past niets bij. Met a zie je alles." in " ".join(left_of(pilot).split())


async def test_nothing_to_talk_about_is_no_dead_end(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    empty = replace(findings, agenda=(), items=(), coverage=(), patterns=(), shared=(), by_key={})
    async with looking(empty, opened) as pilot:
        assert "niets te tonen" in text_of(pilot)
        await pilot.press("2", "3", "4", "enter", "escape", "escape")
        assert not isinstance(pilot.app.screen, FindingsScreen)


async def test_hostile_words_are_shown_harmless(demo: tuple[Findings, OpenSession]) -> None:
    findings, opened = demo
    old = findings.items[0]
    said = tuple(Quote("wijkraad", each[:900]) for each in SEQUENCES)
    changed: ItemFinding = replace(old, quotes=said)
    items = (changed, *findings.items[1:])
    hostile = replace(findings, items=items, by_key={**findings.by_key, old.item: changed})
    async with looking(hostile, opened) as pilot:
        screen = screen_of(pilot)
        screen._list.point_at(f"item:{old.item}")
        screen._show_chosen()
        await pilot.press("enter")
        for _ in range(40):
            assert not any(ord(char) < 32 and char != "\n" for char in text_of(pilot))
            await pilot.press("pagedown")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_the_screens_look_as_they_were_kept(
    demo: tuple[Findings, OpenSession], size: tuple[int, int], language: Language
) -> None:
    findings, opened = demo
    mark = f"{size[0]}x{size[1]}-{language}"
    async with looking(findings, opened, size, language) as pilot:
        for number, view in enumerate(Lens, 1):
            await pilot.press(str(number))
            await pilot.pause()
            check_screen(f"findings-{view}-{mark}", text_of(pilot))
        await pilot.press("1", "down", "down", "enter")
        await pilot.pause()
        check_screen(f"findings-reading-{mark}", text_of(pilot))


def expecting(findings: Findings) -> Findings:
    """The demo's findings, as if the wijkraad had guessed about the wijkmanager."""
    found = findings.by_key["ties-broken-by"]
    council, manager = (
        next(each for each in found.positions if each.party == party)
        for party in ("wijkraad", "wijkmanager")
    )
    one = Expectation(
        item=found.item,
        party="wijkraad",
        about="wijkmanager",
        code=ExpectationCode.APPARENT_AGREEMENT,
        agree=False,
        expects_agreement=True,
        accurate=False,
        own=council,
        guess=council,
        theirs=manager,
    )
    two = replace(one, code=ExpectationCode.KNOWN_DIFFERENCE, expects_agreement=False)
    return replace(findings, expectations=(two, one))


def test_what_parties_expect_stands_under_its_own_heading_the_most_misleading_first(
    demo: tuple[Findings, OpenSession],
) -> None:
    findings, opened = demo
    t = words("nl")
    names = named(opened)
    listed = entries(Lens.TALK, expecting(findings), names, Filter(), t)
    heading = next(n for n, each in enumerate(listed) if "van elkaar verwachten" in each.text)
    assert listed[heading].key == ""
    assert [each.under for each in listed[heading + 1 : heading + 3]] == [
        "Schijnovereenstemming",
        "Bekend verschil",
    ]
    assert listed[heading + 1].text.startswith("Wijkraad → wijkmanager: ")
    shown = text(expecting(findings), opened, listed[heading + 1].key)
    assert "De wijkraad verwacht dat de wijkmanager (1 persoon) hetzelfde ziet" in shown
    assert "- Verwacht van de wijkmanager: " in shown
    for others in (
        entries(Lens.TALK, findings, names, Filter(), t),
        entries(Lens.TALK, expecting(findings), names, Filter(party="wijkraad"), t),
    ):
        assert not any("van elkaar verwachten" in each.text for each in others)
