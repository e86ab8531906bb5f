"""An agreement in words: its status, who stands behind it, and what the answers make one ask."""

from bart_tool.analysis.mandate import Doubt, DoubtCode
from bart_tool.domain.agreement import Agreement, Assent
from bart_tool.i18n import N_, Words, words
from bart_tool.i18n.labels import mandate
from bart_tool.report.naming import Naming, upper_first


def agreement_words(names: Naming) -> Words:
    """The words of everything about agreements."""
    return words("agreements", names.language)


def status(agreement: Agreement, names: Naming) -> str:
    """Its mandate status: `voorgelegd aan de clusterdirecteur`."""
    return mandate(agreement.mandate, agreement.mandate_words, names.language)


def topic(key: str, names: Naming) -> str:
    """What a topic is called; a topic that is gone from the set keeps its key."""
    item = names.question_set.by_key.get(key)
    if item is not None:
        return names.title(item)
    decision = key.partition("/")[2]
    for each in names.question_set.items:
        if each.object and each.object == decision:
            return upper_first(names.object(each))
    return key


def position(name: str, names: Naming) -> str:
    """A party or actor in a sentence; one that is gone from the session keeps its id."""
    try:
        return names.the(name)
    except KeyError:
        return name


def assent(said: Assent, names: Naming) -> str:
    """Who agrees and on what condition: `de wijkraad, op voorwaarde dat …`."""
    party = position(said.party, names)
    if not said.condition:
        return party
    return agreement_words(names)(
        "{party} (on condition: {condition})", party=party, condition=said.condition
    )


# What is seen in the answers, and what one can do. `{positions}` and `{parties}` are lists.
_DOUBTS: dict[DoubtCode, tuple[str, str]] = {
    "claimed-by-nobody": (
        N_("By the answers no position says of itself that it decides this."),
        N_("May you agree this yourselves? If not: put it to whoever may decide it, or park it."),
    ),
    "claimed-elsewhere": (
        N_(
            "By the answers this is decided by: {positions}. This agreement was made without "
            "{positions}."
        ),
        N_("May you agree this yourselves? If not: put it to {positions}, or park it."),
    ),
    "claimed-also-by": (
        N_(
            "By the answers this is also decided by: {positions}. This agreement was made "
            "without {positions}."
        ),
        N_("Can this be done without {positions}? If not: put it to {positions}, or park it."),
    ),
    "contested": (
        N_("Not all see that {positions} may decide this. Who see that otherwise: {parties}."),
        N_("Are you agreed on that now? If not: put it to whoever may settle it, or park it."),
    ),
    "owner-below-line": (
        N_("{positions} is to see to this, but by the answers has no say in it."),
        N_("What does {positions} need to be able to do so?"),
    ),
}
_SEEN = N_("The others point at: {positions}.")


def doubt_question(doubt: Doubt, names: Naming) -> str:
    """A doubt about the mandate: what the answers say, then a question with what one can do."""
    t = agreement_words(names)
    seen, question = _DOUBTS[doubt.code]
    listed = t.listed([position(each, names) for each in doubt.positions])
    parties = names.listed_parties(doubt.contested_by)
    parts = [t(seen, positions=listed, parties=parties)]
    if doubt.code == "claimed-by-nobody" and doubt.positions:
        parts.append(t(_SEEN, positions=listed))
    parts.append(t(question, positions=listed, parties=parties))
    return " ".join(map(upper_first, parts))
