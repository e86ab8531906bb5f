"""Making what participants get to answer on away from the session's folder."""

from collections.abc import Sequence
from pathlib import Path

from bart_tool.domain.base import Language
from bart_tool.forms.page import render
from bart_tool.workflow.desk import Desk, must_take_part
from bart_tool.workflow.form_content import content
from bart_tool.workflow.seat import session_seat


def make_forms(
    desk: Desk, codes: Sequence[str] = (), *, language: Language | None = None
) -> tuple[Path, ...]:
    """Write one form for each of `codes`, for everybody when there are none; gives the files.

    Nothing that was answered stands in them. Raises NotFound for a code that is not in the
    session, NotAllowed when nobody answers now, CannotWrite.
    """
    session = desk.session
    wanted = codes or [participant.code for participant in session.participants]
    for code in wanted:  # a mistyped code costs nobody half a pile of forms
        must_take_part(desk, code)
    return tuple(
        desk.folder.write_form(code, ".html", _page(desk, code, language).encode())
        for code in dict.fromkeys(wanted)
    )


def _page(desk: Desk, code: str, language: Language | None) -> str:
    return render(content(session_seat(desk, code), language or desk.session.language))
