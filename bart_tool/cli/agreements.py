"""`bart agreements`: lists what was agreed, makes and keeps it, and says what must be looked at."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.shared import Front, after, desk_to_complete, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.i18n import Words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bart_tool.domain.agreement import Agreement
    from bart_tool.errors import Problem
    from bart_tool.report.naming import Naming
    from bart_tool.workflow.agree import Saved
    from bart_tool.workflow.desk import Desk

    Completer = Callable[[click.Context, click.Parameter, str], list[str]]

TESTS = {"yes": "yes", "ja": "yes", "partly": "partly", "deels": "partly", "no": "no", "nee": "no"}
DEEDS = ("due", "topics", "page", "add", "change", "kept", "remove")  # one a call
# What an agreement is made of, as its options are called.
FIELDS = (
    "sentence",
    "parties",
    "mandate",
    "mandate_words",
    "written_in",
    "owner",
    "check_on",
    "specified",
    "agreed",
)


def today() -> date:
    """The day it is: the only clock of the command line."""
    return date.today()


def command(cli: Words) -> click.Command:
    """The verb, speaking through `cli` and its own words."""
    t = words("agreements", cli.language)
    tests = click.Choice(list(TESTS))

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
    from bart_tool.cli.agreement_fields import by_option
    from bart_tool.errors import WrongUse

    deeds = [each for each in DEEDS if asked[each] not in (None, False)]
    t = _words(front)
    if len(deeds) > 1:
        both = ", ".join(f"--{each}" for each in deeds)
        raise click.UsageError(t("Choose one of these, not several: {both}.", both=both))
    deed = deeds[0] if deeds else "list"
    given = _given(t, asked)
    _must_belong(t, deed, given, asked)
    desk = front.desk(name)
    try:
        return _done(front, desk, deed, given, asked)
    except WrongUse as error:
        # Whoever typed an option knows a part of the agreement by that.
        raise WrongUse(error.code, tuple(map(by_option, error.problems)), **error.params) from error


def _done(
    front: Front, desk: "Desk", deed: str, given: dict[str, Any], asked: dict[str, Any]
) -> int:
    match deed:
        case "add":
            return _add(front, desk, {"topic": asked["add"], **given})
        case "change":
            return _change(front, desk, asked["change"], given)
        case "kept":
            return _kept(front, desk, asked["kept"], asked["note"], given.get("check_on"))
        case "remove":
            return _remove(front, desk, asked["remove"], asked["yes"])
        case "topics":
            return _topics(front, desk)
        case "page":
            return _page(front, desk)
    return _list(front, desk, only_due=deed == "due")


def _words(front: Front) -> Words:
    return words("agreements", front.language)


def _given(t: Words, asked: dict[str, Any]) -> dict[str, Any]:
    """The parts of an agreement that were given, as text; an empty one is taken out."""
    given = {key: asked[key] for key in FIELDS if asked[key] not in (None, ())}
    if "parties" in given:
        given["parties"] = [_assent(t, each) for each in given["parties"] if each]
    for key in ("specified", "agreed"):
        if key in given:
            given[key] = TESTS[given[key]]
    return given


def _assent(t: Words, said: str) -> dict[str, str]:
    party, _, condition = said.partition("=")
    if not party:
        raise click.UsageError(
            t("--party needs the name of a party, like wijkraad, not “{said}”.", said=said[:60])
        )
    return {"party": party, "condition": condition}


def _must_belong(t: Words, deed: str, given: dict[str, Any], asked: dict[str, Any]) -> None:
    """Nothing is passed over in silence: an option that says nothing here is named."""
    from bart_tool.cli.agreement_fields import option_of

    fitting = FIELDS if deed in ("add", "change") else ("check_on",) if deed == "kept" else ()
    strange = [key for key in given if key not in fitting]
    strange += ["note"] if asked["note"] and deed != "kept" else []
    strange += ["yes"] if asked["yes"] and deed != "remove" else []
    if strange:
        name = option_of(strange[0])
        raise click.UsageError(
            t(
                "{option} says nothing here. It goes with --add, --change, --kept or --remove.",
                option=name,
            )
        )


def _naming(front: Front, desk: "Desk") -> "Naming":
    from bart_tool.report.naming import Naming

    return Naming(desk.known, desk.session, front.language)


# Listing


def _list(front: Front, desk: "Desk", *, only_due: bool) -> int:
    from bart_tool.workflow import agree

    t, day = _words(front), today()
    whole = agree.agreements(desk)
    kept = whole.agreements
    due = {each.agreement.id: each.days for each in agree.due(desk, day)}
    shown = [each for each in kept if each.id in due] if only_due else list(kept)
    if only_due:
        shown.sort(key=lambda each: -due[each.id])
    if front.as_json:
        from bart_tool.report.machine import agreement as plain

        front.say_json(
            {
                "session": desk.session.session,
                "agreements": [{**plain(each), "days_late": due.get(each.id)} for each in shown],
            }
        )
    elif not kept:
        front.say(t("Nothing was agreed yet."))
        front.tell(t("Make an agreement: bart agreements {name} --add", name=desk.session.session))
    elif only_due:
        _say_due(front, desk, shown, due)
    else:
        _say_all(front, desk, shown, due)
    wrong = agree.misfits(desk, whole)
    _tell_misfits(front, wrong)
    return after(wrong)


def _tell_misfits(front: Front, problems: "Sequence[Problem]") -> None:
    t = _words(front)
    if problems:
        front.tell(t("This does not fit the session (any more):"))
        front.tell_problems(problems)


def _say_all(
    front: Front, desk: "Desk", agreements: "Sequence[Agreement]", due: dict[str, int]
) -> None:
    from bart_tool.report.agreement_texts import by_topic, topic

    t, names, name = _words(front), _naming(front, desk), desk.session.session
    for number, (about, group) in enumerate(by_topic(agreements).items()):
        if number:
            front.say()
        _say(front, topic(about, names))
        for each in group:
            for told in _told(each, names, due.get(each.id)):
                _say(front, f"  {told}")
    if due:
        front.say()
        front.say(
            t.plural(
                "{number} agreement must be looked at again: bart agreements {name} --due",
                "{number} agreements must be looked at again: bart agreements {name} --due",
                len(due),
                name=name,
            )
        )


def _told(agreement: "Agreement", names: "Naming", days: int | None) -> "Iterator[str]":
    """An agreement in lines: its sentence, and below it what is filled in or still open."""
    from bart_tool.report.agreement_texts import (
        agreement_words,
        checks,
        facts,
        late,
    )

    t = agreement_words(names)
    indent = " " * (len(agreement.id) + 2)
    yield f"{agreement.id}  {agreement.sentence}"
    still_open = []
    for called, text in facts(agreement, names):
        if not text:
            still_open.append(called)
        elif days is not None and called == t("Look again on"):
            yield f"{indent}{called}: {text} ({late(days, names)})"
        else:
            yield f"{indent}{called}: {text}"
    noted = list(checks(agreement, names))
    if noted:
        yield indent + t("Noted: {notes}", notes="; ".join(noted))
    if still_open:
        yield indent + t("Still open: {parts}", parts=", ".join(still_open))


def _say_due(
    front: Front, desk: "Desk", agreements: "Sequence[Agreement]", due: dict[str, int]
) -> None:
    from bart_tool.report.agreement_texts import late, position, topic

    t, names, name = _words(front), _naming(front, desk), desk.session.session
    if not agreements:
        front.say(t("Nothing must be looked at again today."))
        _say_next(front, desk, names)
        return
    for number, each in enumerate(agreements):
        if number:
            front.say()
        day = names.day(each.check_on) if each.check_on else ""
        owner = position(each.owner, names) if each.owner else t("nobody yet")
        width = len(each.id) + 2
        _say(front, f"{each.id}  {late(due[each.id], names)} ({day})")
        for told in (each.sentence, topic(each.topic, names), f"{t('Sees to it')}: {owner}"):
            _say(front, f"{'':{width}}{told}")
    front.tell("")
    front.tell(
        t(
            "Was it kept? Write it down: bart agreements {name} --kept {id}=yes (or partly, or no)",
            name=name,
            id=agreements[0].id,
        )
    )


def _say_next(front: Front, desk: "Desk", names: "Naming") -> None:
    from bart_tool.workflow import agree

    t = _words(front)
    coming = sorted(
        (each.check_on, each.id)
        for each in agree.agreements(desk).agreements
        if each.check_on is not None and each.check_on > today()
    )
    if coming:
        day, name = coming[0]
        front.say(t("The next is {id}, on {day}.", id=name, day=names.day(day)))


def _say(front: Front, text: str) -> None:
    """A line with somebody's words in it: a line end in them begins no line of ours."""
    from bart_tool.domain.free_text import harmless

    front.say(harmless(text, one_line=True))


def _topics(front: Front, desk: "Desk") -> int:
    from bart_tool.report.agreement_texts import topic
    from bart_tool.workflow.agree import topics

    names = _naming(front, desk)
    listed = [(key, topic(key, names)) for key in topics(desk)]
    if front.as_json:
        front.say_json(
            {
                "session": desk.session.session,
                "topics": [{"topic": key, "title": title} for key, title in listed],
            }
        )
        return 0
    from bart_tool.cli.shared import columns

    for told in columns(listed):
        _say(front, told)
    return 0


def _page(front: Front, desk: "Desk") -> int:
    from bart_tool.workflow.publish_agreements import publish_agreements

    paths = publish_agreements(desk, front.asked_language)
    if front.as_json:
        front.say_json({"session": desk.session.session, "files": [str(path) for path in paths]})
        return 0
    for path in paths:
        front.say(str(path))
    return 0


# Making and keeping


def _add(front: Front, desk: "Desk", given: dict[str, Any]) -> int:
    from bart_tool.cli.agreement_fields import draft
    from bart_tool.workflow import agree

    is_asked = not (given["topic"] and given.get("sentence"))
    if is_asked:
        given = _asked(front, desk, given)
    saved = agree.agree(desk, draft(given), today(), front.language)
    return _say_saved(front, saved, is_told=is_asked)


def _asked(front: Front, desk: "Desk", given: dict[str, Any]) -> dict[str, Any]:
    from bart_tool.cli.agreement_asked import ask
    from bart_tool.workflow.agree import must_be_closed

    t = _words(front)
    must_be_closed(desk)  # now: nobody likes to hear it after the last question
    if not front.may_ask:
        raise click.UsageError(t("Give a topic and a sentence, like: {example}", example=_EXAMPLE))
    return ask(front, desk, given, today())


_EXAMPLE = (
    "bart agreements demo --add decision/small-urgent-spend --sentence "
    '"De wijkmanager geeft tot 500 euro uit" --party wijkraad --owner wijkmanager '
    "--check-on 2027-06-30"
)


def _change(front: Front, desk: "Desk", name: str, given: dict[str, Any]) -> int:
    from bart_tool.cli.agreement_fields import changed
    from bart_tool.workflow import agree

    t = _words(front)
    if not given:
        raise click.UsageError(t("Say what is to change, for instance --owner wijkmanager."))
    before = agree.must_be_there(desk, name)
    saved = agree.change(desk, before, changed(before, given), today(), front.language)
    return _say_saved(front, saved)


def _say_saved(front: Front, saved: "Saved", *, is_told: bool = False) -> int:
    """What stands there now, and what is still to be asked about it if that was not told yet."""
    from bart_tool.i18n.messages import problem_sentence

    t, names = _words(front), _naming(front, saved.desk)
    asked = [(each.code, problem_sentence(each, front.language)) for each in saved.questions]
    if front.as_json:
        from bart_tool.report.machine import agreement as plain

        front.say_json(
            {
                "session": saved.desk.session.session,
                "agreement": plain(saved.agreement),
                "questions": [{"code": code, "text": text} for code, text in asked],
            }
        )
        return 0
    for told in _told(saved.agreement, names, None):
        _say(front, told)
    if asked and not is_told:
        front.tell("")
        front.tell(t("It is saved. Still to talk about:"))
        for _, text in asked:
            front.tell(f"  - {text}")
        front.tell(
            t(
                "Change it with: bart agreements {name} --change {id} …",
                name=saved.desk.session.session,
                id=saved.agreement.id,
            )
        )
    return 0


def _kept(front: Front, desk: "Desk", said: str, note: str, again_on: str | None) -> int:
    from bart_tool.cli.agreement_fields import day, one
    from bart_tool.domain.agreement import Check
    from bart_tool.workflow import agree

    t = _words(front)
    name, _, outcome = said.partition("=")
    kept = TESTS.get(outcome.strip().casefold())
    if not name or kept is None:
        raise click.UsageError(
            t(
                "--kept needs an agreement and yes, partly or no, like a-1=yes, not “{said}”.",
                said=said[:60],
            )
        )
    check = one(Check, {"on": today().isoformat(), "kept": kept, "note": note})
    again = day("check_on", again_on) if again_on else None
    return _say_saved(front, agree.record_check(desk, name, check, today(), again_on=again))


def _remove(front: Front, desk: "Desk", name: str, sure: bool) -> int:
    from bart_tool.domain.text import harmless
    from bart_tool.workflow import agree

    t = _words(front)
    gone = agree.must_be_there(desk, name)
    sentence = harmless(gone.sentence, one_line=True)
    question = t("Take out {id}: {sentence}", id=name, sentence=sentence)
    if not sure and not front.confirm(question):
        if not front.may_ask:
            raise click.UsageError(t("Nothing was taken out. Add --yes to take out {id}.", id=name))
        front.tell(t("Nothing was taken out."))
        return 0
    removed = agree.remove(desk, name)
    if front.as_json:
        from bart_tool.report.machine import agreement as plain

        front.say_json({"session": desk.session.session, "removed": plain(removed.agreement)})
        return 0
    front.say(t("{id} was taken out. This stood there:", id=name))
    for told in _told(removed.agreement, _naming(front, desk), None):
        _say(front, f"  {told}")
    return 0
