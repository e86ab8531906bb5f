"""`bart agreements`: lists what was agreed, makes and keeps it, and says what must be looked at."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli import agreement_options as given_by
from bart_tool.cli.shared import Front, all_of, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.wording.translation import Words, words

if TYPE_CHECKING:
    from bart_tool.workflow.open_session import OpenSession

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
    @all_of(*given_by.actions(t), *given_by.parts(t), *given_by.afterwards(t))
    @options(cli)
    def agreements(front: Front, session: str, **asked: Any) -> int:
        return _do(front, session, asked)

    return agreements


def _do(front: Front, name: str, asked: dict[str, Any]) -> int:
    from bart_tool.cli.agreement_fields import by_option, given, must_belong
    from bart_tool.errors import WrongUse

    actions = [each for each in DEEDS if asked[each] not in (None, False)]
    t = words("agreements", front.language)
    if len(actions) > 1:
        both = ", ".join(f"--{each}" for each in actions)
        raise click.UsageError(t("Choose one of these, not several: {both}.", both=both))
    deed = actions[0] if actions else "list"
    parts = given(t, asked)
    must_belong(t, deed, parts, asked)
    opened = front.opened(name)
    try:
        return _done(front, opened, deed, parts, asked)
    except WrongUse as error:
        # Whoever typed an option knows a part of the agreement by that.
        raise WrongUse(error.code, tuple(map(by_option, error.problems)), **error.params) from error


def _done(
    front: Front, opened: "OpenSession", deed: str, parts: dict[str, Any], asked: dict[str, Any]
) -> int:
    from bart_tool.cli import agreement_actions as actions
    from bart_tool.cli import agreement_list as lists

    day = today()
    match deed:
        case "add":
            return actions.add(front, opened, {"topic": asked["add"], **parts}, day)
        case "change":
            return actions.change(front, opened, asked["change"], parts, day)
        case "kept":
            again_on = parts.get("check_on")
            return actions.kept(front, opened, asked["kept"], asked["note"], again_on, day)
        case "remove":
            return actions.remove(front, opened, asked["remove"], asked["yes"])
        case "topics":
            return lists.topics(front, opened)
        case "page":
            return lists.page(front, opened)
    return lists.listed(front, opened, day, only_due=deed == "due")
