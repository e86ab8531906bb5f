"""`bart mind`: one person's own picture, for that person."""

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import code_argument, session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart mind demo WR-01\n\n"
        "Show one person's own picture of tasks, authority and roles. "
        "It is for that person only."
    )
    return verb(t, "mind", text, _mind, session_argument(t), code_argument(t))


def _mind(front: Front, session: str, code: str) -> int:
    from bart_tool.domain.plain_json import picked
    from bart_tool.wording.own_picture import mind_table
    from bart_tool.workflow.answering.context import own_sheet, picture_text

    opened = front.opened(session)
    sheet = own_sheet(opened, code)
    if front.as_json:
        cells = [
            picked(cell, "boundary", "position", "items", text="lines")
            for cell in mind_table(sheet, opened.question_set, front.language)
        ]
        front.say_json({"session": session, "participant": code, "cells": cells})
        return 0
    front.tell(front.t("This is the picture of {code}, for {code} only.", code=code))
    front.say(picture_text(opened, sheet, front.language))
    return 0
