"""An agreement in words: its topic, its status, and who stands behind it."""

from bart_tool.domain.agreement import Agreement, Assent
from bart_tool.i18n import Words, words
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
    """Who agrees and on what condition: `de wijkraad (voorwaarde: …)`."""
    party = position(said.party, names)
    if not said.condition:
        return party
    return agreement_words(names)(
        "{party} (condition: {condition})", party=party, condition=said.condition
    )
