"""Count tables: what a group of people said on one item, addable so that groups can join."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bart_tool.domain.answer import (
    DONT_KNOW,
    NOBODY,
    NOT_SUBSTANTIVE,
    PREFER_NOT,
    Answer,
    Tag,
)

# What one person said: a value, or for a multi the options with their tags.
Vote = str | frozenset[tuple[str, Tag]]


@dataclass(frozen=True)
class Tally:
    """How many people said what, and how sure those were who said something substantive."""

    votes: Counter[Vote] = field(default_factory=Counter)
    certainty: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> "Tally":
        """The tally of some people's answers to one item."""
        # One pass over the people; everything after it is over the different things they said.
        said = Counter([(_vote(answer.value), answer.certainty) for answer in answers])
        votes: Counter[Vote] = Counter()
        certainty: Counter[str] = Counter()
        for (vote, sure), people in said.items():
            votes[vote] += people
            if sure is not None and vote not in NOT_SUBSTANTIVE:
                certainty[sure] += people
        return cls(votes, certainty)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.votes + other.votes, self.certainty + other.certainty)

    def without(self, vote: Vote) -> "Tally":
        """The tally with one person who said `vote` left out; their certainty stays counted."""
        left = self.votes.copy()
        left[vote] -= 1
        return Tally(+left, self.certainty)

    @cached_property
    def answered(self) -> int:
        """People who answered: all but those who would rather not say."""
        return self.votes.total() - self.votes[PREFER_NOT]

    @cached_property
    def dont_know(self) -> int:
        """People who do not know."""
        return self.votes[DONT_KNOW]

    @cached_property
    def substantive(self) -> int:
        """People who said something of the picture itself."""
        return self.answered - self.dont_know

    @cached_property
    def is_lost(self) -> bool:
        """Whether more than half of those who answered say nobody, or do not know."""
        return 2 * (self.votes[NOBODY] + self.dont_know) > self.answered

    @cached_property
    def options(self) -> Counter[str]:
        """People per option, level or actor; for a multi one person counts for each option."""
        counted: dict[str, int] = {}  # counting in a Counter is far slower
        for vote, people in self.votes.items():
            if isinstance(vote, str):
                if vote not in NOT_SUBSTANTIVE:
                    counted[vote] = counted.get(vote, 0) + people
            else:
                for option, _ in vote:
                    counted[option] = counted.get(option, 0) + people
        return Counter(counted)

    @cached_property
    def tags(self) -> dict[str, Counter[str]]:
        """For a multi: option -> people per formal, informal, unknown."""
        counted: dict[str, Counter[str]] = {}
        for vote, people in self.votes.items():
            if not isinstance(vote, str):
                for option, tag in vote:
                    counted.setdefault(option, Counter())[tag] += people
        return counted

    def sure(self) -> str | None:
        """`certain` or `guess` when more than half of those who say how sure they are say so."""
        asked = self.certainty.total()
        for word in ("certain", "guess"):
            if 2 * self.certainty[word] > asked:
                return word
        return None


def _vote(value: str | dict[str, Tag]) -> Vote:
    return value if isinstance(value, str) else frozenset(value.items())
