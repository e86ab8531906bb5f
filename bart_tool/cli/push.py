"""`bart push`: a session from a folder to the database that facilitators share."""

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart push demo --to postgresql://facilitator@server/bart\n\n"
        "Put a session from a folder in a database too, or bring it up to date there. Answers are "
        "merged, as with bart gather. The names in people.yaml stay where they are. Without --to "
        "it goes to the database in $BART_SESSIONS."
    )
    to = click.Option(["--to"], metavar=t("ADDRESS"), default="", help=t("The database."))
    return verb(t, "push", text, _push, session_argument(t), to)


def _push(front: Front, session: str, to: str) -> int:
    from bart_tool.cli.carrying import carried
    from bart_tool.store.places import folder_and_database

    folder, database = folder_and_database(front.sessions, to)
    return carried(front, session, folder, database, "bart pull")
