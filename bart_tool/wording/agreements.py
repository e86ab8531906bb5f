"""Agreements in words: what is asked, doubted and told of them, on screen, page and terminal."""

from collections.abc import Iterable, Iterator

from bart_tool.analysis.agenda import topic_of
from bart_tool.domain.agreement import (
    Agreement,
    AgreementDraft,
    Asked,
    Assent,
    Check,
    FollowUp,
    Unagreed,
)
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.text import Text
from bart_tool.wording.duration import longest, told
from bart_tool.wording.labels import BOUNDARY_TESTS, TESTED, label, mandate
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.report_sentences import formally
from bart_tool.wording.translation import N_, Words, words

LONGEST_SHORT = 60  # of a sentence where a heading or a table names it

# What is asked of an agreement: in a few words, the question, and what a "no" means.
_TEXTS: dict[Asked, tuple[str, str, str]] = {
    "kept": (
        N_("Kept: {sentence}"),
        N_("Was this agreement kept? “{sentence}”"),
        N_("Think of the time since it was agreed."),
    ),
    "right": (
        N_("Still right: {sentence}"),
        N_("Is this agreement still right? “{sentence}”"),
        N_("No means: it should be agreed differently."),
    ),
}
_LEVELS = {"no": N_("No"), "partly": N_("Partly"), "yes": N_("Yes")}


def by_topic(agreements: Iterable[Agreement]) -> dict[str, list[Agreement]]:
    """The agreements by the topic they are about, in the order in which they were made."""
    grouped: dict[str, list[Agreement]] = {}
    for each in agreements:
        grouped.setdefault(each.topic, []).append(each)
    return grouped


def topic(key: str, names: Naming) -> str:
    """What a topic is called; a topic that is gone from the set keeps its key."""
    item = names.question_set.by_key.get(key)
    if item is not None:
        return upper_first(names.title(item))
    decision = key.partition("/")[2]
    for each in names.question_set.items:
        if each.object and each.object == decision:
            return upper_first(names.object(each))
    return key


def formal_line(key: str, findings: Findings, names: Naming) -> str:
    """Who decides the topic `key` by the rules, as the report says it; empty if none is asked of.

    It may tell what parties answered: it is for the table, never for the page of agreements.
    """
    by_key = names.question_set.by_key
    about = topic_of(by_key[key]) if key in by_key else key
    items = [each for each in findings.by_key if topic_of(by_key[each]) == about]
    laid_down = formally(items, findings, names)
    return names.t("Formally: ") + laid_down if laid_down else ""


def position(name: str, names: Naming) -> str:
    """A party or actor in a sentence; one that is gone from the session keeps its id."""
    try:
        return names.the(name)
    except KeyError:
        return name


def status(agreement: AgreementDraft, names: Naming) -> str:
    """Its mandate status: `voorgelegd aan de clusterdirecteur`; empty until somebody said it."""
    return mandate(agreement.mandate, agreement.mandate_words, names.language)


def assent(said: Assent, names: Naming) -> str:
    """Who agrees and on what condition: `de wijkraad (voorwaarde: …)`."""
    party = position(said.party, names)
    if not said.condition:
        return party
    t = names.t
    return t("{party} (condition: {condition})", party=party, condition=said.condition)


def doers(agreement: AgreementDraft, names: Naming) -> str:
    """Who carries it out; empty until somebody said it."""
    return "; ".join(position(each, names) for each in agreement.done_by)


def unagreed(said: Unagreed, names: Naming) -> str:
    """A party that must act and did not agree: `de wijkmanager (daarover gezegd: …)`."""
    party = position(said.party, names)
    return names.t("{party} (said of this: {said})", party=party, said=said.said)


def facts(agreement: AgreementDraft, names: Naming) -> Iterator[tuple[str, str]]:
    """What stands in an agreement beside its sentence: what it is called, and the words.

    The words are empty where nothing was filled in yet. What was noted when somebody looked back
    is in `checks`: it is for the parties, and a page of facts may be public.
    """
    t = names.t
    if agreement.withdrawn is not None:
        yield t("Withdrawn"), t("on {day}", day=t.day(agreement.withdrawn.on))
    yield t("Who agrees"), "; ".join(assent(each, names) for each in agreement.parties)
    yield t("Carried out by"), doers(agreement, names)
    if agreement.unagreed:
        said = (unagreed(each, names) for each in agreement.unagreed)
        yield t("Must act, did not agree"), "; ".join(said)
    yield t("Mandate"), status(agreement, names)
    yield t("Where it will be written"), agreement.written_in
    yield t("Sees to it"), position(agreement.owner, names) if agreement.owner else ""
    yield t("Look again on"), names.t.day(agreement.look_again) if agreement.look_again else ""
    for test, outcome in (("specified", agreement.specified), ("agreed", agreement.agreed)):
        yield test_name(test, names), tested(outcome, names)
    kept = (_looked_at(check, names) for check in agreement.checks)
    yield test_name("kept", names), "; ".join(kept)


def test_name(test: str, names: Naming) -> str:
    """What one of the three tests of a boundary is called."""
    return upper_first(label(BOUNDARY_TESTS, test, names.language))


def tested(outcome: str | None, names: Naming) -> str:
    """How a test came out: `deels`; empty when it was not done."""
    return label(TESTED, outcome, names.language) if outcome else ""


def checks(agreement: AgreementDraft, names: Naming) -> Iterator[str]:
    """What was noted when it was looked at again, or withdrawn: for the parties, not for everybody.

    `deels, op 2-4-2026: een keer te laat`.
    """
    for check in agreement.checks:
        if check.note:
            yield f"{_looked_at(check, names)}: {check.note}"
    withdrawn = agreement.withdrawn
    if withdrawn is not None and withdrawn.why:
        on = names.t("withdrawn on {day}", day=names.t.day(withdrawn.on))
        yield f"{on}: {withdrawn.why}"


def _looked_at(check: Check, names: Naming) -> str:
    t = names.t
    return t("{kept}, on {day}", kept=tested(check.kept, names), day=names.t.day(check.on))


def in_calendar(days: int, t: Words) -> str:
    """What a calendar file holds, and that it may be mailed."""
    return t.plural(
        "{number} agreement to look at again is in it. No answer is in it: it can be mailed.",
        "{number} agreements to look at again are in it. No answer is in it: it can be mailed.",
        days,
    )


def late(days: int, names: Naming) -> str:
    """How late it is: `12 dagen te laat`; with 0 it is today."""
    t = names.t
    return t.plural("{number} day late", "{number} days late", days) if days else t("today")


def question_texts(what: Asked, sentence: str) -> dict[str, Text]:
    """The texts of the question `what` about the agreement that reads `sentence`, by field."""
    short, text, more = _TEXTS[what]
    return {
        "short": _in_both(short, sentence=_shortened(sentence)),
        "text": _in_both(text, sentence=_plain(sentence)),
        "help": _in_both(more),
    }


def level_label(level: str) -> Text:
    """What a level of the scale kept-or-not is called."""
    return _in_both(_LEVELS[level])


def describe_follow_up(follow_up: FollowUp, language: Language) -> Iterator[str]:
    """What will be asked and how long that takes, in lines."""
    t = words(language)
    names = Naming(follow_up.question_set, follow_up.session, language)
    if follow_up.agreements:
        yield t("Of these agreements it is asked whether they are kept and still right:")
        yield from (f"  - {_plain(each.sentence)}" for each in follow_up.agreements)
    if follow_up.parked:
        yield t("Parked, so nobody is asked whether they are kept:")
        yield from (f"  - {_plain(each.sentence)}" for each in follow_up.parked)
    if follow_up.items:
        yield t("Asked once more, to see whether the pictures moved:")
        topics: dict[str, list[str]] = {}
        for item in follow_up.items:
            topics.setdefault(topic_of(item), []).append(item.key)
        for about, keys in topics.items():
            yield f"  - {names.topic(about, tuple(keys))}"
    length = longest(follow_up.question_set, language, follow_up.session.kind_of.values())
    yield t("A person is asked for {duration} at most.", duration=told(length, t))


def _shortened(sentence: str) -> str:
    """An agreement's sentence where there is little room: whole words, then `…`."""
    plain = _plain(sentence)
    if len(plain) <= LONGEST_SHORT:
        return plain
    cut = plain[: LONGEST_SHORT - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _plain(sentence: str) -> str:
    """On one line, and without what would stand for a name in a question (`{subject}`)."""
    return " ".join(sentence.translate({ord("{"): "(", ord("}"): ")"}).split())


def _in_both(text: str, **values: str) -> Text:
    said: dict[Language, str] = {each: words(each)(text, **values) for each in LANGUAGES}
    return Text(**said)
