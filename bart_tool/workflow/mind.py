"""One person's own picture: their sheet, for themselves."""

from bart_tool.domain.answer import Sheet
from bart_tool.errors import NotFound
from bart_tool.workflow.desk import Desk, must_take_part, with_fitting_answers


def own_sheet(desk: Desk, code: str) -> Sheet:
    """The sheet of `code`, begun or handed in.

    Raises NotFound for somebody who is not in the session or has not begun, BadData for a sheet
    that cannot be read.
    """
    must_take_part(desk, code)
    found = desk.folder.sheet(code)
    if found is None:
        raise NotFound("no-sheet-yet", code=code)
    return with_fitting_answers(desk, found[0])[0]
