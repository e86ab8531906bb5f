"""What is asked of an agreement, one thing at a time; each gives the changed fields, saves nothing.

None means that somebody went back and nothing changes.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, get_args

from bart_tool.domain.agreement import MAX_SENTENCE, AgreementDraft, Assent, MandateStatus, Test
from bart_tool.domain.agreement_checks import possible_owners
from bart_tool.domain.days import day_in, months_on
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.tui.dialogs import AskLine, Choose, Several
from bart_tool.tui.discuss.screens import AtTable
from bart_tool.wording.labels import TESTED, label
from bart_tool.wording.naming import upper_first
from bart_tool.wording.translation import N_

Fields = Mapping[str, Any]
Ask = Callable[[AtTable[Any], AgreementDraft], Awaitable[Fields | None]]

MANDATES: dict[MandateStatus, str] = {
    "within": N_("Agreed within our own mandate"),
    "submitted": N_("Put to somebody who may decide it"),
    "fixed": N_("It is laid down already"),
    "parked": N_("Parked: not settled, but not forgotten"),
}
NONE, OTHER = "none", "other"
HALF_A_YEAR, A_QUARTER = 6, 3  # months


async def ask_sentence(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """The sentence itself."""
    t = screen.t
    text = t(
        "In one sentence: who does what from now on, and from when? Name positions, no people."
    )
    answer = await ask_line(screen, t("The agreement"), text, draft.sentence)
    return {"sentence": answer} if answer else None


async def ask_line(
    screen: AtTable[Any],
    title: str,
    text: str,
    said: str = "",
    *,
    most: int = MAX_SENTENCE,
    optional: bool = False,
) -> str | None:
    """A line of at most so many characters; a longer one comes back to be made shorter."""
    while True:
        answer: str | None = await screen.bart.ask(AskLine(title, text, said, optional=optional))
        if answer is None or len(answer) <= most:
            return answer
        said = answer
        text = screen.t("That is too long: at most {most} characters.", most=most)


async def ask_words(screen: AtTable[Any], title: str, text: str, said: str = "") -> str | None:
    """Words that may be left out; None when somebody goes back."""
    return await ask_line(screen, title, text, said, most=MAX_WORDS, optional=True)


async def ask_parties(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """Which parties agree, and on what condition."""
    t, names = screen.t, screen.meeting.names(screen.language)
    all_parties = [party.id for party in screen.meeting.opened.session.parties]
    conditions = {assent.party: assent.condition for assent in draft.parties}
    answers = [(party, upper_first(names.the(party))) for party in all_parties]
    marked = await screen.bart.ask(
        Several(t("Who agrees?"), t("Mark each party that agrees."), answers, conditions)
    )
    if marked is None:
        return None
    conditions = {party: conditions.get(party, "") for party in marked}
    while conditions:
        said = [(NONE, t("No, go on"))]
        called = {party: upper_first(names.the(party)) for party in conditions}
        said += [
            (party, f"{called[party]}: {condition}" if condition else names.the(party))
            for party, condition in conditions.items()
        ]
        which = await screen.bart.ask(
            Choose(t("Does anybody set a condition?"), t("Choose the party that sets it."), said)
        )
        if which in (None, NONE):
            break
        text = t("{party} agrees if …", party=called[which])
        condition = await ask_words(screen, t("The condition"), text, conditions[which])
        if condition is not None:
            conditions[which] = condition
    return {"parties": tuple(Assent(party=p, condition=c) for p, c in conditions.items())}


async def ask_mandate(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """Within whose mandate it is; with to whom it is put, or where it stands already."""
    t = screen.t
    ways = [(status, t(says)) for status, says in MANDATES.items()]
    status = await screen.bart.ask(Choose(t("May you agree this yourselves?"), "", ways))
    if status is None:
        return None
    return await mandate_words(screen, draft, status)


async def mandate_words(screen: AtTable[Any], draft: AgreementDraft, status: str) -> Fields | None:
    """The words that belong to a mandate status; `status` itself when it needs none."""
    t = screen.t
    asked = {
        "submitted": (t("Put to whom?"), t("Name the position that may decide it.")),
        "fixed": (t("Where is it laid down?"), t("For example: mandaatregeling 2024, article 3.")),
    }
    if status not in asked:
        return {"mandate": status, "mandate_words": ""}
    title, text = asked[status]
    before = draft.mandate_words if draft.mandate == status else ""
    said = await ask_words(screen, title, text, before)
    return None if said is None else {"mandate": status, "mandate_words": said}


async def ask_owner(screen: AtTable[Any], _draft: AgreementDraft) -> Fields | None:
    """Which position sees to it."""
    t, meeting = screen.t, screen.meeting
    names = meeting.names(screen.language)
    owners = possible_owners(meeting.opened.session, meeting.opened.known)
    answers = [(owner, upper_first(names.the(owner))) for owner in owners]
    said = await screen.bart.ask(
        Choose(
            t("Who sees to it?"),
            t("A position, not a person: people change, the agreement stays."),
            [*answers, (NONE, t("Nobody yet"))],
        )
    )
    return None if said is None else {"owner": None if said == NONE else said}


async def ask_date(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """When it is looked at again."""
    t = screen.t
    title = t("When do you look whether it was kept?")
    said = await ask_day(screen, title, draft.check_on)
    return None if said is None else {"check_on": said.day}


class Day:
    """A chosen day; None is no day at all."""

    def __init__(self, day: date | None) -> None:
        self.day = day


async def ask_day(screen: AtTable[Any], title: str, before: date | None) -> Day | None:
    """A day to look again: some are offered, none is taken by itself."""
    t, names = screen.t, screen.meeting.names(screen.language)
    today = screen.meeting.clocks.today()
    half, quarter = months_on(today, HALF_A_YEAR), months_on(today, A_QUARTER)
    answers = [
        ("half", t("In half a year: {day}", day=names.t.day(half))),
        ("quarter", t("In three months: {day}", day=names.t.day(quarter))),
        (OTHER, t("Another day")),
        (NONE, t("No day")),
    ]
    said = await screen.bart.ask(Choose(title, "", answers))
    if said is None:
        return None
    if said != OTHER:
        return Day({"half": half, "quarter": quarter}.get(said))
    text = t("For example 30-6-2027.")
    value = names.t.day(before) if before else ""
    while True:
        typed = await screen.bart.ask(AskLine(title, text, value))
        if typed is None:
            return None
        day = day_in(typed)
        if day is not None and day >= today:
            return Day(day)
        value = typed
        text = t("Type a day from today on, for example {day}.", day=names.t.day(half))


async def ask_where(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """Where it will be written down."""
    t = screen.t
    text = t("For example: in the wijkakkoord, or in the minutes of the wijk-MT.")
    said = await ask_words(screen, t("Where will it be written down?"), text, draft.written_in)
    return None if said is None else {"written_in": said}


async def ask_specified(screen: AtTable[Any], _draft: AgreementDraft) -> Fields | None:
    """The first test."""
    text = screen.t("Would somebody who was not here know what to do?")
    said = await ask_test(screen, screen.t("Specified?"), text)
    return None if said is None else {"specified": said}


async def ask_agreed(screen: AtTable[Any], _draft: AgreementDraft) -> Fields | None:
    """The second test."""
    text = screen.t("Did you talk it through, and does every party agree?")
    said = await ask_test(screen, screen.t("Agreed?"), text)
    return None if said is None else {"agreed": said}


async def ask_test(screen: AtTable[Any], title: str, text: str) -> Test | None:
    """Yes, partly or no."""
    answers = [(test, upper_first(label(TESTED, test, screen.language))) for test in get_args(Test)]
    said: Test | None = await screen.bart.ask(Choose(title, text, answers))
    return said


# In the order in which a new agreement is asked: who, within which mandate, who sees to it, when.
WALK: tuple[Ask, ...] = (ask_parties, ask_mandate, ask_owner, ask_date)
