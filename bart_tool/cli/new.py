"""`bart new`: makes a session, from options or step by step."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.shared import F, Front, all_of, complete_set, optional, options
from bart_tool.cli.verb import Verb
from bart_tool.errors import Problem, Where, WrongUse
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.prepare import Plan


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
        plan = _plan(front, session or "", **asked)
        if not (plan.name and plan.parties):
            plan = _asked(front, plan)
        return _make(front, plan)

    return new


def _plan(
    front: Front,
    name: str,
    *,
    parties: "Sequence[str]",
    keep_until: str | None,
    decisions: "Sequence[str]",
    labels: "Sequence[str]",
    **as_given: Any,
) -> "Plan":
    """What was said on the command line. Raises UsageError for what has another shape."""
    from bart_tool.workflow.prepare import Plan

    t = front.t
    return Plan(
        name=name,
        language=front.language,
        parties=[_party(t, each) for each in parties],
        keep_until=_date(t, keep_until),
        decisions=dict(_pair(t, "--decision", each) for each in decisions),
        labels=dict(_pair(t, "--label", each) for each in labels),
        **as_given,
    )


def _options(t: Words) -> "Callable[[F], F]":
    """What a plan is made of, each part an option."""
    return all_of(
        click.option(
            "--set",
            "set_name",
            default="wijk-kern",
            shell_complete=complete_set,
            help=t("The question set."),
        ),
        click.option(
            "--party",
            "parties",
            multiple=True,
            metavar=t("NAME=PEOPLE"),
            help=t("A party and how many people it has. Once for each party."),
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
        click.option(
            "--decision",
            "decisions",
            multiple=True,
            metavar=t("ID=TEXT"),
            help=t("An own decision, added to those of the set. May be repeated."),
        ),
        click.option(
            "--label",
            "labels",
            multiple=True,
            metavar=t("NAME=TEXT"),
            help=t("What a party is called, if not by its name. May be repeated."),
        ),
        click.option(
            "--function",
            "functions",
            multiple=True,
            metavar=t("TEXT"),
            help=t("A function that people may choose for themselves. May be repeated."),
        ),
        click.option(
            "--guess-about",
            "guess_about",
            multiple=True,
            metavar=t("PARTY"),
            help=t("Ask the others what they think this party fills in. May be repeated."),
        ),
        click.option(
            "--guess-consent",
            "guess_consent",
            multiple=True,
            metavar=t("PARTY"),
            help=t("This party is one person, who agreed that the others guess. May be repeated."),
        ),
    )


def _party(t: Words, said: str) -> tuple[str, int]:
    name, equals, people = said.partition("=")
    if not (name and equals and people.isascii() and people.isdigit() and len(people) <= 6):
        raise click.UsageError(
            t("--party needs a name and a number, like wijkraad=7, not “{said}”.", said=said[:60])
        )
    return name, int(people)


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
    from bart_tool.domain.days import day_in

    day = day_in(said)
    if day is None:
        raise click.UsageError(t("Write the date as 2027-06-30."))
    return day


def _asked(front: Front, plan: "Plan") -> "Plan":
    from bart_tool.cli.new_asked import ask

    if not front.may_ask:
        raise click.UsageError(
            front.t("Name the session and its parties, like: {example}", example=_EXAMPLE)
        )
    return ask(front, plan)


_EXAMPLE = "bart new voorbeeldwijk --party wijkraad=7 --party wijkmanager=1"


def _make(front: Front, plan: "Plan") -> int:
    from bart_tool.workflow.prepare import new_session

    try:
        opened = new_session(front.root, plan)
    except WrongUse as error:
        raise WrongUse(
            error.code, tuple(map(_by_option, error.problems)), **error.params
        ) from error
    if front.as_json:
        front.say_json(
            {
                "session": opened.session.session,
                "phase": opened.session.phase,
                "folder": str(opened.folder.path),
                "participants": [
                    {"code": each.code, "party": each.party} for each in opened.session.participants
                ],
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
    front.say(t("It lies in {folder}", folder=opened.folder.path))
    front.say()
    for party in session.parties:
        codes = [each.code for each in session.participants if each.party == party.id]
        named = party_label(opened.question_set, party, front.language)
        front.say(f"{named}: {', '.join(codes)}")
    front.say()
    front.say(t("Give everybody their own code. Keep who has which code to yourself."))
    front.say(t("Who has answered: bart status {name}", name=session.session))
