"""What was found, in sentences about positions: topics, items, patterns, expectations."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from bart_tool.domain.answer import NOBODY
from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    Code,
    CoverageFinding,
    Expectation,
    ExpectationCode,
    Findings,
    ItemFinding,
    PatternFinding,
    Position,
    StandingName,
    Topic,
)
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.wording.labels import (
    CODES,
    EXPECTATION_QUESTIONS,
    EXPECTATIONS_SEEN,
    PATTERN_QUESTIONS,
    PATTERNS,
    PATTERNS_SEEN,
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
        return _covered(covered, findings, names)
    return sentence_of(leading(topic, findings), names)


def _covered(covered: CoverageFinding, findings: Findings, names: Naming) -> str:
    """Who says of itself that it decides: the parties at a double claim, else that none does.

    Of a kind with several parties those are named that say so, or that have a position at all.
    """
    t, about = names.t, covering(covered, findings, names)
    own = [p for f in about for p in f.positions if p.kind == f.subject and p.median is not None]
    if covered.code is Code.DOUBLE_CLAIM:
        claims = names.question_set.claims_from(names.item(about[0].item).question) or 0
        claiming = [p.party for p in own if p.median is not None and p.median >= claims]
        return t(
            "{parties} {each} say: we decide here.",
            parties=upper_first(names.listed_parties(claiming)),
            each=each_of(len(claiming), names),
        )
    return t(
        "Of {parties} none says: we decide here.",
        parties=names.listed_parties([p.party for p in own]),
    )


def each_of(number: int, names: Naming) -> str:
    """`allebei`, `alle drie` or `elk`: that something holds of each of so many parties."""
    t = names.t
    return {2: t("both"), 3: t("all three")}.get(number, t("each"))


def sentence_of(finding: ItemFinding, names: Naming) -> str:
    """What was found on one item, as a sentence about the parties named in it.

    It stands on the item's code. Who is named: at a difference, and where something is shared,
    every party with a position; where many say nobody or do not know, the parties of which that
    is more than half (not-assigned) or at least half (unknown); at division, the divided ones.
    """
    t, item = names.t, names.item(finding.item)
    placed = [position.party for position in finding.positions if position.has_position]
    parties = upper_first(names.listed_parties(placed))
    the = names.text(names.question_set.named(item.subject).in_sentence) if item.subject else ""
    match finding.code:
        case Code.TOO_FEW:
            return t("Of fewer than two parties we can tell how they see this.")
        case Code.NOT_ASSIGNED:
            lost = [position.party for position in finding.positions if is_lost(position)]
            return t(
                "Of {parties} more than half say ‘nobody’ or ‘don't know’.",
                parties=names.listed_parties(lost),
            )
        case Code.UNKNOWN:
            unknown = names.listed_parties(_standing(finding, "unknown"))
            return t("Of {parties} at least half do not know this.", parties=unknown)
        case Code.DOUBLE_CLAIM | Code.PASSED_ON | Code.ONE_SIDED_CLAIM:
            return _pointing(finding, names)
        case Code.WIDE_GAP | Code.GAP if item.question.covers:
            return t(
                "{parties} do not see the same in what {subject} may do here.",
                parties=parties,
                subject=the,
            )
        case Code.WIDE_GAP | Code.GAP:
            return t("{parties} do not see this the same.", parties=parties)
        case Code.DIVIDED:
            divided = names.listed_parties(_standing(finding, "divided"))
            return t("Inside {parties} the answers lie apart.", parties=divided)
        case Code.NUANCE:
            return t("{parties} see this slightly differently.", parties=parties)
        case Code.INCOMPLETE:
            return t("We see no difference, but not of every party all is known.")
        case Code.SHARED:
            return t("{parties} see this the same.", parties=parties)
        case Code.UNCLAIMED | Code.CLAIMED | Code.JOINT | Code.OPEN | None:
            raise ValueError(f"{finding.item}: nothing is said of one item that is {finding.code}")
    assert_never(finding.code)


def _standing(finding: ItemFinding, standing: StandingName) -> list[str]:
    return [each.party for each in finding.positions if each.standing == standing]


def is_lost(position: Position) -> bool:
    """Whether more than half of a party's given answers are nobody or don't know."""
    if position.n is None:
        return position.standing == "unknown" or position.top == (NOBODY,)
    nobody = (position.counts or {}).get(NOBODY, 0)
    return 2 * (nobody + (position.dont_know or 0)) > position.n


def _pointing(finding: ItemFinding, names: Naming) -> str:
    """Who points at whom; it stands on double-claim, passed-on or one-sided-claim."""
    t = names.t
    placed = [position for position in finding.positions if position.has_position]
    claiming = [each for each in placed if each.top == (each.kind,)]
    parties = names.listed_parties([each.party for each in claiming or placed])
    if finding.code is Code.PASSED_ON:
        kinds = {each.kind for each in placed}
        one = next(each for each in placed if kinds.intersection(each.top))
        return t(
            "Of {parties} none names itself; {one} names {other}.",
            parties=parties,
            one=names.the(one.party),
            other=names.option(names.item(finding.item), one.top[0]),
        )
    if finding.code is Code.DOUBLE_CLAIM:
        each = each_of(len(claiming), names)
        return t("{parties} {each} name themselves.", parties=upper_first(parties), each=each)
    others = [each.party for each in placed if each.kind != claiming[0].kind]
    return t.plural(
        "{parties} names itself; {others} see that otherwise.",
        "{parties} name themselves; {others} see that otherwise.",
        len(claiming),
        parties=upper_first(parties),
        others=names.listed_parties(others),
    )


def question_for(topic: Topic, findings: Findings, names: Naming) -> str:
    """A question that opens the talk. It stands on the topic's code and its leading item."""
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
        the = names.text(names.question_set.named(finding.subject).in_sentence)
        return t("What may {subject} do here, and who may settle that?", subject=the)
    return t("What makes it look so different from each place?")


def leading(topic: Topic, findings: Findings) -> ItemFinding:
    """The item that shows the topic best: of its code, else the one with the largest distance."""
    about = [findings.by_key[key] for key in topic.items]
    same = [finding for finding in about if finding.code is topic.code]
    return max(same or about, key=lambda finding: finding.distance or 0.0)


def coverage_of(topic: Topic, findings: Findings) -> CoverageFinding | None:
    """Who covers the decision that a topic is about; None where it is about none."""
    return next((each for each in findings.coverage if each.topic == topic.key), None)


def unseen(kind: str, findings: Findings, names: Naming) -> str:
    """Why there is nothing to show of how `kind` sees itself."""
    of_kind = [party for party in findings.parties if names.kind(party.party) == kind]
    if not of_kind:
        return names.t("does not take part")
    if any(party.visibility != "position" for party in of_kind):
        return names.t("cannot be told")
    return names.t("no one picture of itself")


def shared_heading(findings: Findings, names: Naming) -> str:
    """The heading above shared ground; it names the parties, or says that it is all of them.

    An item is shared only where every party in view has a position, so it is all parties of the
    session when none is withheld, absent or never asked about any of these items.
    """
    parties = findings.parties
    shared = [findings.by_key[key] for key in findings.shared]
    is_all = all(
        {p.party for p in finding.positions} == {party.party for party in parties}
        for finding in shared
    )
    if shared and is_all:
        if len(parties) == 2:
            return names.t("What both parties see the same")
        return names.t("What all {number} parties see the same", number=len(parties))
    return names.t("What is seen the same")


def kept_before(kept: Mapping[str, int], names: Naming) -> str:
    """Which parties are shown at some questions as at an earlier closing, and why.

    `kept`: party -> at how many questions. It stands on there being one.
    """
    return names.t(
        "As at an earlier closing, at some questions: {parties}. Fewer than {k} people changed "
        "there since; the two side by side would show who said what.",
        parties=names.t.listed([names.party(party) for party in kept]),
        k=names.session.k,
    )


def common(finding: ItemFinding, names: Naming) -> str:
    """Where the parties with a position stand; it stands on an item with code shared."""
    item = names.item(finding.item)
    placed = [position for position in finding.positions if position.has_position]
    return " / ".join(dict.fromkeys(names.position(item, position) for position in placed))


def nothing_shared(findings: Findings, names: Naming) -> str:
    """Why there is no shared ground to name. It stands on no item with code shared."""
    if all(finding.code in (None, Code.TOO_FEW) for finding in findings.items):
        return names.t("There is nothing to compare yet.")
    return names.t("We found nothing that these parties see the same.")


def covering(
    covered: CoverageFinding, findings: Findings, names: Naming
) -> tuple[ItemFinding, ...]:
    """The items in which a decision is asked about, one a position."""
    return tuple(
        finding
        for finding in findings.items
        if finding.object == covered.decision and is_coverage(finding, names)
    )


def is_coverage(finding: ItemFinding, names: Naming) -> bool:
    """Whether an item asks who may decide."""
    return names.item(finding.item).question.covers is not None


def outcome(covered: CoverageFinding, names: Naming) -> str:
    """Who covers a decision. It stands on its code, its claimants and who contests them."""
    t = names.t
    parties = names.listed_parties(covered.claimed_by)
    match covered.code:
        case Code.DOUBLE_CLAIM | Code.JOINT if covered.claimed_by:
            who = upper_first(parties)
            if covered.code is Code.JOINT:
                return t("{parties} decide together", parties=who)
            return t("{parties} each say: we decide", parties=who)
        case Code.CLAIMED if covered.contested_by:
            return t(
                "{party} says: we decide; {others} see that otherwise",
                party=upper_first(parties),
                others=names.listed_parties(covered.contested_by),
            )
        case Code.CLAIMED:
            return t("{party} says: we decide", party=upper_first(parties))
    return label(CODES, covered.code, names.language)


def pattern_title(found: PatternFinding, names: Naming) -> str:
    """What a pattern is called, as a heading: it names no party."""
    return label(PATTERNS, found.pattern, names.language)


def pattern_question(found: PatternFinding, names: Naming) -> str:
    """The question that a pattern leaves to talk about; never a verdict."""
    return label(PATTERN_QUESTIONS, found.pattern, names.language)


def describe_pattern(found: PatternFinding, names: Naming) -> str:
    """What a pattern sees, with its position, roles or tasks, and where it shows.

    It stands on the pattern having been found: its items, and the options named in them.
    """
    subject = names.the(found.subject) if found.subject in names.question_set.parties else ""
    if not subject and found.subject:
        subject = names.text(names.question_set.named(found.subject).in_sentence)
    return label(
        PATTERNS_SEEN,
        found.pattern,
        names.language,
        subject=subject,
        options=names.t.listed(_options(found, names)),
        where=names.t.listed(_where(found, names)),
    )


def _options(found: PatternFinding, names: Naming) -> list[str]:
    items = [names.item(key) for key in found.items]
    texts = []
    for option in found.options:
        named = (names.option(item, option) for item in items)
        texts.append(next((text for text in named if text != option), option))
    return texts


def _where(found: PatternFinding, names: Naming) -> list[str]:
    items = [names.item(key) for key in found.items]
    return [
        names.object(item)[:1].lower() + names.object(item)[1:] for item in items if item.object
    ]


def by_urgency(findings: Findings) -> list[Expectation]:
    """The expectations as a reader meets them: the most misleading first."""
    order = tuple(ExpectationCode)
    return sorted(findings.expectations or (), key=lambda found: order.index(found.code))


def describe_expectation(found: Expectation, names: Naming) -> str:
    """What is expected, beside what is."""
    party, about = names.the(found.party), names.the(found.about)
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
    if not findings.shared:
        yield f"  {nothing_shared(findings, names)}"
