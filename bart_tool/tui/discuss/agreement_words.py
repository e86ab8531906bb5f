"""An agreement in lines: in a list, and as it is read aloud."""

from collections.abc import Iterator

from bart_tool.domain.agreement import Agreement
from bart_tool.wording.agreements import assent, doers, position, status, unagreed
from bart_tool.wording.labels import TESTED, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import Words


def assents(agreement: Agreement, names: Naming) -> str:
    """Who agrees, each with their condition; empty when nobody is named."""
    return "; ".join(assent(each, names) for each in agreement.parties)


def in_short(agreement: Agreement, names: Naming, t: Words) -> Iterator[str]:
    """What a list says of it: status, who sees to it, when it is looked at, and was it kept."""
    if agreement.withdrawn is not None:
        yield t("withdrawn on {day}", day=names.t.day(agreement.withdrawn.on))
        return
    if agreement.mandate:
        yield status(agreement, names)
    if agreement.owner:
        yield t("{owner} sees to it", owner=position(agreement.owner, names))
    if agreement.look_again:
        yield t("look again on {day}", day=names.t.day(agreement.look_again))
    if agreement.kept:
        yield t("kept: {kept}", kept=label(TESTED, agreement.kept, names.language))


def aloud(agreement: Agreement, names: Naming, t: Words) -> Iterator[str]:
    """The lines that are read aloud below the sentence."""
    said = assents(agreement, names)
    if said:
        yield t("Agreed by: {parties}.", parties=said)
    elif agreement.mandate != "parked":
        yield t("No party has agreed to it yet.")
    if agreement.done_by:
        yield t("Carried out by: {positions}.", positions=doers(agreement, names))
    for each in agreement.unagreed:
        must = t("Must act, did not agree")
        yield f"{must}: {unagreed(each, names)}."
    if agreement.mandate:
        yield upper_first(status(agreement, names)) + "."
    else:
        yield t("Nobody said yet whether you may agree this yourselves.")
    if agreement.owner:
        owner = upper_first(position(agreement.owner, names))
        yield t("{owner} sees to it.", owner=owner)
    else:
        yield t("Nobody sees to it yet.")
    if agreement.look_again:
        yield t("We look again on {day}.", day=names.t.day(agreement.look_again))
    else:
        yield t("There is no day yet to look again.")
    if agreement.written_in:
        yield t("Where it will be written: {where}.", where=agreement.written_in)
