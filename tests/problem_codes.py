"""Which codes the program can say, read from its source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.catalogues import SENTENCES

# Calls whose first text argument is a code: values, exceptions and the helpers that make them.
SAYING = frozenset(
    {
        "Problem",
        "Misfit",
        "BartError",
        "WrongUse",
        "BadData",
        "NotFound",
        "CannotRead",
        "CannotCreate",
        "CannotWrite",
        "Busy",
        "NotAllowed",
        "_BadRow",
        "_at",
        "_say",
        "_problem",
        "problem_at",
        "unknown_names",
    }
)


def codes_in(path: Path) -> set[str]:
    """The codes that the module at `path` says, or holds in a table or a variable."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return {code for code, _ in said_in(path)} | (texts & SENTENCES.keys())


def made_in(path: Path) -> Iterator[re.Pattern[str]]:
    """What the codes look like that the module at `path` puts together, as `f"unknown-{what}"`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(each, "value", "") for each in node.values]
            texts = [each if isinstance(each, str) else "" for each in parts]
            if re.fullmatch(r"[a-z-]{5,}", "".join(texts)):
                yield re.compile("".join(re.escape(each) or "[a-z-]+" for each in texts))


def said_in(path: Path) -> Iterator[tuple[str, set[str] | None]]:
    """Each code the module at `path` says, with what its params name; None if unseen."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in SAYING and node.args:
            for code in _texts(node.args[0]):
                yield code, _given(node)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)


_OWN = frozenset({"severity", "params", "item", "problems", "row"})


def _given(call: ast.Call) -> set[str] | None:
    """The names of the params in a call, as far as they are written out in it."""
    given: set[str] = set()
    dicts = [each for each in call.args[1:] if isinstance(each, ast.Dict)]
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        if keyword.arg == "params" and isinstance(keyword.value, ast.Dict):
            dicts.append(keyword.value)
        elif keyword.arg == "params":
            return None
        elif keyword.arg not in _OWN:
            given.add(keyword.arg)
    for each in dicts:
        for key in each.keys:
            if not isinstance(key, ast.Constant):
                return None
            given.add(str(key.value))
    if _name(call.func) == "_at" and len(call.args) > 2:
        return None  # a helper that gives names of its own
    is_named = any(isinstance(each, ast.Name | ast.Attribute) for each in call.args[2:])
    return None if is_named and not dicts else given
