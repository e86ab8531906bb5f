"""Strict YAML, and the JSON that is its like: text in, plain values with line numbers out.

Values are built from the parser's events, never by its own constructors: those turn `no` into
False, `12:30` into 750, and keep the last of two equal keys without a word.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import yaml

from bart_tool.errors import Problem, Where

MAX_CHARS = 1024 * 1024
MAX_EVENTS = 20_000
MAX_DEPTH = 12
PEOPLE = 16  # times as much room for a file that lists everybody in the session

# What the parsers were seen to raise on damaged text, beside YAMLError.
_TROUBLE = (yaml.YAMLError, ValueError, OverflowError, RecursionError, AttributeError, IndexError)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_Path = tuple[str | int, ...]


class YamlDocument:
    """A file's values: dicts, lists and text; an empty scalar is the empty text."""

    def __init__(self, data: Any, text: str = "") -> None:
        self.data = data
        self._text = text

    def line(self, *path: str | int) -> int | None:
        """The line, from 1, of the value at `path`; for a key, of the key.

        What is not there gets the line of the nearest thing around it that is. None for JSON,
        whose lines say nothing.
        """
        if not self._lines:
            return None
        wanted = tuple(path)
        while wanted not in self._lines:
            wanted = wanted[:-1]
        return self._lines[wanted]

    @cached_property
    def _lines(self) -> Mapping[_Path, int]:
        # Only a problem asks for a line, so a sheet without one never pays for it.
        return dict(_line_of_each_path(self._text)) if self._text else {}


def read(text: str, file: str, room: int = 1) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    """The values in YAML `text`, and what is wrong with it.

    Aliases, anchors, tags and repeated keys are problems, but reading goes on; None when the text
    cannot be read at all. `room`: how many times the usual size it may be.
    """
    text = text.removeprefix("\ufeff")
    refused = _refused_unread(text, file, room)
    if refused is not None:
        return None, (refused,)
    builder = _Builder(file, MAX_EVENTS * room)
    try:
        builder.build(_events(text))
        _refuse_half_characters(builder.data, text)
    except _Stop as stop:
        return None, (*builder.problems, stop.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # The C parser may put the mark beyond the end.
        where = Where(file, min(mark.line, text.count("\n")) + 1 if mark else None)
        return None, (*builder.problems, Problem("yaml-syntax", where))
    except _TROUBLE:
        where = Where(file, builder.line or None)
        return None, (*builder.problems, Problem("yaml-syntax", where))
    return YamlDocument(builder.data, text), tuple(builder.problems)


def mapping(text: str, file: str) -> dict[str, Any] | None:
    """The keys and values in YAML or JSON `text`, also a list of people; None if it has none."""
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    document, _ = read_json(text, file) if is_json else read(text, file, PEOPLE)
    return document.data if document is not None and isinstance(document.data, dict) else None


def read_json(text: str, file: str) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    """The values in JSON `text`, as strictly, and in the same form: every scalar as text."""
    text = text.removeprefix("\ufeff")
    refused = _refused_unread(text, file)
    if refused is not None:
        return None, (refused,)
    problems: list[Problem] = []

    def joined(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(key for key, _ in pairs)
            twice = sorted(key for key, number in times.items() if number > 1)
            problems.extend(Problem("duplicate-key", Where(file), {"key": key}) for key in twice)
        return found

    try:
        data = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=joined
        )
        plain = _only_text(data, 1, file)
        _refuse_half_characters(plain, text)
    except json.JSONDecodeError as error:
        return None, (Problem("json-syntax", Where(file, error.lineno)),)
    except RecursionError:
        return None, (_too_deep(Where(file)),)
    except UnicodeEncodeError:
        return None, (Problem("json-syntax", Where(file)),)
    except _Stop as stop:
        return None, (stop.problem,)
    return YamlDocument(plain), tuple(problems)


def _events(text: str) -> Iterator[Any]:
    """What the parser sees in `text`, one by one; yaml.parse would ask it everything twice."""
    return iter(_LOADER(text).get_event, None)


def _refused_unread(text: str, file: str, room: int = 1) -> Problem | None:
    most = MAX_CHARS * room
    if len(text) > most:
        return Problem("file-too-large", Where(file), {"most": f"{most // 1024} kB"})
    if not text or text.isspace():
        return Problem("file-empty", Where(file))
    return None


def _refuse_half_characters(data: Any, text: str) -> None:
    """Raise UnicodeEncodeError when an escape in `text` gave half a surrogate pair.

    No file and no screen can hold one, and not every parser refuses it.
    """
    if "\\u" in text or "\\U" in text:
        json.dumps(data, ensure_ascii=False).encode("utf-8")


def _only_text(value: Any, depth: int, file: str) -> Any:
    if depth > MAX_DEPTH:
        raise _Stop(_too_deep(Where(file)))
    if isinstance(value, dict):
        return {key: _only_text(each, depth + 1, file) for key, each in value.items()}
    if isinstance(value, list):
        return [_only_text(each, depth + 1, file) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _too_deep(where: Where) -> Problem:
    return Problem("yaml-too-deep", where, {"most": str(MAX_DEPTH)})


class _Stop(Exception):
    """Reading cannot go on; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Builder:
    """Builds values from events. `here` is the container being filled, `key` its next key."""

    def __init__(self, file: str, most_events: int) -> None:
        self.file = file
        self._most_events = most_events
        self.problems: list[Problem] = []
        self.data: Any = ""
        self._here: Any = None
        self._key: str | None = None
        self._around: list[tuple[Any, str | None]] = []  # the open containers around `here`
        self._event: Any = None

    @property
    def line(self) -> int:
        """The line reading has come to; 0 before it began."""
        return self._event.start_mark.line + 1 if self._event is not None else 0

    def build(self, events: Iterator[Any]) -> None:
        """Read all `events` into `data`. Raises _Stop when that cannot be done."""
        documents = 0
        for count, event in enumerate(events):
            self._event = event
            if count > self._most_events:
                raise _Stop(self._problem("yaml-too-long", most=str(self._most_events)))
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._check_marks(event)
                key = self._key
                if key is not None:  # most are the value of a key
                    self._here[key] = event.value
                    self._key = None
                else:
                    self._place(event.value)
            elif kind is yaml.MappingStartEvent:
                self._open({}, event)
            elif kind is yaml.SequenceStartEvent:
                self._open([], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._here, self._key = self._around.pop()
            elif kind is yaml.AliasEvent:
                self.problems.append(self._problem("yaml-alias"))
                self._place("")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _Stop(self._problem("yaml-many-documents"))
        if not documents:
            raise _Stop(Problem("file-empty", Where(self.file)))

    def _place(self, value: Any) -> None:
        here = self._here
        if here is None:
            self.data = value
        elif type(here) is list:
            here.append(value)
        elif self._key is not None:
            here[self._key] = value
            self._key = None
        elif type(value) is not str:
            raise _Stop(self._problem("yaml-complex-key"))
        else:
            if value in here:
                self.problems.append(self._problem("duplicate-key", key=value))
            self._key = value

    def _open(self, container: Any, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._check_marks(event)
        self._place(container)
        if len(self._around) >= MAX_DEPTH:
            raise _Stop(_too_deep(Where(self.file, self.line)))
        self._around.append((self._here, self._key))
        self._here, self._key = container, None

    def _check_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self.problems.append(self._problem("yaml-alias"))
        if event.tag is not None:
            self.problems.append(self._problem("yaml-tag"))

    def _problem(self, code: str, **params: str) -> Problem:
        return Problem(code, Where(self.file, self.line), params)


def _line_of_each_path(text: str) -> Iterator[tuple[_Path, int]]:
    """Every path in `text`, which was read without a halt, with its line."""
    path: list[str | int | None] = []  # the way to the open container and on to its next value
    for event in _events(text):
        kind = type(event)
        line = event.start_mark.line + 1
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            path.pop()
            _step_on(path)
        elif kind in _VALUES:
            if path and path[-1] is None:  # a key; its value comes next
                path[-1] = getattr(event, "value", "")
                yield _walked(path), line
                continue
            if not path or isinstance(path[-1], int):
                yield _walked(path), line
            if kind is yaml.MappingStartEvent:
                path.append(None)
            elif kind is yaml.SequenceStartEvent:
                path.append(0)
            else:
                _step_on(path)


_VALUES = frozenset(
    {yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent}
)


def _walked(path: list[str | int | None]) -> _Path:
    return tuple(part for part in path if part is not None)


def _step_on(path: list[str | int | None]) -> None:
    if path:
        path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None


def write(data: Any, indent: str = "") -> str:
    """`data` (dicts, lists, text, numbers, true and false) as YAML on which all readers agree.

    The order stays as given. All text is quoted; long text and text of several lines is a block;
    bytes are text too: two hexadecimal digits each. `indent`: blanks before each line, where it is
    to stand inside something else.
    """
    return "\n".join([*_lines(data, indent), ""])


def in_lines(data: Any) -> Iterator[bytes]:
    """As `write`, line by line in UTF-8: of what is long no copy is held."""
    for line in _lines(data):
        yield f"{line}\n".encode()


def _lines(data: Any, indent: str = "") -> Iterator[str]:
    return _of_container(data, indent) if _is_filled(data) else iter([_scalar(data)])


_BLOCK_FROM = 80  # characters from which text stands on a line of its own
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(/[a-z0-9-]+)*")
# Keys that other readers would take for true, false or null.
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# What may stand in a block as it is: printable, no line ends but \n, no mark of byte order.
_LITERAL = re.compile(
    "[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def _is_filled(value: Any) -> bool:
    return isinstance(value, (dict, list, tuple)) and bool(value)


def _of_container(container: Any, indent: str) -> Iterator[str]:
    is_map = isinstance(container, dict)
    inner = indent + "  "
    for each in container.items() if is_map else container:
        key, value = each if is_map else ("", each)
        start = f"{indent}{_key(str(key))}:" if is_map else f"{indent}-"
        if isinstance(value, str):
            if ("\n" in value or len(value) > _BLOCK_FROM) and _is_block(value):
                yield start + (" |" if value.endswith("\n") else " |-")
                body = value.removesuffix("\n").split("\n")
                yield from (inner + line if line else "" for line in body)
            else:
                yield f"{start} {_quoted(value)}"
        elif isinstance(value, int | bytes) or not _is_filled(value):
            yield f"{start} {_scalar(value)}"
        elif is_map:
            yield start
            yield from _of_container(value, inner)
        else:  # the first line of a container in a list stands behind the dash
            within = _of_container(value, inner)
            yield f"{start} {next(within).lstrip()}"
            yield from within


@lru_cache(maxsize=1000)  # the keys of one sheet are those of the next
def _key(key: str) -> str:
    is_plain = _PLAIN_KEY.fullmatch(key) and key.lower() not in _NOT_TEXT
    return key if is_plain else _quoted(key)


def _is_block(text: str) -> bool:
    """Whether `text`, which is long or of several lines, can stand in a block as it is."""
    if _LITERAL.fullmatch(text) is None:
        return False
    lines = text.removesuffix("\n").split("\n")
    # What begins or ends with white space has more than one reading in a block.
    return bool(lines[-1]) and not any(line != line.strip() for line in lines) and bool(lines[0])


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bytes):
        return f'"{value.hex()}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, (list, tuple)):
        return "[]"
    return _quoted("" if value is None else str(value))


# Made once: json.dumps would make one for every text.
_IN_QUOTES = json.JSONEncoder(ensure_ascii=False)


def _quoted(text: str) -> str:
    return _RAW.sub(_escaped, _IN_QUOTES.encode(text))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    # Half a surrogate pair is no character: no encoding can hold it.
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 else f"\\u{code:04X}"
