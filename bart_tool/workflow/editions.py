"""Sheets that were written for another edition of the set than the session has."""

from functools import cache

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_hashes import item_hashes
from bart_tool.domain.sheet import Sheet
from bart_tool.store import question_sets
from bart_tool.workflow.open_session import OpenSession


def with_our_hash(opened: OpenSession, sheet: Sheet) -> Sheet:
    """A sheet for another edition of the set, when all it answers is asked the same in ours."""
    session = opened.session
    if sheet.question_set != session.question_set or (
        sheet.question_set_hash == session.question_set_hash
    ):
        return sheet
    shipped = _shipped(sheet.question_set)
    if shipped is None or shipped.hash != sheet.question_set_hash:
        return sheet
    other = session.effective(shipped)
    asked, theirs = item_hashes(opened.question_set), item_hashes(other)
    same = all(key in asked and asked[key] == theirs.get(key) for key in sheet.answers)
    return sheet.changed(question_set_hash=session.question_set_hash) if same else sheet


@cache  # many sheets may be of the same other edition
def _shipped(name: str) -> QuestionSet | None:
    return question_sets.load(name)[0] if name in question_sets.set_ids() else None
