"""Count tables: what a group of people said on one item."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar

from bart_tool.domain.answer import DONT_KNOW, NOBODY, NOT_SUBSTANTIVE, PREFER_NOT, Tag

# What one person said: a value, or for a multi the options in order, with their tags.
Vote = str | tuple[tuple[str, Tag], ...]


@dataclass(frozen=True)
class Tally:
    """How many people said what, and how sure those were who said something substantive.

    Only what somebody said is in it. Plain maps: a Counter takes several times as long.
    """

    votes: Mapping[Vote, int] = field(default_factory=dict)
    certainty: Mapping[str, int] = field(default_factory=dict)

    def without(self, vote: Vote) -> "Tally":
        """The tally with one person who said `vote` left out; their certainty stays counted."""
        left = Tally(_less(self.votes, (vote,)), self.certainty)
        # Taken over, not counted anew: the flag `tips` asks this of every different answer.
        left.__dict__["answered"] = self.answered - (vote != PREFER_NOT)
        left.__dict__["options"] = _less(self.options, _options_of(vote))
        return left

    @cached_property
    def answered(self) -> int:
        """People who answered: all but those who would rather not say."""
        return sum(self.votes.values()) - self.votes.get(PREFER_NOT, 0)

    @property
    def dont_know(self) -> int:
        """People who do not know."""
        return self.votes.get(DONT_KNOW, 0)

    @property
    def substantive(self) -> int:
        """People who said something of the picture itself."""
        return self.answered - self.dont_know

    @property
    def is_lost(self) -> bool:
        """Whether more than half of those who answered say nobody, or do not know."""
        return 2 * (self.votes.get(NOBODY, 0) + self.dont_know) > self.answered

    @cached_property
    def options(self) -> Mapping[str, int]:
        """People per option, level or actor; for a multi one person counts for each option."""
        counted: dict[str, int] = {}
        for vote, people in self.votes.items():
            for option in _options_of(vote):
                counted[option] = counted.get(option, 0) + people
        return counted

    @cached_property
    def tags(self) -> dict[str, Counter[str]]:
        """For a multi: option -> people per tag."""
        counted: dict[str, Counter[str]] = {}
        for vote, people in self.votes.items():
            if not isinstance(vote, str):
                for option, tag in vote:
                    counted.setdefault(option, Counter())[tag] += people
        return counted

    def sure(self) -> str | None:
        """`certain` or `guess` when more than half of those who say how sure they are say so."""
        asked = sum(self.certainty.values())
        for word in ("certain", "guess"):
            if 2 * self.certainty.get(word, 0) > asked:
                return word
        return None


K = TypeVar("K")


def _less(counts: Mapping[K, int], leaving: Iterable[K]) -> dict[K, int]:
    """The counts with one less of each of `leaving`; what nobody is left of goes."""
    left = dict(counts)
    for each in leaving:
        left[each] -= 1
        if not left[each]:
            del left[each]
    return left


def _options_of(vote: Vote) -> Sequence[str]:
    """The options, level or actor that somebody who said `vote` counts for."""
    if isinstance(vote, str):
        return () if vote in NOT_SUBSTANTIVE else (vote,)
    return [option for option, _ in vote]


def vote_of(value: str | dict[str, Tag]) -> Vote:
    """What somebody said by this `value` of an answer, as it is counted."""
    if isinstance(value, str):
        return value
    return tuple(_pair(option, tag) for option, tag in sorted(value.items()))


@lru_cache(maxsize=1000)  # of thousands who choose, each otherwise, these few are held once
def _pair(option: str, tag: Tag) -> tuple[str, Tag]:
    return option, tag
