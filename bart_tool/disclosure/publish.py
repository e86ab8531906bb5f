"""Makes the published view from the merged sheets: what is left out here is known to nobody."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bart_tool.disclosure.counting import Said, ShownParty, counted, party_findings
from bart_tool.disclosure.tally import Tally
from bart_tool.disclosure.view import CLOSED, Answers, GroupAnswers, OpenAnswers, PublishedView
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Picture


def publish(question_set: QuestionSet, session: Session, picture: Picture) -> PublishedView:
    """What may be known of this closing taken by itself (docs/developer/method.md 5).

    `question_set` is what the session asks, its own decisions and guesses included. The order of
    the sheets makes no difference. What earlier closings showed is not looked at here: see
    `in_time.kept`.
    """
    return published(question_set, session, counted(question_set, session, picture.sheets))


def published(
    question_set: QuestionSet, session: Session, shown: Sequence[ShownParty]
) -> PublishedView:
    """As `publish`, of the parties as they were counted."""
    items = {
        item.key: {
            party.party: _answers(question_set, item, party, session.k)
            for party in shown
            if _is_asked(question_set, item, party)
        }
        for item in question_set.items
    }
    _close_what_depends(question_set, items)
    return PublishedView(party_findings(shown), items, session.round)


def _close_what_depends(question_set: QuestionSet, items: Mapping[str, dict[str, Answers]]) -> None:
    """Of a group that stands between an answer and its neighbour, not what that leaves out.

    How many are left to ask would tell how many stand on either side.
    """
    for item, (before, value) in question_set.depending.items():
        for party, answers in items[before].items():
            position = answers.position if isinstance(answers, GroupAnswers) else ()
            if len(position) > 1 and value in position and party in items[item]:
                items[item][party] = CLOSED


def _is_asked(question_set: QuestionSet, item: Item, party: ShownParty) -> bool:
    # `others` joins parties of several kinds; it holds only what its members were asked.
    if party.visibility == "withheld":
        return False
    return party.kind == OTHERS or question_set.asked_of(item, party.kind)


def _answers(question_set: QuestionSet, item: Item, party: ShownParty, k: int) -> Answers:
    said = party.said.get(item.key, Said())
    is_text = item.question.answered == "words"
    if party.visibility != "group":
        return OpenAnswers(said.tally, tuple(sorted(said.quotes)), said.remarks)
    if is_text:  # of a group none are printed or counted
        return CLOSED
    levels = [level.id for level in question_set.options(item.question)]
    return of_group(said.tally, k, levels if item.question.compared == "level" else ())


def of_group(tally: Tally, k: int, levels: Sequence[str] = ()) -> GroupAnswers:
    """What may be known of a group of which `tally` counts the answers to one item.

    `k`: the least number of people that may be told apart from the rest. `levels`: those of a
    scale, lowest first; empty for a question without levels.
    Source: docs/developer/method.md 5.

    >>> of_group(Tally({"college": 4, "wethouder": 2}), 3).position
    frozenset({'college'})
    >>> of_group(Tally({"college": 3, "wethouder": 3}), 3).standing
    'closed'
    >>> sorted(of_group(Tally({"no": 3, "partly": 3}), 3, ["no", "partly", "yes"]).position)
    ['no', 'partly']
    """
    people = tally.answered
    if people < k:
        return CLOSED

    def are_most(chose: int) -> bool:
        return 2 * chose > people and chose >= k

    if are_most(tally.dont_know):
        return GroupAnswers("unknown")
    if any(not isinstance(vote, str) for vote in tally.votes):
        ascribed = {o for o, chose in tally.options.items() if 2 * chose >= people and chose >= k}
        return GroupAnswers("position", frozenset(ascribed)) if ascribed else CLOSED
    for option, chose in tally.options.items():
        if are_most(chose):
            return GroupAnswers("position", frozenset({option}))
    halves = [
        (tally.options.get(low, 0) + tally.options.get(high, 0), low, high)
        for low, high in pairwise(levels)
    ]
    most = max((chose for chose, _, _ in halves), default=0)
    found = [frozenset({low, high}) for chose, low, high in halves if chose == most]
    if are_most(most) and len(found) == 1:
        return GroupAnswers("position", found[0])
    return CLOSED
