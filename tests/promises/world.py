"""A round as it is, by the method as it is written (4.5): everything a sentence is held to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from tests.promises.closings import Closed
from tests.promises.reckoned import AGENDA, CLAIMS, Reckoner, Stand


@dataclass
class World:
    """A round as it is: everything that a sentence may be held to."""

    asked: QuestionSet
    session: Session
    sheets: Sequence[Sheet]
    now: Closed

    def on(self, key: str) -> list[Stand]:
        """The parties in view on an item, in the order of the session."""
        return list(self.now.items[key].values())

    @cached_property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(party.kind for party in self.session.parties))

    @cached_property
    def compared(self) -> list[Item]:
        guessed = {guess.key for guess in self.asked.guesses}
        return [i for i in self.asked.items if i.key not in guessed and i.question.type != "text"]

    @cached_property
    def codes(self) -> dict[str, str]:
        return {item.key: self.code(item, self.on(item.key)) for item in self.compared}

    def own(
        self, item: Item, stands: Sequence[Stand]
    ) -> tuple[float | None, frozenset[str] | None]:
        """Where the subject's kind places itself: a median, or options; neither without one."""
        mine = [s for s in stands if s.has and s.kind == item.subject]
        if not mine:
            return None, None
        if mine[0].median is not None:
            levels = sorted(s.median for s in mine if s.median is not None)
            if levels[-1] - levels[0] > 1:
                return None, None
            return (levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]) / 2, None
        if item.question.type == "multi":
            return None, frozenset.intersection(*(s.top for s in mine))
        tops = {s.top for s in mine}
        return None, (tops.pop() if len(tops) == 1 else None)

    def code(self, item: Item, stands: Sequence[Stand]) -> str:
        """The main code of an item (4.5), the first that fits from the top."""
        answered = [s for s in stands if s.standing not in ("closed", "none")]
        placed = [s for s in stands if s.has]
        kind = item.question.type
        if len(answered) < 2:
            return "too-few"
        if (
            kind == "who"
            and 2 * sum(s.lost for s in answered) >= len(answered)
            and any(s.says_nobody for s in answered)
        ):
            return "not-assigned"
        if 2 * sum(s.standing == "unknown" for s in answered) >= len(answered):
            return "unknown"
        if kind == "who" and (found := self._claims(placed)):
            return found
        if kind == "scale" and (found := self._steps(item, placed)) in ("wide-gap", "gap"):
            return found
        if kind in ("choice", "multi", "who") and (found := self._apart(item, stands, placed)):
            return found
        if any(s.standing == "divided" for s in stands):
            return "divided"
        if kind == "scale" and self._steps(item, placed) == "nuance":
            return "nuance"
        if kind == "who" and len({s.top for s in placed}) > 1:
            return "nuance"  # a party, and who works for it
        if kind == "multi" and any(
            a.top - b.top for a in placed for b in placed if b.n is not None
        ):
            return "nuance"
        if len(placed) >= 2 and (len(placed) < len(stands) or self._hidden(kind, placed)):
            return "incomplete"
        return "too-few" if len(placed) < 2 else "shared"

    @staticmethod
    def _hidden(kind: str, placed: Sequence[Stand]) -> bool:
        return kind == "multi" and any(a.top - b.top for a in placed for b in placed if b.n is None)

    def meant(self, stand: Stand) -> str:
        """Whom a party points at; who works for a kind of party is that kind."""
        named = "".join(stand.top)
        works_for = {name: actor.within for name, actor in self.asked.actors.items()}
        return works_for.get(named) or named

    def _claims(self, placed: Sequence[Stand]) -> str:
        claiming = [s for s in placed if self.meant(s) == s.kind]
        if len({s.kind for s in claiming}) >= 2:
            return "double-claim"
        if (
            len(placed) >= 2
            and not claiming
            and any(
                any(other.party != s.party and self.meant(s) == other.kind for other in placed)
                for s in placed
            )
        ):
            return "passed-on"
        if claiming:
            others = [s for s in placed if s.kind != claiming[0].kind]
            if others and all(self.meant(s) != claiming[0].kind for s in others):
                return "one-sided-claim"
        return ""

    def _steps(self, item: Item, placed: Sequence[Stand]) -> str:
        levels = [s.median for s in placed if s.median is not None]
        if len(levels) < 2:
            return ""
        low, high, line = min(levels), max(levels), self.line(item)
        across = line is not None and low < line < high
        if high - low >= 3 or (high - low >= 2 and across):
            return "wide-gap"
        if high - low >= 2 or across:
            return "gap"
        return "nuance" if high > low else ""

    def line(self, item: Item) -> float | None:
        return Reckoner(self.asked, self.session.k).line(item)

    def _apart(self, item: Item, stands: Sequence[Stand], placed: Sequence[Stand]) -> str:
        kind = item.question.type
        _, own = self.own(item, stands)
        others = [s for s in placed if s.kind != item.subject]
        if kind in ("choice", "multi") and own is not None:
            many = [s for s in others if kind == "choice" or s.n is not None]
            meant = bool(own) or kind == "choice"
            if meant and len(many) >= 2 and not any(s.top & own for s in others):
                return "wide-gap"
        if kind == "multi":
            for one in placed:
                for other in placed:
                    if other.counts is not None and one.top - set(other.counts):
                        return "gap"
            return ""
        if kind == "who":
            return "gap" if len({self.meant(s) for s in placed}) > 1 else ""
        return "gap" if len({s.top for s in placed}) > 1 else ""

    # -- decisions

    def about(self, decision: str) -> list[Item]:
        return [i for i in self.compared if i.question.covers and i.object == decision]

    def on_themselves(self, decision: str) -> list[Stand]:
        return [
            s
            for item in self.about(decision)
            for s in self.on(item.key)
            if s.has and s.kind == item.subject
        ]

    def covered(self, decision: str) -> str:
        """Coverage of a decision (4.5)."""
        own = self.on_themselves(decision)
        if len({s.kind for s in own}) < 2:
            return "too-few"
        claiming = {s.kind for s in own if (s.median or 0) >= CLAIMS}
        sharing = claiming or {s.kind for s in own if (s.median or 0) >= 3}
        least = CLAIMS if claiming else 3
        if len(sharing) >= 2 and all(
            (s.median or 0) >= least
            for item in self.about(decision)
            if item.subject in sharing
            for s in self.on(item.key)
            if s.has
        ):
            return "joint"
        if len(claiming) >= 2:
            return "double-claim"
        if claiming:
            return "claimed"
        return "unclaimed" if {s.kind for s in own} >= set(self.kinds) else "open"

    @cached_property
    def decisions(self) -> list[str]:
        return list(
            dict.fromkeys(i.object for i in self.compared if i.question.covers and i.object)
        )

    @cached_property
    def topics(self) -> dict[str, list[Item]]:
        """Topic -> its items."""
        found: dict[str, list[Item]] = {}
        for item in self.asked.items:
            if item.key in self.codes or item.question.type == "text":
                found.setdefault(self.topic_of(item), []).append(item)
        return found

    @staticmethod
    def topic_of(item: Item) -> str:
        if item.question.topic:
            return item.question.topic.replace("{object}", item.object)
        covers = item.question.covers
        return f"{covers.topic}/{item.object}" if covers and item.object else item.key

    def topic_code(self, topic: str) -> str:
        codes = {self.codes.get(item.key, "") for item in self.topics[topic]}
        decision = topic.partition("/")[2]
        if decision in self.decisions and topic.startswith("decision/"):
            codes.add(self.covered(decision))
        return next((code for code in AGENDA if code in codes), "")

    def shared(self) -> Iterator[str]:
        return (key for key, code in self.codes.items() if code == "shared")
