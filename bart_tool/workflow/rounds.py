"""The rounds of a session: the one of now, and those that were finished before it."""

from bart_tool.errors import BadData, NotFound
from bart_tool.workflow.desk import Desk, desk_at


def desk_of_round(desk: Desk, number: int) -> Desk:
    """The session as it was in round `number`, or as it is when that is the round of now.

    A finished round is there to be read. Raises NotFound when there is no such round, BadData when
    its files do not fit together.
    """
    if number == desk.session.round:
        return desk
    if not 0 < number < desk.session.round:
        names = ", ".join(map(str, rounds_of(desk)))
        raise NotFound("no-such-round", session=desk.session.session, round=number, rounds=names)
    found = desk_at(desk.home.round(number), desk.home)
    if (found.session.session, found.session.round) != (desk.session.session, number):
        raise BadData("round-of-another", round=number)
    return found


def earlier_rounds(desk: Desk) -> tuple[Desk, ...]:
    """Every finished round that is kept, the first one first. Raises as `desk_of_round`.

    One may be gone: its answers need not be kept for ever.
    """
    kept = {folder.path.name for folder in desk.home.kept_rounds()}
    numbers = (number for number in range(1, desk.session.round) if str(number) in kept)
    return tuple(desk_of_round(desk, number) for number in numbers)


def rounds_of(desk: Desk) -> tuple[int, ...]:
    """The numbers of the session's rounds, the one of now last."""
    return tuple(range(1, desk.session.round + 1))
