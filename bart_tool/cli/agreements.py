"""`bart agreements`: lists what was agreed, makes and keeps it, and says what must be looked at."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.shared import Front, desk_to_complete, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.i18n import Words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bart_tool.workflow.desk import Desk

    Completer = Callable[[click.Context, click.Parameter, str], list[str]]

DEEDS = ("due", "topics", "page", "add", "change", "kept", "remove")  # one a call


def today() -> date:
    """The day it is: the only clock of the command line."""
    return date.today()


def command(cli: Words) -> click.Command:
    """The verb, speaking through `cli` and its own words."""
    t = words("agreements", cli.language)
    tests = click.Choice(["yes", "ja", "partly", "deels", "no", "nee"])

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
    @click.option("--due", is_flag=True, help=t("Only what must be looked at again today."))
    @click.option("--topics", is_flag=True, help=t("What an agreement may be about."))
    @click.option(
        "--page", is_flag=True, help=t("Make a page that may be public: Markdown and HTML.")
    )
    @click.option(
        "--add",
        is_flag=False,
        flag_value="",
        metavar=t("TOPIC"),
        shell_complete=_complete_topic,
        help=t("Make an agreement."),
    )
    @click.option(
        "--change",
        metavar="ID",
        shell_complete=_complete_id,
        help=t("Change what you give of an agreement."),
    )
    @click.option(
        "--sentence",
        metavar=t("TEXT"),
        help=t("Who does what, and from when. Positions, no people."),
    )
    @click.option(
        "--party",
        "parties",
        multiple=True,
        metavar=t("PARTY[=CONDITION]"),
        shell_complete=_complete_party,
        help=t("Who agrees, and on what condition. Once for each party."),
    )
    @click.option(
        "--mandate",
        type=click.Choice(["within", "submitted", "fixed", "parked"]),
        help=t("Within our mandate, put to somebody, laid down already, or parked."),
    )
    @click.option(
        "--mandate-words", metavar=t("TEXT"), help=t("To whom it is put, or where it is laid down.")
    )
    @click.option("--written-in", metavar=t("TEXT"), help=t("Where it will be written down."))
    @click.option(
        "--owner",
        metavar=t("POSITION"),
        shell_complete=_complete_owner,
        help=t("Which position sees to it."),
    )
    @click.option("--check-on", metavar="2027-06-30", help=t("On which day you look again."))
    @click.option("--specified", type=tests, help=t("Is it clear who does what?"))
    @click.option("--agreed", type=tests, help=t("Was it talked through and agreed?"))
    @click.option("--kept", metavar="ID=yes|partly|no", help=t("Write down whether it was kept."))
    @click.option(
        "--note", metavar=t("TEXT"), default="", help=t("With --kept: what helped or hindered.")
    )
    @click.option(
        "--remove", metavar="ID", shell_complete=_complete_id, help=t("Take an agreement out.")
    )
    @click.option("--yes", is_flag=True, help=t("With --remove: do not ask whether you are sure."))
    @options(cli)
    def agreements(front: Front, session: str, **asked: Any) -> int:
        return _do(front, session, asked)

    return agreements


def _complete(read: "Callable[[Desk], Iterable[str]]") -> "Completer":
    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        from bart_tool.errors import BartError

        try:
            names = list(read(desk_to_complete(context)))
        except BartError:  # nothing to complete from
            return []
        return [name for name in names if name.startswith(incomplete)]

    return complete


def _topic_keys(desk: "Desk") -> "Iterable[str]":
    from bart_tool.workflow.agree import topics

    return topics(desk)


def _owners(desk: "Desk") -> "Iterable[str]":
    from bart_tool.domain.agreement_checks import possible_owners

    return possible_owners(desk.session, desk.known)


_complete_topic = _complete(_topic_keys)
_complete_owner = _complete(_owners)
_complete_party = _complete(lambda desk: desk.session.kind_of)
_complete_id = _complete(lambda desk: (each.id for each in desk.folder.agreements()[0].agreements))


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
