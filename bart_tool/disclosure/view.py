"""The published view of a round: all that may be known of the answers, and nothing else.

It is made once, from the sheets, when a round is closed. Findings, report, discussion, comparison
and whatever else is shown read the view, and none of them a sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bart_tool.disclosure.tally import Tally
from bart_tool.domain.findings import PartyFinding


@dataclass(frozen=True)
class OpenAnswers:
    """What an open party said on an item: everybody in it chose to be recognisable.

    `quotes`: words that may be printed, in alphabetical order. `remarks`: how many people wrote
    something that may not. `kept_from`: as of a group; a party that was open and is a group now
    keeps its counts, and no words.
    """

    tally: Tally = field(default_factory=Tally)
    quotes: tuple[str, ...] = ()
    remarks: int = 0
    kept_from: tuple[int, int] | None = None


@dataclass(frozen=True)
class GroupAnswers:
    """What may be known of a group on an item: where it stands, that it does not know, or nothing.

    `position`: the option or level that most chose; two neighbouring levels for a half step; the
    options a group ascribes. `kept_from`: the earlier round and closing in it that this was first
    shown at, both counted from 1; None when it was made at this one.
    """

    standing: Literal["position", "unknown", "closed"] = "closed"
    position: frozenset[str] = frozenset()
    kept_from: tuple[int, int] | None = None


Answers = OpenAnswers | GroupAnswers
CLOSED = GroupAnswers()


@dataclass(frozen=True)
class PublishedView:
    """One closing of a round: the parties, and item -> party -> what may be known of it.

    `items` holds for each item only the parties that are in view and asked it. `closing` counts
    the views of this `round` from 1.
    """

    parties: tuple[PartyFinding, ...]
    items: Mapping[str, Mapping[str, Answers]]
    round: int = 1
    closing: int = 1
