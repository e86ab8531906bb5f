"""One person's own picture: their sheet, for themselves."""

from bart_tool.domain.answer import Sheet
from bart_tool.errors import NotFound
from bart_tool.workflow.desk import Desk, with_fitting_answers


def own_sheet(desk: Desk, code: str) -> Sheet:
    """The sheet of `code`, begun or handed in.

    Raises NotFound for somebody who is not in the session or has not begun, BadData for a sheet
    that cannot be read.
    """
    session = desk.session
    if code not in session.party_of:
        names = ", ".join(session.party_of)
        raise NotFound("no-such-participant", code=code, names=names, session=session.session)
    found = desk.folder.sheet(code)
    if found is None:
        raise NotFound("no-sheet-yet", code=code)
    return with_fitting_answers(desk, found[0])[0]
