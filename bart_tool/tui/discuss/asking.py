"""What is asked of an agreement, one thing at a time; each gives the changed fields, saves nothing.

None means that somebody went back and nothing changes.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, get_args

from bart_tool.domain.agreement import (
    MAX_SENTENCE,
    AgreementDraft,
    Assent,
    MandateStatus,
    Test,
    Unagreed,
)
from bart_tool.domain.agreement_checks import offered_positions
from bart_tool.domain.days import day_in, months_on
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.tui.choose_or_type import ChooseOrType
from bart_tool.tui.dialogs import AskSentence, Choose, Several
from bart_tool.tui.discuss.screens import AtTable
from bart_tool.wording.agreements import formal_line
from bart_tool.wording.labels import TESTED, label
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import upper_first
from bart_tool.wording.translation import N_
from bart_tool.workflow import agree

Fields = Mapping[str, Any]
Ask = Callable[[AtTable[Any], AgreementDraft], Awaitable[Fields | None]]

MANDATES: dict[MandateStatus, str] = {
    "within": N_("Agreed within our own mandate"),
    "submitted": N_("Put to somebody who may decide it"),
    "fixed": N_("It is laid down already"),
    "parked": N_("Parked: not settled, but not forgotten"),
}
NONE = "none"
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
        asked = AskSentence(title, text, said, optional=optional)
        answer: str | None = await screen.bart.ask(asked)
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
        while condition and not any(sign.isalpha() for sign in condition):
            text = t("A condition is in words. {party} agrees if …", party=called[which])
            condition = await ask_words(screen, t("The condition"), text, condition)
        if condition is not None:
            conditions[which] = condition
    return {"parties": tuple(Assent(party=p, condition=c) for p, c in conditions.items())}


async def ask_done_by(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """Which positions carry it out."""
    t = screen.t
    text = t("Mark each position that must do something. Positions, no people.")
    asked = Several(t("Who carries it out?"), text, positions(screen), draft.done_by)
    said = await screen.bart.ask(asked)
    return None if said is None else {"done_by": said}


async def ask_unagreed(screen: AtTable[Any], draft: AgreementDraft) -> Fields:
    """What was said of each party that must act and did not agree; Esc leaves it open."""
    meeting, t = screen.meeting, screen.t
    known = {each.party: each for each in draft.unagreed}
    anew = draft.changed(unagreed=())
    for party, asked in agree.unagreed(meeting.opened, anew, screen.language):
        before = known[party].said if party in known else ""
        text = problem_sentence(asked, screen.language)
        said = await ask_words(screen, t("Must act, did not agree"), text, before)
        if said:
            known[party] = Unagreed(party=party, said=said)
        elif said is not None:
            known.pop(party, None)
    return {"unagreed": tuple(known.values())}


async def ask_mandate(screen: AtTable[Any], draft: AgreementDraft) -> Fields | None:
    """Within whose mandate it is; with to whom it is put, or where it stands already.

    Beside it stands who decides by the rules. Nothing is filled in until somebody says it.
    """
    t, meeting = screen.t, screen.meeting
    ways = [(NONE, t("Not said yet")), *((status, t(says)) for status, says in MANDATES.items())]
    text = formal_line(draft.topic, meeting.findings, meeting.names(screen.language))
    status = await screen.bart.ask(Choose(t("May you agree this yourselves?"), text, ways))
    if status is None:
        return None
    if status == NONE:
        return {"mandate": None, "mandate_words": ""}
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
    if status == "submitted":
        said = await _ask_to_whom(screen, title, text, before)
    else:
        said = await ask_words(screen, title, text, before)
    return None if said is None else {"mandate": status, "mandate_words": said}


async def _ask_to_whom(screen: AtTable[Any], title: str, text: str, before: str) -> str | None:
    """A position of the set, or one in own words; as it stands in a sentence."""
    names = screen.meeting.names(screen.language)
    while True:
        said = await screen.bart.ask(ChooseOrType(title, text, positions(screen), before))
        if said is None:
            return None
        before = said.typed or names.the(said.chosen)
        if len(before) <= MAX_WORDS:
            return before
        text = screen.t("That is too long: at most {most} characters.", most=MAX_WORDS)


def positions(screen: AtTable[Any]) -> list[tuple[str, str]]:
    """Every position that may do something or see to it, and what it is called."""
    meeting = screen.meeting
    names = meeting.names(screen.language)
    owners = offered_positions(meeting.opened.session, meeting.opened.known)
    return [(owner, upper_first(names.the(owner))) for owner in owners]


async def ask_owner(screen: AtTable[Any], _draft: AgreementDraft) -> Fields | None:
    """Which position sees to it."""
    t = screen.t
    said = await screen.bart.ask(
        Choose(
            t("Who sees to it?"),
            t("A position, not a person: people change, the agreement stays."),
            [*positions(screen), (NONE, t("Nobody yet"))],
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
    """A day to look again, typed or chosen: some are offered, none is taken by itself."""
    t, names = screen.t, screen.meeting.names(screen.language)
    today = screen.meeting.clocks.today()
    half, quarter = months_on(today, HALF_A_YEAR), months_on(today, A_QUARTER)
    answers = [
        ("half", t("In half a year: {day}", day=names.t.day(half))),
        ("quarter", t("In three months: {day}", day=names.t.day(quarter))),
        (NONE, t("No day")),
    ]
    text = t("Type a day, like 1 May 2027 or 1-5-2027, or choose with the arrows.")
    value = names.t.day(before) if before else ""
    while True:
        said = await screen.bart.ask(ChooseOrType(title, text, answers, value))
        if said is None:
            return None
        if said.chosen:
            return Day({"half": half, "quarter": quarter}.get(said.chosen))
        day = day_in(said.typed)
        if day is not None and day >= today:
            return Day(day)
        value = said.typed
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


# In the order in which a new agreement is asked: who agrees, who does it, who sees to it, within
# which mandate, when.
WALK: tuple[Ask, ...] = (ask_parties, ask_done_by, ask_owner, ask_mandate, ask_date)
