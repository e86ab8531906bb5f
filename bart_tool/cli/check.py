"""`bart check`: everything that is wrong with a set, session or sheet, with remedy."""

from pathlib import Path

import click

from bart_tool.cli.shared import Front, exit_code, options
from bart_tool.i18n import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "check",
        help=t(
            "Example: bart check my-set.yaml\n\n"
            "Check a question set, a session or an answer sheet. Nothing is changed."
        ),
    )
    @click.argument("files", nargs=-1, required=True, metavar=t("FILE …"), type=click.Path())
    @options(t)
    def check(front: Front, files: tuple[str, ...]) -> int:
        return _check(front, files)

    return check


def _check(front: Front, names: tuple[str, ...]) -> int:
    from bart_tool.errors import Severity
    from bart_tool.workflow.check import checked

    found = [checked(_path(front, name)) for name in names]
    problems = [problem for each in found for problem in each.problems]
    if front.as_json:
        front.say_json(
            [
                {
                    "file": each.file,
                    "kind": each.kind,
                    "problems": [
                        {
                            "code": problem.code,
                            "line": problem.where.line,
                            "item": problem.where.item,
                            "severity": problem.severity,
                            "text": front.problem(problem),
                        }
                        for problem in each.problems
                    ],
                }
                for each in found
            ]
        )
    else:
        for each in found:
            for problem in each.problems:
                front.say(front.problem(problem))
            if not each.problems:
                front.say(front.t("{file}: nothing wrong.", file=each.file))
    return exit_code(all(problem.severity is not Severity.ERROR for problem in problems))


def _path(front: Front, name: str) -> Path:
    """A file, or a session by its name, or a set by its id."""
    from bart_tool.store.question_sets import find, set_ids
    from bart_tool.store.sessions import SESSION_FILE, list_all

    path = Path(name)
    if path.is_dir():
        return path / SESSION_FILE
    if not path.exists() and name in set_ids():
        return find(name)
    if not path.exists() and name in list_all(front.root):
        return front.root / name / SESSION_FILE
    return path
