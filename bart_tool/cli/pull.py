"""`bart pull`: a session from the database that facilitators share to a folder."""

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart pull demo --from postgresql://facilitator@server/bart\n\n"
        "Put a session from a database in a folder too, or bring it up to date there: to open its "
        "report and its forms, or to make a backup. Answers are merged, as with bart gather. "
        "Without --from it comes from the database in $BART_SESSIONS."
    )
    source = click.Option(
        ["--from", "source"], metavar=t("ADDRESS"), default="", help=t("The database.")
    )
    return verb(t, "pull", text, _pull, session_argument(t), source)


def _pull(front: Front, session: str, source: str) -> int:
    from bart_tool.cli.carrying import carried
    from bart_tool.store.places import folder_and_database

    folder, database = folder_and_database(front.sessions, source)
    return carried(front, session, database, folder, "bart push")
