"""`bart agreements`: lists what was agreed, makes and keeps it, and says what must be looked at."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.options import completed, named_by_option, session_argument, sure_option, verb
from bart_tool.cli.verb import SessionVerbs
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bart_tool.cli.front import Front
    from bart_tool.workflow.open_session import OpenSession

# What may be typed -> what is kept, in the order of every question.
TESTS = {"no": "no", "nee": "no", "partly": "partly", "deels": "partly", "yes": "yes", "ja": "yes"}


def command(t: Words) -> click.Command:
    """The verb with its own verbs, all in the words of `t`."""
    text = t(
        "Example: bart agreements due demo\n\n"
        "List what was agreed, make it and change it, and see what must be looked at again. "
        "Without a command in front of the session everything is listed."
    )
    return SessionVerbs(
        t,
        "agreements",
        default="list",
        commands=[*_lists(t), *_writing(t), *_keeping(t)],
        help=text,
    )


def _one(t: Words, name: str, text: str, *parameters: click.Parameter) -> click.Command:
    return verb(t, name, text, _action(name), session_argument(t), *parameters)


def _lists(t: Words) -> "Iterator[click.Command]":
    one = partial(_one, t)
    yield _one(
        t, "list", t("Example: bart agreements list demo\n\nList all that was agreed, by topic.")
    )
    yield one(
        "due",
        t(
            "Example: bart agreements due demo\n\n"
            "List only what must be looked at again today. The longest overdue stands first. "
            "With --ics also as a calendar of all days to look again, to mail."
        ),
        click.Option(
            ["--ics"],
            metavar=t("FILE"),
            type=click.Path(path_type=Path, dir_okay=False),
            help=t("Write a calendar of every day on which you look again."),
        ),
    )
    yield one(
        "topics",
        t("Example: bart agreements topics demo\n\nList what an agreement may be about."),
    )


def _writing(t: Words) -> "Iterator[click.Command]":
    """What makes an agreement, and changes it."""
    one = partial(_one, t)
    yield one(
        "add",
        t(
            "Example: bart agreements add demo\n\n"
            "Make an agreement. What you do not give is asked, step by step."
        ),
        click.Argument(
            ["topic"],
            required=False,
            default="",
            metavar=f"[{t('TOPIC')}]",
            shell_complete=completed(_topic_keys),
        ),
        *_parts(t),
    )
    yield one(
        "change",
        t(
            "Example: bart agreements change demo a-1 --owner wijkmanager\n\n"
            "Change what you give of an agreement. An empty text takes a part out."
        ),
        _id(),
        *_parts(t),
    )


def _keeping(t: Words) -> "Iterator[click.Command]":
    """What becomes of an agreement later."""
    one = partial(_one, t)
    yield one(
        "kept",
        t(
            "Example: bart agreements kept demo a-1 yes\n\n"
            "Write down whether an agreement was kept."
        ),
        _id(),
        click.Argument(["outcome"], metavar=t("no|partly|yes"), **_TESTED),
        click.Option(["--note"], metavar=t("TEXT"), default="", help=t("What helped or hindered.")),
        _check_on(t),
    )
    yield one(
        "park",
        t(
            "Example: bart agreements park demo a-1 --owner wijkmanager\n\n"
            "Park an agreement or a topic. It is not settled, and not forgotten."
        ),
        click.Argument(["what"], metavar=t("ID|TOPIC"), shell_complete=completed(_parkable)),
        click.Option(["--sentence"], help=t("What must still be settled.")),
        _owner(t),
        _check_on(t),
    )
    yield one(
        "withdraw",
        t(
            'Example: bart agreements withdraw demo a-1 --why "..."\n\n'
            "Write down that an agreement does not hold any more. It stays in the list."
        ),
        _id(),
        click.Option(["--why"], metavar=t("TEXT"), default="", help=t("Why it does not hold.")),
        click.Option(["--undo"], is_flag=True, help=t("It does hold, after all.")),
    )
    yield one(
        "remove",
        t(
            "Example: bart agreements remove demo a-1\n\n"
            "Take out an agreement that was written down by mistake; nothing of it stays."
        ),
        _id(),
        sure_option(t),
    )
    yield one(
        "page",
        t(
            "Example: bart agreements page demo\n\n"
            "Make a page that may be public: Markdown and HTML."
        ),
    )


def _action(name: str) -> "Callable[..., int]":
    def act(front: "Front", session: str, **given: Any) -> int:
        from bart_tool.cli.agreement_actions import ACTIONS
        from bart_tool.cli.agreement_parts import option_of

        opened = front.opened(session)
        with named_by_option(lambda item: front.t("TOPIC") if item == "topic" else option_of(item)):
            return ACTIONS[name](front, opened, **given)

    return act


def _tested(_context: click.Context, _parameter: click.Parameter, typed: str | None) -> str | None:
    return None if typed is None else TESTS[typed]


_TESTED: dict[str, Any] = {"type": click.Choice(list(TESTS)), "callback": _tested}


def _id() -> click.Argument:
    return click.Argument(["name"], metavar="ID", shell_complete=completed(_ids))


def _check_on(t: Words) -> click.Option:
    return click.Option(
        ["--check-on"], metavar="2027-06-30", help=t("On which day you look again.")
    )


def _owner(t: Words) -> click.Option:
    return click.Option(
        ["--owner"],
        metavar=t("POSITION"),
        shell_complete=completed(_owners),
        help=t("Which position sees to it."),
    )


def _parts(t: Words) -> tuple[click.Option, ...]:
    """What an agreement is made of."""
    return (
        click.Option(["--sentence"], help=t("Who does what, and from when. Positions, no people.")),
        click.Option(
            ["--party", "parties"],
            multiple=True,
            metavar=t("PARTY[=CONDITION]"),
            shell_complete=completed(lambda opened: opened.session.kind_of),
            help=t("Who agrees, and on what condition. Once for each party."),
        ),
        click.Option(
            ["--mandate"],
            type=click.Choice(["within", "submitted", "fixed", "parked"]),
            help=t("Within our mandate, put to somebody, laid down already, or parked."),
        ),
        click.Option(["--mandate-words"], help=t("To whom it is put, or where it is laid down.")),
        click.Option(["--written-in"], help=t("Where it will be written down.")),
        click.Option(
            ["--done-by"],
            multiple=True,
            metavar=t("POSITION"),
            shell_complete=completed(_owners),
            help=t("Which position carries it out. Once for each position."),
        ),
        _owner(t),
        click.Option(
            ["--unagreed"],
            multiple=True,
            metavar=t("PARTY=TEXT"),
            shell_complete=completed(lambda opened: opened.session.kind_of),
            help=t("What was said of a party that must act and did not agree."),
        ),
        _check_on(t),
        click.Option(["--specified"], **_TESTED, help=t("Is it clear who does what?")),
        click.Option(["--agreed"], **_TESTED, help=t("Was it talked through and agreed?")),
    )


def _topic_keys(opened: "OpenSession") -> "Iterable[str]":
    from bart_tool.workflow.agree import topics

    return topics(opened)


def _parkable(opened: "OpenSession") -> "Iterable[str]":
    return (*_ids(opened), *_topic_keys(opened))


def _owners(opened: "OpenSession") -> "Iterable[str]":
    from bart_tool.domain.agreement_checks import possible_owners

    return possible_owners(opened.session, opened.known)


def _ids(opened: "OpenSession") -> "Iterable[str]":
    return (each.id for each in opened.folder.agreements()[0].agreements)
