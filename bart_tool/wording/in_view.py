"""Why a party is in view or not: one reason a party, in the same words wherever it is said."""

from collections.abc import Collection, Iterator

from bart_tool.domain.findings import OTHERS, PartyFinding
from bart_tool.wording.labels import VISIBILITY, label
from bart_tool.wording.naming import Naming, lower_first, upper_first
from bart_tool.wording.translation import N_, Words

# Of a sheet that was opened again: what is said at closing.
NOT_AGAIN = N_("Opened again and not handed in since: {codes}. These count as they are now.")


def reason(party: PartyFinding, parties: Collection[PartyFinding], names: Naming) -> str:
    """The reason of `party`, one of `parties`, in a sentence that does not name it.

    Only for a round that is closed: before that nothing may be told of what people chose. How many
    people chose what is never told, nor why of a party nobody counts (docs/developer/method.md 5).
    """
    t = names.t
    match party.in_view:
        case "nobody":
            return t("Nobody's answers count.")
        case "too-few" if any(each.party == OTHERS for each in parties):
            return t(
                "Shown only together with other parties, because somebody in it wants to be shown "
                "only as a group and fewer than {k} people's answers count.",
                k=names.session.k,
            )
        case "too-few":
            return t(
                "Not shown, because somebody in it wants to be shown only as a group and fewer "
                "than {k} people's answers count.",
                k=names.session.k,
            )
    how = label(VISIBILITY, party.visibility, names.language)
    if party.invited == 1:
        return t("The answers of 1 person, {how}.", how=how)
    return t(
        "The answers of {number} of the {invited} people, {how}.",
        number=party.answered,
        invited=party.invited,
        how=how,
    )


def not_shown(parties: Collection[PartyFinding], names: Naming) -> str:
    """Of how many of `parties` too few count, and why they are not shown: the report names none."""
    t = names.t
    withheld = sum(party.in_view == "too-few" for party in parties)
    if any(each.party == OTHERS for each in parties):
        return t(
            "{number} parties are shown only together, because somebody in each wants to be shown "
            "only as a group and fewer than {k} people's answers count there.",
            number=withheld,
            k=names.session.k,
        )
    return t.plural(
        "{number} party is not shown, because somebody in it wants to be shown only as a group "
        "and fewer than {k} people's answers count.",
        "{number} parties are not shown, because somebody in each wants to be shown only as a "
        "group and fewer than {k} people's answers count there.",
        withheld,
        k=names.session.k,
    )


def reasons(parties: Collection[PartyFinding], names: Naming) -> Iterator[str]:
    """A line a party: what it is called, and its reason."""
    for party in parties:
        why = reason(party, parties, names)
        yield f"{upper_first(names.party(party.party))}: {lower_first(why)}"


def too_few_ever(people: int, k: int, t: Words) -> str:
    """What is said beside a party of so many people before anybody answers; empty for enough."""
    if not 0 < people < k:
        return ""
    return t.plural(
        "{number} person. Choosing ‘only as a group’ keeps this party out of view: it takes {k}.",
        "{number} people. One ‘only as a group’ keeps this party out of view: it takes {k}.",
        people,
        k=k,
    )
