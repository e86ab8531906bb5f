"""`bart gather --watch`: takes in files as they arrive in a folder, until it is stopped."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bart_tool.cli.front import Front
from bart_tool.cli.outcome import INTERRUPTED
from bart_tool.cli.terminal import StatusLine

if TYPE_CHECKING:
    from bart_tool.domain.answer import Consent
    from bart_tool.workflow.gather import Gathered

EVERY = 1.0  # seconds between two looks
sleep: Callable[[float], None] = time.sleep  # tests put files there while we sleep


def watch(
    front: Front,
    name: str,
    folder: Path,
    tell: "Callable[[Gathered], None]",
    *,
    consent: "Consent",
    add_people: bool,
) -> "tuple[int, list[Gathered]]":
    """Take in what arrives in `folder`, and give each to `tell`, until somebody stops it.

    Gives the exit code and all that was taken in. Raises as `gather` does, but for a session that
    somebody else writes to at this moment: then the file is tried again at the next look.
    """
    from bart_tool.errors import Busy
    from bart_tool.workflow.gather import gather_from
    from bart_tool.workflow.incoming import Watch

    t, watched = front.t, Watch(folder)
    done: list[Gathered] = []
    front.opened(name)  # so that a wrong name is told now and not when the first file arrives
    front.tell(t("Watching {folder}. Press Ctrl-C to stop.", folder=folder))
    line = StatusLine()
    try:
        while True:
            for source in watched.arrived():
                try:
                    found = gather_from(
                        front.opened(name), [source], consent=consent, add_people=add_people
                    )
                except Busy:
                    continue
                watched.taken(source)
                done.append(found)
                line.wipe()
                tell(found)
            line.show(t.plural("{number} file so far …", "{number} files so far …", len(done)))
            sleep(EVERY)
    except KeyboardInterrupt:
        line.wipe()
        return INTERRUPTED, done
