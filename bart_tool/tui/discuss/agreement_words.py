"""How an agreement reads in the talk: in a list in short, and as it is read aloud."""

from collections.abc import Iterator

from bart_tool.domain.agreement import Agreement
from bart_tool.wording.agreements import assent, position, status
from bart_tool.wording.labels import TESTED, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import Words


def assents(agreement: Agreement, names: Naming) -> str:
    """Who agrees, each with their condition; empty when nobody is named."""
    return "; ".join(assent(each, names) for each in agreement.parties)


def in_short(agreement: Agreement, names: Naming, t: Words) -> Iterator[str]:
    """What a list says of it: status, who sees to it, when it is looked at, and was it kept."""
    yield status(agreement, names)
    if agreement.owner:
        yield t("{owner} sees to it", owner=position(agreement.owner, names))
    if agreement.check_on:
        yield t("look again on {day}", day=names.day(agreement.check_on))
    if agreement.kept:
        yield t("kept: {kept}", kept=label(TESTED, agreement.kept, names.language))


def aloud(agreement: Agreement, names: Naming, t: Words) -> Iterator[str]:
    """The lines that are read aloud below the sentence."""
    said = assents(agreement, names)
    if said:
        yield t("Agreed by: {parties}.", parties=said)
    elif agreement.mandate != "parked":
        yield t("No party has agreed to it yet.")
    yield upper_first(status(agreement, names)) + "."
    if agreement.owner:
        owner = upper_first(position(agreement.owner, names))
        yield t("{owner} sees to it.", owner=owner)
    else:
        yield t("Nobody sees to it yet.")
    if agreement.check_on:
        yield t("We look again on {day}.", day=names.day(agreement.check_on))
    else:
        yield t("There is no day yet to look again.")
    if agreement.written_in:
        yield t("It will stand in: {where}.", where=agreement.written_in)
