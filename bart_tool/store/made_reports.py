"""The reports that were made of a session, and what the last one was made from."""

import re
from collections.abc import Mapping

from bart_tool.store import generated, yaml_text
from bart_tool.store.locations import REPORT
from bart_tool.store.stored_session import StoredSession

EARLIER = "earlier.yaml"
REPORTS = ("report.md", "report.html", "report.json")

_COMPARISON = re.compile(r"compare-[0-9]+-[0-9]+\.(md|html|json)")

# A group as shown -> participant code -> mark of their sheet (bart_tool.disclosure.shown_before).
Groups = Mapping[str, Mapping[str, str]]


def names(folder: StoredSession) -> tuple[str, ...]:
    """Which of report.md, .html and .json lie there, in this order. Raises CannotRead."""
    there = folder.names(REPORT)
    return tuple(name for name in REPORTS if name in there)


def comparisons(folder: StoredSession) -> tuple[str, ...]:
    """The names of comparisons of two rounds that lie there, sorted: `compare-1-2.html`."""
    return tuple(n for n in folder.names(REPORT) if _COMPARISON.fullmatch(n))


def remove_comparisons(folder: StoredSession) -> tuple[str, ...]:
    """Remove the comparisons of rounds; gives where they lay. Raises CannotWrite."""
    there = [f"{REPORT}/{name}" for name in comparisons(folder)]
    return tuple(each for each in there if folder.remove(each))


def remove(folder: StoredSession) -> tuple[str, ...]:
    """Remove the reports with their pictures; gives which reports are gone. Raises CannotWrite.

    One that somebody edited stays: it holds work of a person.
    """
    edited = generated.edited(folder)
    there = [f"{REPORT}/{name}" for name in names(folder)]
    gone = tuple(each for each in there if each not in edited and folder.remove(each))
    generated.keep_figures(folder, ())
    # An edited report.md is known as edited also without its mark.
    folder.remove(f"{REPORT}/{generated.MARKS}")
    return gone


def read_groups(folder: StoredSession) -> dict[str, dict[str, str]]:
    """What the last report was made from, as in `Groups`; empty when that is not known."""
    groups = generated.remembered(folder, EARLIER).get("groups")
    if not isinstance(groups, dict):
        return {}
    return {party: dict(people) for party, people in groups.items() if isinstance(people, dict)}


def write_groups(folder: StoredSession, groups: Groups) -> None:
    """Remember what a report was made from: who, and a mark of their answers, no answers."""
    data = {
        "format": 1,
        "kind": "earlier-report",
        "groups": {party: dict(sorted(people.items())) for party, people in groups.items()},
    }
    generated.write(folder, EARLIER, yaml_text.write(data).encode())
