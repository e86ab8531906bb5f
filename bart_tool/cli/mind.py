"""`bart mind`: one person's own picture, for that person."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import code_argument, session_argument, verb
from bart_tool.errors import Exit, NotAllowed
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.answering.lock import Lock


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart mind demo WR-01\n\n"
        "Show one person's own picture of tasks, authority and roles. "
        "It is for that person only: before the round closes it opens by their PIN."
    )
    return verb(t, "mind", text, _mind, session_argument(t), code_argument(t))


def _opens(front: Front, lock: "Lock") -> bool:
    """Whether the PIN that is typed is right; asked once. Raises NotAllowed with nobody to ask."""
    from bart_tool.cli.terminal import Lines, Stopped
    from bart_tool.wording.pins import PIN_ASKED, PIN_WRONG

    if not front.may_ask:
        raise NotAllowed("pin-asked", code=lock.code)
    with suppress(Stopped):
        if lock.opens(Lines(sys.stdin, sys.stderr).ask_hidden(front.t(PIN_ASKED))):
            return True
    front.tell(front.t(PIN_WRONG, code=lock.code))
    return False


def _mind(front: Front, session: str, code: str) -> int:
    from bart_tool.domain.plain_json import picked
    from bart_tool.wording.own_picture import mind_table
    from bart_tool.workflow.answering.context import own_sheet, picture_text
    from bart_tool.workflow.answering.lock import picture_lock

    opened = front.opened(session)
    lock = picture_lock(opened, code)
    if lock is not None and not _opens(front, lock):
        return Exit.NOT_ALLOWED
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
