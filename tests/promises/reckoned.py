"""What is true of a round, reckoned from its sheets by the method as it is written (4.5, 5).

Nothing here knows how bart compares: it is the other opinion that printed sentences are held to.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet

CLAIMS = 4  # level of the mandate scale from which one decides
MISMATCH = ("double-claim", "passed-on", "one-sided-claim", "wide-gap", "gap")
AGENDA = (
    "double-claim", "passed-on", "not-assigned", "unclaimed", "wide-gap",
    "one-sided-claim", "gap", "unknown", "divided",
)  # fmt: skip


@dataclass(frozen=True)
class Stand:
    """What a party says on an item. `n` and `counts` are None of a group."""

    party: str
    kind: str
    standing: str
    invited: int = 0
    n: int | None = None
    counts: Mapping[str, int] | None = None
    dont_know: int = 0
    median: float | None = None
    top: frozenset[str] = frozenset()
    tags: Mapping[str, Counter[str]] = field(default_factory=dict)
    sure: str = ""  # certain, unsure
    kept: tuple[int, int] | None = None  # round and closing
    shown_then: "Shown | None" = None  # the party as it was shown at the closing it is kept of

    @property
    def has(self) -> bool:
        return self.standing == "position"

    @property
    def lost(self) -> bool:
        """More than half say nobody, or do not know."""
        if self.n is None:
            return self.standing == "unknown" or self.top == {"nobody"}
        return 2 * ((self.counts or {}).get("nobody", 0) + self.dont_know) > self.n

    @property
    def says_nobody(self) -> bool:
        if self.n is None:
            return self.top == {"nobody"}
        return bool((self.counts or {}).get("nobody"))

    def mostly(self, option: str) -> str:
        given = self.tags.get(option, Counter())
        best = [tag for tag, n in given.items() if n == max(given.values())]
        return best[0] if len(best) == 1 else ""


@dataclass(frozen=True)
class Shown:
    """A party as it is shown: its people who count, and how."""

    party: str
    kind: str
    invited: int
    how: str  # open, group, withheld
    sheets: tuple[Sheet, ...]


def shown(session: Session, sheets: Sequence[Sheet]) -> list[Shown]:
    """Who is shown as what (5.1)."""
    by_party: dict[str, list[Sheet]] = {party.id: [] for party in session.parties}
    for sheet in sheets:
        if sheet.status == "submitted" and sheet.consent != "none":
            by_party[session.party_of[sheet.participant]].append(sheet)
    found, hidden = [], []
    for party in session.parties:
        people = by_party[party.id]
        only_group = any(sheet.consent == "group" for sheet in people)
        how = "open" if not only_group else "group" if len(people) >= session.k else "withheld"
        if how == "withheld":
            hidden.append(party)
        kept = tuple(people) if how != "withheld" else ()
        found.append(Shown(party.id, party.kind, session.invited(party.id), how, kept))
    together = tuple(sheet for party in hidden for sheet in by_party[party.id])
    if len(hidden) >= 2 and len(together) >= session.k:
        invited = sum(session.invited(party.id) for party in hidden)
        found.append(Shown("others", "others", invited, "group", together))
    return found


class Reckoner:
    """The method, over one set."""

    def __init__(self, asked: QuestionSet, k: int) -> None:
        self.asked, self.k = asked, k

    def levels(self, item: Item) -> list[str]:
        scale = self.asked.scales.get(getattr(item.question, "scale", ""))
        return [level.id for level in scale.levels] if scale else []

    def line(self, item: Item) -> float | None:
        scale = self.asked.scales.get(getattr(item.question, "scale", ""))
        return scale.decision_line if scale else None

    def stand(self, item: Item, party: Shown) -> Stand:
        given = [
            sheet.answers[item.key]
            for sheet in party.sheets
            if item.key in sheet.answers and sheet.answers[item.key].value != "prefer-not"
        ]
        if party.how == "group":
            return self._group(item, party, given)
        return self._open(item, party, given)

    def _open(self, item: Item, party: Shown, given: Sequence[Answer]) -> Stand:
        unknown = sum(answer.value == "dont-know" for answer in given)
        meant = [answer for answer in given if answer.value != "dont-know"]
        counts: Counter[str] = Counter()
        tags: dict[str, Counter[str]] = {}
        for answer in meant:
            chosen = [answer.value] if isinstance(answer.value, str) else list(answer.value)
            counts.update(chosen)
            if isinstance(answer.value, dict):
                for option, tag in answer.value.items():
                    tags.setdefault(option, Counter())[tag] += 1
        sure = Counter(answer.certainty for answer in meant if answer.certainty)
        base = Stand(
            party.party, party.kind, "none", party.invited, len(given), counts, unknown, tags=tags
        )
        for word, called in (("certain", "certain"), ("guess", "unsure")):
            if 2 * sure[word] > sum(sure.values()):
                base = replace(base, sure=called)
        if not given or item.question.type == "text":
            return base
        if 2 * unknown >= len(given):
            return replace(base, standing="unknown")
        median, top = self._held(item, party.party, counts, len(meant))
        if median is None and top is None:
            return replace(base, standing="divided")
        return replace(base, standing="position", median=median, top=frozenset(top or ()))

    def _held(
        self, item: Item, party: str, counts: Counter[str], people: int
    ) -> tuple[float | None, set[str] | None]:
        match item.question.type:
            case "scale":
                numbers = sorted(self.levels(item).index(level) for level in counts.elements())
                low, high = numbers[(len(numbers) - 1) // 2], numbers[len(numbers) // 2]
                median = (low + high) / 2
                reach = (len(self.levels(item)) - 1) / 4
                near = sum(abs(number - median) <= reach for number in numbers)
                return (median if high - low <= 1 and 2 * near > people else None), None
            case "multi":
                top = {option for option, n in counts.items() if 2 * n >= people}
                return None, (top if top or not counts else None)
        most = [option for option, n in counts.items() if 2 * n > people]
        return None, ({f"other@{party}" if o == "other" else o for o in most} if most else None)

    def _group(self, item: Item, party: Shown, given: Sequence[Answer]) -> Stand:
        closed = Stand(party.party, party.kind, "closed", party.invited)
        people = len(given)
        if people < self.k or item.question.type == "text":
            return closed

        def most(n: int) -> bool:
            return 2 * n > people and n >= self.k

        if most(sum(answer.value == "dont-know" for answer in given)):
            return replace(closed, standing="unknown")
        counts: Counter[str] = Counter()
        for answer in given:
            if answer.value != "dont-know":
                counts.update(
                    [answer.value] if isinstance(answer.value, str) else list(answer.value)
                )
        if item.question.type == "multi":
            top = frozenset(o for o, n in counts.items() if 2 * n >= people and n >= self.k)
            return replace(closed, standing="position", top=top) if top else closed
        levels = self.levels(item)
        for option, n in counts.items():
            if most(n):
                if levels:
                    return replace(closed, standing="position", median=float(levels.index(option)))
                named = f"other@{party.party}" if option == "other" else option
                return replace(closed, standing="position", top=frozenset({named}))
        pairs = [(counts[levels[i]] + counts[levels[i + 1]], i) for i in range(len(levels) - 1)]
        best = max((n for n, _ in pairs), default=0)
        at = [i for n, i in pairs if n == best]
        if most(best) and len(at) == 1:
            return replace(closed, standing="position", median=at[0] + 0.5)
        return closed
