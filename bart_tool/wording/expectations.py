"""What parties expect of each other, in sentences: only where people were asked to guess."""

from bart_tool.domain.findings import Expectation, ExpectationCode, Findings
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_

SEEN = {
    ExpectationCode.APPARENT_AGREEMENT: N_(
        "{party} expects that {about} sees the same, but {about} sees it differently."
    ),
    ExpectationCode.APPARENT_DIFFERENCE: N_(
        "{party} expects that {about} sees it differently, but they see the same."
    ),
    ExpectationCode.KNOWN_DIFFERENCE: N_(
        "{party} and {about} see it differently, and {party} expects that."
    ),
    ExpectationCode.SHARED_PICTURE: N_(
        "{party} and {about} see the same, and {party} expects that."
    ),
}


QUESTIONS = {
    ExpectationCode.APPARENT_AGREEMENT: N_("What made it look as if you agreed?"),
    ExpectationCode.APPARENT_DIFFERENCE: N_("What made the difference look larger than it is?"),
}


def ordered(findings: Findings) -> tuple[Expectation, ...]:
    """The expectations as a reader meets them: the most misleading first."""
    return tuple(sorted(findings.expectations or (), key=urgency))


def sentence(found: Expectation, names: Naming) -> str:
    """What is expected, beside what is."""
    party, about = names.the(found.party), names.the(found.about)
    return upper_first(names.t(SEEN[found.code], party=party, about=about))


def question(found: Expectation, names: Naming) -> str:
    """What there is to talk about; empty where the expectation is right."""
    return names.t(QUESTIONS[found.code]) if found.code in QUESTIONS else ""


def three_positions(found: Expectation, names: Naming) -> tuple[str, str, str]:
    """What the party says itself, what it expects of the other, and what that one says."""
    t, item = names.t, names.item(found.item)
    party, about = names.the(found.party), names.the(found.about)
    own, guess, theirs = (
        f"{names.position(item, position)} ({names.of(position)})"
        for position in (found.own, found.guess, found.theirs)
    )
    return (
        t("{party} itself: {position}", party=party, position=own),
        t("expects of {about}: {position}", about=about, position=guess),
        t("{party} itself: {position}", party=about, position=theirs),
    )


def silent(found: Expectation, names: Naming) -> str:
    """How much was written with the guess that may not be printed; empty when nothing was."""
    if not found.remarks:
        return ""
    return names.t.plural(
        "{about}: {number} remark that may not be printed.",
        "{about}: {number} remarks that may not be printed.",
        found.remarks,
        about=upper_first(names.party(found.party)),
    )


def urgency(found: Expectation) -> int:
    """The place of an expectation among others: the most misleading is 0."""
    return tuple(ExpectationCode).index(found.code)
