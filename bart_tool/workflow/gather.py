"""Taking in sheets that came from elsewhere: merged, never overwritten, never lost.

The sheets of some people are saved together, so that the disk waits once for all of them. Stopping
half-way loses nothing, for the files stay, and doing it again does no harm.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from bart_tool.domain.answer import Consent
from bart_tool.store import column_map
from bart_tool.workflow import incoming
from bart_tool.workflow.incoming import Source
from bart_tool.workflow.intake import Intake
from bart_tool.workflow.intake_outcome import Gathered
from bart_tool.workflow.open_session import OpenSession, must_take_in, must_take_part

Progress = Callable[[float], None]  # hears which share is done, from 0 to 1


class How(TypedDict, total=False):
    """What whoever takes in says beforehand; what is left out holds for nobody.

    `consent`: what people chose where a table does not say it; without, a table changes nobody's
    choice, and who never chose counts as a group. `add_people`: somebody who is not in the session
    joins their party. `replace`: of whom what comes in takes the place of what was here.
    `same`: a code as it is written -> the code that is meant, itself for somebody else. `ask`: asks
    whether the first code is meant for the second; without, such a file is refused.
    `of_this_session`: a sheet that does not say of which session it is, is of this one.
    `ask_session`: asks that of a file; without, such a sheet is refused. `columns`: a file that
    says what those of another program's table stand for.
    """

    consent: Consent | None
    add_people: bool
    replace: Collection[str]
    same: Mapping[str, str]
    ask: Callable[[str, str], bool] | None
    of_this_session: bool
    ask_session: Callable[[str], bool] | None
    columns: Path | None


def gather(
    opened: OpenSession,
    files: Sequence[Path],
    *,
    progress: Progress | None = None,
    **how: Unpack[How],
) -> Gathered:
    """Take in `files`: sheets in YAML or JSON, browser exports, tables, archives, folders of them.

    Raises NotAllowed when the round is not open, NotFound when a file or one of the people named is
    not there, BadData for a map of columns that does not fit; until then nothing was done. Raises
    NotAllowed when somebody closes the round meanwhile, CannotWrite or Busy when the disk refuses;
    what came in before that stays. The files themselves never change.
    """
    return _taken_from(_open_now(opened), incoming.sources(files), progress, how)


def gather_from(
    opened: OpenSession,
    sources: Sequence[Source],
    *,
    progress: Progress | None = None,
    **how: Unpack[How],
) -> Gathered:
    """The same for files that were found already; one that is gone is named among the damaged."""
    return _taken_from(_open_now(opened), sources, progress, how)


def _taken_from(
    opened: OpenSession, sources: Sequence[Source], progress: Progress | None, how: How
) -> Gathered:
    intake = _intake(opened, **how)
    try:
        for number, source in enumerate(sources):
            for share in intake.take(source):
                if progress is not None:
                    progress((number + share) / len(sources))
    finally:  # what came before a file that stops it all comes in
        intake.put_all()
    return intake.gathered()


def gather_pasted(opened: OpenSession, text: bytes, name: str, **how: Unpack[How]) -> Gathered:
    """Take in the sheets, or the rows, in `text` that somebody pasted, a mail around it or not.

    Messages call it `name`. Raises as `gather` does.
    """
    intake = _intake(_open_now(opened), **how)
    intake.take_pasted(text, name)
    return intake.gathered()


def _open_now(opened: OpenSession) -> OpenSession:
    """The session as it is now: a sheet of a round that began since must not be refused."""
    now = opened.reread()
    must_take_in(now.session)
    return now


def _intake(opened: OpenSession, **how: Unpack[How]) -> Intake:
    replace, same = frozenset(how.get("replace", ())), dict(how.get("same", {}))
    for code in (*replace, *(meant for written, meant in same.items() if meant != written)):
        must_take_part(opened, code)
    columns = how.get("columns")
    return Intake(
        opened,
        how.get("consent"),
        how.get("add_people", False),
        replace,
        same,
        how.get("ask"),
        how.get("of_this_session", False),
        how.get("ask_session"),
        column_map.load(columns, opened.question_set) if columns is not None else None,
    )
