"""`bart new`: makes a session, from options or step by step."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import F, all_of, complete_set, optional, options
from bart_tool.cli.verb import Verb
from bart_tool.errors import Problem, Where, WrongUse
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.session_draft import SessionDraft


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "new",
        cls=Verb,
        help=t(
            "Example: bart new voorbeeldwijk --party wijkraad=7 --party wijkmanager=1 "
            "--party cluster-stadsbeheer=2\n\n"
            "Make a session with codes for everybody. Without --party bart asks, step by step."
        ),
    )
    @click.argument("session", required=False, metavar=optional(t("SESSION")))
    @_options(t)
    @options(t)
    def new(front: Front, session: str | None, **asked: Any) -> int:
        draft = _draft(front, session or "", **asked)
        if not (draft.name and draft.parties):
            draft = _asked(front, draft)
        return _make(front, draft)

    return new


def _draft(
    front: Front,
    name: str,
    *,
    parties: "Sequence[str]",
    keep_until: str | None,
    decisions: "Sequence[str]",
    labels: "Sequence[str]",
    **as_given: Any,
) -> "SessionDraft":
    """What was said on the command line. Raises UsageError for what has another shape."""
    from bart_tool.workflow.session_draft import SessionDraft

    t = front.t
    return SessionDraft(
        name=name,
        language=front.language,
        parties=[_party(t, each) for each in parties],
        keep_until=_date(t, keep_until),
        decisions=dict(_pair(t, "--decision", each) for each in decisions),
        labels=dict(_pair(t, "--label", each) for each in labels),
        **as_given,
    )


def _options(t: Words) -> "Callable[[F], F]":
    """What a session is made of, each part an option."""
    named, text, party = t("NAME=TEXT"), t("TEXT"), t("PARTY")
    return all_of(
        click.option(
            "--set",
            "set_name",
            default="wijk-kern",
            shell_complete=complete_set,
            help=t("The question set."),
        ),
        _several(
            "--party",
            t("NAME=PEOPLE"),
            t("A party and how many people it has. Once for each party."),
            "parties",
        ),
        click.option(
            "--title", default="", help=t("The wijk, team or organisation, as people call it.")
        ),
        click.option(
            "-k", "k", type=click.IntRange(2, 50), default=3, help=t("Smallest group shown.")
        ),
        click.option(
            "--keep-until", metavar="2027-06-30", help=t("Raw answers are to be erased by then.")
        ),
        _several(
            "--decision",
            t("ID=TEXT"),
            t("An own decision, added to those of the set. May be repeated."),
        ),
        _several(
            "--label", named, t("What a party is called, if not by its name. May be repeated.")
        ),
        _several(
            "--function",
            text,
            t("A function that people may choose for themselves. May be repeated."),
        ),
        _several(
            "--guess-about",
            party,
            t("Ask the others what they think this party fills in. May be repeated."),
            "guess_about",
        ),
        _several(
            "--guess-consent",
            party,
            t("This party is one person, who agreed that the others guess. May be repeated."),
            "guess_consent",
        ),
    )


def _several(option: str, metavar: str, help_text: str, name: str = "") -> "Callable[[F], F]":
    """An option that may be given more than once; `--label` fills `labels`."""
    name = name or f"{option.removeprefix('--')}s"
    return click.option(option, name, multiple=True, metavar=metavar, help=help_text)


def _party(t: Words, said: str) -> tuple[str, int]:
    from bart_tool.workflow.session_draft import number_in

    name, _, people = said.partition("=")
    number = number_in(people, most=999_999)
    if not name or number is None:
        raise click.UsageError(
            t("--party needs a name and a number, like wijkraad=7, not “{said}”.", said=said[:60])
        )
    return name, number


def _pair(t: Words, option: str, said: str) -> tuple[str, str]:
    name, _, text = said.partition("=")
    if not (name and text):
        raise click.UsageError(
            t("{option} needs a name and a text, like bench=Place a bench.", option=option)
        )
    return name, text


def _date(t: Words, said: str | None) -> date | None:
    if not said:
        return None
    from bart_tool.domain.agreement import day_in

    day = day_in(said)
    if day is None:
        raise click.UsageError(t("Write the date as 2027-06-30."))
    return day


def _asked(front: Front, draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.cli.new_asked import ask

    if not front.may_ask:
        raise click.UsageError(
            front.t("Name the session and its parties, like: {example}", example=_EXAMPLE)
        )
    return ask(front, draft)


_EXAMPLE = "bart new voorbeeldwijk --party wijkraad=7 --party wijkmanager=1"


def _make(front: Front, draft: "SessionDraft") -> int:
    from bart_tool.workflow.prepare import new_session

    try:
        opened = new_session(front.store, draft)
    except WrongUse as error:
        raise WrongUse(
            error.code, tuple(map(_by_option, error.problems)), **error.params
        ) from error
    if front.as_json:
        front.say_json(
            {
                "session": opened.session.session,
                "phase": opened.session.phase,
                "folder": opened.folder.where(),
                "participants": opened.session.participants,
            }
        )
        return 0
    _show(front, opened)
    return 0


# Part of a session -> the option that gives it.
_OPTIONS = {
    "guess_about": "--guess-about",
    "guess_consent": "--guess-consent",
    "parties": "--party",
    "decisions": "--decision",
}


def _by_option(problem: Problem) -> Problem:
    """The same problem, its place the option by which that part of the session was given."""
    item = problem.where.item
    where = Where(item=_OPTIONS.get(item.partition("/")[0], item))
    return Problem(problem.code, where, problem.params, problem.severity)


def _show(front: Front, opened: "OpenSession") -> None:
    from bart_tool.domain.session import party_label

    t, session = front.t, opened.session
    front.say(t("Session {name} is ready for answers.", name=session.session))
    front.say(t("It lies in {folder}", folder=opened.folder.where()))
    front.say()
    for party in session.parties:
        codes = [each.code for each in session.participants if each.party == party.id]
        named = party_label(opened.question_set, party, front.language)
        front.say(f"{named}: {', '.join(codes)}")
    front.say()
    front.say(t("Give everybody their own code. Keep who has which code to yourself."))
    front.say(t("Who has answered: bart status {name}", name=session.session))
