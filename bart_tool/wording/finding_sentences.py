"""What was found, in sentences about positions: topics, items, patterns, expectations."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from bart_tool.domain.answer import NOBODY
from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    Code,
    Expectation,
    ExpectationCode,
    Findings,
    ItemFinding,
    Position,
    StandingName,
    Topic,
)
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.wording.coverage_sentences import coverage_of, each_of, who_decides
from bart_tool.wording.labels import (
    EXPECTATION_QUESTIONS,
    EXPECTATIONS_SEEN,
    label,
)
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import words


def title(session: Session, language: Language) -> str:
    """What the report of this round is called; the first round needs no number."""
    t, wijk = words(language), session.title or upper_first(session.session)
    if session.round > 1:
        return t("Who does what in {wijk}? Round {round}", wijk=wijk, round=session.round)
    return t("Who does what in {wijk}?", wijk=wijk)


def no_differences(findings: Findings, names: Naming) -> str:
    """Why the agenda is empty. It stands on an empty agenda: was anything compared or not?"""
    compared = [f for f in findings.items if f.code not in (None, Code.TOO_FEW)]
    if not compared:
        return names.t("There is nothing to compare yet.")
    return names.t("We found no large difference.")


def what_is_seen(topic: Topic, findings: Findings, names: Naming) -> str:
    """The topic's code as a sentence about positions.

    It stands on the topic's coverage where that has the code, else on its leading item.
    """
    covered = coverage_of(topic, findings)
    if covered is not None and covered.code is topic.code:
        return who_decides(covered, findings, names)
    return sentence_of(leading(topic, findings), names)


def sentence_of(finding: ItemFinding, names: Naming) -> str:
    """What was found on one item, as a sentence about the parties named in it.

    It stands on the item's code. Who is named: at a difference, and where something is shared,
    every party with a position, in one word where that is everybody; where many say nobody or do
    not know, the parties of which that is more than half (not-assigned) or at least half (unknown);
    at division, the divided ones.
    """
    t, item = names.t, names.item(finding.item)
    placed = [position for position in finding.positions if position.has_position]
    parties = upper_first(names.together(placed))
    match finding.code:
        case Code.TOO_FEW:
            return t("Of at most one party we can tell how it sees this.")
        case Code.NOT_ASSIGNED:
            lost = [position for position in finding.positions if is_lost(position)]
            return t(
                "Of {parties} more than half say ‘nobody’ or ‘don't know’.",
                parties=names.speakers(lost),
            )
        case Code.UNKNOWN:
            unknown = names.speakers(_standing(finding, "unknown"))
            return t("Of {parties} at least half do not know this.", parties=unknown)
        case Code.DOUBLE_CLAIM | Code.PASSED_ON | Code.ONE_SIDED_CLAIM:
            return _pointing(finding, names)
        case Code.WIDE_GAP | Code.GAP if item.question.covers:
            return t(
                "{parties} do not see the same in what {subject} may do here.",
                parties=parties,
                subject=names.about_whom(item.subject),
            )
        case Code.WIDE_GAP | Code.GAP:
            return t("{parties} do not see this the same.", parties=parties)
        case Code.DIVIDED:
            divided = names.speakers(_standing(finding, "divided"))
            return t("Inside {parties} the answers lie apart.", parties=divided)
        case Code.NUANCE:
            return t("{parties} do not see this quite the same.", parties=parties)
        case Code.INCOMPLETE:
            return t("We see no difference, but not of every party all is known.")
        case Code.SHARED:
            return t("{parties} see this the same.", parties=parties)
        case Code.UNCLAIMED | Code.CLAIMED | Code.JOINT | Code.OPEN | None:
            raise ValueError(f"{finding.item}: nothing is said of one item that is {finding.code}")
    assert_never(finding.code)


def _standing(finding: ItemFinding, standing: StandingName) -> list[Position]:
    return [each for each in finding.positions if each.standing == standing]


def is_lost(position: Position) -> bool:
    """Whether more than half of a party's given answers are nobody or don't know."""
    if position.n is None:
        return position.standing == "unknown" or position.top == (NOBODY,)
    nobody = (position.counts or {}).get(NOBODY, 0)
    return 2 * (nobody + (position.dont_know or 0)) > position.n


def _pointing(finding: ItemFinding, names: Naming) -> str:
    """Who points at whom; it stands on double-claim, passed-on or one-sided-claim.

    A party names what it has as its position. Named are the parties that name themselves; at
    passed-on every party with a position, and one that names another party.
    """
    t = names.t
    placed = [position for position in finding.positions if position.has_position]
    claiming = [each for each in placed if names.whom(each) == each.kind]
    if finding.code is Code.PASSED_ON:
        kinds = {each.kind for each in placed}
        one = next(each for each in placed if names.whom(each) in kinds)
        whom = {
            "one": names.speaker(one),
            "other": names.option(names.item(finding.item), one.top[0]),
        }
        if names.are_all(placed):
            return t(
                "None of the {number} parties names itself; {one} names {other}.",
                number=len(placed),
                **whom,
            )
        parties = upper_first(names.speakers(placed))
        return t("{parties} do not name themselves; {one} names {other}.", parties=parties, **whom)
    parties = upper_first(names.speakers(claiming))
    if finding.code is Code.DOUBLE_CLAIM:
        both = t(
            "{parties} {each} name themselves.",
            parties=parties,
            each=each_of(len(claiming), names),
        )
        return " ".join((both, *_through(claiming, finding, names)))
    others = [each for each in placed if each.kind != claiming[0].kind]
    otherwise = t.plural(
        "{others} answers otherwise.",
        "{others} answer otherwise.",
        len(others),
        others=upper_first(names.speakers(others)),
    )
    return f"{_themselves(claiming, finding, names)} {otherwise}"


def _themselves(claiming: Sequence[Position], finding: ItemFinding, names: Naming) -> str:
    """Who of one kind name themselves, and in whom they all do so, or some of them."""
    t, parties = names.t, upper_first(names.speakers(claiming))
    first = claiming[0].top
    if first != (claiming[0].kind,) and all(each.top == first for each in claiming):
        return t.plural(
            "{parties} names itself: {other}.",
            "{parties} name themselves: {other}.",
            len(claiming),
            parties=parties,
            other=names.option(names.item(finding.item), first[0]),
        )
    named = t.plural(
        "{parties} names itself.", "{parties} name themselves.", len(claiming), parties=parties
    )
    return " ".join((named, *_through(claiming, finding, names)))


def _through(claiming: Sequence[Position], finding: ItemFinding, names: Naming) -> Iterator[str]:
    """In whom they name themselves who name somebody within them: the account holder."""
    item = names.item(finding.item)
    for option in dict.fromkeys(each.top[0] for each in claiming if each.top != (each.kind,)):
        parties = [each for each in claiming if each.top == (option,)]
        yield names.t.plural(
            "{parties} names {other} here.",
            "{parties} name {other} here.",
            len(parties),
            parties=upper_first(names.speakers(parties)),
            other=names.option(item, option),
        )


def question_for(topic: Topic, findings: Findings, names: Naming) -> str:
    """A question that opens the talk. It stands on the topic's code and its leading item.

    Who may settle it comes after where it stands: see `look_up`.
    """
    t = names.t
    finding = leading(topic, findings)
    match topic.code:
        case Code.DOUBLE_CLAIM:
            return t("Who does this from now on, and what does the other do?")
        case Code.PASSED_ON:
            return t("Who takes this up from now on? Who may decide that?")
        case Code.NOT_ASSIGNED:
            return t("Who should this be? And who may decide that?")
        case Code.UNKNOWN:
            return t("What is needed to know this?")
        case Code.DIVIDED:
            return t("What makes it look so different within one party?")
        case Code.UNCLAIMED:
            return t("Who may take this decision?")
        case Code.ONE_SIDED_CLAIM:
            return t("What makes it look like this from there, and not from the other places?")
    if finding.subject in names.question_set.parties and names.item(finding.item).object:
        return t("What may {subject} do here?", subject=names.about_whom(finding.subject))
    return t("Why does it not look the same from every place?")


def leading(topic: Topic, findings: Findings) -> ItemFinding:
    """The item that shows the topic best: of its code, else the one with the largest distance."""
    about = [findings.by_key[key] for key in topic.items]
    same = [finding for finding in about if finding.code is topic.code]
    return max(same or about, key=lambda finding: finding.distance or 0.0)


def unseen(kind: str, findings: Findings, names: Naming) -> str:
    """Why there is nothing to show of how `kind` sees itself."""
    of_kind = [party for party in findings.parties if names.kind(party.party) == kind]
    if not of_kind:
        return names.t("does not take part")
    if any(party.visibility != "position" for party in of_kind):
        return names.t("cannot be told")
    return names.t("no one picture of itself")


def look_up(topic: Topic, findings: Findings, names: Naming) -> str:
    """Where a rule would stand that the talk must begin with; empty where none is asked after.

    It stands on an item of the topic asking what is laid down, without a source on any of them.
    """
    if not any(findings.by_key[key].tense == "formal" for key in topic.items):
        return ""
    if any(key in names.session.sources for key in topic.items):
        return ""
    return names.t("Where does this stand? Who looks it up? And who may settle it?")


def shared_heading(findings: Findings, names: Naming) -> str:
    """The heading above what page one names as shared: who sees it the same.

    An item is shared only where every party in view has a position. So it is all parties of the
    session when none is withheld, absent or not asked about one of these items; else they are
    named, where they are the same parties throughout.
    """
    shared = [findings.by_key[key] for key in findings.shared_list]
    together = {tuple(p.party for p in finding.positions) for finding in shared}
    if len(together) != 1:
        return names.t("What parties see the same")
    parties = together.pop()
    if set(parties) == {party.id for party in names.session.parties}:
        if len(parties) == 2:
            return names.t("What both parties see the same")
        return names.t("What all {number} parties see the same", number=len(parties))
    return names.t("What {parties} see the same", parties=names.listed_parties(parties))


def kept_before(parties: Iterable[str], names: Naming) -> str:
    """That these parties are shown at some questions as at an earlier closing, and why.

    It stands on there being one.
    """
    return names.t(
        "At some questions {parties} are shown as at an earlier closing. What they say now, beside "
        "what was shown then, could show what a few people said.",
        parties=names.listed_parties(list(parties)),
    )


def common(finding: ItemFinding, names: Naming) -> str:
    """Where the parties with a position stand; it stands on an item with code shared."""
    item = names.item(finding.item)
    placed = [position for position in finding.positions if position.has_position]
    return " / ".join(dict.fromkeys(names.position(item, position) for position in placed))


def nothing_shared(findings: Findings, names: Naming) -> str:
    """Why there is no shared ground to name. It stands on an empty `shared_list`.

    That names no item at which some people inside a party clearly see it otherwise.
    """
    if findings.shared:
        return names.t.plural(
            "At {number} question every party in view sees the same, but inside a party a part "
            "sees it otherwise.",
            "At {number} questions every party in view sees the same, but inside a party a part "
            "sees it otherwise.",
            len(findings.shared),
        )
    if all(finding.code in (None, Code.TOO_FEW) for finding in findings.items):
        return names.t("There is nothing to compare yet.")
    return names.t("We found no question at which every party in view sees the same.")


def by_urgency(findings: Findings) -> list[Expectation]:
    """The expectations as a reader meets them: the most misleading first."""
    order = tuple(ExpectationCode)
    return sorted(findings.expectations or (), key=lambda found: order.index(found.code))


def describe_expectation(found: Expectation, names: Naming) -> str:
    """What is expected, beside what is."""
    party, about = names.speaker(found.own), names.speaker(found.theirs)
    return upper_first(
        label(EXPECTATIONS_SEEN, found.code, names.language, party=party, about=about)
    )


def expectation_question(found: Expectation, names: Naming) -> str:
    """What there is to talk about; empty where the expectation is right."""
    if found.code not in (ExpectationCode.APPARENT_AGREEMENT, ExpectationCode.APPARENT_DIFFERENCE):
        return ""
    return label(EXPECTATION_QUESTIONS, found.code, names.language)


def three_positions(found: Expectation, names: Naming) -> tuple[str, str, str]:
    """What the party says itself, what it expects of the other, and what that one says."""
    t, item = names.t, names.item(found.item)
    party, about = names.the(found.party), names.the(found.about)
    own, guess, theirs = (
        names.said(item, position) for position in (found.own, found.guess, found.theirs)
    )
    return (
        t("{party} itself: {position}", party=party, position=own),
        t("expects of {about}: {position}", about=about, position=guess),
        t("{party} itself: {position}", party=about, position=theirs),
    )


def unprinted_remarks(found: Expectation, names: Naming) -> str:
    """How much was written with the guess that may not be printed; empty when nothing was."""
    if not found.remarks:
        return ""
    return names.t.plural(
        "{about}: {number} remark that may not be printed.",
        "{about}: {number} remarks that may not be printed.",
        found.remarks,
        about=upper_first(names.party(found.party)),
    )


def summary(
    findings: Findings, question_set: QuestionSet, session: Session, language: Language
) -> Iterator[str]:
    """Who took part, the first differences and what is shared, a line each."""
    names = Naming(question_set, session, language)
    t = names.t
    yield title(session, language)
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    yield ", ".join(
        t(
            "{party}: {answered} of {invited}",
            party=names.party(party.party),
            answered=party.answered,
            invited=party.invited,
        )
        for party in shown
    )
    yield ""
    yield t("The differences to talk about")
    for number, topic in enumerate(findings.page_one, start=1):
        seen = what_is_seen(topic, findings, names)
        yield f"  {number}. {names.topic(topic.key, topic.items)}: {seen}"
    if not findings.agenda:
        yield f"  {no_differences(findings, names)}"
    yield ""
    yield shared_heading(findings, names)
    for key in findings.shared_list:
        yield f"  - {names.title(names.item(key))}"
    if not findings.shared_list:
        yield f"  {nothing_shared(findings, names)}"
