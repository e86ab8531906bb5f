"""Whether answers, sheets and sessions fit their question set. Nothing here quotes an answer."""

from collections.abc import Iterator, Mapping, Set

from bart_tool.domain.answer import CODES, DONT_KNOW, NOBODY, OTHER, PREFER_NOT, Answer
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.names import is_device_name
from bart_tool.domain.question import Compared, Question
from bart_tool.domain.question_checks import check_question
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.set_checks import check_texts, texts_of
from bart_tool.domain.set_parts import PartyKind
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Problem, Severity, Where


def check_answer(question_set: QuestionSet, item: Item, answer: Answer) -> tuple[Problem, ...]:
    """What is wrong with `answer` on `item`, for whoever gives it; empty when it will do.

    A warning, and no error, where *other* was chosen and no words were given.
    """
    problems = check_stored_answer(question_set, item, answer)
    if answer.value == OTHER and not answer.words.strip():
        where = Where(item=item.key)
        without = Problem("answer-other-without-words", where, severity=Severity.WARNING)
        return (*problems, without)
    return problems


def check_stored_answer(
    question_set: QuestionSet, item: Item, answer: Answer
) -> tuple[Problem, ...]:
    """What is wrong with an `answer` that somebody else gave; empty when it will do.

    Nothing is said by which the reader could tell one good answer from another.
    """
    value = answer.value
    is_one = item.question.answered == "one" and isinstance(value, str)
    if is_one and value in question_set.choosable[item.key]:  # nearly every answer
        problems = []
    else:
        problems = [
            Problem(code, Where(item=item.key), params)
            for code, params in _value_problems(question_set, item, answer)
        ]
    if answer.certainty is not None and not item.question.certainty:
        where = Where(item=item.key)
        problems.append(Problem("answer-certainty-not-asked", where, severity=Severity.NOTE))
    return tuple(problems)


def _value_problems(
    question_set: QuestionSet, item: Item, answer: Answer
) -> Iterator[tuple[str, dict[str, str]]]:
    question, value = item.question, answer.value
    if value in ("", DONT_KNOW, PREFER_NOT):
        if value == "":
            yield "answer-empty", {}
    elif isinstance(value, dict):
        if question.answered == "several":
            yield from _several_problems(question_set, item, value)
        else:
            yield "answer-is-a-list", {}
    elif question.answered == "several":
        yield "answer-not-a-list", {}
    elif question.answered == "words":
        if not value.strip():
            yield "answer-empty", {}
    elif value not in question_set.choosable[item.key] and value not in _codes(question):
        code = _NOT_THERE.get(question.compared, "answer-unknown-option")
        yield code, {"names": choices_in(question_set, item)}


def choices_in(question_set: QuestionSet, item: Item) -> str:
    """The ids of all that can be chosen, for who chose something else."""
    return ", ".join(each.id for each in question_set.options(item.question, item.subject))


_NOT_THERE: Mapping[Compared, str] = {
    "pointing": "answer-unknown-actor",
    "level": "answer-unknown-level",
}


def _several_problems(
    question_set: QuestionSet, item: Item, value: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    question = item.question
    if not value.keys() <= question_set.choosable[item.key]:
        yield "answer-unknown-option", {"names": choices_in(question_set, item)}
    if question.at_most is not None and len(value) > question.at_most:
        yield "answer-too-many", {"most": str(question.at_most)}
    if any(tag not in (*question.tagged, "unknown") for tag in value.values()):
        yield "answer-tag-not-asked", {}


def _codes(question: Question) -> Set[str]:
    """The codes that stand for an answer to it."""
    nobody, other = question.has_nobody, question.has_other
    return {code for code, fits in ((NOBODY, nobody), (OTHER, other)) if fits}


def check_sheet(question_set: QuestionSet, kind: str, sheet: Sheet) -> tuple[Problem, ...]:
    """What is wrong with the answers of `sheet`, written by somebody of a party of `kind`.

    The place of a problem is the item's key: one the set lacks, one that this kind is not asked, or
    one whose answer does not fit.
    """
    problems: list[Problem] = []
    for key, answer in sheet.answers.items():
        item = question_set.by_key.get(key)
        if item is None:
            problems.append(Problem("unknown-item", Where(item=key), {"name": key}))
        elif not question_set.asked_of(item, kind):
            problems.append(Problem("item-not-asked", Where(item=key)))
        else:
            problems.extend(check_stored_answer(question_set, item, answer))
    return tuple(problems)


def check_session(session: Session, question_set: QuestionSet) -> tuple[Problem, ...]:
    """What in `session` does not fit `question_set`, the set as its file says it.

    The place of a problem is a path in the session: `participants/#2`, `sources/<item>`.
    """
    return check_with_sets(session, question_set, *session.asked_and_known(question_set))


def check_with_sets(
    session: Session, question_set: QuestionSet, asked: QuestionSet, known: QuestionSet
) -> tuple[Problem, ...]:
    """As `check_session`, with what the session makes of the set (`Session.asked_and_known`)."""
    return (
        *_identity_problems(session, question_set),
        *_party_problems(session, asked),
        *_participant_problems(session),
        *_decision_problems(session, question_set),
        *_guess_problems(session, question_set),
        *_own_question_problems(session, question_set, known),
        *_item_problems(session, known),
    )


def _at(code: str, path: str, /, severity: Severity = Severity.ERROR, **params: str) -> Problem:
    return Problem(code, Where(item=path), params, severity)


def _identity_problems(session: Session, question_set: QuestionSet) -> Iterator[Problem]:
    if is_device_name(session.session):
        yield _at("device-name", "session", name=session.session)
    if session.question_set != question_set.id:
        yield _at(
            "session-other-set", "question_set", name=session.question_set, found=question_set.id
        )
    elif session.question_set_hash != question_set.hash:
        yield _at("session-set-changed", "question_set_hash", name=question_set.id)


def _party_problems(session: Session, question_set: QuestionSet) -> Iterator[Problem]:
    seen: set[str] = set()
    taken = question_set.actors.keys() | question_set.subjects.keys() | CODES | {OTHERS}
    for number, party in enumerate(session.parties):
        path = f"parties/#{number}"
        kind = question_set.parties.get(party.kind)
        if kind is None:
            yield _at("unknown-party-kind", path, name=party.kind)
        elif not _is_called_after(party.id, party.kind, kind):
            yield _at("party-name-off-kind", path, name=party.id, kind=party.kind)
        if party.id in taken:
            yield _at("party-name-taken", path, name=party.id)
        if party.id in seen:
            yield _at("duplicate-party", path, name=party.id)
        elif not session.invited(party.id):
            yield _at("party-without-people", path, Severity.WARNING, name=party.id)
        seen.add(party.id)
    if not session.parties:
        yield _at("session-without-parties", "parties")


def _is_called_after(party: str, kind: str, what: PartyKind) -> bool:
    return party == kind or (what.many and party.startswith(f"{kind}-"))


def kind_of_party(question_set: QuestionSet, party: str) -> str:
    """The kind that a party called `party` is of, by its name; "" when it is of none."""
    fitting = (
        kind for kind, what in question_set.parties.items() if _is_called_after(party, kind, what)
    )
    return max(fitting, key=len, default="")


def _participant_problems(session: Session) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, participant in enumerate(session.participants):
        path = f"participants/#{number}"
        if participant.code in seen:
            yield _at("duplicate-code", path, name=participant.code)
        if participant.code in session.erased:
            yield _at("participant-erased-and-invited", path, name=participant.code)
        if is_device_name(participant.code):
            yield _at("device-name", path, name=participant.code)
        if participant.party not in session.kind_of:
            yield _at("unknown-party", path, name=participant.party)
        seen.add(participant.code)


def _decision_problems(session: Session, question_set: QuestionSet) -> Iterator[Problem]:
    lists = question_set.covered
    known = {thing for name in lists for thing in question_set.objects[name]}
    for decision in session.asked_decisions:
        if decision not in known:
            yield _at("unknown-object", f"asked_decisions/{decision}", name=decision)
    for decision in session.decisions:
        path = f"decisions/{decision}"
        if not lists:
            yield _at("decisions-not-asked", path, name=decision)
        if decision in known:
            yield _at("decision-in-set", path, name=decision)


def _own_question_problems(
    session: Session, question_set: QuestionSet, known: QuestionSet
) -> Iterator[Problem]:
    taken = {question.id for question in question_set.questions}
    for number, question in enumerate(session.questions):
        path = f"questions/#{number}"
        if question.id in taken:
            yield _at("duplicate-id", path, name=question.id)
        taken.add(question.id)
        wrong = (*check_question(known, question), *check_texts(texts_of(question)))
        for problem in wrong:
            yield Problem(problem.code, Where(item=path), problem.params, problem.severity)
    for name, scale in session.scales.items():
        path = f"scales/{name}"
        if name in question_set.scales:
            yield _at("duplicate-id", path, name=name)
        if len(scale.levels) < 2:
            yield _at("scale-without-levels", path, name=name)
    for number, key in enumerate(session.asked or ()):
        if key not in known.by_key:
            yield _at("unknown-item", f"asked/#{number}", name=key)
    if session.asked == () and not session.questions:
        yield _at("no-questions", "asked")


def _guess_problems(session: Session, question_set: QuestionSet) -> Iterator[Problem]:
    kinds = set(session.kind_of.values())
    alone = {party.kind for party in session.parties if session.invited(party.id) == 1}
    if session.guess_about and question_set.coorientation is None:
        yield _at("guess-not-in-set", "guess_about", name=question_set.id)
        return
    for number, kind in enumerate(session.guess_about):
        path = f"guess_about/#{number}"
        if kind not in kinds:
            yield _at("guess-unknown-kind", path, name=kind, names=", ".join(sorted(kinds)))
        elif kind in alone and kind not in session.guess_consent:
            yield _at("guess-needs-consent", path, name=kind)
    for number, kind in enumerate(session.guess_consent):
        if kind not in session.guess_about:
            yield _at("guess-consent-unused", f"guess_consent/#{number}", name=kind)


def topic_keys(question_set: QuestionSet) -> frozenset[str]:
    """What one may talk about: every item, and every decision as `<topic>/<decision>`."""
    decisions = {
        f"{question.covers.topic}/{thing}"
        for question in question_set.questions
        if question.covers and question.objects
        for thing in question_set.objects[question.objects]
    }
    return frozenset(decisions | question_set.by_key.keys())


def _item_problems(session: Session, question_set: QuestionSet) -> Iterator[Problem]:
    topics = topic_keys(question_set)
    for number, starred in enumerate(session.starred):
        if starred not in topics:
            yield _at("unknown-item", f"starred/#{number}", name=starred)
    for key, source in session.sources.items():
        item = question_set.by_key.get(key)
        if item is None:
            yield _at("unknown-item", f"sources/{key}", name=key)
        elif not _source_fits(question_set, item, source.value):
            yield _at("unknown-source-value", f"sources/{key}")


def _source_fits(question_set: QuestionSet, item: Item, value: str | tuple[str, ...]) -> bool:
    values = {value} if isinstance(value, str) else set(value)
    return values <= {"", NOBODY} | question_set.choosable[item.key]
