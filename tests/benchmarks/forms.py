"""Twenty forms of the core set, beside Jinja2 filling the same page alone.

`python tests/benchmarks/forms.py` prints own time, floor and ratio. The aim is a tenth of a second
for the twenty together.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bart_tool import forms
from bart_tool.domain.route import Route
from bart_tool.page_templates import templates_of
from bart_tool.store import question_sets
from bart_tool.workflow.answering.context import practice_context
from bart_tool.workflow.form_content import FormQuestions, content
from tests.benchmarks.sides import beside, show, timed

PEOPLE = 20


def main(rounds: int = 25) -> None:
    question_set, problems = question_sets.load("wijk-kern")
    assert question_set is not None, problems
    context = practice_context("wijk-kern", "wijkraad")
    made = content(context, FormQuestions(Route(question_set, "wijkraad"), "nl"))
    template = templates_of("bart_tool.forms").get_template("form.html.j2")
    policy = {"policy": "", "style": "", "script": "", "data": ""}

    def own() -> None:
        asked = FormQuestions(Route(question_set, "wijkraad"), "nl")
        for _ in range(PEOPLE):
            forms.render(content(context, asked))

    def floor() -> None:
        for _ in range(PEOPLE):
            template.render(made, **policy)

    show([beside("twenty forms", timed(own), timed(floor), rounds=rounds)])


if __name__ == "__main__":
    main()
