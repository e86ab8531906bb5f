"""Recording an answer: a sheet and what is said, to a new sheet and what is wrong with it."""

from bart_tool.domain.answer import Answer, Sheet, SheetStatus
from bart_tool.domain.checks import check_answer
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import Problem, Severity, Where


def record(
    question_set: QuestionSet, sheet: Sheet, item: str, answer: Answer
) -> tuple[Sheet, tuple[Problem, ...]]:
    """The sheet with `answer` on `item`; unchanged when the answer does not fit."""
    if item not in question_set.by_key:
        return sheet, (Problem("unknown-item", Where(item=item), {"name": item}),)
    problems = check_answer(question_set, question_set.by_key[item], answer)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return sheet, problems
    return sheet.with_answer(item, answer), problems


def handed_in(sheet: Sheet) -> Sheet:
    """The sheet as its writer hands it in."""
    return sheet.model_copy(update={"status": SheetStatus.SUBMITTED})
