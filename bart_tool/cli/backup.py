"""`bart backup`: a whole session in one file, with checksums."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import flag, session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.backup import BackedUp


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart backup demo\n\n"
        "Keep all of a session in one file, demo-backup.zip in the current folder. Nothing in "
        "the session changes, and a file that is there is never replaced. Put the session "
        "back with bart restore."
    )
    return verb(
        t,
        "backup",
        text,
        _backup,
        session_argument(t),
        click.Option(
            ["--to"],
            metavar=t("FILE"),
            type=click.Path(path_type=Path, dir_okay=False),
            help=t("Make this file instead."),
        ),
        flag(
            "--with-people",
            text=t("Also keep people.yaml, in which names stand. Without this it stays out."),
        ),
    )


def _backup(front: Front, session: str, to: Path | None, with_people: bool) -> int:
    from bart_tool.workflow.backup import back_up

    with front.busy():
        made = back_up(front.store, session, to, with_people=with_people)
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "file": str(made.path),
                "files": list(made.files),
                "people_left_out": made.people_left_out,
                "left_out": [problem.where.file for problem in made.left_out],
            }
        )
    else:
        _show(front, session, made)
    front.tell_problems(made.left_out, front.t("These files are not in it:"))
    return after(made.left_out)


def _show(front: Front, name: str, made: "BackedUp") -> None:
    from bart_tool.wording.safekeeping import in_backup, who_can_read_it

    t = front.t
    front.say_unbroken(str(made.path))
    for line in in_backup(len(made.files), name, made.unknown, t):
        front.say(line)
    if not made.left_out and not made.people_left_out:
        front.say(t("That is all of the session."))
    if made.people_left_out:
        front.say(
            t(
                "The names in people.yaml are not in it. Do you want them there too? bart backup "
                "{name} --with-people",
                name=name,
            )
        )
    front.say()
    for line in who_can_read_it(made.service, t):
        front.say(line)
    front.say(t("Put it back: bart restore {file}", file=shlex.quote(str(made.path))))
