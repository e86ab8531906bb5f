"""Whether the patterns of a set are bound to what is there, compared as they need it."""

from collections.abc import Collection, Iterator

from bart_tool.domain.patterns import Binding, Ref, RoleWithoutTask
from bart_tool.domain.question import Compared, Question, types_compared
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import Problem, Where


def pattern_problems(question_set: QuestionSet) -> Iterator[Problem]:
    """Every binding to a question, option, level, object or subject that will not do.

    The place of a problem is `patterns/<pattern>/<field>`. A set without patterns has none.
    """
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
    if ref.compared is not None:
        yield from _question_problems(question_set, pattern, field, names[0], ref.compared)
        return
    question = question_set.question_by_id.get(getattr(binding, ref.of))
    if question is None or question.compared != _compared(binding, ref.of):
        return  # said at the field that names the question
    known = _parts(question_set, question, ref.part)
    for name in names:
        if name not in known:
            code = f"pattern-unknown-{ref.part}"
            yield _at(code, pattern, field, name=name, question=question.id)


def _question_problems(
    question_set: QuestionSet, pattern: str, field: str, name: str, compared: Compared
) -> Iterator[Problem]:
    question = question_set.question_by_id.get(name)
    if question is None:
        yield _at("pattern-unknown-question", pattern, field, name=name)
    elif question.compared != compared:
        given, wanted = question.type, ", ".join(types_compared(compared))
        yield _at("pattern-wrong-type", pattern, field, name=name, given=given, wanted=wanted)


def _compared(binding: Binding, field: str) -> Compared | None:
    metadata = type(binding).model_fields[field].metadata
    return next((ref.compared for ref in metadata if isinstance(ref, Ref)), None)


def _parts(question_set: QuestionSet, question: Question, part: str) -> Collection[str]:
    """The ids of what a question has of `part`; none when it has no such part."""
    if part == "object":
        return question_set.objects.get(question.objects or "", {}).keys()
    if part == "subject":
        return question.subjects
    if part == "level":
        scale = question_set.scale_of(question)
        return scale.numbers.keys() if scale else ()
    return _option_ids(question_set, question)


def _option_ids(question_set: QuestionSet, question: Question) -> frozenset[str]:
    """The ids of a question's options, for all its subjects together."""
    found: set[str] = set()
    for source in question.option_sources.values():
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
        if question is not None and question.compared in ("choice", "set"):
            known = _option_ids(question_set, question)
            for name in dict.fromkeys(names):
                if name not in known:
                    yield _at(
                        "pattern-unknown-option", pattern, "fits", name=name, question=question.id
                    )
