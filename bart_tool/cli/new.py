"""`bart new`: makes a session, from options or step by step."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import complete_set, flag, named_by_option, optional, verb
from bart_tool.cli.terminal import BACK, Back, ask_line, is_yes
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bart_tool.domain.formal_sources import KnownRule
    from bart_tool.domain.question_set import QuestionSet
    from bart_tool.domain.set_parts import PartyKind
    from bart_tool.workflow.dealing import Dealt
    from bart_tool.workflow.open_session import OpenSession
    from bart_tool.workflow.session_draft import SessionDraft


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart new voorbeeldwijk --party wijkraad=7 --party wijkmanager=1 "
        "--party cluster-stadsbeheer=2\n\n"
        "Make a session with codes for everybody. Without --party bart asks, step by step."
    )
    name = click.Argument(["name"], required=False, metavar=optional(t("SESSION")))
    return verb(t, "new", text, _new, name, *_options(t))


def _options(t: Words) -> "Iterator[click.Option]":
    """What a session is made of, each part an option."""
    yield click.Option(
        ["--set", "set_name"],
        default="wijk-kern",
        shell_complete=complete_set,
        help=t("The question set."),
    )
    party = t("A party and how many people it has. Once for each party.")
    yield _several("party", t("NAME=PEOPLE"), party, "parties")
    yield click.Option(
        ["--title"], default="", help=t("The wijk, team or organisation, as people call it.")
    )
    yield click.Option(
        ["--municipality"], default="", help=t("The municipality, to lay its wijken side by side.")
    )
    yield click.Option(
        ["-k"], type=click.IntRange(3, 50), default=3, help=t("Smallest group shown.")
    )
    yield click.Option(
        ["--keep-until"], metavar="2027-06-30", help=t("Raw answers are to be erased by then.")
    )
    yield flag("--pins", text=t("People answer on this computer: give everybody a PIN."))
    yield from _added(t)


def _several(name: str, metavar: str, text: str, called: str = "") -> click.Option:
    names = (f"--{name}", called or f"{name.replace('-', '_')}s")
    return click.Option(names, multiple=True, metavar=metavar, help=text)


def _added(t: Words) -> "Iterator[click.Option]":
    """What a session chooses of its set, or adds to it; each may be said more than once."""
    yield _several(
        "ask",
        t("ID"),
        t("Of the set's decisions, one to ask about in place of the usual ones. May be repeated."),
        "asked_decisions",
    )
    yield _several(
        "decision",
        t("ID=TEXT"),
        t("An own decision, added to those of the set. May be repeated."),
    )
    yield click.Option(
        ["--decisions", "decision_list"],
        metavar=t("FILE"),
        type=click.Path(path_type=Path),
        help=t("Own decisions from a list: a line each, or the first column of a table."),
    )
    yield _several(
        "label",
        t("NAME=TEXT"),
        t(
            "What a party is called, with its article. In the plural: “de partij "
            "bewonersgroepen”. May be repeated."
        ),
    )
    yield _several(
        "function",
        t("TEXT"),
        t("A function that people may choose for themselves. May be repeated."),
    )
    yield _several(
        "source",
        t("NAME"),
        t("A rule to lay beside the questions, known to bart or in a file. May be repeated."),
    )
    yield _several(
        "guess-about",
        t("PARTY"),
        t("Ask the others what they think this party fills in. May be repeated."),
        "guess_about",
    )
    yield _several(
        "guess-consent",
        t("PARTY"),
        t("This party is one person, who agreed that the others guess. May be repeated."),
        "guess_consent",
    )


def _new(front: Front, name: str | None, **asked: Any) -> int:
    draft = _draft(front, name or "", **asked)
    if not (draft.name and draft.parties):
        draft = _asked(front, draft)
    return _make(front, draft)


def _draft(
    front: Front,
    name: str,
    *,
    parties: "Sequence[str]",
    keep_until: str | None,
    decisions: "Sequence[str]",
    decision_list: Path | None,
    labels: "Sequence[str]",
    sources: "Sequence[str]",
    **as_given: Any,
) -> "SessionDraft":
    """What was said on the command line. Raises UsageError for what has another shape."""
    from bart_tool.workflow.session_draft import SessionDraft

    t = front.t
    draft = SessionDraft(
        name=name,
        language=front.language,
        parties=[_party(t, each) for each in parties],
        keep_until=_date(t, keep_until),
        labels=dict(_pair(t, "--label", each) for each in labels),
        rules=_rules(sources),
        **as_given,
    )
    if decision_list is not None:
        from bart_tool.store.plain_list import load

        draft = draft.with_decisions(load(decision_list))
    own = dict(_pair(t, "--decision", each) for each in decisions)
    return replace(draft, decisions={**draft.decisions, **own})


def _rules(names: "Sequence[str]") -> "dict[str, KnownRule]":
    """The rules of these names. Raises NotFound, and BadData for a file with mistakes."""
    if not names:
        return {}
    from bart_tool.store.rule_lists import picked

    return {name: rule for each in names for name, rule in picked(each).items()}


def _party(t: Words, typed: str) -> tuple[str, int]:
    from bart_tool.workflow.session_draft import number_in

    name, _, people = typed.partition("=")
    number = number_in(people, most=999_999)
    if not name or number is None:
        raise click.UsageError(
            t("--party needs a name and a number, like wijkraad=7, not “{said}”.", said=typed[:60])
        )
    return name, number


def _pair(t: Words, option: str, typed: str) -> tuple[str, str]:
    name, _, text = typed.partition("=")
    if not (name and text):
        raise click.UsageError(
            t("{option} needs a name and a text, like bench=Place a bench.", option=option)
        )
    return name, text


def _date(t: Words, typed: str | None) -> date | None:
    if not typed:
        return None
    from bart_tool.domain.days import day_in

    day = day_in(typed)
    if day is None:
        raise click.UsageError(t("Write the date as 2027-06-30."))
    return day


def _asked(front: Front, draft: "SessionDraft") -> "SessionDraft":
    """Ask for what `draft` misses, show it whole, and ask whether it is right."""
    if not front.may_ask:
        raise click.UsageError(
            front.t("Name the session and its parties, like: {example}", example=_EXAMPLE)
        )
    return front.walk((_title, _name, _set, _parties, _here, _confirm), draft)


_EXAMPLE = "bart new voorbeeldwijk --party wijkraad=7 --party wijkmanager=1"


def _title(front: Front, draft: "SessionDraft") -> "SessionDraft":
    return replace(
        draft, title=ask_line(front.t("Which wijk, team or organisation is it"), draft.title)
    )


def _name(front: Front, draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.workflow.prepare import free_name, must_be_free

    default = draft.name or free_name(front.store, draft.title)
    name = ask_line(front.t("Short name of the session, in small letters"), default)
    must_be_free(front.store, name)  # now: nobody likes to hear it after the last question
    return replace(draft, name=name)


def _set(front: Front, draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.wording.duration import told_at_most
    from bart_tool.workflow.prepare import shipped_sets, usable_set

    for name, found in shipped_sets().items():
        title = found.title.in_language(front.language)
        front.tell(f"  {name}: {title} ({told_at_most(found, front.t)})")
    name = ask_line(front.t("Which question set"), draft.set_name)
    usable_set(name)
    return replace(draft, set_name=name)


def _parties(front: Front, draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.workflow.prepare import usable_set

    question_set, _ = usable_set(draft.set_name)
    draft = replace(draft, parties=(), labels={})
    while not draft.parties:
        for kind, what in question_set.parties.items():
            if what.is_named:
                draft = _named(front, draft, kind, what)
            else:
                called = what.label.in_language(front.language)
                draft = draft.with_people(kind, _people(front, called))
        if not draft.parties:
            front.tell(front.t("At least one party must have people."))
    return draft


def _named(front: Front, draft: "SessionDraft", kind: str, what: "PartyKind") -> "SessionDraft":
    from bart_tool.workflow.session_draft import named_party

    question = front.t(
        "Name of a {party} (nothing when done)", party=what.label.in_language(front.language)
    )
    while answer := ask_line(question):
        name, label = named_party(kind, what, answer, front.language)
        if draft.people(name):
            there = front.t("{party} is there already. Type another name.", party=label)
            front.tell(there)
        else:
            draft = draft.with_people(name, _people(front, label), label)
    return draft


def _people(front: Front, called: str) -> int:
    from bart_tool.workflow.session_draft import number_in

    question = front.t("How many people in {party}", party=called)
    while (number := number_in(ask_line(question, "0"))) is None:
        front.tell(front.t("Type a number."))
    return number


def _here(front: Front, draft: "SessionDraft") -> "SessionDraft":
    t = front.t
    question = t("Do people answer on this computer? Then everybody gets a PIN (yes/no)")
    return replace(draft, pins=is_yes(ask_line(question, t("yes") if draft.pins else t("no"))))


def _confirm(front: Front, draft: "SessionDraft") -> "SessionDraft":
    from bart_tool.workflow.prepare import usable_set

    t = front.t
    front.tell("")
    front.tell(
        t(
            "Session {name}: {title}, set {set}",
            name=draft.name,
            title=draft.title or "-",
            set=draft.set_name,
        )
    )
    for party, people in draft.parties:
        front.tell(f"  {draft.labels.get(party, party)}: {people}")
        if hint := draft.too_few_ever(party, t):
            front.tell(f"    {hint}")
    question_set, _ = usable_set(draft.set_name)
    if not draft.problems(question_set):  # else making the session says what is wrong
        _tell_how_long(front, draft.whole(question_set), draft.kinds(question_set))
    if not is_yes(ask_line(t("Make it (yes or {back})", back=BACK), t("yes"))):
        raise Back
    return draft


def _tell_how_long(front: Front, asked: "QuestionSet", kinds: "Iterable[str]") -> None:
    from bart_tool.wording.duration import told_by_kind, warning

    front.tell(front.t("Filling in takes each person:"))
    for line in told_by_kind(asked, front.t, kinds):
        front.tell(f"  {line}")
    if warned := warning(asked, front.t, kinds):
        front.tell(warned)


def _make(front: Front, draft: "SessionDraft") -> int:
    from bart_tool.workflow.dealing import deal
    from bart_tool.workflow.prepare import new_session

    _tell_idle(front, draft)
    with named_by_option(lambda item: _OPTIONS.get(item.partition("/")[0], item)):
        opened = new_session(front.store, draft)
    dealt = deal(opened) if draft.pins else None
    pins = {card.code: card.pin for card in dealt.cards} if dealt else {}
    if front.as_json:
        front.say_json(
            {
                "session": opened.session.session,
                "phase": opened.session.phase,
                "folder": opened.folder.where(),
                "participants": [
                    {"code": code, "party": party, **({"pin": pins[code]} if pins else {})}
                    for code, party in opened.session.party_of.items()
                ],
            }
        )
        return 0
    _show(front, opened, draft, dealt)
    return 0


def _tell_idle(front: Front, draft: "SessionDraft") -> None:
    """Name the rules that were picked and are about nothing that is asked."""
    from bart_tool.workflow.prepare import usable_set

    if not draft.rules:
        return
    question_set, _ = usable_set(draft.set_name)
    if draft.problems(question_set):
        return
    asked = draft.whole(question_set)
    idle = [name for name, rule in draft.rules.items() if not rule.items(asked)]
    if idle:
        names = ", ".join(idle)
        front.tell(front.t("Beside no question that is asked: {names}.", names=names))


# Part of a session -> the option that gives it.
_OPTIONS = {
    "guess_about": "--guess-about",
    "guess_consent": "--guess-consent",
    "parties": "--party",
    "decisions": "--decision",
    "asked_decisions": "--ask",
    "keep_until": "--keep-until",
}


def _show(
    front: Front, opened: "OpenSession", draft: "SessionDraft", dealt: "Dealt | None"
) -> None:
    from bart_tool.cli.pins import tell
    from bart_tool.domain.session import party_label

    t, session = front.t, opened.session
    front.say(t("Session {name} is ready for answers.", name=session.session))
    front.say(t("It lies in {folder}", folder=opened.folder.where()))
    front.say()
    for party in session.parties:
        codes = [code for code, of in session.party_of.items() if of == party.id]
        named = party_label(opened.question_set, party, front.language)
        front.say(f"{named}: {', '.join(codes)}")
        if hint := draft.too_few_ever(party.id, t):
            front.say(f"  {hint}")
    _tell_how_long(front, opened.question_set, session.kind_of.values())
    front.say()
    if dealt:
        tell(front, dealt)
        front.say()
    front.say(t("Give everybody their own code. Keep who has which code to yourself."))
    front.say(t("Who has answered: bart status {name}", name=session.session))
