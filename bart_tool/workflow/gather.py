"""Taking in sheets that came from elsewhere: merged, never overwritten, never lost.

Each file is dealt with before the next is read, so stopping half-way loses nothing and doing it
again does no harm.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from bart_tool.domain.answer import Consent
from bart_tool.workflow import incoming
from bart_tool.workflow.incoming import Source
from bart_tool.workflow.intake import Gathered, Intake
from bart_tool.workflow.open_session import OpenSession, must_take_in, must_take_part

Progress = Callable[[float], None]  # hears which share is done, from 0 to 1


def gather(
    opened: OpenSession,
    files: Sequence[Path],
    *,
    consent: Consent | None = None,
    add_people: bool = False,
    replace: Collection[str] = (),
    progress: Progress | None = None,
) -> Gathered:
    """Take in `files`: sheets in YAML or JSON, browser exports, CSV, archives and folders of them.

    `consent` is what people chose where a CSV does not say it; without, a CSV changes nobody's
    choice, and who never chose counts as a group. With `add_people` somebody who is
    not in the session joins their party. What comes in of those in `replace` takes the place of
    what they answered before. Raises NotAllowed when the round is not open, NotFound when a file
    or one of them is not there; until then nothing was done. Raises NotAllowed when somebody closes
    the round meanwhile, CannotWrite or Busy when the disk refuses; what came in before that stays.
    The files themselves never change.
    """
    must_take_in(opened.session)
    sources = incoming.sources(files)
    return gather_from(
        opened,
        sources,
        consent=consent,
        add_people=add_people,
        replace=replace,
        progress=progress,
    )


def gather_from(
    opened: OpenSession,
    sources: Sequence[Source],
    *,
    consent: Consent | None = None,
    add_people: bool = False,
    replace: Collection[str] = (),
    progress: Progress | None = None,
) -> Gathered:
    """The same for files that were found already; one that is gone is named among the damaged."""
    must_take_in(opened.session)
    intake = _intake(opened, consent, add_people, replace)
    for number, source in enumerate(sources):
        for share in intake.take(source):
            if progress is not None:
                progress((number + share) / len(sources))
    return intake.gathered()


def gather_pasted(
    opened: OpenSession,
    text: bytes,
    name: str,
    *,
    consent: Consent | None = None,
    add_people: bool = False,
    replace: Collection[str] = (),
) -> Gathered:
    """Take in the one sheet, or the rows, in `text` that somebody pasted, a mail around it or not.

    Messages call it `name`. Raises as `gather` does.
    """
    must_take_in(opened.session)
    intake = _intake(opened, consent, add_people, replace)
    intake.take_pasted(text, name)
    return intake.gathered()


def _intake(
    opened: OpenSession, consent: Consent | None, add_people: bool, replace: Collection[str]
) -> Intake:
    for code in replace:
        must_take_part(opened, code)
    return Intake(opened, consent, add_people, frozenset(replace))
