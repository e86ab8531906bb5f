"""`bart backup`: a whole session in one file, with checksums."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.backup import BackedUp


def command(t: Words) -> click.Command:
    """The verb."""

    @click.command(
        "backup",
        cls=Verb,
        help=t(
            "Example: bart backup demo\n\n"
            "Keep all of a session in one file, demo-backup.zip in the current folder. Nothing in "
            "the session changes, and a file that is there is never replaced. Put the session "
            "back with bart restore."
        ),
    )
    @session_argument(t)
    @click.option(
        "--to",
        metavar=t("FILE"),
        type=click.Path(path_type=Path, dir_okay=False),
        help=t("Make this file instead."),
    )
    @click.option(
        "--with-people",
        is_flag=True,
        help=t("Also keep people.yaml, in which names stand. Without this it stays out."),
    )
    @options(t)
    def backup(front: Front, session: str, to: Path | None, with_people: bool) -> int:
        return _backup(front, t, session, to, with_people=with_people)

    return backup


def _backup(front: Front, t: Words, name: str, to: Path | None, *, with_people: bool) -> int:
    from bart_tool.workflow.backup import back_up

    with front.busy():
        made = back_up(front.store, name, to, with_people=with_people)
    if front.as_json:
        front.say_json(
            {
                "session": name,
                "file": str(made.path),
                "files": list(made.files),
                "people_left_out": made.people_left_out,
                "left_out": [problem.where.file for problem in made.left_out],
            }
        )
    else:
        _show(front, t, name, made)
    if made.left_out:
        front.tell(t("These files are not in it:"))
        front.tell_problems(made.left_out)
    return after(made.left_out)


def _show(front: Front, t: Words, name: str, made: "BackedUp") -> None:
    from bart_tool.store.synced import service_of

    front.say(str(made.path))
    front.say(
        t.plural(
            "{number} file of session {name} is in it, read back and compared.",
            "{number} files of session {name} are in it, read back and compared.",
            len(made.files),
            name=name,
        )
    )
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
    if made.unknown:
        front.say(
            t(
                "Also in it, and not made by bart: {files}. Do names stand there?",
                files=t.listed(made.unknown),
            )
        )
    front.say()
    front.say(
        t(
            "Whoever has this file can read all answers: it has no password. Keep it where only "
            "you can reach it, and remove it when you remove the session."
        )
    )
    service = service_of(made.path)
    if service:
        front.say(
            t(
                "It lies in a folder that {service} copies to other computers. Move it elsewhere.",
                service=service,
            )
        )
    front.say(t("Put it back: bart restore {file}", file=_typed(made.path)))


def _typed(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))
