"""From a file's plain values to a model: every wrong shape named by its place, none by accident.

All scalars arrive as text. Pydantic would take `yes` for true and `1e3` for a number, so what
may stand for a number, a date or true and false is checked here first.
"""

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
FORMAT = 1  # of every file that is written


@dataclass(frozen=True, slots=True)
class Misfit:
    """One wrong shape: a problem code, the path of the value, and what the sentence names."""

    code: str
    path: Path
    params: Mapping[str, str]


def validate(model: type[M], data: Any, path: Path = ()) -> tuple[M | None, tuple[Misfit, ...]]:
    """`data` as a `model`, else None with everything in it that does not fit.

    Paths in what does not fit start with `path`.
    """
    if isinstance(data, dict):
        data = _without_empty(model, data)
    wrong = tuple(
        Misfit(code, (*path, key), {"key": key}) for key, code in _wrong_scalars(model, data)
    )
    try:
        made = model.model_validate(data)
    except ValidationError as error:
        known = {misfit.path for misfit in wrong}
        found = _misfits(error, data, model, path)
        return None, (*wrong, *(misfit for misfit in found if misfit.path not in known))
    return (None, wrong) if wrong else (made, ())


def validate_each(model: type[M], data: Mapping[str, Any]) -> dict[str, M] | None:
    """Every value in `data` as a `model`; None when any does not fit: `validate` then says why.

    All at once is three times as quick as one by one, and nearly every sheet is whole.
    """
    scalars, optional = _scalars(model)
    ready = {}
    for key, each in data.items():
        if not isinstance(each, dict):
            return None
        for name in optional:
            if name in each and _is_empty(each[name]):
                each = _without_empty(model, each)
        for name, (pattern, _) in scalars.items():
            value = each.get(name)
            if isinstance(value, str) and pattern.fullmatch(value) is None:
                return None
        ready[key] = each
    try:
        made: dict[str, M] = _each(model).validate_python(ready)
    except ValidationError:
        return None
    return made


@cache
def _each(model: type[M]) -> TypeAdapter[dict[str, M]]:
    return TypeAdapter(dict[str, model])  # type: ignore[valid-type]


def opening(
    data: Any, kind: str, newest: int = FORMAT
) -> tuple[dict[str, Any] | None, tuple[Misfit, ...]]:
    """The map a file of `kind` holds, its format as a number; None when it is something else.

    `newest`: the last format of this kind that is known. A newer one is refused whole: whatever
    else seems wrong in it may be right there.
    """
    if not isinstance(data, dict):
        return None, (Misfit("expected-map", (), {"key": kind}),)
    found, given = data.get("format"), data.get("kind")
    if isinstance(found, str) and _WHOLE.fullmatch(found) and int(found) > newest:
        return None, (Misfit("newer-format", ("format",), {"found": found}),)
    if given != kind:
        return None, (Misfit("wrong-kind", ("kind",), {"expected": kind}),)
    known = {str(number): number for number in range(FORMAT, newest + 1)}
    if not isinstance(found, str) or found not in known:
        return None, (Misfit("unknown-format", ("format",), {"expected": str(newest)}),)
    return {**data, "format": known[found]}, ()


_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
# How a scalar may be written, and what is said of one that is not.
_WRITTEN: Mapping[type, tuple[re.Pattern[str], str]] = {
    bool: (re.compile("true|false"), "expected-true-or-false"),
    int: (_WHOLE, "expected-whole-number"),
    float: (re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?"), "expected-number"),
    date: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "expected-date"),
}


def _without_empty(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """`data` without keys that say nothing, where a value may be absent: `certainty: null`."""
    _, optional = _scalars(model)
    return {
        key: value for key, value in data.items() if key not in optional or not _is_empty(value)
    }


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", "~", "null", "Null", "NULL")  # as YAML writes it


def _wrong_scalars(model: type[BaseModel], data: Any) -> Iterator[tuple[str, str]]:
    scalars, _ = _scalars(model)
    for key, (pattern, code) in scalars.items() if isinstance(data, dict) else ():
        value = data.get(key)
        if isinstance(value, str) and pattern.fullmatch(value) is None:
            yield key, code


@cache
def _scalars(
    model: type[BaseModel],
) -> tuple[Mapping[str, tuple[re.Pattern[str], str]], frozenset[str]]:
    """The keys that hold no text, with how they are written; and the keys that may be empty."""
    scalars, optional = {}, set()
    for name, field in model.model_fields.items():
        key = field.alias or name
        for part in _parts(field.annotation):
            if part is type(None):
                optional.add(key)
            elif part in _WRITTEN:
                scalars[key] = _WRITTEN[part]
    return scalars, frozenset(optional)


def _parts(annotation: Any) -> Iterator[Any]:
    """The types an annotation allows at its top: those of a union, one by one."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif origin is Union or origin is types.UnionType:
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation


_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "string_type": "expected-text",
    "string_pattern_mismatch": "bad-id",
    "string_too_long": "text-too-long",
    "string_too_short": "expected-text",
    "string_unicode": "not-a-character",
    "literal_error": "expected-one-of",
    "enum": "expected-one-of",
    "tuple_type": "expected-list",
    "list_type": "expected-list",
    "dict_type": "expected-map",
    "model_type": "expected-map",
    "model_attributes_type": "expected-map",
    "bool_parsing": "expected-true-or-false",
    "bool_type": "expected-true-or-false",
    "int_parsing": "expected-whole-number",
    "int_type": "expected-whole-number",
    "float_parsing": "expected-number",
    "float_type": "expected-number",
    "date_from_datetime_parsing": "expected-date",
    "date_type": "expected-date",
    "date_parsing": "expected-date",
    "greater_than": "number-too-small",
    "greater_than_equal": "number-too-small",
    "less_than": "number-too-large",
    "less_than_equal": "number-too-large",
}


def _misfits(
    error: ValidationError, data: Any, model: type[BaseModel], path: Path
) -> tuple[Misfit, ...]:
    """What pydantic found, without what it found on branches that were not meant."""
    found: dict[tuple[str, Path], Misfit] = {}
    for each in error.errors(include_url=False, include_input=False):
        place = _place(each["loc"], data)
        if place is not None:
            misfit = _misfit(each["type"], place, each.get("ctx", {}), model)
            given = {"given": _shown(data, place)} if misfit.code in _NAMING_THE_VALUE else {}
            misfit = Misfit(misfit.code, (*path, *misfit.path), {**misfit.params, **given})
            found.setdefault((misfit.code, misfit.path), misfit)
    # A misspelt key is one mistake, not also a missing key.
    meant = {
        (*misfit.path[:-1], misfit.params["suggestion"])
        for misfit in found.values()
        if misfit.code == "unknown-key-like"
    }
    kept = (m for m in found.values() if not (m.code == "missing-key" and m.path in meant))
    return tuple(kept) or (_unlike_any(error, data, path),)


def _unlike_any(error: ValidationError, data: Any, path: Path) -> Misfit:
    """What is said of a value that no branch of a union takes."""
    place: list[str | int] = []
    for part in error.errors(include_url=False, include_input=False)[0]["loc"]:
        if not holds(data, part):
            break
        place.append(part)
        data = data[part]
    return Misfit("wrong-shape", (*path, *place), {"key": str(place[-1]) if place else ""})


_NAMING_THE_VALUE = frozenset({"bad-id", "expected-one-of"})


def _shown(data: Any, place: Path) -> str:
    for part in place:
        data = data[part]
    return data[:60] if isinstance(data, str) else ""


def _place(loc: Path, data: Any) -> Path | None:
    """Where in `data` an error lies, or None when it is about a branch that was not meant.

    Pydantic puts the name of a union's branch in the way; a branch is meant when it takes what
    stands there: text, a list or a map.
    """
    place: list[str | int] = []
    for number, part in enumerate(loc):
        is_last = number == len(loc) - 1
        if holds(data, part):
            place.append(part)
            data = data[part]
        elif part == "[key]":
            return tuple(place)
        elif is_last and isinstance(data, dict) and isinstance(part, str) and "[" not in part:
            place.append(part)  # a key that is missing
        elif not _takes(str(part), data):
            return None
    return tuple(place)


def holds(data: Any, part: str | int) -> bool:
    """Whether `part` is a key of the map, or a place in the list, that `data` is."""
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _takes(branch: str, data: Any) -> bool:
    wanted = dict if branch.startswith("dict") else list if branch.startswith("tuple") else str
    return isinstance(data, wanted)


def _misfit(kind: str, place: Path, context: Mapping[str, Any], model: type[BaseModel]) -> Misfit:
    code = _CODES.get(kind, "wrong-shape")
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    params = {"key": key}
    if code == "unknown-key":
        close = get_close_matches(key, _keys_at(model, place[:-1]), n=1)
        if close:
            code, params["suggestion"] = "unknown-key-like", close[0]
    elif code == "expected-one-of":
        params["choices"] = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    elif code == "text-too-long":
        params["most"] = str(context.get("max_length", ""))
    elif code in ("number-too-small", "number-too-large"):
        bound = next((context[name] for name in ("gt", "ge", "lt", "le") if name in context), "")
        params["bound"] = f"{bound:g}" if isinstance(bound, int | float) else str(bound)
    return Misfit(code, place, params)


def _keys_at(model: type[BaseModel] | None, place: Path) -> list[str]:
    """The keys that the model at `place` inside `model` knows."""
    for part in place:
        if model is not None and isinstance(part, str) and part in _fields(model):
            model = next(models_in(_fields(model)[part]), None)
    return list(_fields(model)) if model is not None else []


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that `annotation` speaks of, in unions, tuples and maps too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)
