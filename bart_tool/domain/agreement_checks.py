"""Whether an agreement fits its session, and what is still to be asked about it.

Nothing here quotes the sentence or a condition: they may hold what should not be read out.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date

from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.checks import topic_keys
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.errors import Problem, Severity, Where


def check_agreement(
    draft: AgreementDraft, session: Session, question_set: QuestionSet
) -> tuple[Problem, ...]:
    """What in `draft` cannot be: a topic, party or owner that is not there, or a code in a text.

    The place of a problem is the key it is about.
    """
    return tuple(_misfits(draft, session, question_set))


def open_questions(draft: AgreementDraft, vague: Collection[str] = ()) -> tuple[Problem, ...]:
    """What an agreement still lacks to be specified, agreed and kept. Never a refusal.

    `vague`: beginnings of words to which everybody nods, and each means something else by them.
    """
    return tuple(_open(draft, vague))


def is_past(draft: AgreementDraft, today: date) -> bool:
    """Whether the day to look at it again lies before `today`; never without such a day."""
    return draft.check_on is not None and draft.check_on < today


def possible_owners(session: Session, question_set: QuestionSet) -> tuple[str, ...]:
    """The ids of who may see to an agreement: parties, kinds of party and actors, each once."""
    return tuple(
        dict.fromkeys(
            (*(p.id for p in session.parties), *question_set.parties, *question_set.actors)
        )
    )


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
        yield _problem("agreement-unknown-topic", "topic", name=draft.topic)
    parties = [assent.party for assent in draft.parties]
    for party in dict.fromkeys(parties):
        if party not in session.kind_of:
            names = ", ".join(session.kind_of)
            yield _problem("agreement-unknown-party", "parties", name=party, names=names)
        elif parties.count(party) > 1:
            yield _problem("duplicate-party", "parties", name=party)
    owners = possible_owners(session, question_set)
    if draft.owner is not None and draft.owner not in owners:
        yield _problem(
            "agreement-unknown-owner", "owner", name=draft.owner, names=", ".join(owners)
        )
    for key, text in _texts(draft):
        if holds_a_code(text, session, question_set):
            yield _problem("agreement-holds-a-code", key)


def _texts(draft: AgreementDraft) -> Iterator[tuple[str, str]]:
    yield "sentence", draft.sentence
    yield "mandate_words", draft.mandate_words
    yield "written_in", draft.written_in
    for assent in draft.parties:
        yield "parties", assent.condition
    for check in draft.checks:
        yield "checks", check.note


def _open(draft: AgreementDraft, vague: Collection[str]) -> Iterator[Problem]:
    said = draft.sentence.casefold()
    for beginning in vague:
        found = re.search(rf"(?<!\w){re.escape(beginning)}\w*", said)
        if found:
            yield _note("agreement-vague", "sentence", word=found[0])
    if not draft.parties and draft.mandate != "parked":
        yield _note("agreement-without-parties", "parties")
    if not draft.mandate_words and draft.mandate == "submitted":
        yield _note("agreement-submitted-to-whom", "mandate_words")
    if not draft.mandate_words and draft.mandate == "fixed":
        yield _note("agreement-fixed-where", "mandate_words")
    if draft.owner is None:
        yield _note("agreement-without-owner", "owner")
    if draft.check_on is None:
        yield _note("agreement-without-date", "check_on")


def _problem(code: str, key: str, /, **params: str) -> Problem:
    return Problem(code, Where(item=key), params)


def _note(code: str, key: str, /, **params: str) -> Problem:
    return Problem(code, Where(item=key), params, Severity.NOTE)
