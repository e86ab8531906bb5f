"""`bart export`: what was found, as tables for a spreadsheet or another program."""

from collections.abc import Sequence

import click

from bart_tool.cli.front import Front, after, store_in
from bart_tool.cli.options import complete_round, formats_option, optional, session_argument, verb
from bart_tool.wording.translation import Words

XLSFORM = "xlsform"  # the empty form; the other formats hold what was found


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart export demo --format xlsx,csv\n\n"
        "Write what was found as tables, for a spreadsheet or another program. They say what the "
        "report says, and a codebook beside them what each key means. What people wrote is not "
        "among them. The files are written in the folder report/export of the session. With --city "
        "the tables are those of many wijken, as bart city tells them. The format xlsform gives "
        "the empty form for ODK or KoboToolbox, also before closing."
    )
    session = session_argument(t, required=False)
    session.metavar = optional(t("SESSION"))
    city = click.Option(
        ["--city"],
        type=click.Path(file_okay=False),
        metavar=t("FOLDER|ADDRESS"),
        help=t("Tell of the many sessions in this folder or database in place of one."),
    )
    number = click.Option(
        ["--round", "number"],
        type=click.IntRange(min=1),
        shell_complete=complete_round,
        help=t("Export this round, in its own folder. Of a city: tell of this round."),
    )
    formats = formats_option(
        t, _formats, usual="xlsx", text=t("xlsx, csv and parquet, by commas; or xlsform.")
    )
    return verb(t, "export", text, _export, session, city, number, formats)


def _formats() -> Sequence[str]:
    from bart_tool.workflow.export import FORMATS
    from bart_tool.workflow.xlsform import FORMAT

    return (*FORMATS, FORMAT)


def _export(
    front: Front,
    session: str | None,
    city: str | None,
    number: int | None,
    formats: Sequence[str],
) -> int:
    if (session is None) == (city is None):
        raise click.UsageError(front.t("Name a session, or a folder of many with --city."))
    if XLSFORM in formats:
        if len(formats) > 1 or session is None or number is not None:
            raise click.UsageError(front.t("The empty form goes alone: --format xlsform."))
        return _form(front, session)
    if city is not None:
        return _of_city(front, city, number, formats)
    return _of_session(front, session or "", number, formats)


def _form(front: Front, session: str) -> int:
    """The empty form for another survey program, also before closing."""
    from bart_tool.workflow.xlsform import write

    written = write(front.opened(session))
    if front.as_json:
        front.say_json({"session": session, "files": list(written)})
        return 0
    for path in written:
        front.say_unbroken(path)
    front.tell(
        front.t(
            "Take in what comes back with: bart gather {name} {file}",
            name=session,
            file=front.t("FILE"),
        )
    )
    return 0


def _of_session(front: Front, session: str, number: int | None, formats: Sequence[str]) -> int:
    from bart_tool.workflow.export import export
    from bart_tool.workflow.open_session import round_named

    opened = front.opened(session)
    if number is not None:
        opened = round_named(opened, number)
    with front.busy():
        made = export(opened, formats=formats, language=front.asked_language)
    if front.as_json:
        files = {"session": session, "round": made.opened.session.round, "files": list(made.files)}
        front.say_json({**files, "tables": made.rows})
    else:
        for path in made.files:
            front.say_unbroken(path)
    front.tell_problems(made.problems, front.t("These files or answers are not used:"))
    if made.opened.session.report_out_of_date:
        front.tell(
            front.t(
                "The report says how it was before. Make a new one: bart report {name}",
                name=session,
            )
        )
    return after(made.problems)


def _of_city(front: Front, place: str, number: int | None, formats: Sequence[str]) -> int:
    from bart_tool.city.make import make

    with front.busy():
        made = make(store_in(place), number=number, formats=formats, language=front.language)
    if front.as_json:
        front.say_json({"city": made.place, "round": number, "files": list(made.files)})
    else:
        for path in made.files:
            front.say_unbroken(path)
    front.tell_problems(made.problems, front.t("Not all that lies there could be used:"))
    return after(made.problems)
