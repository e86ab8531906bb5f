"""The reports that were made of a session, and what the last one was made from."""

import re
from collections.abc import Mapping
from pathlib import Path

from bart_tool.store import atomic, generated, yaml_text
from bart_tool.store.sessions import REPORT, SessionFolder

EARLIER = "earlier.yaml"
REPORTS = ("report.md", "report.html", "report.json")

_COMPARISON = re.compile(r"compare-[0-9]+-[0-9]+\.(md|html|json)")

# A group as shown -> participant code -> mark of their sheet (bart_tool.disclosure.shown_before).
Groups = Mapping[str, Mapping[str, str]]


def names(folder: SessionFolder) -> tuple[str, ...]:
    """The reports that lie in the session's folder."""
    return tuple(name for name in REPORTS if (folder.path / REPORT / name).is_file())


def comparisons(folder: SessionFolder) -> tuple[str, ...]:
    """The comparisons of rounds that lie there."""
    return tuple(n for n in atomic.names_in(folder.path / REPORT) if _COMPARISON.fullmatch(n))


def remove_comparisons(folder: SessionFolder) -> tuple[Path, ...]:
    """Remove the comparisons of rounds; gives what was removed. Raises CannotWrite."""
    paths = [folder.path / REPORT / name for name in comparisons(folder)]
    return tuple(path for path in paths if atomic.remove(path))


def remove(folder: SessionFolder) -> tuple[Path, ...]:
    """Remove the reports with their pictures; gives which reports are gone. Raises CannotWrite.

    One that somebody edited stays: it holds work of a person.
    """
    edited = generated.edited(folder)
    paths = [folder.path / REPORT / name for name in names(folder)]
    gone = tuple(path for path in paths if path not in edited and atomic.remove(path))
    folder.keep_figures(())
    # An edited report.md is known as edited also without its mark.
    atomic.remove(folder.path / REPORT / generated.MARKS)
    return gone


def read_groups(folder: SessionFolder) -> dict[str, dict[str, str]]:
    """What the last report was made from; empty when none was made or it cannot be read."""
    groups = generated.remembered(folder, EARLIER).get("groups")
    if not isinstance(groups, dict):
        return {}
    return {party: dict(people) for party, people in groups.items() if isinstance(people, dict)}


def write_groups(folder: SessionFolder, groups: Groups) -> None:
    """Remember what a report was made from: who, and a mark of their answers, no answers."""
    data = {
        "format": 1,
        "kind": "earlier-report",
        "groups": {party: dict(sorted(people.items())) for party, people in groups.items()},
    }
    folder.write_report(EARLIER, yaml_text.write(data).encode())
