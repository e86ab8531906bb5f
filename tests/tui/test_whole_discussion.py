"""A whole discussion of the demo in the real program, in a terminal, as a facilitator would do it.

Topics are chosen, the first is agreed on, the program is killed, the second is parked, everything
is read back. What is in agreements.yaml and discussion.yaml is compared with what was typed.
"""

import sys
from datetime import date
from pathlib import Path

import pytest

from bart_tool.domain.agreement import Agreement, Assent
from bart_tool.domain.days import months_on
from bart_tool.domain.discussion import Discussion, Talk
from bart_tool.domain.session import Phase
from bart_tool.store.disk import DiskStore
from bart_tool.tui.discuss.asking import A_QUARTER, HALF_A_YEAR
from bart_tool.workflow.agree import agreements
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import open_session

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal, bart

ESC, CTRL_Q = "\x1b", "\x11"
SENTENCE = "De wijkmanager beslist bij spoed tot 500 euro."
CHANGED = "De wijkmanager beslist bij spoed tot 500 euro, en meldt dat."
PARKED = "Wie dit oppakt, zoeken we voor de zomer uit."
FIRST, SECOND = "decision/small-urgent-spend", "decision/orphan-problem"


def line(terminal: Terminal, title: str, typed: str, *, instead: str = "") -> None:
    """Type a line in the dialog with this title; `instead` of what stands in it."""
    terminal.wait_for(title, "Enter klaar")
    if instead:
        terminal.wait_for(instead)
        terminal.send("\x01\x0b")  # to the begin, and rub out the rest
        terminal.wait_for(title, gone=instead)
    terminal.send(typed)
    terminal.wait_for(typed[-20:])
    terminal.send("\r")


def pick(terminal: Terminal, title: str, row: str) -> None:
    """Choose the row that begins with a number, in the dialog with this title."""
    terminal.wait_for(title, row)
    terminal.send(row[0])


def write_down(terminal: Terminal) -> None:
    terminal.send("a")
    line(terminal, "De afspraak", SENTENCE)
    terminal.wait_for("Wie is het ermee eens?", "1 [ ] De wijkraad")
    terminal.send("12")
    terminal.wait_for("1 [x] De wijkraad", "2 [x] De wijkmanager")
    terminal.send("\r")
    pick(terminal, "Stelt iemand een voorwaarde?", "2 de wijkraad")
    line(terminal, "De voorwaarde", "het uit het wijkbudget komt")
    pick(terminal, "2 De wijkraad: het uit het wijkbudget", "1 Nee, ga verder")
    terminal.wait_for("Wie voert het uit?", "2 [ ] De wijkmanager")
    terminal.send("2\r")
    pick(terminal, "Wie bewaakt het?", "2 De wijkmanager")
    pick(terminal, "Mogen jullie dit zelf afspreken?", "2 Dit mogen wij zelf beslissen")
    # By the answers the cluster decides here too: that is asked on the spot.
    pick(terminal, "De antwoorden zeggen iets anders", "1 Leg het voor aan wie")
    line(terminal, "Aan wie leggen jullie het voor?", "de directeur van het cluster")
    terminal.wait_for("Wanneer kijken jullie", "› Over een half jaar")
    terminal.send("\r")
    terminal.wait_for("4 Wie het bewaakt: de wijkmanager", gone="Enter kiezen")
    terminal.send("g")


def test_choosing_agreeing_parking_and_reading_back(tmp_path: Path) -> None:
    make_demo(DiskStore(tmp_path))
    before = date.today()
    with bart(tmp_path, "discuss", "demo") as terminal:
        terminal.wait_for("Waar praten we over?", "1 [ ] Kleine, dringende uitgave")
        terminal.send("13")
        terminal.wait_for("2 gekozen: ongeveer 76 minuten", "3 [x] Probleem dat bij niemand hoort")
        terminal.send("g")
        terminal.wait_for("g Begin met wat jullie", "1 [ ] Kleine, dringende uitgave")
        terminal.send("g")
        terminal.wait_for("In jullie eigen woorden", "Waartoe is de wijkraad er, vind jij?")
        terminal.send("\r")
        terminal.wait_for("Dit zien jullie al hetzelfde", "Wie mag wat beslissen – wijkmanager")
        terminal.send("g")
        terminal.wait_for("Onderwerp 1 van 2: Kleine", "Stap 1 van 5 · lezen · nog 2 minuten · de")
        terminal.send(" ")
        terminal.wait_for("Spatie pauze", gone="staat stil")
        for number, step in ((2, "de ronde"), (3, "het gesprek"), (4, "één zin")):
            terminal.send("n")
            terminal.wait_for(f"Stap {number} van 5 · {step}")
        write_down(terminal)
        terminal.wait_for("Onderwerp 1 van 2: Kleine", "Al afgesproken")
        terminal.send("v")
        terminal.wait_for("nog 8 minuten", "Dat kan één keer")
        terminal.end()  # the laptop dies here

    with bart(tmp_path, "discuss", "demo") as terminal:
        terminal.wait_for("1 [~] Kleine, dringende uitgave", "bezig, stap 4 van 5 · 1 afspraak")
        terminal.send("g")
        terminal.wait_for("Stap 4 van 5 · één zin · nog 8 minuten · de", "Al afgesproken")
        terminal.send("v")
        terminal.wait_for("al een keer verlengd")
        terminal.send("k")
        terminal.wait_for("1 [x] Kleine, dringende uitgave", "Het volgende onderwerp: Probleem dat")
        terminal.send("2")
        terminal.wait_for("Onderwerp 2 van 2: Probleem dat")
        terminal.send("p")
        line(terminal, "Dit onderwerp parkeren", PARKED, instead="praten we verder over:")
        pick(terminal, "Wie bewaakt het?", "6 Het wijk-MT")
        terminal.wait_for("Wanneer kijken jullie", "› Over een half jaar")
        terminal.send("\x1b[B\r")
        terminal.wait_for(
            "2 [>] Probleem dat bij niemand hoort", "g Lees elke afspraak hardop voor"
        )
        terminal.send("g")
        terminal.wait_for("pagina 1 van 3", SENTENCE)
        terminal.send("w")
        terminal.wait_for("1 Zin: De wijkmanager")
        terminal.send("1")
        line(terminal, "De afspraak", CHANGED, instead="│ De wijkmanager beslist")
        terminal.wait_for("en meldt dat.", "g klaar", gone="Enter klaar")
        terminal.send("g")
        terminal.wait_for("pagina 1 van 3", CHANGED[-20:])
        terminal.send("\r")
        terminal.wait_for("pagina 2 van 3", PARKED)
        terminal.send("\r")
        terminal.wait_for("pagina 3 van 3", "1 onderwerp geparkeerd")
        terminal.send("\r")
        assert terminal.ended() == 0

    _what_was_typed_is_what_is_kept(tmp_path, {before, date.today()})

    with bart(tmp_path) as terminal:  # the session now leads to the agreements
        terminal.wait_for("1 Voorbeeldwijk (demo)")
        terminal.send("1")
        terminal.wait_for("1 Afspraken: bekijk ze", "[vervolg]")
        terminal.send("1")
        terminal.wait_for("1 De wijkmanager beslist", "2 Wie dit oppakt, zoeken we")
        terminal.send(ESC)
        terminal.wait_for("1 Afspraken: bekijk ze", gone="2 Wie dit oppakt")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0


def _what_was_typed_is_what_is_kept(root: Path, days: set[date]) -> None:
    opened = open_session(DiskStore(root), "demo")
    assert opened.session.phase is Phase.AGREED
    first, parked = agreements(opened).agreements
    assert first in [
        Agreement(
            id="a-1",
            topic=FIRST,
            sentence=CHANGED,
            parties=(
                Assent(party="wijkraad", condition="het uit het wijkbudget komt"),
                Assent(party="wijkmanager"),
            ),
            mandate="submitted",
            mandate_words="de directeur van het cluster",
            done_by=("wijkmanager",),
            owner="wijkmanager",
            check_on=months_on(day, HALF_A_YEAR),
            changed_on=day,
        )
        for day in days
    ]
    assert parked in [
        Agreement(
            id="a-2",
            topic=SECOND,
            sentence=PARKED,
            mandate="parked",
            owner="wijk-mt",
            check_on=months_on(day, A_QUARTER),
            changed_on=day,
        )
        for day in days
    ]
    found = opened.folder.discussion()
    assert found is not None
    talk = found[0].talk(FIRST)
    assert (talk.state, talk.step, talk.extended_in) == ("done", "formulate", "formulate")
    expected = Discussion(
        talks=(talk, Talk(topic=SECOND, state="parked")),
        read_back=True,
    )
    assert found[0] in [expected.changed(closed_on=day) for day in days]
