"""How much a question set asks of somebody, in words."""

from bart_tool.domain.question_set import QuestionSet
from bart_tool.wording.translation import Words
from bart_tool.workflow.read_through import questions_each


def how_long(question_set: QuestionSet, t: Words) -> str:
    """`34 questions, about 25 minutes`."""
    told = t.plural("{number} question", "{number} questions", questions_each(question_set))
    if not question_set.minutes:
        return told
    return t("{questions}, about {minutes} minutes", questions=told, minutes=question_set.minutes)
