"""Sheets in pasted text: the noise of a mail around it taken off, never a word of it guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets, tables

_WIDEST = 78  # characters in a line of a mail; whoever breaks later breaks words too
_QUOTE = re.compile(r"(?:[ \t]*>)+ ?")
_FIRST_LINE = re.compile(r"(?m)^[ \t]*(?:format|kind):")
_TOP_KEY = re.compile(rf"(?:{'|'.join(Sheet.model_fields)}):(?:\s|$)|#")
_REVISION = re.compile(r"""(?m)^[^\S\n]*["']?revision["']?[^\S\n]*:""")
_FIRST_BRACE = re.compile(r"(?m)^[^\S\n]*+(?:[\[,][^\S\n]*+)?\{")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_ODD_SPACES = re.compile("[\xa0\u2007\u202f]")
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One sheet, or rows, in pasted text. `is_broken`: lines were broken and cannot be mended."""

    text: str = ""
    is_broken: bool = False


def found_in(text: str) -> tuple[Pasted, ...]:
    """The sheets in `text`, in JSON or YAML, and its rows of tables, each by itself."""
    plain = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _with_straight_quotes(_without_quote_marks(plain))
    tables_in, rest = _rows(plain)
    found = [Pasted(rows) for rows in tables_in]
    if sheets.says_sheet(_ODD_SPACES.sub(" ", rest)):
        in_json = list(_maps(rest))
        found.extend(in_json or map(_yaml, _yaml_parts(rest)))
    return tuple(found)


def _without_quote_marks(text: str) -> str:
    """The text as it was before it was quoted, when it was: judged by where the sheet begins."""
    for line in text.split("\n"):
        mark = _QUOTE.match(line)
        rest = line[mark.end() :] if mark is not None else line
        begins = rest.lstrip().startswith("{") or _FIRST_LINE.match(rest)
        if begins or tables.is_table(rest):
            return _stripped(text, line[: len(line) - len(rest)].count(">"))
    return text


def _stripped(text: str, depth: int) -> str:
    # As many marks as the first line has: one more may be the writer's own.
    if not depth:
        return text
    return re.sub(rf"(?m)^(?:[ \t]?>){{1,{depth}}} ?", "", text)


# Rows


def _rows(text: str) -> tuple[list[str], str]:
    """Each table in `text`, to the first empty line outside quotation marks, and all the rest."""
    found: list[str] = []
    rest: list[str] = []
    kept: list[str] = []
    marks = 0
    for line in text.split("\n"):
        if not kept and tables.is_table(line.strip()):
            kept, marks = [line.strip()], 0
        elif not kept:
            rest.append(line)
        elif marks % 2 == 0 and (not line.strip() or line.rstrip() == "--"):
            found.append("\n".join([*kept, ""]))
            kept = []
        else:
            kept.append(line)
            marks += line.count('"')
    if kept:
        found.append("\n".join([*kept, ""]))
    return found, "\n".join(rest)


# Quotation marks

_CURLED = "\u201c\u201d\u201e\u201f"
_CURLED_SHEET = re.compile(
    rf"(?m)^[^\S\n]*+(?:[{{,][^\S\n]*+)?[{_CURLED}]?kind[{_CURLED}]?[^\S\n]*+:[^\S\n]*+[{_CURLED}]"
)
_CURLED_KEY = re.compile(rf"^([\s{{,]*+)[{_CURLED}]([\w/-]++)[{_CURLED}](\s*+:)")
_CURLED_BEGIN = re.compile(rf"^([\s{{,]*+[^\s:]++\s*+:\s*+)[{_CURLED}]")
_CURLED_END = re.compile(rf"[{_CURLED}]([\s,}}]*+)$")


def _with_straight_quotes(text: str) -> str:
    """The text as it was before a mail program curled the marks around keys and values.

    Marks inside a value stay as they are: a value ends where its line does.
    """
    if _CURLED_SHEET.search(text) is None:
        return text
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        if not inside:
            line = _CURLED_KEY.sub(r'\1"\2"\3', line)
            line, inside = _CURLED_BEGIN.subn(r'\1"', line)[0], bool(_CURLED_BEGIN.search(line))
        if inside and _CURLED_END.search(line) and not line.endswith("\\"):
            line, inside = _CURLED_END.sub(r'"\1', line), False
        lines.append(re.sub(rf"\\[{_CURLED}]", r'\\"', line))
    return "\n".join(lines)


# JSON


def _maps(text: str) -> Iterator[Pasted]:
    """The maps in `text` that are sheets, the last one also when it is not whole."""
    end = 0
    while (start := _FIRST_BRACE.search(text, end)) is not None:
        begin = start.end() - 1
        found, length = _json(text[begin:])
        end = begin + length
        if sheets.says_sheet(_ODD_SPACES.sub(" ", text[begin:end])):
            yield found


def _json(text: str) -> tuple[Pasted, int]:
    """The map that begins `text`, the lines in its texts joined again, and how long it was."""
    pieces: list[str] = []
    breaks: list[tuple[int, int]] = []  # piece, place of the line end in `text`
    depth, inside, escaped = 0, False, False
    for place, char in enumerate(text):
        if inside:
            if char == "\n" and not escaped:
                breaks.append((len(pieces), place))
            pieces.append(char)
            inside = escaped or char != '"'
            escaped = char == "\\" and not escaped
            continue
        pieces.append(_ODD_SPACES.sub(" ", char))
        inside = char == '"'
        depth += (char in "{[") - (char in "}]")
        if not depth:
            return _joined(text, pieces, breaks), place + 1
    return Pasted(is_broken=True), len(text)


def _joined(text: str, pieces: list[str], breaks: list[tuple[int, int]]) -> Pasted:
    lines = [_line_before(text, place) for _, place in breaks]
    widths = {len(line) for line in lines}
    # Every line equally long: broken at a column, so in the middle of words too.
    at_column = len(lines) > 1 and len(widths) == 1
    for (piece, place), line in zip(breaks, lines, strict=True):
        glue = _glue(text, place, line, at_column=at_column)
        if glue is None:
            return Pasted(is_broken=True)
        pieces[piece] = glue
    return Pasted("".join(pieces))


def _glue(text: str, place: int, line: str, *, at_column: bool) -> str | None:
    """What stood where the line was broken; None when that cannot be known."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    around = (
        re.split('"', text[max(0, place - 100) : place])[-1].strip(),
        re.split('"', text[place + 1 : place + 100])[0].strip(),
    )
    if _HASH.fullmatch("".join(around)):
        return ""
    if before == "\\" or after in (" ", "\n", "\t"):
        return None
    if before == " ":
        return ""
    # Whoever breaks between words does so at a space, when the line has one.
    has_space = " " in line.strip()
    return " " if has_space and len(line) <= _WIDEST and not at_column else None


def _line_before(text: str, place: int) -> str:
    return text[text.rfind("\n", 0, place) + 1 : place]


# YAML


def _yaml_parts(text: str) -> Iterator[str]:
    """The text from where each sheet begins."""
    starts = [found.start() for found in re.finditer(r"(?m)^[ \t]*format:", text)] or [0]
    for start, end in pairwise((*starts, len(text))):
        yield text[start:end]


def _yaml(text: str) -> Pasted:
    """The lines from the first key to the last that belongs to a sheet."""
    start = _FIRST_LINE.search(text)
    if start is None:
        return Pasted(is_broken=True)
    lines = list(_shifted(text[start.start() :]))
    kept: list[str] = []
    for line in lines:
        if line.strip() and not line.startswith(" ") and _TOP_KEY.match(line) is None:
            break
        kept.append(line)
    rest = "\n".join(lines[len(kept) :])
    # What was wiped stands below the answers, and says a revision as a number alone.
    wiped = next((n for n, line in enumerate(kept) if line.startswith("wiped:")), len(kept))
    last = next((line for line in reversed(kept[:wiped]) if line.strip()), "")
    # Each answer ends in its revision: one further on shows that a text was broken before it, and
    # none at the end that the last lines were not copied.
    is_whole = re.search("revision|answers", last) and not _REVISION.search(rest)
    if not is_whole or any(_is_open(line) for line in kept):
        return Pasted(is_broken=True)
    return Pasted("\n".join([*kept, ""]))


def _shifted(text: str) -> Iterator[str]:
    """The lines, as far to the left as the first."""
    lines = text.split("\n")
    indent = len(lines[0]) - len(lines[0].lstrip())
    for line in lines:
        left = len(line) - len(line.lstrip())
        plain = _ODD_SPACES.sub(" ", line[:left]) + line[left:]
        yield plain[indent:] if not plain[:indent].strip() else plain


def _is_open(line: str) -> bool:
    """Whether a text in quotation marks goes on after this line, which no sheet of ours does."""
    value = re.match(r"""\s*["']?[\w/-]+["']?:[ ]+"(.*)""", line)
    return value is not None and re.fullmatch(r'(?:[^"\\]|\\.)*"\s*', value[1]) is None
