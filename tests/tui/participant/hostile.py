"""Text that tries to drive a terminal, to put in every field that a screen shows."""

from collections.abc import Iterator
from typing import Any

from bart_tool.domain.free_text import harmless
from tests.figures import is_long
from tests.tui import sample

# Each holds a mark of its own (q00 …), so that its bytes cannot be mistaken for the program's.
TWELVE = (
    "\x1b]0;q00\x07",  # sets the title
    "\x1b]52;c;q01\x07",  # writes the clipboard
    "\x1b[31;7;1;3;4;9m q02",  # colours
    "\x1b[2J\x1b[1;1Hq03",  # clears the screen
    "\x1bcq04",  # resets the terminal
    "\x9b2Jq05",  # the same with one C1 character
    "\x90q06\x9c",  # a device control string
    "\x08\x08\x08\x7fq07",  # rubs out what stood before
    "[@click=app.leave]q08[/]",  # an action as markup
    "[red]q09[/red][/]",  # markup, and one tag too many
    "\u202eq10\u2066\u200b",  # turned around, and hidden
    "\x1b]8;;http://q11.example\x1b\\q11\x1b]8;;\x1b\\",  # a link
)
MORE = (
    "\x1b[?1049lq12",  # leaves the screen that the program drew
    "\x1b[6n\x1b[0cq13",  # makes the terminal type its answer
    "\x1b[?1000;1006hq14",  # asks for the mouse
    "\x1b[201~q15",  # ends a paste
    '\x1bP$q"pq16\x1b\\',  # asks for a setting, as a device control string
    "\x1bP+q544e;q17\x1b\\",  # asks for a capability
    "\x1b_Ga=T,f=32;q18\x1b\\",  # a picture of kitty's
    "\x1b]1337;File=inline=1:q19\x07",  # a picture of iTerm's
    "\x1b]4;1;rgb:00/00/00q20\x1b\\",  # another palette
    "\x1b]133;Aq21\x07",  # a prompt that is none
    "\x1b#8q22",  # fills the screen with E
    "\x1b(0q23\x0e",  # another set of characters
    "\x1b[!pq24",  # a soft reset
    "\x1b[5;6rq25",  # a region that scrolls
    "\x1b^q26\x1b\\\x1bXq26\x1b\\",  # a privacy message, and a start of string
    "\x05q27",  # asks who is there
    "\rq28\n\rq28",  # writes over the line
    "\x0bq29\x0c",  # other lines' ends
    "\x85q30\x84",  # C1 line ends
    "\x9d0;q31\x9c",  # the title with C1
    "\u2028q32\u2029",  # ends of line and paragraph
    "\u061cq33\u200f\u2069",  # marks of direction
    "\U000e0041q34\U000e007f",  # letters that nobody sees
    "\ufeffq35\u2060",  # no width
    "\x1b[8mq36\x1b[28m",  # hidden
    "\x1b[200Dq37\x1b[5A",  # moves the cursor
    "[bold on red]q38[/][link=file:///etc/passwd]q38[/link][@click='app.exit(3)']",
    "\x1b]9;q39\x07\x1b]777;notify;q39;q39\x07\x1b\x1b\x1b",  # notes on the desktop
)
SEQUENCES = (*TWELVE, *MORE) if is_long() else TWELVE
ALL = " ".join(SEQUENCES)


def raw_in(output: bytes) -> list[str]:
    """The sequences that stand in `output` as they were typed, up to their mark."""
    found = []
    for number, sequence in enumerate((*TWELVE, *MORE)):
        mark = f"q{number:02}"
        driven = sequence[: sequence.index(mark) + len(mark)]
        if harmless(driven) != driven and driven.encode() in output:
            found.append(mark)
    return found


def hostile(text: str) -> str:
    return f"{text} {ALL}"


def data() -> dict[str, Any]:
    """The sample set with hostile text in every text of it."""
    made = _soiled(sample.DATA)
    assert isinstance(made, dict)
    return made


def _soiled(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"nl", "en"}:
            return {language: hostile(text) for language, text in value.items()}
        return {key: _soiled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_soiled(inner) for inner in value]
    return value


def shown_texts() -> Iterator[str]:
    """What must be readable somewhere: each text of the set that a participant sees."""
    yield from (harmless(text) for text in _texts(sample.DATA["questions"]))
    yield from (harmless(text) for text in _texts(sample.DATA["objects"]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"nl", "en"}:
            if "{" not in value["en"]:
                yield hostile(value["en"])
            return
        for key, inner in value.items():
            if key != "the":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
