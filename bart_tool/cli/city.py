"""`bart city`: what returns in many sessions, without telling of one wijk."""

from collections.abc import Sequence
from pathlib import Path

import click

from bart_tool.cli.front import Front, after
from bart_tool.cli.options import formats_option, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart city sessions --format md,html\n\n"
        "Lay the reports of many sessions side by side: what returns in how many wijken. It reads "
        "each report.json in the folder, and no answer. What fewer than three wijken have is told "
        "together. The pages are written in the folder _city there."
    )
    folder = click.Argument(["folder"], type=click.Path(path_type=Path), metavar=t("FOLDER"))
    number = click.Option(
        ["--round", "number"],
        type=click.IntRange(min=1),
        help=t("Tell of this round; without it of the newest of each wijk."),
    )
    formats = formats_option(t, _formats, text=t("md, html, pdf, json and xlsx, by commas."))
    return verb(t, "city", text, _city, folder, number, formats)


def _formats() -> Sequence[str]:
    from bart_tool.city.make import FORMATS

    return FORMATS


def _city(front: Front, folder: Path, number: int | None, formats: Sequence[str]) -> int:
    from bart_tool.city import page
    from bart_tool.city.make import make
    from bart_tool.city.sentences import summary

    with front.busy():
        made = make(folder, number=number, formats=formats, language=front.language)
    if front.as_json:
        front.say_json({**page.plain(made.shown), "files": list(made.files)})
    else:
        for line in summary(made.shown, made.names):
            front.say(line)
        front.say()
        for path in made.files:
            front.say(path)
    front.tell_problems(made.problems, front.t("Not all that lies there could be used:"))
    return after(made.problems)
