"""From what somebody typed to an agreement: what does not fit is named by its option."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

import click
from pydantic import BaseModel

from bart_tool.domain.agreement import Agreement, AgreementDraft, Assent, day_in
from bart_tool.errors import Problem, Where, WrongUse
from bart_tool.store import shape
from bart_tool.wording.translation import Words

M = TypeVar("M", bound=BaseModel)

# What an agreement is made of, as its options are called.
FIELDS = (
    "sentence",
    "parties",
    "mandate",
    "mandate_words",
    "written_in",
    "owner",
    "check_on",
    "specified",
    "agreed",
)


def given(t: Words, asked: dict[str, Any]) -> dict[str, Any]:
    """The parts of an agreement that were given, as text; an empty one is taken out."""
    said = {key: asked[key] for key in FIELDS if asked[key] not in (None, ())}
    if "parties" in said:
        said["parties"] = [_assent(t, each) for each in said["parties"] if each]
    return said


def _assent(t: Words, said: str) -> dict[str, str]:
    party, _, condition = said.partition("=")
    if not party:
        raise click.UsageError(
            t("--party needs the name of a party, like wijkraad, not “{said}”.", said=said[:60])
        )
    return {"party": party, "condition": condition}


def draft(given: dict[str, Any]) -> AgreementDraft:
    """The agreement in `given`, all text. Raises WrongUse with all that does not fit."""
    return one(AgreementDraft, _ready(given))


def one(model: type[M], given: dict[str, Any]) -> M:
    """`given` as a `model`. Raises WrongUse with all that does not fit."""
    made, misfits = shape.validate(model, given)
    if made is None:
        raise _refused(misfits)
    return made


def changed(before: Agreement, given: dict[str, Any]) -> AgreementDraft:
    """`before` with what is given in its place; an empty text takes a part out."""
    said = before.model_dump(mode="json", exclude_defaults=True)
    said.pop("id")
    return draft({**said, **given})


def day(key: str, said: str) -> date:
    """A day as people write it: 2027-06-30 or 30-6-2027. Raises WrongUse."""
    found = day_in(said)
    if found is None:
        raise _refused((shape.Misfit("expected-date", (key,), {"key": key}),))
    return found


def _ready(given: dict[str, Any]) -> dict[str, Any]:
    ready = dict(given)
    if isinstance(ready.get("check_on"), str):
        # What is no day is left as it was typed, for the model to refuse by name.
        ready["check_on"] = day_in(ready["check_on"]) or ready["check_on"].strip()
    if "parties" in ready:
        ready["parties"] = [one(Assent, each) for each in ready["parties"]]
    return ready


def option_of(key: str) -> str:
    """The option by which a part of an agreement is given."""
    return _OPTIONS.get(key) or "--" + key.replace("_", "-")


@contextmanager
def named_by_option(t: Words) -> Iterator[None]:
    """Have what does not fit named as it was typed: whoever typed an option knows it by that."""
    try:
        yield
    except WrongUse as error:
        problems = tuple(_by_option(t, each) for each in error.problems)
        raise WrongUse(error.code, problems, **error.params) from error


def _by_option(t: Words, problem: Problem) -> Problem:
    item = problem.where.item
    named = t("TOPIC") if item == "topic" else option_of(item)
    where = Where(item=named) if item else problem.where
    return Problem(problem.code, where, problem.params, problem.severity)


# Where an option is not called after its part.
_OPTIONS = {"parties": "--party", "condition": "--party", "checks": "--note"}


def _refused(misfits: tuple[shape.Misfit, ...]) -> WrongUse:
    problems = tuple(
        Problem(each.code, params={**each.params, "key": option_of(each.params["key"])})
        for each in misfits
    )
    return WrongUse("agreement-does-not-fit", problems)
