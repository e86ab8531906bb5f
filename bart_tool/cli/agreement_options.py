"""The options of `bart agreements`, and what the shell completes them with."""

from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.shared import desk_to_complete
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bart_tool.workflow.open_session import OpenSession

    Completer = Callable[[click.Context, click.Parameter, str], list[str]]
    Option = Callable[[Any], Any]


def actions(t: Words) -> "list[Option]":
    """What to show or make; without any deed all agreements are listed."""
    return [
        click.option("--due", is_flag=True, help=t("Only what must be looked at again today.")),
        click.option("--topics", is_flag=True, help=t("What an agreement may be about.")),
        click.option(
            "--page", is_flag=True, help=t("Make a page that may be public: Markdown and HTML.")
        ),
        click.option(
            "--add",
            is_flag=False,
            flag_value="",
            metavar=t("TOPIC"),
            shell_complete=_complete_topic,
            help=t("Make an agreement."),
        ),
        click.option(
            "--change",
            metavar="ID",
            shell_complete=_complete_id,
            help=t("Change what you give of an agreement."),
        ),
    ]


def parts(t: Words) -> "list[Option]":
    """What an agreement is made of."""
    tests = click.Choice(["yes", "ja", "partly", "deels", "no", "nee"])
    return [
        click.option(
            "--sentence",
            metavar=t("TEXT"),
            help=t("Who does what, and from when. Positions, no people."),
        ),
        click.option(
            "--party",
            "parties",
            multiple=True,
            metavar=t("PARTY[=CONDITION]"),
            shell_complete=_complete_party,
            help=t("Who agrees, and on what condition. Once for each party."),
        ),
        click.option(
            "--mandate",
            type=click.Choice(["within", "submitted", "fixed", "parked"]),
            help=t("Within our mandate, put to somebody, laid down already, or parked."),
        ),
        click.option(
            "--mandate-words",
            metavar=t("TEXT"),
            help=t("To whom it is put, or where it is laid down."),
        ),
        click.option("--written-in", metavar=t("TEXT"), help=t("Where it will be written down.")),
        click.option(
            "--owner",
            metavar=t("POSITION"),
            shell_complete=_complete_owner,
            help=t("Which position sees to it."),
        ),
        click.option("--check-on", metavar="2027-06-30", help=t("On which day you look again.")),
        click.option("--specified", type=tests, help=t("Is it clear who does what?")),
        click.option("--agreed", type=tests, help=t("Was it talked through and agreed?")),
    ]


def afterwards(t: Words) -> "list[Option]":
    """What is done to one agreement afterwards, and what goes with that."""
    return [
        click.option(
            "--kept", metavar=t("ID=yes|partly|no"), help=t("Write down whether it was kept.")
        ),
        click.option(
            "--note", metavar=t("TEXT"), default="", help=t("With --kept: what helped or hindered.")
        ),
        click.option(
            "--remove", metavar="ID", shell_complete=_complete_id, help=t("Take an agreement out.")
        ),
        click.option(
            "--yes", is_flag=True, help=t("With --remove: do not ask whether you are sure.")
        ),
    ]


def _complete(read: "Callable[[OpenSession], Iterable[str]]") -> "Completer":
    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        from bart_tool.errors import BartError

        try:
            names = list(read(desk_to_complete(context)))
        except BartError:  # nothing to complete from
            return []
        return [name for name in names if name.startswith(incomplete)]

    return complete


def _topic_keys(opened: "OpenSession") -> "Iterable[str]":
    from bart_tool.workflow.agree import topics

    return topics(opened)


def _owners(opened: "OpenSession") -> "Iterable[str]":
    from bart_tool.domain.agreement_checks import possible_owners

    return possible_owners(opened.session, opened.known)


_complete_topic = _complete(_topic_keys)
_complete_owner = _complete(_owners)
_complete_party = _complete(lambda opened: opened.session.kind_of)
_complete_id = _complete(
    lambda opened: (each.id for each in opened.folder.agreements()[0].agreements)
)
