"""The words for codes, flags, phases and the rest of the field's own terms, for every front door.

Each table goes from what stands in a file to the English text; `label` gives it in a language.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bart_tool.wording.translation import N_, words

if TYPE_CHECKING:
    from bart_tool.domain.base import Language

CODES = {
    "too-few": N_("Too few answers"),
    "not-assigned": N_("Not assigned, or not known"),
    "double-claim": N_("Claimed twice"),
    "passed-on": N_("Passed on"),
    "one-sided-claim": N_("Claimed by one side"),
    "wide-gap": N_("Large difference"),
    "gap": N_("Difference"),
    "nuance": N_("Slight difference"),
    "shared": N_("Seen the same"),
    "unclaimed": N_("Claimed by nobody"),
    "claimed": N_("Claimed by one"),
}
# What a party expects of another, beside what is (docs/developer/method.md 4.3).
EXPECTATIONS = {
    "apparent-agreement": N_("Apparent agreement"),
    "apparent-difference": N_("Apparent difference"),
    "known-difference": N_("Known difference"),
    "shared-picture": N_("Shared picture"),
}
FLAGS = {
    "divided": N_("Within {party} the answers lie far apart."),
    "small": N_("Few people of {party} answered this."),
    "tips": N_("One answer more or less can change this outcome."),
    "outspoken": N_("Every party is sure of its answer."),
    "shared-uncertainty": N_("Every party is guessing."),
    "information-gap": N_("One party is sure, another is guessing."),
    "formal-differs": N_("One party calls a role laid down, another calls it taken on."),
    "differs-from-source": N_("What is laid down differs from what a party says."),
}
PHASES = {
    "preparing": N_("preparing"),
    "answering": N_("answering"),
    "closed": N_("closed"),
    "discussing": N_("discussing"),
    "agreed": N_("agreed"),
    "follow-up": N_("follow-up"),
}
TENSES = {
    "formal": N_("As it is formally laid down"),
    "practice": N_("As it goes in practice"),
    "wish": N_("As you think it should be"),
}
STATES = {
    "not-started": N_("not yet"),
    "draft": N_("busy"),
    "submitted": N_("done"),
}
BOUNDARIES = {
    "task": N_("Task"),
    "authority": N_("Authority"),
    "role": N_("Role"),
    "boundary": N_("Boundary"),
    "means": N_("Means"),
}
CERTAINTY = {
    "guess": N_("a guess"),
    "fairly": N_("fairly sure"),
    "certain": N_("sure"),
    "unsure": N_("unsure"),
}
TAGS = {
    "formal": N_("laid down"),
    "informal": N_("taken on"),
    "unknown": N_("don't know"),
}
ANSWERS = {
    "nobody": N_("nobody"),
    "dont-know": N_("don't know"),
    "prefer-not": N_("prefer not to say"),
    "other": N_("something else"),
}
CONSENT = {
    "position": N_("may be recognised"),
    "group": N_("only as a group"),
    "none": N_("not at all"),
}
VISIBILITY = {
    "position": N_("shown under its own name"),
    "group": N_("shown as a group"),
    "withheld": N_("not shown"),
}
# What became of a file that was taken in.
OUTCOMES = {
    "new": N_("new"),
    "newer": N_("newer than what we had"),
    "same": N_("the same again"),
    "older": N_("older than what we have"),
    "conflicting": N_("differs from what we have"),
    "draft-not-used": N_("a draft, beside a sheet that was handed in"),
    "other-round": N_("of another round"),
    "other-set": N_("of another question set"),
    "other-session": N_("not for this session"),
    "other-party": N_("under another party"),
    "unknown-person": N_("of somebody who is not in the session"),
    "damaged": N_("damaged"),
    "refused": N_("refused"),
    "rows-not-used": N_("rows not used"),
    "answers-not-used": N_("answers not used"),
    "no-answers": N_("no answer in it"),
}
# Of an agreement. `{words}` says to whom it was put, or where it is laid down.
MANDATES = {
    "within": N_("agreed within our mandate"),
    "submitted": N_("put to {words}"),
    "fixed": N_("laid down already in {words}"),
    "parked": N_("parked"),
}
# The three tests of a boundary (docs/developer/method.md 1.2), and how each comes out.
BOUNDARY_TESTS = {
    "specified": N_("specified"),
    "agreed": N_("agreed upon"),
    "kept": N_("kept"),
}
TESTED = {
    "yes": N_("yes"),
    "partly": N_("partly"),
    "no": N_("no"),
}
OTHERS = N_("the other parties")


def label(table: Mapping[str, str], name: str, language: "Language") -> str:
    """What `name` is called in `language`. Raises KeyError for a name that is not in the table."""
    return words(language)(table[name])


def others(language: "Language") -> str:
    """What the withheld parties are called that are shown together."""
    return words(language)(OTHERS)


def mandate(status: str, said: str, language: "Language") -> str:
    """The mandate status of an agreement. `said`: its words, put in where they belong."""
    return words(language)(MANDATES[status], words=said or "…")


def flag_sentence(flag: str, party: str, language: "Language") -> str:
    """A flag in a sentence. `party`: what the party is called, for flags about one."""
    return words(language)(FLAGS[flag.partition(":")[0]], party=party)
