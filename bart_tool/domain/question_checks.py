"""Whether one question of a set agrees with the rest of the set, and how a problem is placed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import assert_never

from bart_tool.domain.question import (
    ChoiceQuestion,
    MultiQuestion,
    Question,
    ScaleQuestion,
    TextQuestion,
    WhoQuestion,
)
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import Problem, Severity, Where


def problem_at(code: str, path: str, /, **params: str) -> Problem:
    """A problem at `path`, a place in the set by ids."""
    return Problem(code, Where(item=path), params)


def duplicate_ids(path: str, ids: Iterable[str]) -> Iterator[Problem]:
    """The ids below `path` that were there before, each with its number."""
    seen: dict[str, int] = {}
    for each in ids:
        seen[each] = seen.get(each, 0) + 1
        if seen[each] > 1:
            yield problem_at("duplicate-id", f"{path}/{each}#{seen[each]}", name=each)


def unknown_names(
    code: str, path: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    """A problem `code` for each of the `names` below `path` that is not `known`."""
    for name in names:
        if name not in known:
            yield problem_at(code, f"{path}/{name}", name=name)


def options_path(question: Question, subject: str) -> str:
    """Where the options of `question` stand; of one subject where they differ by it."""
    return f"questions/{question.id}/options" + (f"/{subject}" if subject else "")


def _decisions(question_set: QuestionSet) -> Iterator[str]:
    """The topics that are decisions: `decision/<id>`."""
    for question in question_set.questions:
        if question.covers and question.objects:
            for decision in question_set.objects.get(question.objects, {}):
                yield f"{question.covers.topic}/{decision}"


def _topic_problems(
    question_set: QuestionSet, question: Question, things: Iterable[str]
) -> Iterator[Problem]:
    if not question.topic:
        return
    topics = {question.topic.replace("{object}", thing) for thing in things} or {question.topic}
    for topic in sorted(topics - set(_decisions(question_set))):
        yield problem_at("unknown-topic", f"questions/{question.id}/topic", name=topic)


def check_question(question_set: QuestionSet, question: Question) -> Iterator[Problem]:
    """What in `question` names a thing that `question_set` does not have."""
    path = f"questions/{question.id}"
    actors = question_set.parties.keys() | question_set.actors.keys()
    for code, key, names, known in (
        ("unknown-subject", "subjects", question.subjects, actors | question_set.subjects.keys()),
        ("unknown-party-kind", "asked_of", question.asked_of, question_set.parties.keys()),
    ):
        yield from unknown_names(code, f"{path}/{key}", names, known)
        yield from duplicate_ids(f"{path}/{key}", names)
    if question.objects is not None and question.objects not in question_set.objects:
        yield problem_at("unknown-object-list", f"{path}/objects", name=question.objects)
    things = question_set.objects.get(question.objects or "", {})
    yield from unknown_names("unknown-object", f"{path}/only", question.only, things)
    yield from _topic_problems(question_set, question, question.only or things)
    yield from _unless_problems(question_set, question, f"{path}/unless")
    if question.objects and question.compared == "level" and not question.table:
        yield Problem("missing-table-text", Where(item=f"{path}/table"), severity=Severity.NOTE)
    if not isinstance(question.tense, str):
        yield from _per_subject("tense", f"{path}/tense", question.tense, question.subjects)

    match question:
        case ChoiceQuestion() | MultiQuestion():
            yield from _option_problems(question_set, question)
        case WhoQuestion():
            yield from unknown_names("unknown-actor", f"{path}/actors", question.actors, actors)
            yield from duplicate_ids(f"{path}/actors", question.actors)
        case ScaleQuestion():
            yield from _scale_question_problems(question_set, question, path)
        case TextQuestion():
            pass
        case _:
            assert_never(question)


def _unless_problems(question_set: QuestionSet, question: Question, path: str) -> Iterator[Problem]:
    """Whether what leaves `question` out was asked before, about the same, with that answer."""
    if (unless := question.unless) is None:
        return
    other = question_set.question_by_id.get(unless.question)
    if other is None:
        yield problem_at("unless-unknown-question", f"{path}/question", name=unless.question)
        return
    order = list(question_set.question_by_id)
    if question.id not in order or order.index(other.id) >= order.index(question.id):
        yield problem_at("unless-not-before", f"{path}/question", name=other.id)
    same_subjects = set(question.subjects) <= set(other.subjects) and (
        bool(question.subjects) == bool(other.subjects)
    )
    if not same_subjects or question.objects != other.objects:
        yield problem_at("unless-other-items", f"{path}/question", name=other.id)
    if unless.value not in _values(question_set, other):
        yield problem_at("unless-unknown-value", f"{path}/value", name=unless.value, other=other.id)


def _values(question_set: QuestionSet, question: Question) -> frozenset[str]:
    """The levels or options of which one is an answer to `question`; also of a faulty set."""
    match question:
        case ScaleQuestion():
            scale = question_set.scale_of(question)
            return frozenset(scale.numbers if scale else ())
        case WhoQuestion():
            actors = question.actors or (*question_set.parties, *question_set.actors)
            return frozenset(actors)
        case ChoiceQuestion():
            lists = question_set.option_lists
            sources = question.option_sources.values()
            return frozenset(
                option.id
                for source in sources
                for option in (lists.get(source, ()) if isinstance(source, str) else source)
            )
        case MultiQuestion() | TextQuestion():
            return frozenset()
    assert_never(question)


def _per_subject(
    what: str, path: str, given: Mapping[str, object], subjects: Collection[str]
) -> Iterator[Problem]:
    """Whether a map that gives something per subject gives it for every subject, and no other."""
    yield from unknown_names(f"{what}-unknown-subject", path, given, subjects)
    for subject in subjects:
        if subject not in given:
            yield problem_at(f"{what}-missing-subject", path, name=subject)


def _option_problems(
    question_set: QuestionSet, question: ChoiceQuestion | MultiQuestion
) -> Iterator[Problem]:
    if isinstance(question.options, dict):
        path = options_path(question, "")
        yield from _per_subject("options", path, question.options, question.subjects)
    for subject, source in question.option_sources.items():
        if isinstance(source, str) and source not in question_set.option_lists:
            yield problem_at("unknown-option-list", options_path(question, subject), name=source)
            return
    known = {
        option.id
        for subject in question.option_sources
        for option in question_set.options(question, subject)
    }
    yield from unknown_names(
        "unknown-fixed-option", f"questions/{question.id}/fixed", question.fixed, known
    )


def _scale_question_problems(
    question_set: QuestionSet, question: ScaleQuestion, path: str
) -> Iterator[Problem]:
    scale = question_set.scale_of(question)
    if scale is None:
        yield problem_at("unknown-scale", f"{path}/scale", name=question.scale)
    coverage = question.coverage
    if coverage is None:
        return
    path = f"{path}/coverage"
    if scale is not None and coverage.claims_from not in scale.numbers:
        yield problem_at("unknown-coverage-level", f"{path}/claims_from", name=coverage.claims_from)
    if not question.objects or not question.subjects:
        yield problem_at("coverage-of-nothing", path)
    if coverage.topic in question_set.question_by_id:
        yield problem_at("coverage-topic-clash", f"{path}/topic", name=coverage.topic)
