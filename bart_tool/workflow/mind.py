"""One person's own picture: their sheet, for themselves."""

from bart_tool.domain.answer import Sheet
from bart_tool.errors import NotFound
from bart_tool.workflow.open_session import OpenSession, must_take_part, with_fitting_answers


def own_sheet(opened: OpenSession, code: str) -> Sheet:
    """The sheet of `code`, begun or handed in.

    Raises NotFound for somebody who is not in the session or has not begun, BadData for a sheet
    that cannot be read.
    """
    must_take_part(opened, code)
    found = opened.folder.sheet(code)
    if found is None:
        raise NotFound("no-sheet-yet", code=code)
    return with_fitting_answers(opened, found[0])[0]
