"""The parts of an agreement as they are given by option, each misfit named by its option."""

from datetime import date
from typing import Any, TypeVar

import click
from pydantic import BaseModel

from bart_tool.domain.agreement import Agreement, AgreementDraft, Assent, Unagreed
from bart_tool.domain.days import day_in
from bart_tool.errors import Problem, WrongUse
from bart_tool.store import shape
from bart_tool.wording.translation import Words

M = TypeVar("M", bound=BaseModel)
Fields = dict[str, Any]
# What an agreement is made of, as its options are called.
FIELDS = (
    "sentence",
    "parties",
    "mandate",
    "mandate_words",
    "written_in",
    "done_by",
    "owner",
    "unagreed",
    "check_on",
    "specified",
    "agreed",
)


def parts_given(t: Words, asked: dict[str, Any]) -> dict[str, Any]:
    """The parts of an agreement that were given, as text; an empty one is taken out."""
    said = {key: asked[key] for key in FIELDS if asked[key] not in (None, ())}
    for key, words in (("parties", "condition"), ("unagreed", "said")):
        if key in said:
            said[key] = [_of_party(t, key, words, each) for each in said[key] if each]
    if "done_by" in said:
        said["done_by"] = [each for each in said["done_by"] if each]
    return said


def _of_party(t: Words, key: str, words: str, said: str) -> dict[str, str]:
    party, _, more = said.partition("=")
    if not party:
        raise click.UsageError(
            t(
                "{option} needs the name of a party, like wijkraad, not “{said}”.",
                option=option_of(key),
                said=said[:60],
            )
        )
    return {"party": party, words: more}


def draft(given: dict[str, Any]) -> AgreementDraft:
    """The agreement in `given`, all text. Raises WrongUse with all that does not fit."""
    return one(AgreementDraft, _ready(given))


def one(model: type[M], given: dict[str, Any], option: str = "") -> M:
    """`given` as a `model`. Raises WrongUse with all that does not fit, under `option` if given."""
    made, misfits = shape.validate(model, given)
    if made is None:
        raise _refused(misfits, option)
    return made


def changed(before: Agreement, given: dict[str, Any]) -> AgreementDraft:
    """`before` with what is given in its place; an empty text takes a part out."""
    said = before.model_dump(mode="json", exclude_defaults=True)
    said.pop("id")
    if "unagreed" in given:
        of_party = {each["party"]: each for each in (*said.get("unagreed", ()), *given["unagreed"])}
        given = {**given, "unagreed": [each for each in of_party.values() if each["said"]]}
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
        ready["parties"] = [one(Assent, each, "--party") for each in ready["parties"]]
    if "unagreed" in ready:
        ready["unagreed"] = [one(Unagreed, each, "--unagreed") for each in ready["unagreed"]]
    return ready


def option_of(key: str) -> str:
    """The option by which a part of an agreement is given."""
    return _OPTIONS.get(key) or "--" + key.replace("_", "-")


# Where an option is not called after its part.
_OPTIONS = {"parties": "--party", "checks": "--note", "withdrawn": "--why"}


def _refused(misfits: tuple[shape.Misfit, ...], option: str = "") -> WrongUse:
    problems = tuple(
        Problem(each.code, params={**each.params, "key": option or option_of(each.params["key"])})
        for each in misfits
    )
    return WrongUse("agreement-does-not-fit", problems)
