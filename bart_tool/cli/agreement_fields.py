"""From what somebody typed to an agreement: what does not fit is named as in a file."""

import re
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from bart_tool.domain.agreement import Agreement, Assent, Draft
from bart_tool.errors import Problem, Where, WrongUse
from bart_tool.store import shape

M = TypeVar("M", bound=BaseModel)


def draft(given: dict[str, Any]) -> Draft:
    """The agreement in `given`, all text. Raises WrongUse with all that does not fit."""
    return one(Draft, _ready(given))


def one(model: type[M], given: dict[str, Any]) -> M:
    """`given` as a `model`. Raises WrongUse with all that does not fit."""
    made, misfits = shape.validate(model, given)
    if made is None:
        raise _refused(misfits)
    return made


def changed(before: Agreement, given: dict[str, Any]) -> Draft:
    """`before` with what is given in its place; an empty text takes a part out."""
    said = before.model_dump(mode="json", exclude_defaults=True)
    said.pop("id")
    return draft({**said, **given})


def day(key: str, said: str) -> date:
    """A day as people write it: 2027-06-30 or 30-6-2027. Raises WrongUse."""
    try:
        return date.fromisoformat(_iso(said))
    except ValueError:
        raise _refused((shape.Misfit("expected-date", (key,), {"key": key}),)) from None


def _ready(given: dict[str, Any]) -> dict[str, Any]:
    ready = dict(given)
    if isinstance(ready.get("check_on"), str):
        ready["check_on"] = _iso(ready["check_on"])
    if "parties" in ready:
        ready["parties"] = [one(Assent, each) for each in ready["parties"]]
    return ready


_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


def _iso(said: str) -> str:
    """A day in the Dutch order as in a file; anything else as it is."""
    found = _DUTCH_DAY.fullmatch(said.strip())
    return f"{found[3]}-{found[2]:>02}-{found[1]:>02}" if found else said.strip()


def option_of(key: str) -> str:
    """The option by which a part of an agreement is given."""
    return _OPTIONS.get(key) or "--" + key.replace("_", "-")


def by_option(problem: Problem) -> Problem:
    """The same problem, its place the option by which that part was given."""
    where = Where(item=option_of(problem.where.item)) if problem.where.item else problem.where
    return Problem(problem.code, where, problem.params, problem.severity)


# Where an option is not called after its part.
_OPTIONS = {"topic": "--add", "parties": "--party", "condition": "--party", "checks": "--note"}


def _refused(misfits: tuple[shape.Misfit, ...]) -> WrongUse:
    problems = tuple(
        Problem(each.code, params={**each.params, "key": option_of(each.params["key"])})
        for each in misfits
    )
    return WrongUse("agreement-does-not-fit", problems)
