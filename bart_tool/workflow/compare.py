"""Comparing two rounds of a session: what was agreed and is kept, and what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bart_tool.analysis.compare import compare
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Comparison
from bart_tool.errors import NotAllowed, WrongUse
from bart_tool.report import machine
from bart_tool.report.comparison import compose_comparison
from bart_tool.report.renderers import Content, rendered
from bart_tool.wording.naming import Naming
from bart_tool.workflow.findings import Found, found, unchanged
from bart_tool.workflow.follow_up import touched_by
from bart_tool.workflow.open_session import OpenSession, round_named, rounds_of
from bart_tool.workflow.publish import own_colours, own_template, write_pages


@dataclass(frozen=True)
class Compared:
    """Two rounds side by side. `later` is the session as it was in the later of the two.

    `seen`: the two rounds, each with what was found in it.
    """

    opened: OpenSession
    later: OpenSession
    comparison: Comparison
    seen: tuple[tuple[OpenSession, Found], ...]

    @cached_property
    def name(self) -> str:
        """What its files are called, without ending: `compare-1-2`."""
        then, now = self.comparison.rounds
        return f"compare-{then}-{now}"

    def naming(self, language: Language) -> Naming:
        """The names of what the two rounds asked."""
        return Naming(self.later.known, self.later.session, language)


def compared(opened: OpenSession, one: int, other: int) -> Compared:
    """The two rounds side by side, the earlier one first.

    It holds only what the reports of the two rounds may show. Raises NotFound for a round that is
    not there, WrongUse for twice the same, NotAllowed before the later one is closed.
    """
    opened = opened.reread()
    rounds = rounds_of(opened)
    if len(rounds) == 1:
        raise NotAllowed("compare-no-rounds", session=opened.session.session)
    earlier, later = (round_named(opened, number) for number in sorted((one, other)))
    if one == other:
        raise WrongUse("compare-one-round", rounds=", ".join(map(str, rounds)))
    agreements = opened.folder.agreements()[0].agreements
    touched = {
        each.id: [item.key for item in touched_by(later.known, [each])] for each in agreements
    }
    then, now = found(earlier), found(later)
    comparison = compare(then.findings, now.findings, agreements, touched)
    return Compared(opened, later, comparison, ((earlier, then), (later, now)))


def plain(made: Compared, language: Language) -> dict[str, Any]:
    """The comparison as plain values, as its JSON has them."""
    return machine.comparison_data(made.comparison, language)


def write(
    made: Compared, *, formats: Sequence[str] = ("md", "json"), language: Language | None = None
) -> tuple[str, ...]:
    """Write the comparison beside the reports; gives where.

    Raises WrongUse for a format that is not known, CannotCreate when what it takes is not
    installed, Busy when what it was made of changed since, and as `Store.save`.
    """
    session, spoken = made.opened.session, language or made.opened.session.language
    content = Content(
        compose=lambda: compose_comparison(made.comparison, made.naming(spoken)),
        as_json=lambda: machine.comparison_json(made.comparison, spoken),
        title=session.title or session.session,
        language=spoken,
        tokens=own_colours(made.opened).tokens,
        day=made.later.session.closed_on or date.today(),
        template=own_template(made.opened, formats).content,
    )
    pages = tuple(rendered(made.name, formats, content))
    with unchanged(made.opened, *made.seen):
        return write_pages(made.opened, pages)
