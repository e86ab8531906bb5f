"""Rules to pick from, in files of data: those that come with the program, and one's own."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bart_tool.domain.formal_sources import KnownRule, RuleList
from bart_tool.errors import BadData, NotFound, Problem, Severity
from bart_tool.store import plain_file, shape
from bart_tool.store.locations import shipped_sets
from bart_tool.store.session_files import parse_kind

KIND = "formal-sources"


def parse(text: str, file: str) -> tuple[RuleList | None, tuple[Problem, ...]]:
    """The rules in `text`, or None and everything that does not fit, by line."""
    return parse_kind(partial(shape.validate, RuleList), KIND, text, file)


def shipped() -> dict[str, KnownRule]:
    """Every rule that comes with the program, by its id. Raises BadData for a damaged file."""
    found: dict[str, KnownRule] = {}
    for path in sorted((shipped_sets() / "sources").glob("*.yaml")):
        found |= load(path)
    return found


def load(path: Path) -> Mapping[str, KnownRule]:
    """The rules in a file. Raises NotFound without it, BadData when anything does not fit."""
    text, problems = plain_file.read_text(path)
    rules = None
    if text is not None:
        rules, problems = parse(text, path.name)
    if rules is None or any(each.severity is Severity.ERROR for each in problems):
        raise BadData("bad-file", problems, file=path.name)
    return rules.sources


def picked(name: str) -> Mapping[str, KnownRule]:
    """The rule of this id that comes with the program, or all those in the file `name`.

    Raises NotFound for an id that is unknown, and as `load`.
    """
    if name.endswith(".yaml"):
        return load(Path(name))
    known = shipped()
    if name not in known:
        raise NotFound("no-such-source", name=name, names=", ".join(known))
    return {name: known[name]}
