"""`bart agreements`: lists what was agreed, makes and keeps it, and says what must be looked at."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli import agreement_options as given_by
from bart_tool.cli.shared import Front, all_of, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.i18n import Words, words

if TYPE_CHECKING:
    from bart_tool.workflow.desk import Desk

DEEDS = ("due", "topics", "page", "add", "change", "kept", "remove")  # one a call


def today() -> date:
    """The day it is; a due date and a check are told by it."""
    return date.today()


def command(cli: Words) -> click.Command:
    """The verb, speaking through `cli` and its own words."""
    t = words("agreements", cli.language)

    @click.command(
        "agreements",
        cls=Verb,
        help=t(
            "Example: bart agreements demo --due\n\n"
            "List what was agreed, or what must be looked at again. With --add an agreement is "
            "made; what is not given is asked, step by step."
        ),
    )
    @session_argument(cli)
    @all_of(*given_by.deeds(t), *given_by.parts(t), *given_by.afterwards(t))
    @options(cli)
    def agreements(front: Front, session: str, **asked: Any) -> int:
        return _do(front, session, asked)

    return agreements


def _do(front: Front, name: str, asked: dict[str, Any]) -> int:
    from bart_tool.cli.agreement_fields import by_option, given, must_belong
    from bart_tool.errors import WrongUse

    deeds = [each for each in DEEDS if asked[each] not in (None, False)]
    t = words("agreements", front.language)
    if len(deeds) > 1:
        both = ", ".join(f"--{each}" for each in deeds)
        raise click.UsageError(t("Choose one of these, not several: {both}.", both=both))
    deed = deeds[0] if deeds else "list"
    parts = given(t, asked)
    must_belong(t, deed, parts, asked)
    desk = front.desk(name)
    try:
        return _done(front, desk, deed, parts, asked)
    except WrongUse as error:
        # Whoever typed an option knows a part of the agreement by that.
        raise WrongUse(error.code, tuple(map(by_option, error.problems)), **error.params) from error


def _done(
    front: Front, desk: "Desk", deed: str, parts: dict[str, Any], asked: dict[str, Any]
) -> int:
    from bart_tool.cli import agreement_deeds as deeds
    from bart_tool.cli import agreement_list as lists

    day = today()
    match deed:
        case "add":
            return deeds.add(front, desk, {"topic": asked["add"], **parts}, day)
        case "change":
            return deeds.change(front, desk, asked["change"], parts, day)
        case "kept":
            again_on = parts.get("check_on")
            return deeds.kept(front, desk, asked["kept"], asked["note"], again_on, day)
        case "remove":
            return deeds.remove(front, desk, asked["remove"], asked["yes"])
        case "topics":
            return lists.topics(front, desk)
        case "page":
            return lists.page(front, desk)
    return lists.listed(front, desk, day, only_due=deed == "due")
