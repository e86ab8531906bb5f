"""Whether the patterns of a set are bound to what is there, of the type they need."""

from collections.abc import Collection, Iterator

from bart_tool.domain.patterns import Binding, Ref, RoleWithoutTask
from bart_tool.domain.question import ChoiceQuestion, MultiQuestion, Question, ScaleQuestion
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import Problem, Where


def pattern_problems(question_set: QuestionSet) -> Iterator[Problem]:
    """Every binding to a question, option, level, object or subject that will not do."""
    for pattern, binding in question_set.patterns.bound():
        for field, info in type(binding).model_fields.items():
            for ref in info.metadata:
                if isinstance(ref, Ref):
                    yield from _ref_problems(question_set, pattern, binding, field, ref)
        if isinstance(binding, RoleWithoutTask):
            yield from _fit_problems(question_set, pattern, binding)


def _at(code: str, pattern: str, field: str, **params: str) -> Problem:
    return Problem(
        code,
        Where(item=f"patterns/{pattern}/{field}"),
        {"pattern": pattern, "field": field, **params},
    )


def _ref_problems(
    question_set: QuestionSet, pattern: str, binding: Binding, field: str, ref: Ref
) -> Iterator[Problem]:
    value = getattr(binding, field)
    names: tuple[str, ...] = (value,) if isinstance(value, str) else value
    if ref.part == "question":
        yield from _question_problems(question_set, pattern, field, names[0], ref.types)
        return
    question = question_set.question_by_id.get(getattr(binding, ref.of))
    if question is None or question.type not in _types_of(binding, ref.of):
        return  # said at the field that names the question
    known = _parts(question_set, question, ref.part)
    for name in names:
        if name not in known:
            code = f"pattern-unknown-{ref.part}"
            yield _at(code, pattern, field, name=name, question=question.id)


def _question_problems(
    question_set: QuestionSet, pattern: str, field: str, name: str, types: tuple[str, ...]
) -> Iterator[Problem]:
    question = question_set.question_by_id.get(name)
    if question is None:
        yield _at("pattern-unknown-question", pattern, field, name=name)
    elif question.type not in types:
        given, wanted = question.type, ", ".join(types)
        yield _at("pattern-wrong-type", pattern, field, name=name, given=given, wanted=wanted)


def _types_of(binding: Binding, field: str) -> tuple[str, ...]:
    metadata = type(binding).model_fields[field].metadata
    return next((ref.types for ref in metadata if isinstance(ref, Ref)), ())


def _parts(question_set: QuestionSet, question: Question, part: str) -> Collection[str]:
    """The ids of what a question has of `part`; none when it is of another type."""
    if part == "object":
        return question_set.objects.get(question.objects or "", {}).keys()
    if part == "subject":
        return question.subjects
    if part == "level" and isinstance(question, ScaleQuestion):
        scale = question_set.scales.get(question.scale)
        return scale.numbers.keys() if scale else ()
    if part == "option" and isinstance(question, ChoiceQuestion | MultiQuestion):
        return _option_ids(question_set, question)
    return ()


def _option_ids(
    question_set: QuestionSet, question: ChoiceQuestion | MultiQuestion
) -> frozenset[str]:
    """The ids of a question's options, for all its subjects together."""
    given = question.options
    found: set[str] = set()
    for source in given.values() if isinstance(given, dict) else [given]:
        options = question_set.option_lists.get(source, ()) if isinstance(source, str) else source
        found.update(option.id for option in options)
    return frozenset(found)


def _fit_problems(
    question_set: QuestionSet, pattern: str, binding: RoleWithoutTask
) -> Iterator[Problem]:
    """Whether the tasks and roles that fit each other are options of the two questions."""
    task = question_set.question_by_id.get(binding.task)
    roles = question_set.question_by_id.get(binding.roles)
    for question, names in (
        (task, list(binding.fits)),
        (roles, [role for fitting in binding.fits.values() for role in fitting]),
    ):
        if isinstance(question, ChoiceQuestion | MultiQuestion):
            known = _option_ids(question_set, question)
            for name in dict.fromkeys(names):
                if name not in known:
                    yield _at(
                        "pattern-unknown-option", pattern, "fits", name=name, question=question.id
                    )
