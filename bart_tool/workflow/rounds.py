"""The rounds of a session: the one of now, and those that were finished before it."""

from bart_tool.errors import BadData, NotFound
from bart_tool.store import rounds
from bart_tool.workflow.open_session import OpenSession, session_at


def desk_of_round(opened: OpenSession, number: int) -> OpenSession:
    """The session as it was in round `number`, or as it is when that is the round of now.

    A finished round is there to be read. Raises NotFound when there is no such round, BadData when
    its files do not fit together.
    """
    if number == opened.session.round:
        return opened
    if not 0 < number < opened.session.round:
        names = ", ".join(map(str, rounds_of(opened)))
        raise NotFound("no-such-round", session=opened.session.session, round=number, rounds=names)
    found = session_at(rounds.finished(opened.home, number), opened.home)
    if (found.session.session, found.session.round) != (opened.session.session, number):
        raise BadData("round-of-another", round=number)
    return found


def earlier_rounds(opened: OpenSession) -> tuple[OpenSession, ...]:
    """Every finished round that is kept, the first one first. Raises as `desk_of_round`.

    One may be gone: its answers need not be kept for ever.
    """
    kept = {stored.name for stored in rounds.all_kept(opened.home)}
    numbers = (number for number in range(1, opened.session.round) if str(number) in kept)
    return tuple(desk_of_round(opened, number) for number in numbers)


def rounds_of(opened: OpenSession) -> tuple[int, ...]:
    """The numbers of the session's rounds, the one of now last."""
    return tuple(range(1, opened.session.round + 1))
