"""`bart check`: everything that is wrong with a set, session or sheet, with line and remedy."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import complete_session, optional, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.check import Checked


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart check my-set.yaml\n\n"
        "Check a question set, a session or an answer sheet. Nothing is changed."
    )
    return verb(
        t,
        "check",
        text,
        _check,
        click.Argument(["files"], nargs=-1, metavar=optional(t("FILE …")), type=click.Path()),
        click.Option(
            ["--session"],
            metavar=t("SESSION"),
            shell_complete=complete_session,
            help=t(
                "The session that a sheet or CSV is for. Without files: check that session whole."
            ),
        ),
    )


def _check(front: Front, files: tuple[str, ...], session: str | None) -> int:
    from bart_tool.wording.duration import told_by_kind
    from bart_tool.workflow.check import checked, checked_sheets

    if not files and not session:
        raise click.UsageError(front.t("Name at least one file, or a session with --session."))
    opened = front.opened(session) if session else None
    whole = session if session and not files else None
    paths = [path for name in (*files, *([whole] if whole else [])) for path in _paths(front, name)]
    found = [checked(path, opened) for path in paths]
    if whole and opened is not None:
        found.append(checked_sheets(opened))
    if front.as_json:
        front.say_json([_as_json(front, each) for each in found])
    else:
        for each in found:
            for problem in each.problems:
                front.say(front.problem(problem))
            if not each.problems:
                front.say(front.t("{file}: nothing wrong.", file=each.file))
            if each.asked is not None:
                for line in told_by_kind(each.asked, front.t, each.kinds):
                    front.say(f"  {line}")
    return after(problem for each in found for problem in each.problems)


def _as_json(front: Front, found: "Checked") -> dict[str, object]:
    from bart_tool.domain.plain_json import picked

    names = ("code", "where.line", "where.row", "where.item", "severity")
    problems = [{**picked(each, *names), "text": front.problem(each)} for each in found.problems]
    return {**picked(found, "file", "kind"), "problems": problems}


def _paths(front: Front, name: str) -> tuple[Path, ...]:
    """A file, or what a session holds besides sheets by its name, or a set by its id."""
    from bart_tool.store.disk import on_disk, to_check_in
    from bart_tool.store.question_sets import find, set_ids
    from bart_tool.store.sessions import list_all

    path = Path(name)
    if not path.exists() and name in set_ids():
        return (find(name),)
    if not path.exists() and name in list_all(front.store):
        path = Path(on_disk(front.store).where(name))
    return to_check_in(path) if path.is_dir() else (path,)
