"""T10: no text from a file, a name or a paste drives the terminal, on any screen or command.

Every payload stands in every field of one session; the real program shows it in a pty. Its bytes
are taken apart: only the sequences that bart itself needs may be there, a set number of times.
What pyte then shows must hold each text whole, made visible.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.agreement import AgreementDraft, Agreements, Assent, Check
from bart_tool.domain.answer import Answer
from bart_tool.domain.free_text import harmless
from bart_tool.domain.session import Party
from bart_tool.domain.sheet import Sheet
from bart_tool.domain.text import Text
from bart_tool.store import sheets, yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from tests.tui import sample
from tests.tui.conftest import squeezed
from tests.tui.participant.hostile import ALL, SEQUENCES, data, hostile, raw_in
from tests.workshop import path_of

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant import terminal as pty
from tests.tui.participant.terminal import Terminal

TALL = (100, 160 if len(SEQUENCES) < 20 else 420)  # so that hardly anything must be scrolled
NARROW = (58, TALL[1])  # the two sides of the findings take turns
ESC, LEFT, RIGHT, DOWN, F2, CTRL_P, CTRL_Q = (
    "\x1b",
    "\x1b[D",
    "\x1b[C",
    "\x1b[B",
    "\x1bOQ",
    "\x10",
    "\x11",
)
TITLE, LABEL, FUNCTION = hostile("titel"), hostile("partijnaam"), hostile("functie")
DECISION, SOURCE = hostile("eigen besluit"), hostile("verordening")
OWN = DECISION[:1].upper() + DECISION[1:]  # as a title
NOTE, WORDS, MISSION = hostile("toelichting"), hostile("iets anders"), hostile("missie zelf")

# A terminal takes C0 control characters out of what is pasted; Textual would read them as keys.
PASTED_NOTE, PASTED_WORDS, PASTED_MISSION = (
    re.sub(r"[\x00-\x1f\x7f]", "", text) for text in (NOTE, WORDS, MISSION)
)

# What bart itself sends: colours and places as often as it likes, the rest once a start.
FREELY = re.compile(rb"\x1b\[[0-9;]*m|\x1b\[\d+;\d+H|\x1b\]22;(default|pointer|text)\x07")
ONCE = re.compile(
    rb"\x1b\[\?(1049|1000|1003|1015|1006|25|1004|2004|7|2048|2026|2031|1016)[hl]"
    rb"|\x1b\[\?(2026|2048)\$p|\x1b\[>\d+u|\x1b\[<u"
)
SEVERAL = 2  # the mouse is asked for twice


def driving(output: bytes) -> Iterator[str]:
    """Everything in `output` that bart has no need of itself."""
    yield from raw_in(output)
    counted: Counter[bytes] = Counter()

    def count(found: re.Match[bytes]) -> bytes:
        counted[found[0]] += 1
        return b""

    rest = ONCE.sub(count, FREELY.sub(b"", output)).decode("utf-8")
    yield from (f"{each!r} {times} times" for each, times in counted.items() if times > SEVERAL)
    for char in sorted(set(rest) - set("\r\n")):
        if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
            where = rest.index(char)
            yield f"U+{ord(char):04X} in {rest[max(where - 20, 0) : where + 20]!r}"


def plainly(text: str) -> str:
    """`text` as it must stand on a screen, however its lines were broken there."""
    made = squeezed(harmless(unicodedata.normalize("NFC", text)))
    return _bare(made)


class Looking:
    """The program in a terminal, and everything that was read on it."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.read: set[str] = set()

    @property
    def now(self) -> str:
        """The screen, or the window in front of it, as one word."""
        lines = self.terminal.screen.display
        top = next((n for n, line in enumerate(lines) if "╭" in line), None)
        if top is None:
            return _joined(lines)
        left, right = lines[top].index("╭"), lines[top].rindex("╮")
        return _joined(line[left : right + 1] for line in lines[top:])

    def send(self, keys: str) -> None:
        """Type `keys`, and wait until something changed."""
        before = self.terminal.text
        self.terminal.send(keys)
        self.until(lambda: self.terminal.text != before, f"anything after {keys!r}")
        self.see()

    def see(self) -> None:
        self.terminal.quiet(pty.PAINTED)
        self.read.add(self.now)

    def expect(self, *texts: str) -> None:
        """Wait until each of `texts` stands on this screen, whole."""
        wanted = [plainly(text) for text in texts]
        self.until(lambda: all(text in self.now for text in wanted), repr(wanted))
        self.see()

    def has_read(self, text: str) -> bool:
        return any(plainly(text) in screen for screen in self.read)

    def paste(self, text: str) -> None:
        """Paste into the field that has the keys."""
        self.terminal.send(f"\x1b[200~{text}\x1b[201~")

    def until(self, condition: Callable[[], bool], what: str) -> None:
        self.terminal.until(condition, what)


def _joined(lines: Iterable[str]) -> str:
    text = "".join(lines)
    return _bare(squeezed(text))


def _bare(text: str) -> str:
    """Without frames, line ends made visible, and the cells of a table beside a text."""
    return re.sub(r"[╭╮╰╯─━┃┄␊␍]|\(●?\)", "", text)


@contextmanager
def looking(root: Path, *args: str, size: tuple[int, int] = TALL) -> Iterator[Looking]:
    """The program, whose bytes are looked through once it has ended by itself, without trouble."""
    with pty.bart(root, *args, size=size) as terminal:
        yield Looking(terminal)
        assert terminal.ended() == 0, terminal.shown
        assert list(driving(terminal.bytes)) == []


def soiled_session(root: Path, **more: Any) -> OpenSession:
    """A session with hostile text in every text of it."""
    opened = sample.opened(
        root,
        data=data(),
        title=TITLE,
        functions=(FUNCTION, "lid"),
        decisions={"eigen": {"label": DECISION}},
        sources={"mandate/wijkraad/drop-action": {"text": SOURCE, "value": "advises"}},
        **more,
    )
    named = (Party(id="wijkraad", kind="wijkraad", label=Text(nl=LABEL, en=LABEL)),)
    return opened.saved(opened.session.changed(parties=(*named, *opened.session.parties[1:])))


def soiled_sheet(opened: OpenSession, code: str, task: str = "other") -> Sheet:
    """Answers with hostile words in each place where words may stand."""
    sheet = session_context(opened, code).blank.changed(consent="position", function=FUNCTION)
    said = {
        "primary-task/wijkraad": Answer(value=task, words=WORDS, quote=True)
        if task == "other"
        else Answer(value=task, note=NOTE, quote=True),
        "primary-task/wijkmanager": Answer(value="plan", note=NOTE, quote=True),
        "mandate/wijkraad/small-urgent-spend": Answer(value="decides", note=NOTE, quote=True),
        "mandate/wijkraad/eigen": Answer(value="none" if code == "WM-01" else "decides"),
        "mandate/wijkraad/drop-action": Answer(value="none" if code == "WM-01" else "decides"),
        "ties-broken-by": Answer(value="wijkraad" if code == "WM-01" else "nobody"),
    }
    if code.startswith("WR"):
        said["mission/wijkraad"] = Answer(value=MISSION, quote=True)
    for item, answer in said.items():
        if item in opened.question_set.by_key:
            sheet = sheet.with_answer(item, answer)
    return sheet


def hand_in(opened: OpenSession, code: str) -> None:
    session_context(opened, code).save(soiled_sheet(opened, code).changed(status="submitted"), None)


def texts_of(question: str) -> list[str]:
    """What the sample set's question says, as a participant reads it."""
    asked = next(each for each in sample.QUESTIONS if each["id"] == question)
    options = asked.get("options", [])
    if options == "roles":
        options = sample.ROLES
    return [hostile(option["label"]["nl"]) for option in options]


def test_the_payloads_would_be_found() -> None:
    """The check itself: each payload, written as it is, is seen."""
    for number, sequence in enumerate(SEQUENCES):
        if harmless(sequence) != sequence:
            assert list(driving(f"x{sequence}y".encode("utf-8", "replace"))), number
        assert not list(driving(f"\x1b[1;1H\x1b[1;31mx{harmless(sequence)}y".encode())), number


def test_a_participant_reads_every_text_and_none_drives_the_terminal(tmp_path: Path) -> None:
    soiled_session(tmp_path)
    with looking(tmp_path, "answer", "proef", "WR-01") as seen:
        seen.terminal.wait_for("Welkom")
        seen.expect(TITLE, LABEL)
        seen.send("\r")
        seen.terminal.wait_for("Wie ziet straks wat?")
        seen.send("\r")
        seen.terminal.wait_for("Hoe mogen je antwoorden")
        seen.send("1")
        seen.send("\r")
        seen.terminal.wait_for("Wat is je functie?")
        seen.expect(FUNCTION)
        seen.send("1")
        seen.terminal.send("\r")
        seen.terminal.wait_for("vraag 1 van 15", "bewaard")
        example = next(q["example"]["nl"] for q in sample.QUESTIONS if q["id"] == "primary-task")
        seen.expect(hostile(example), *texts_of("primary-task"))
        seen.send("?")  # help, with what the set says of it
        seen.expect(hostile("Kies wat het meest past."), hostile(example))
        seen.send(ESC)
        seen.send(CTRL_P)
        seen.terminal.wait_for("Wat wil je doen?")
        seen.paste(PASTED_NOTE)
        seen.terminal.wait_for("Zo heet hier niets")
        seen.send(ESC)
        seen.terminal.wait_for("vraag 1 van 15", gone="Zo heet hier")
        seen.send("a")  # something else, pasted
        seen.paste(PASTED_WORDS)
        seen.terminal.wait_for("q11")
        seen.terminal.send("\r")
        seen.expect(PASTED_WORDS)
        seen.send("t")
        seen.paste(PASTED_NOTE)
        seen.terminal.wait_for("toelichting")
        seen.terminal.send("\r")
        seen.expect(PASTED_NOTE)
        seen.terminal.send("\r")
        _through_the_questions(seen)
        seen.send("i")
        seen.terminal.wait_for("Nog open:")
        seen.expect(hostile("hoofdtaak"))
        seen.send("1")
        seen.terminal.wait_for("Ingeleverd. Dank je wel.")  # and shut: nothing more is read
        seen.terminal.send(CTRL_Q)
    found = open_session(DiskStore(tmp_path), "proef").folder.sheet("WR-01")
    assert found is not None
    answer = found[0].answers["primary-task/wijkraad"]
    assert plainly(answer.words) == plainly(PASTED_WORDS)
    assert plainly(answer.note) == plainly(PASTED_NOTE)


def _through_the_questions(seen: Looking) -> None:
    terminal = seen.terminal
    terminal.wait_for("vraag 2 van 15")
    terminal.send("\r")
    terminal.wait_for("vraag 3 van 15")
    seen.paste(PASTED_MISSION)
    terminal.wait_for("missie zelf")
    terminal.send("\r")
    terminal.wait_for("vraag 4–7 van 15")
    # The table: decisions of the set and the session's own, and the levels in the legend.
    seen.expect(hostile("Een kleine, dringende uitgave"), OWN)
    seen.send("3")
    seen.send("t")
    seen.expect(hostile("een kleine, dringende uitgave"))  # whose note it is
    seen.paste(PASTED_NOTE)
    terminal.wait_for("toelichting")
    terminal.send("\r")
    seen.expect(PASTED_NOTE)
    seen.send("?")
    seen.expect(hostile("kan zorgen dat het gebeurt"))
    seen.send(ESC)
    terminal.resize(40, TALL[1])  # one row at a time, with the levels below each other
    terminal.wait_for("van 4)")
    seen.expect(hostile("mag meepraten; een ander beslist en legt afwijken uit"))
    terminal.resize(*TALL)
    terminal.wait_for("vraag 4–7 van 15")
    for number in ("8–11", "12", "13", "14", "15"):
        terminal.send("\r")
        terminal.wait_for(f"vraag {number} van 15")
        seen.see()
        if number == "12":
            seen.expect(hostile("college"), hostile("wijkmanager"))
        if number == "13":
            seen.expect(*texts_of("roles"))
            seen.send("1")
        if number == "15":
            seen.expect(hostile("Gemiddeld"))
    terminal.send("\r")
    terminal.wait_for("Mijn beeld")
    seen.see()
    for keys in (DOWN, DOWN, LEFT, RIGHT):
        terminal.send(keys)
    terminal.quiet()
    terminal.resize(*NARROW)  # the whole list
    seen.expect(hostile("hoofdtaak"), PASTED_WORDS, PASTED_MISSION)
    terminal.resize(*TALL)
    terminal.wait_for("Mijn beeld")


def test_going_on_with_hostile_answers_from_a_file(tmp_path: Path) -> None:
    opened = soiled_session(tmp_path)
    session_context(opened, "WR-01").save(soiled_sheet(opened, "WR-01"), None)
    with looking(tmp_path, "answer", "proef", "WR-01") as seen:
        seen.terminal.wait_for("Welkom terug")
        seen.terminal.send("2")
        seen.terminal.wait_for("vraag 1 van 15")
        seen.expect(WORDS)
        seen.terminal.send("\r")
        seen.terminal.wait_for("vraag 2 van 15")
        seen.expect(NOTE)
        seen.terminal.send("\r")
        seen.terminal.wait_for("vraag 3 van 15")
        seen.send(F2)
        seen.terminal.resize(*NARROW)
        seen.expect(WORDS, MISSION)
        seen.terminal.send(CTRL_Q)


def test_what_is_pasted_into_a_new_session_comes_out_harmless(tmp_path: Path) -> None:
    with looking(tmp_path / "sessions") as seen:
        terminal = seen.terminal
        terminal.wait_for("Er is nog geen sessie")

        def paste(line: str) -> None:
            seen.paste(line)
            terminal.wait_for(line[:12])
            terminal.send("\r")
            terminal.quiet()

        terminal.send("n")
        terminal.wait_for("stap 1 van 3")
        paste(PASTED_NOTE)
        seen.expect(PASTED_NOTE)
        terminal.send("1")
        terminal.wait_for("stap 2 van 3")
        terminal.send("2\r\r")
        terminal.wait_for("Naam van nog een cluster")
        paste(PASTED_WORDS)
        terminal.wait_for("Hoeveel mensen antwoorden")
        terminal.send("2\r")
        seen.expect(PASTED_WORDS)
        terminal.send("\r")
        terminal.wait_for("stap 3 van 3")
        seen.expect(PASTED_NOTE, PASTED_WORDS)
        terminal.send(F2)
        terminal.wait_for("Meer: hier hoef je niets")
        terminal.send("1")
        terminal.wait_for("Over welke besluiten?")
        terminal.send("9")
        terminal.wait_for("Enter klaar")
        paste(PASTED_MISSION)
        seen.expect(PASTED_MISSION)
        terminal.send(ESC)
        terminal.wait_for("Meer: hier hoef je niets")
        terminal.send("4")
        terminal.wait_for("Wat is vastgelegd?")
        terminal.send("1")
        terminal.wait_for("Bij welke vraag")
        terminal.send("\r")
        terminal.wait_for("Enter klaar")
        paste(PASTED_NOTE)
        terminal.wait_for("Wat staat er?")
        terminal.send("1")
        terminal.wait_for("Voeg een bron toe", gone="Wat staat er?")
        seen.expect(PASTED_NOTE)
        terminal.send(ESC)
        terminal.wait_for("Meer: hier hoef je niets")
        terminal.send(ESC)
        terminal.wait_for("stap 3 van 3")
        seen.see()
        terminal.send("\r")
        terminal.wait_for("De sessie is klaar voor antwoorden")
        seen.expect(PASTED_WORDS)
        terminal.send("\r")
        terminal.wait_for("De volgende stap")
        seen.expect(PASTED_NOTE, PASTED_WORDS)
        terminal.send(CTRL_Q)


def hostile_files(folder: Path, opened: OpenSession) -> None:
    """A file for each payload, named with it: whole ones, broken ones, and a table of answers."""
    folder.mkdir()
    for number, sequence in enumerate(SEQUENCES):
        name = f"{number:02} {sequence.replace('/', '∕')}"
        content = [
            sheets.dump(soiled_sheet(opened, "WR-01", "plan").changed(status="submitted")),
            yaml_text.write({"format": 1, "kind": sequence, "session": sequence}),
            f"format: 1\nkind: answer-sheet\n{sequence}: [",
        ][number % 3]
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    rows = "\n".join(f'WR-02,wijkraad,"{each}","{each}",,"{NOTE}",ja' for each in SEQUENCES)
    head = "participant,party,item,value,certainty,note,quote\n"
    (folder / f"tabel {SEQUENCES[0]}.csv").write_text(head + rows + "\n", encoding="utf-8")


def test_the_facilitator_reads_every_text_and_none_drives_the_terminal(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    opened = soiled_session(root)
    for code in ("WR-01", "WR-02", "WM-01"):
        hand_in(opened, code)
    stuck = root / "stuk"
    stuck.mkdir()
    (stuck / "session.yaml").write_text(
        yaml_text.write({"format": 1, "kind": "session", "session": ALL, ALL: ALL}), "utf-8"
    )
    (path_of(opened.folder) / "sheets" / f"los {SEQUENCES[3]}.yaml").write_text("{", "utf-8")
    hostile_files(tmp_path / "stick", opened)
    with looking(root) as seen:
        terminal = seen.terminal
        terminal.wait_for("Sessies", "proef", "stuk")
        seen.expect(TITLE)
        seen.send("2")
        terminal.wait_for("Deze sessie gaat niet open")
        seen.see()
        seen.send("1")
        terminal.wait_for("Sessies")
        seen.send("1")
        terminal.wait_for("De volgende stap")
        seen.expect(TITLE, LABEL)
        for keys in ("?", CTRL_P):
            seen.send(keys)
            seen.send(ESC)
        terminal.send("o")
        terminal.wait_for("Neem antwoordbladen op")
        seen.paste(str(tmp_path / "stick"))
        terminal.wait_for(str(tmp_path)[:20])
        terminal.send("\r")
        terminal.wait_for("Opgenomen")
        for _ in range(len(SEQUENCES)):  # the list is longer than the window
            terminal.send("\x1b[6~")
            terminal.quiet()
            seen.see()
        for number in range(1, len(SEQUENCES), 3):
            assert any(f"q{number:02}" in screen for screen in seen.read), number
        terminal.send("1")
        terminal.wait_for("De volgende stap", gone="Opgenomen")
        terminal.send("o")
        terminal.wait_for("Neem antwoordbladen op")
        seen.paste(f"nergens {PASTED_NOTE}")
        terminal.wait_for("q11")
        terminal.send("\r")
        terminal.wait_for("Er is geen bestand nergens")
        seen.expect(f"nergens {PASTED_NOTE[:90]}")  # a message cuts what is long
        terminal.send("\x1b")
        terminal.wait_for("De volgende stap", gone="Er is geen bestand nergens")
        _close_and_look(seen)
        terminal.send(CTRL_Q)


def _close_and_look(seen: Looking) -> None:
    terminal = seen.terminal
    terminal.send("s")
    terminal.wait_for("Minder dan 3 mensen leverden in")
    seen.expect(LABEL)
    terminal.send("1")
    terminal.wait_for("kwam dubbel binnen")
    terminal.send("\r")
    terminal.wait_for("[gesloten]", gone="kwam dubbel binnen en")
    terminal.send("k")
    terminal.wait_for("Dit kwam dubbel binnen")
    seen.expect(hostile("hoofdtaak"))
    seen.expect(WORDS)
    terminal.send("1")
    terminal.wait_for("[gesloten]", gone="Dit kwam dubbel binnen")
    terminal.wait_for("1 Maak het verslag")
    terminal.send("1")
    terminal.wait_for("Het verslag is klaar")
    seen.see()
    terminal.send("\r")
    terminal.wait_for("[gesloten]", gone="Het verslag is klaar")
    terminal.send("u")
    terminal.wait_for("[1 gesprek]")
    terminal.resize(*NARROW)
    terminal.wait_for("[1 gesprek]", "Enter")
    wanted = [LABEL, hostile("wijkmanager"), DECISION, NOTE, WORDS, MISSION]
    wanted += [hostile("beslist"), hostile("hoofdtaak"), hostile("een kleine, dringende uitgave")]
    for view in ("4", "3", "2", "1"):
        terminal.send(view)
        terminal.wait_for(f"[{view} ")
        seen.see()
        _read_until(seen, wanted if view == "1" else [])
    assert [text[:20] for text in wanted if not seen.has_read(text)] == []
    terminal.send("1")
    terminal.wait_for("[1 ")
    terminal.send("f")
    terminal.wait_for("Welk deel?")
    terminal.send("2")
    terminal.wait_for("Alles", gone="Welk deel?")
    seen.expect(hostile("wijkmanager"))
    terminal.send("1")
    terminal.wait_for("Alleen:")
    seen.see()
    terminal.send(ESC)
    terminal.wait_for("De volgende stap")


def test_the_parties_at_the_table_read_every_text_and_none_drives_the_terminal(
    tmp_path: Path,
) -> None:
    """Topics, pages, agreements and reading back, with hostile words typed and from files."""
    opened = soiled_session(tmp_path, starred=("decision/eigen",))
    for code in ("WR-01", "WR-02", "WM-01"):
        hand_in(opened, code)
    close(opened)
    said = hostile("afspraak")[:250]
    made = AgreementDraft(
        topic="decision/eigen",
        sentence=said,
        parties=(Assent(party="wijkraad", condition=NOTE), Assent(party="wijkmanager")),
        mandate="submitted",
        mandate_words=WORDS,
        written_in=SOURCE,
        owner="wijkraad",
        check_on=date(2027, 1, 31),
    )
    kept = Agreements().with_new(made)
    check = Check(on=date(2026, 11, 25), kept="no", note=MISSION)
    kept = kept.replaced(kept.agreements[0].changed(checks=(check,)))
    opened.folder.save_agreements(kept, None)
    with looking(tmp_path, "discuss", "proef") as seen:
        terminal = seen.terminal
        terminal.wait_for("Waar praten we over?", "1 [ ] ")
        seen.expect(OWN)
        terminal.send("1")
        terminal.wait_for("1 gekozen: ongeveer 58 minuten")
        terminal.send("g")
        terminal.wait_for("Het gesprek in", "1 [ ] ")
        seen.expect(TITLE, OWN)
        for keys in ("?", CTRL_P):
            seen.send(keys)
            seen.send(ESC)
        terminal.send("o")
        terminal.wait_for("In jullie eigen woorden", "Enter verder")
        seen.see()
        terminal.send(ESC)
        terminal.wait_for("Het gesprek in", "1 [ ] ")
        terminal.send("1")
        terminal.wait_for("Onderwerp 1 van 1", "pagina 1 van")
        for page in range(2, 6):
            terminal.send(RIGHT)
            terminal.wait_for(f"pagina {page} van")
            seen.see()
        terminal.send("a")
        terminal.wait_for("De afspraak", "Enter klaar")
        seen.paste(re.sub(r"[\x00-\x1f\x7f]", "", hostile("getypt"))[:200])
        terminal.wait_for("q09")
        terminal.send("\r")
        terminal.wait_for("Wie is het ermee eens?", "1 [ ] ")
        seen.expect(LABEL[1:], hostile("wijkmanager"))
        terminal.send("1\r")
        terminal.wait_for("Stelt iemand een voorwaarde?", "2 ")
        terminal.send("2")
        terminal.wait_for("De voorwaarde", "Enter klaar")
        seen.paste(PASTED_NOTE)
        terminal.wait_for("q11")
        terminal.send("\r")
        terminal.wait_for("Stelt iemand een voorwaarde?", "toelichting")
        seen.see()
        for _ in range(2):  # no other condition, and nobody that carries it out yet
            terminal.send(ESC)
            terminal.quiet()
        terminal.wait_for("1 Zin: getypt", "bewaard")
        seen.expect(LABEL, PASTED_NOTE)
        terminal.send("4")
        terminal.wait_for("Wie bewaakt het?")
        seen.expect(hostile("college"))
        terminal.send(ESC)
        terminal.wait_for("1 Zin: getypt", gone="Wie bewaakt het?")
        terminal.send(ESC)
        terminal.wait_for("Onderwerp 1 van 1")
        seen.expect(said)  # agreed so far
        terminal.send(ESC)
        terminal.wait_for("Het gesprek in", "1 [ ] ")
        terminal.send("a")
        terminal.wait_for("Afgesproken", "Enter openen")
        seen.expect(said, WORDS)
        terminal.send("1")
        terminal.wait_for("1 Zin: afspraak")
        seen.expect(said, NOTE, WORDS, SOURCE, MISSION)
        for _ in range(2):
            terminal.send(ESC)
            terminal.quiet()
        terminal.wait_for("Het gesprek in", "1 [ ] ")
        terminal.send("t")
        terminal.wait_for("Lees elke afspraak hardop", "pagina 1 van 3")
        seen.expect(said, NOTE, WORDS, SOURCE, OWN)
        terminal.send(CTRL_Q)


def _read_until(seen: Looking, wanted: list[str]) -> None:
    """Read the entries of the list from top to bottom: three, and on until all of `wanted`."""
    terminal = seen.terminal
    for number in range(60):
        if number >= 3 and all(seen.has_read(text) for text in wanted):
            return
        here = seen.now
        if "›" not in here:
            return  # nothing to choose
        if "Enterlezen" in here:
            terminal.send("\r")
            seen.until(lambda: "naardelijst" in seen.now, "what it is")
            seen.see()
            terminal.send(ESC)
            seen.until(lambda: "Enterlezen" in seen.now, "the list")
        terminal.send(DOWN)
        terminal.quiet()
        if seen.now == here:  # the end of the list
            return
