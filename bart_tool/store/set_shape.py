"""The shape of a question set, part by part, so that one mistake does not hide the next."""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel

from bart_tool.domain.names import ID_PATTERN
from bart_tool.domain.patterns import Binding, Patterns
from bart_tool.domain.question import CLASSES, Option, Question
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_parts import Actor, Coorientation, Named, PartyKind, Scale, Thresholds
from bart_tool.domain.text import Text
from bart_tool.store import shape
from bart_tool.store.shape import Misfit, Path

M = TypeVar("M", bound=BaseModel)
# What a set once said of its length: read past, but its hash was made with it.
MINUTES = "minutes"
# Thresholds of the first method of comparison: in sets that sessions of then hold, read past.
_RETIRED_THRESHOLDS = frozenset({"nuance", "divided_range", "divided_answers"})

_TEXT = {"nl": "-", "en": "-"}
_SURPLUS = frozenset({"unknown-key", "unknown-key-like"})
# What may stand for something that is needed and is missing or wrong.
_STAND_INS: Mapping[str, Any] = {
    "title": _TEXT,
    "short": _TEXT,
    "text": _TEXT,
    "label": _TEXT,
    "tense": "practice",
    "boundary": "task",
}
_MAX_ID = 60


@dataclass(frozen=True, slots=True)
class Read:
    """A set without what does not fit. `lost`: the ids that went with it.

    `is_whole` says that no section as such is missing, so that its sense can be checked.
    """

    question_set: QuestionSet
    misfits: tuple[Misfit, ...]
    lost: frozenset[str]
    is_whole: bool


def read(data: dict[str, Any]) -> Read:
    """The set in the plain values of its file, and everything in them that does not fit."""
    reader = _Reader(data)
    fields = {
        "parties": reader.named("parties", PartyKind, is_needed=True),
        "actors": reader.named("actors", Actor),
        "subjects": reader.named("subjects", Named),
        "objects": {
            name: reader.each(Named, things, ("objects", name))
            for name, things in reader.section("objects").items()
        },
        "option_lists": {
            name: reader.listed(Option, options, ("option_lists", name))
            for name, options in reader.section("option_lists").items()
        },
        "scales": reader.named("scales", Scale),
        "thresholds": reader.thresholds(),
        "patterns": reader.patterns(),
        "coorientation": reader.coorientation(),
        "questions": reader.questions(),
    }
    given = {key: value for key, value in fields.items() if value is not None}
    question_set = reader.header((*fields, MINUTES)).model_copy(update=given)
    minutes = str(data.get(MINUTES, ""))
    if re.fullmatch(r"[1-9][0-9]{0,8}", minutes):
        question_set = question_set.having_said(int(minutes))
    return Read(question_set, tuple(reader.misfits), frozenset(reader.lost), reader.is_whole)


@dataclass(slots=True)
class _Reader:
    data: dict[str, Any]
    misfits: list[Misfit] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    is_whole: bool = True

    def header(self, sections: Iterable[str]) -> QuestionSet:
        """The set's own fields; its sections are empty."""
        header = {key: value for key, value in self.data.items() if key not in sections}
        made = self.model(QuestionSet, {**header, "parties": {}, "questions": []}, ())
        title = Text(nl="-", en="-")
        return made or QuestionSet(
            format=1, kind="question-set", id="x", title=title, parties={}, questions=()
        )

    def section(self, name: str, *, is_needed: bool = False) -> dict[str, Any]:
        """A map of ids; empty when it is not there."""
        given = self.data.get(name, "")
        if given == "" and not (is_needed and name not in self.data):
            return {}
        if not isinstance(given, dict):
            code = "expected-map" if name in self.data else "missing-key"
            self._say(code, (name,), key=name)
            self.is_whole = False
            return {}
        return self._by_id(given, (name,))

    def named(self, name: str, model: type[M], *, is_needed: bool = False) -> dict[str, M]:
        return self.each(model, self.section(name, is_needed=is_needed), (name,))

    def each(self, model: type[M], data: Any, path: Path) -> dict[str, M]:
        if not isinstance(data, dict):
            self._say("expected-map", path, key=str(path[-1]))
            self.lost.add(str(path[-1]))
            return {}
        made = {}
        for name, raw in self._by_id(data, path).items():
            value = self.model(model, raw, (*path, name))
            if value is None:
                self.lost.add(name)
            else:
                made[name] = value
        return made

    def listed(self, model: type[M], data: Any, path: Path) -> tuple[M, ...]:
        if not isinstance(data, list):
            self._say("expected-list", path, key=str(path[-1]))
            self.lost.add(str(path[-1]))
            return ()
        made = [self.model(model, raw, (*path, place)) for place, raw in enumerate(data)]
        return tuple(value for value in made if value is not None)

    def questions(self) -> tuple[Question, ...]:
        """The questions, each read as what its type says it is."""
        given = self.data.get("questions")
        if not isinstance(given, list):
            code = "expected-list" if "questions" in self.data else "missing-key"
            self._say(code, ("questions",), key="questions")
            self.is_whole = False
            return ()
        made = [self._question(raw, ("questions", place)) for place, raw in enumerate(given)]
        return tuple(question for question in made if question is not None)

    def _question(self, raw: Any, path: Path) -> Question | None:
        kind = raw.get("type", "") if isinstance(raw, dict) else ""
        if not isinstance(raw, dict):
            self._say("expected-map", path, key="questions")
        elif "type" not in raw:
            self._say("missing-key", path, key="type")
        elif not isinstance(kind, str) or kind not in CLASSES:
            types = ", ".join(CLASSES)
            self._say("unknown-type", (*path, "type"), name=str(kind)[:_MAX_ID], types=types)
        else:
            return self.model(CLASSES[kind], raw, path)
        self._lose(raw)
        return None

    def thresholds(self) -> Thresholds | None:
        """The thresholds that the file sets, without those that no method uses any more."""
        given = self.data.get("thresholds") or {}
        if isinstance(given, dict):
            given = {key: each for key, each in given.items() if key not in _RETIRED_THRESHOLDS}
        return self.model(Thresholds, given, ("thresholds",))

    def patterns(self) -> Patterns:
        """The bindings of patterns, each read by itself."""
        given = self.data.get("patterns") or {}
        if not isinstance(given, dict):
            self._say("expected-map", ("patterns",), key="patterns")
            return Patterns()
        fields = {info.alias or name: name for name, info in Patterns.model_fields.items()}
        bound: dict[str, Any] = {}
        for pattern, raw in given.items():
            path = ("patterns", pattern)
            if pattern not in fields:
                close = get_close_matches(pattern, fields, n=1)
                code = "unknown-key-like" if close else "unknown-key"
                self._say(code, path, key=pattern, **({"suggestion": close[0]} if close else {}))
                continue
            annotation = Patterns.model_fields[fields[pattern]].annotation
            model = next(each for each in shape.models_in(annotation) if issubclass(each, Binding))
            bound[fields[pattern]] = self.model(model, raw, path)
        return Patterns(**bound)

    def coorientation(self) -> Coorientation | None:
        """What people guess of each other, if the set has it."""
        given = self.data.get("coorientation", "")
        return None if given == "" else self.model(Coorientation, given, ("coorientation",))

    def model(self, model: type[M], data: Any, path: Path) -> M | None:
        """`data` as a `model`, without the parts of it that do not fit; None when none is left."""
        made, misfits = shape.validate(model, data, path)
        self.misfits.extend(misfits)
        helped: set[Path] = set()  # a stand-in that does not fit either must not be tried for ever
        while made is None:
            surplus = [each.path[len(path) :] for each in misfits if each.code in _SURPLUS]
            wrong = [each.path[len(path) :] for each in misfits if each.code not in _SURPLUS]
            data = self._without(data, surplus, wrong, helped)
            if data is None:
                return None
            made, misfits = shape.validate(model, data, path)
        return made

    def _without(
        self, data: Any, surplus: Iterable[Path], wrong: Iterable[Path], helped: set[Path]
    ) -> Any:
        """A copy of `data` without what lies at these paths; None when nothing is left.

        What lacks something it needs is itself wrong, unless something harmless can stand there.
        """
        data = copy.deepcopy(data)
        beyond_help = [path for path in wrong if path in helped or not _stand_in(data, path)]
        helped.update(wrong)
        targets = {_nearest(data, path) for path in (*surplus, *beyond_help)}
        if () in targets:
            self._lose(data)
            return None
        for target in sorted(targets, key=_from_the_end, reverse=True):
            around, last = _inside(data, target[:-1]), target[-1]
            self._lose(around[last])
            if isinstance(last, str):
                self.lost.add(last)
            del around[last]
        return data

    def _lose(self, part: Any) -> None:
        if isinstance(part, dict) and isinstance(part.get("id"), str):
            self.lost.add(part["id"])

    def _by_id(self, given: dict[str, Any], path: Path) -> dict[str, Any]:
        kept = {}
        for name, value in given.items():
            if len(name) > _MAX_ID or re.fullmatch(ID_PATTERN, name) is None:
                self._say("bad-id", (*path, name), key=str(path[-1]), given=name[:_MAX_ID])
            else:
                kept[name] = value
        return kept

    def _say(self, code: str, path: Path, **params: str) -> None:
        self.misfits.append(Misfit(code, path, params))


def _from_the_end(path: Path) -> list[tuple[bool, int, str]]:
    """A sorting key by which, in reverse, later places of a list come before earlier ones."""
    return [
        (isinstance(part, int), part if isinstance(part, int) else 0, str(part)) for part in path
    ]


def _stand_in(data: Any, path: Path) -> bool:
    """Put something at `path` that no check minds, so that the rest can be checked."""
    if not path or path[-1] not in _STAND_INS or not isinstance(_inside(data, path[:-1]), dict):
        return False
    _inside(data, path[:-1])[path[-1]] = _STAND_INS[str(path[-1])]
    return True


def _inside(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _nearest(data: Any, path: Path) -> Path:
    """`path` as far as it is there: what is missing is a fault of what should hold it."""
    for number, part in enumerate(path):
        if not shape.holds(data, part):
            return path[:number]
        data = data[part]
    return path
