"""`bart restore`: puts a session back from a backup, and never over one that is there."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.backup import Restored


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart restore demo-backup.zip\n\n"
        "Put a session back from a file that bart backup made. First every checksum is "
        "compared; what is damaged is not put back. A session that is there stays as it is."
    )
    return verb(
        t,
        "restore",
        text,
        _restore,
        click.Argument(["file"], metavar=t("FILE"), type=click.Path(path_type=Path)),
        click.Option(
            ["--as", "name"],
            default="",
            metavar=t("NAME"),
            help=t("Give the session another name."),
        ),
    )


def _restore(front: Front, file: Path, name: str) -> int:
    from bart_tool.errors import CannotCreate
    from bart_tool.workflow.backup import restore
    from bart_tool.workflow.prepare import first_free_session

    try:
        with front.busy():
            done = restore(front.store, file, name)
    except CannotCreate as error:
        taken = error.params.get("name", "")
        if error.code == "session-exists" and taken:
            raise CannotCreate(
                "restore-exists",
                name=taken,
                file=shlex.quote(str(file)),
                other=first_free_session(front.store, taken),
            ) from error
        raise
    if front.as_json:
        front.say_json(
            {
                "session": done.folder.name,
                "was": done.was or done.folder.name,
                "files": list(done.files),
                "forms_left_out": done.forms_left_out,
                "not_renamed": [problem.where.file for problem in done.problems],
            }
        )
    else:
        _show(front, done)
    front.tell_problems(
        done.problems, front.t("In these files the old name of the session still stands:")
    )
    return after(done.problems)


def _show(front: Front, done: "Restored") -> None:
    from bart_tool.store.locations import REPORT

    t, name = front.t, done.folder.name
    front.say(
        t.plural(
            "Session {name} is back: {number} file, and its checksum is right.",
            "Session {name} is back: {number} files, and every checksum is right.",
            len(done.files),
            name=name,
        )
    )
    if done.was:
        front.say(t("In the backup it was called {was}.", was=done.was))
        if any(each.startswith(f"{REPORT}/report.") for each in done.files):
            front.say(
                t(
                    "The report still calls it {was}. Make it anew: bart report {name}",
                    was=done.was,
                    name=name,
                )
            )
    if done.forms_left_out:
        front.say(
            t(
                "The forms were not put back, because they speak of {was}. Make new ones: bart "
                "form {name}",
                was=done.was,
                name=name,
            )
        )
    front.say(
        t(
            "Did you remove somebody since the backup? Remove them once more: bart erase {name} "
            "CODE",
            name=name,
        )
    )
    front.say(t("See how it stands: bart doctor {name}", name=name))
