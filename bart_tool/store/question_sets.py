"""Question sets from their files: every problem in one go, with its line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bart_tool.domain.names import ID_PATTERN
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_checks import check_set
from bart_tool.errors import NotFound, Problem, Severity, Where
from bart_tool.store import plain_file, set_shape, shape, yaml_text
from bart_tool.store.locations import shipped_sets
from bart_tool.store.yaml_text import YamlDocument

KIND = "question-set"


def set_ids() -> tuple[str, ...]:
    """The ids of the sets that come with the program, in alphabetical order."""
    return tuple(sorted(path.stem for path in shipped_sets().glob("*.yaml")))


def load(name_or_path: str | Path) -> tuple[QuestionSet | None, tuple[Problem, ...]]:
    """The set of this id that comes with the program, or the one in this file.

    Raises NotFound when there is none, CannotRead when the system refuses the file.
    """
    path = find(name_or_path)
    text, problems = plain_file.read_text(path, yaml_text.MAX_CHARS * 4)
    return (None, problems) if text is None else parse(text, path.name)


def find(name_or_path: str | Path) -> Path:
    """The file of the set of this id, or the file itself. Raises NotFound for an unknown id."""
    if isinstance(name_or_path, Path) or re.fullmatch(ID_PATTERN, name_or_path) is None:
        return Path(name_or_path)
    ids = set_ids()
    if name_or_path not in ids:
        raise NotFound("no-such-set", name=name_or_path, names=", ".join(ids))
    return shipped_sets() / f"{name_or_path}.yaml"


def parse(text: str, file: str) -> tuple[QuestionSet | None, tuple[Problem, ...]]:
    """The set in `text`, and everything that is wrong with it; None when something is in error.

    What has the wrong shape is left out and named, and the rest is checked all the same.
    """
    document, problems = yaml_text.read(text, file)
    if document is None:
        return None, problems
    opened, misfits = shape.opening(document.data, KIND)
    read: set_shape.Read | None = None
    if opened is not None:
        read = set_shape.read(opened)
        misfits = read.misfits
    shaped = [
        Problem(misfit.code, _where(document, file, misfit.path), misfit.params)
        for misfit in misfits
    ]
    checked = () if read is None or not read.is_whole else _checked(read, document, file)
    found = sorted((*problems, *shaped, *checked), key=lambda each: each.where.line or 0)
    is_usable = read is not None and all(each.severity is not Severity.ERROR for each in found)
    return (read.question_set if read and is_usable else None), tuple(found)


def _checked(read: set_shape.Read, document: YamlDocument, file: str) -> Iterator[Problem]:
    """What is wrong with the sense of a set, but for what follows from a wrong shape in it."""
    dropped = {misfit.path for misfit in read.misfits}
    for problem in check_set(read.question_set):
        path = _resolved(document.data, problem.where.item.split("/"))
        follows = any(place[: len(path)] == path for place in dropped)
        if not follows and read.lost.isdisjoint(problem.params.values()):
            where = _where(document, file, path)
            yield Problem(problem.code, where, problem.params, problem.severity)


def _where(document: YamlDocument, file: str, path: shape.Path) -> Where:
    """The place of `path` for a reader: its line, and the id of what it is part of."""
    names: list[str] = []
    data = document.data
    for part in path:
        data = data[part] if shape.holds(data, part) else None
        name = data.get("id") if isinstance(data, dict) else None
        names.append(name if isinstance(name, str) and isinstance(part, int) else str(part))
    if names and names[0] in ("questions", "patterns") and len(names) > 1:
        names = names[1:2]
    return Where(file, document.line(*path), item="/".join(names[:2]))


def _resolved(data: Any, parts: Iterable[str]) -> shape.Path:
    """The path in the file's values of a place by ids (`questions/mandate`, `levels/none#2`)."""
    path: list[str | int] = []
    for part in parts:
        found: str | int | None = part if isinstance(data, dict) and part in data else None
        if isinstance(data, list):
            found = _index(data, part)
        if found is None:
            break
        path.append(found)
        data = data[found]
    return tuple(path)


def _index(elements: list[Any], part: str) -> int | None:
    name, _, which = part.partition("#")
    places = [
        place
        for place, each in enumerate(elements)
        if each == name or (isinstance(each, dict) and each.get("id") == name)
    ]
    number = int(which or 1) - 1
    return places[number] if number < len(places) else None
