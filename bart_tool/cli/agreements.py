"""`bart agreements`: lists what was agreed, makes and keeps it, and says what must be looked at."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import all_of, desk_to_complete, options, session_argument
from bart_tool.cli.verb import SessionVerbs, Verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bart_tool.workflow.open_session import OpenSession


Option = Callable[[Any], Any]
Completer = Callable[[click.Context, click.Parameter, str], list[str]]

# What may be typed -> what is kept.
TESTS = {"yes": "yes", "ja": "yes", "partly": "partly", "deels": "partly", "no": "no", "nee": "no"}


def today() -> date:
    """The day it is; a due date and a check are told by it."""
    return date.today()


def command(t: Words) -> click.Command:
    """The verb with its own verbs, speaking through `t`."""
    group = SessionVerbs(
        t,
        "agreements",
        default="list",
        help=t(
            "Example: bart agreements due demo\n\n"
            "List what was agreed, make it and change it, and see what must be looked at again. "
            "Without a command in front of the session everything is listed."
        ),
    )
    for add in (_list, _due, _topics, _add, _change, _kept, _remove, _page):
        add(group, t)
    return group


def _verb(
    group: SessionVerbs, t: Words, name: str, text: str, *parameters: Option
) -> Callable[[Callable[..., int]], None]:
    """Hang a function on `group` as the verb `name`, with its session, `parameters` and Front."""

    def hang(function: Callable[..., int]) -> None:
        taking = all_of(session_argument(t), *parameters, options(t))
        does = text.partition("\n\n")[2].partition(". ")[0].removesuffix(".")
        group.command(name, cls=Verb, help=text, short_help=does)(taking(function))

    return hang


def _list(group: SessionVerbs, t: Words) -> None:
    text = t("Example: bart agreements list demo\n\nList all that was agreed, by topic.")

    @_verb(group, t, "list", text)
    def listed(front: Front, session: str) -> int:
        from bart_tool.cli.agreement_list import listed

        return listed(front, front.opened(session), today(), only_due=False)


def _due(group: SessionVerbs, t: Words) -> None:
    text = t(
        "Example: bart agreements due demo\n\n"
        "List only what must be looked at again today. The longest overdue stands first."
    )

    @_verb(group, t, "due", text)
    def due(front: Front, session: str) -> int:
        from bart_tool.cli.agreement_list import listed

        return listed(front, front.opened(session), today(), only_due=True)


def _topics(group: SessionVerbs, t: Words) -> None:
    text = t("Example: bart agreements topics demo\n\nList what an agreement may be about.")

    @_verb(group, t, "topics", text)
    def topics(front: Front, session: str) -> int:
        from bart_tool.cli.agreement_list import topics

        return topics(front, front.opened(session))


def _page(group: SessionVerbs, t: Words) -> None:
    text = t(
        "Example: bart agreements page demo\n\nMake a page that may be public: Markdown and HTML."
    )

    @_verb(group, t, "page", text)
    def page(front: Front, session: str) -> int:
        from bart_tool.cli.agreement_list import page

        return page(front, front.opened(session))


def _add(group: SessionVerbs, t: Words) -> None:
    text = t(
        "Example: bart agreements add demo\n\n"
        "Make an agreement. What you do not give is asked, step by step."
    )
    topic = click.argument(
        "topic",
        required=False,
        default="",
        metavar=f"[{t('TOPIC')}]",
        shell_complete=_complete(_topic_keys),
    )

    @_verb(group, t, "add", text, topic, *_parts(t))
    def add(front: Front, session: str, topic: str, **asked: Any) -> int:
        from bart_tool.cli.agreement_actions import add
        from bart_tool.cli.agreement_fields import given, named_by_option

        parts = {"topic": topic, **given(t, asked)}
        opened = front.opened(session)
        with named_by_option(t):
            return add(front, opened, parts, today())


def _change(group: SessionVerbs, t: Words) -> None:
    text = t(
        "Example: bart agreements change demo a-1 --owner wijkmanager\n\n"
        "Change what you give of an agreement. An empty text takes a part out."
    )

    @_verb(group, t, "change", text, _id(), *_parts(t))
    def change(front: Front, session: str, name: str, **asked: Any) -> int:
        from bart_tool.cli.agreement_actions import change
        from bart_tool.cli.agreement_fields import given, named_by_option

        parts = given(t, asked)
        opened = front.opened(session)
        with named_by_option(t):
            return change(front, opened, name, parts, today())


def _kept(group: SessionVerbs, t: Words) -> None:
    text = t(
        "Example: bart agreements kept demo a-1 yes\n\nWrite down whether an agreement was kept."
    )
    note = click.option("--note", metavar=t("TEXT"), default="", help=t("What helped or hindered."))
    outcome = click.argument(
        "outcome",
        metavar=t("yes|partly|no"),
        type=click.Choice(list(TESTS)),
        callback=_tested,
    )

    @_verb(group, t, "kept", text, _id(), outcome, note, _check_on(t))
    def kept(
        front: Front, session: str, name: str, outcome: str, note: str, check_on: str | None
    ) -> int:
        from bart_tool.cli.agreement_actions import kept
        from bart_tool.cli.agreement_fields import named_by_option

        opened = front.opened(session)
        with named_by_option(t):
            return kept(front, opened, name, outcome, note, check_on, today())


def _remove(group: SessionVerbs, t: Words) -> None:
    text = t("Example: bart agreements remove demo a-1\n\nTake an agreement out.")
    yes = click.option("--yes", is_flag=True, help=t("Do not ask whether you are sure."))

    @_verb(group, t, "remove", text, _id(), yes)
    def remove(front: Front, session: str, name: str, yes: bool) -> int:
        from bart_tool.cli.agreement_actions import remove

        return remove(front, front.opened(session), name, yes)


def _id() -> Option:
    return click.argument("name", metavar="ID", shell_complete=_complete(_ids))


def _check_on(t: Words) -> Option:
    return click.option("--check-on", metavar="2027-06-30", help=t("On which day you look again."))


def _parts(t: Words) -> tuple[Option, ...]:
    """What an agreement is made of."""
    tests: dict[str, Any] = {"type": click.Choice(list(TESTS)), "callback": _tested}
    return (
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
            shell_complete=_complete(lambda opened: opened.session.kind_of),
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
            shell_complete=_complete(_owners),
            help=t("Which position sees to it."),
        ),
        _check_on(t),
        click.option("--specified", **tests, help=t("Is it clear who does what?")),
        click.option("--agreed", **tests, help=t("Was it talked through and agreed?")),
    )


def _tested(_context: click.Context, _parameter: click.Parameter, typed: str | None) -> str | None:
    return None if typed is None else TESTS[typed]


def _complete(read: "Callable[[OpenSession], Iterable[str]]") -> Completer:
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


def _ids(opened: "OpenSession") -> "Iterable[str]":
    return (each.id for each in opened.folder.agreements()[0].agreements)
