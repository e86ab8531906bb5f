"""Whether an agreement fits its session, and what is still to be asked about it.

Nothing here quotes the sentence or a condition: they may hold what should not be read out.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.checks import topic_keys
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.errors import Problem, Severity, Where

Duty = Literal["do", "see-to"]


def check_agreement(
    draft: AgreementDraft, session: Session, question_set: QuestionSet
) -> tuple[Problem, ...]:
    """What in `draft` cannot be: a topic, party or owner that is not there, or a code in a text.

    The place of a problem is the key it is about.
    """
    return tuple(_misfits(draft, session, question_set))


def open_questions(draft: AgreementDraft, vague: Collection[str] = ()) -> tuple[Problem, ...]:
    """What an agreement still lacks to be specified, agreed and kept. Never a refusal.

    `vague`: words to which everybody nods, and each means something else by them; `…` in one
    stands for a few words between (`stemt … af`).
    """
    return tuple(_open(draft, vague))


def is_past(draft: AgreementDraft, today: date) -> bool:
    """Whether the day to look at it again lies before `today`; never without such a day."""
    return draft.check_on is not None and draft.check_on < today


def is_beyond_keeping(draft: AgreementDraft, session: Session) -> bool:
    """Whether it is looked at again on a day when the session's answers must have been erased."""
    until = session.keep_until
    return draft.check_on is not None and until is not None and draft.check_on > until


def possible_owners(session: Session, question_set: QuestionSet) -> tuple[str, ...]:
    """The ids of who may see to an agreement: parties, kinds of party and actors, each once."""
    return tuple(
        dict.fromkeys(
            (*(p.id for p in session.parties), *question_set.parties, *question_set.actors)
        )
    )


def acting_unagreed(draft: AgreementDraft, session: Session) -> tuple[tuple[str, Duty], ...]:
    """The parties that must do it or see to it and did not agree, each once, with what they must.

    Nothing as long as nobody agreed, or where it is not settled: then there is nothing to do yet.
    """
    if draft.standing != "agreed":
        return ()
    agreeing = {assent.party for assent in draft.parties}
    duties: list[tuple[str, Duty]] = [(each, "do") for each in draft.done_by]
    duties += [(draft.owner, "see-to")] if draft.owner is not None else []
    found: dict[str, Duty] = {}
    for position, duty in duties:
        for party, kind in session.kind_of.items():
            if position in (party, kind) and party not in agreeing:
                found.setdefault(party, duty)
    return tuple(found.items())


def offered_positions(session: Session, question_set: QuestionSet) -> tuple[str, ...]:
    """The possible owners among whom somebody chooses: no kind whose parties have their own ids,
    of which nobody could tell which party it is.
    """
    parties = set(session.kind_of)
    unclear = set(session.kind_of.values()) - parties
    owners = possible_owners(session, question_set)
    return tuple(each for each in owners if each not in unclear)


def holds_a_code(text: str, session: Session, question_set: QuestionSet) -> bool:
    """Whether `text` names a participant by code: one of now, or one that was erased."""
    prefixes = "|".join(re.escape(kind.prefix) for kind in question_set.parties.values())
    if re.search(rf"(?i)(?<![a-z0-9])(?:{prefixes})-[0-9]+(?![a-z0-9])", text):
        return True
    words = set(re.findall(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", text))
    return not words.isdisjoint(session.party_of)


def _misfits(
    draft: AgreementDraft, session: Session, question_set: QuestionSet
) -> Iterator[Problem]:
    if draft.topic not in topic_keys(question_set):
        about = {"name": draft.topic, "session": session.session}
        yield _problem("agreement-unknown-topic", "topic", **about)
    parties = [assent.party for assent in draft.parties]
    for each in draft.unagreed:
        if each.party not in session.kind_of:
            names = ", ".join(session.kind_of)
            yield _problem("agreement-unknown-party", "unagreed", name=each.party, names=names)
    for party in dict.fromkeys(parties):
        if party not in session.kind_of:
            names = ", ".join(session.kind_of)
            yield _problem("agreement-unknown-party", "parties", name=party, names=names)
        elif parties.count(party) > 1:
            yield _problem("duplicate-party", "parties", name=party)
    owners = possible_owners(session, question_set)
    named = [("done_by", each) for each in draft.done_by]
    named += [("owner", draft.owner)] if draft.owner is not None else []
    for key, name in named:
        if name not in owners:
            yield _problem("agreement-unknown-owner", key, name=name, names=", ".join(owners))
    for key, text in texts(draft):
        if holds_a_code(text, session, question_set):
            yield _problem("agreement-holds-a-code", key)


def texts(draft: AgreementDraft) -> Iterator[tuple[str, str]]:
    """What people wrote in it, each text with the key it is about."""
    yield "sentence", draft.sentence
    yield "mandate_words", draft.mandate_words
    yield "written_in", draft.written_in
    for assent in draft.parties:
        yield "parties", assent.condition
    for unagreed in draft.unagreed:
        yield "unagreed", unagreed.said
    for check in draft.checks:
        yield "checks", check.note
    if draft.withdrawn is not None:
        yield "withdrawn", draft.withdrawn.why


def _open(draft: AgreementDraft, vague: Collection[str]) -> Iterator[Problem]:
    for word in vague_in(draft.sentence, vague):
        yield _note("agreement-vague", "sentence", word=word)
    if not draft.parties and draft.mandate != "parked":
        yield _note("agreement-without-parties", "parties")
    if draft.mandate is None:
        yield _note("agreement-without-mandate", "mandate")
    if not draft.mandate_words and draft.mandate == "submitted":
        yield _note("agreement-submitted-to-whom", "mandate_words")
    if not draft.mandate_words and draft.mandate == "fixed":
        yield _note("agreement-fixed-where", "mandate_words")
    if draft.owner is None:
        yield _note("agreement-without-owner", "owner")
    if draft.check_on is None:
        yield _note("agreement-without-date", "check_on")


def vague_in(sentence: str, vague: Collection[str]) -> tuple[str, ...]:
    """The words of `vague` that stand in `sentence` as whole words, as they stand there.

    >>> vague_in("We stemmen dit met elkaar af, en beter.", ["beter", "stemmen … af", "eter"])
    ('beter', 'stemmen dit met elkaar af')
    """
    said = sentence.casefold()
    patterns = (
        re.escape(word).replace(r"\ …\ ", _BETWEEN).replace(r"\ ", r"\s+") for word in vague
    )
    found = (re.search(rf"(?<!\w){pattern}(?!\w)", said) for pattern in patterns)
    return tuple(dict.fromkeys(" ".join(each[0].split()) for each in found if each))


_BETWEEN = r"\s+(?:[\w-]+\s+){0,4}"  # a few words, and no sign between


def _problem(code: str, key: str, /, **params: str) -> Problem:
    return Problem(code, Where(item=key), params)


def _note(code: str, key: str, /, **params: str) -> Problem:
    return Problem(code, Where(item=key), params, Severity.NOTE)
