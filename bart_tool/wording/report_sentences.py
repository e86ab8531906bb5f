"""What the report says of a round as a whole: what to talk about, who counts, what is not known."""

from collections.abc import Iterable, Iterator, Sequence

from bart_tool.domain.base import Language
from bart_tool.domain.findings import (
    Code,
    Findings,
    ItemFinding,
    PartyFinding,
    Position,
    Topic,
)
from bart_tool.wording.coverage_sentences import coverage_of
from bart_tool.wording.finding_sentences import leading, no_differences
from bart_tool.wording.in_view import not_shown
from bart_tool.wording.labels import FLAGS, label
from bart_tool.wording.naming import Naming, lower_first, upper_first
from bart_tool.wording.notes import laid_down, seen_otherwise
from bart_tool.wording.rules import cited_together, still_to_check
from bart_tool.wording.translation import Words, words

_APART = (
    Code.DOUBLE_CLAIM,
    Code.PASSED_ON,
    Code.ONE_SIDED_CLAIM,
    Code.WIDE_GAP,
    Code.GAP,
)


def to_talk_about(findings: Findings, names: Naming) -> str:
    """How many topics there are to talk about, and at how many of them parties see it otherwise.

    Without a topic: why there is none. Parties see a topic otherwise where the topic or one of its
    items has a code by which two of them have a position, and these differ.
    """
    t, number = names.t, len(findings.page_one)
    if not number:
        return no_differences(findings, names)
    apart = sum(_is_apart(topic, findings) for topic in findings.page_one)
    talk = t.plural("Talk about {number} point", "Talk about {number} points", number)
    if not apart:
        return f"{talk}."
    if apart == number:
        return talk + t.plural("; you see it differently.", "; you see each differently.", number)
    return talk + t.plural(
        "; you see {number} of them differently.", "; you see {number} of them differently.", apart
    )


def _is_apart(topic: Topic, findings: Findings) -> bool:
    codes = (topic.code, *(findings.by_key[key].code for key in topic.items))
    return any(code in _APART for code in codes)


def to_begin_with(findings: Findings, names: Naming) -> str:
    """The first of several topics; empty where there is nothing to choose.

    What is seen of it stands below, in the first row: said twice it would be read once.
    """
    if len(findings.page_one) < 2:
        return ""
    first = findings.page_one[0]
    return lower_first(names.called(first.key, first.items))


def heading_of(number: int, topic: Topic, names: Naming) -> str:
    """What a topic is called above its part: `Punt 1: kleine, dringende uitgave`."""
    called = lower_first(names.called(topic.key, topic.items))
    return names.t("Point {number}: {topic}", number=number, topic=called)


def who_counts(findings: Findings, names: Naming) -> Iterator[str]:
    """Of how many people the answers count, a party at a time; of what is not shown only a number.

    `answered` are the people whose sheet is used. A party that is withheld stands in no number,
    nor does one of which nobody counts: that is said, once.
    Where somebody is missing it is said that there may be a reason: nobody is pointed at.
    """
    t = names.t
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    withheld = len(findings.parties) - len(shown)
    absent = [party.party for party in shown if party.in_view == "nobody"]
    counting = [party for party in shown if party.party not in absent]
    values = {
        "answered": sum(party.answered for party in counting),
        "invited": sum(party.invited for party in counting),
        "parties": ", ".join(
            t(
                "{party} {answered} of {invited}",
                party=names.party(party.party),
                answered=party.answered,
                invited=party.invited,
            )
            for party in counting
        ),
    }
    if counting:
        counted = (
            t(
                "Of these parties the answers of {answered} of {invited} people are in here: "
                "{parties}.",
                **values,
            )
            if withheld or absent
            else t(
                "The answers of {answered} of the {invited} people are in here: {parties}.",
                **values,
            )
        )
        yield " ".join((counted, *_somebody_is_missing(counting, t)))
    if absent:
        yield t("Of {parties} nobody's answers count.", parties=names.listed_parties(absent))
    if withheld:
        yield not_shown(findings.parties, names)
    thin = [party.party for party in counting if party.answered < party.invited / 2]
    if thin:
        yield t(
            "Of {parties} less than half answered. Read their picture as that of these people.",
            parties=names.listed_parties(thin),
        )


def _somebody_is_missing(counting: Iterable[PartyFinding], t: Words) -> Iterator[str]:
    if any(party.answered < party.invited for party in counting):
        yield t("Is somebody missing? There may be a good reason.")


def not_of_everybody(findings: Findings) -> list[ItemFinding]:
    """The items that are compared, of which some party in view has no position and no division.

    Empty where nothing is compared: then that is what there is to say.
    """
    compared = [finding for finding in findings.items if finding.code is not None]
    if all(finding.code is Code.TOO_FEW for finding in compared):
        return []
    without = {"unknown", "closed", "none"}
    return [f for f in compared if any(each.standing in without for each in f.positions)]


def divided_inside(findings: Findings) -> list[ItemFinding]:
    """The items on which some party is divided."""
    return [f for f in findings.items if any(p.standing == "divided" for p in f.positions)]


def formally(items: Iterable[str], findings: Findings, names: Naming) -> str:
    """What is laid down on a topic of these items, or who looks it up; empty where no rule is
    asked after.

    It stands on the sources that the facilitator entered or picked, and on what the parties say of
    who decides by the rules. A rule is asked after where an item of the topic asks what is laid
    down, or points at who does something.
    """
    about = [findings.by_key[key] for key in items]
    sourced = list(_sourced([each for each in about if each.item in names.session.sources], names))
    pointing = (each for each in about if each.tense == "formal" and each.compared == "pointing")
    said = [text for each in pointing if (text := _by_the_rules(each, names))]
    if sourced:
        return " ".join((*sourced, *map(upper_first, said)))
    if said:
        return f"{' '.join(said)} {names.t('Look up where it stands.')}"
    if any(each.tense == "formal" or each.compared == "pointing" for each in about):
        return names.t("nothing is filled in here yet. Where does it stand? Who looks it up?")
    return ""


def _by_the_rules(finding: ItemFinding, names: Naming) -> str:
    """Who has the last word by the rules, as the parties with a position say; empty without one."""
    placed = [position for position in finding.positions if position.has_position]
    item = names.item(finding.item)
    by_answer: dict[str, list[Position]] = {}
    for position in placed:
        by_answer.setdefault(names.position(item, position), []).append(position)
    said = [
        names.t.plural("{parties} says: {answer}", "{parties} say: {answer}", len(saying),
                       parties=names.speakers(saying), answer=answer)
        for answer, saying in by_answer.items()
    ]  # fmt: skip
    if not said:
        return ""
    if len(placed) > 2 and len(by_answer) == 1:
        said = [names.t("every party with a view says: {answer}", answer=next(iter(by_answer)))]
    asked = lower_first(names.question(item))
    return f"{asked}? {upper_first('; '.join(said))}."


def _sourced(found: Sequence[ItemFinding], names: Naming) -> Iterator[str]:
    """What the sources give as an answer, item by item; then the places of the others, once."""
    sources = names.session.sources
    for each in found:
        if what := laid_down(each, names):
            yield from _with_subject(each, what, names)
    others = [sources[each.item] for each in found if not laid_down(each, names)]
    if others:
        yield f"{cited_together(others)}."
    if told := still_to_check((sources[each.item] for each in found), names.t):
        yield told


def _with_subject(finding: ItemFinding, what: str, names: Naming) -> Iterator[str]:
    """What is laid down, where, and who sees it otherwise: `de wijkraad beslist, volgens …`."""
    subject, where = finding.subject, names.session.sources[finding.item].text.rstrip(".")
    about = f"{names.text(names.question_set.named(subject).in_sentence)}: " if subject else ""
    yield about + names.t("{what}, according to {source}.", what=what, source=where)
    yield from seen_otherwise(finding, names)


def if_it_tips(topic: Topic, findings: Findings, names: Naming) -> str:
    """That one answer makes the difference; it stands on `tips` of the item the sentence is about.

    Empty where the sentence is about who covers a decision: of that it is not computed.
    """
    covered = coverage_of(topic, findings)
    if covered is not None and covered.code is topic.code:
        return ""
    tips = "tips" in leading(topic, findings).flags
    return label(FLAGS, "tips", names.language, party="") if tips else ""


def titles(findings: Sequence[ItemFinding], names: Naming) -> str:
    """The items in a few words each, in a row."""
    return "; ".join(names.title(names.item(each.item)) for each in findings)


def earlier_method(files: Sequence[str], language: Language) -> str:
    """That a report by an earlier method is kept; it stands on there being one."""
    t = words(language)
    return t(
        "This report is made by a new method. The one by the earlier method is kept and stays as "
        "it is: {files}.",
        files=", ".join(files),
    )
