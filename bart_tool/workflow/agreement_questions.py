"""What is asked about an agreement while it is written: does it fit, and is it a boundary yet?"""

import re
from collections.abc import Iterator
from datetime import date

from bart_tool.analysis.mandate import Doubt, doubts, is_doubtable
from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.agreement_checks import check_agreement, is_past, open_questions
from bart_tool.domain.base import Language
from bart_tool.errors import Problem, Severity, Where
from bart_tool.wording.agreements import position
from bart_tool.wording.naming import Naming
from bart_tool.wording.vague_words import VAGUE
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import OpenSession

# A capital behind a form of address is a name; a capital by itself may be a street or a plan.
ADDRESSED = re.compile(
    r"(?<!\w)(?i:mevrouw|mevr\.|mw\.|meneer|mijnheer|de heer|dhr\.|mrs\.?|mr\.?|ms\.?) +"
    r"[^\W\d_a-z]\w"
)


def questions(
    opened: OpenSession, draft: AgreementDraft, today: date, language: Language | None = None
) -> tuple[Problem, ...]:
    """What is wrong with an agreement or still to be asked about it, while it is written.

    With an error among them it cannot be saved. The place of each is the key it is about. What
    lies beyond a mandate by the answers is asked with the positions named in `language`.
    """
    past = wrong("agreement-check-in-the-past", "check_on")
    return (
        *check_agreement(draft, opened.session, opened.known),
        *((past,) if is_past(draft, today) else ()),
        *names_in(opened, draft),
        *open_questions(draft, VAGUE[opened.session.language]),
        *_beyond_mandate(opened, draft, language or opened.session.language),
    )


def wrong(code: str, key: str) -> Problem:
    """What is wrong with the part of an agreement called `key`."""
    return Problem(code, Where(item=key))


def names_in(opened: OpenSession, draft: AgreementDraft) -> Iterator[Problem]:
    """Whether a name that is kept beside the codes stands in a text, or one after Mrs or Mr."""
    names = {
        part
        for person in opened.folder.people().values()
        for part in (person.name, *re.findall(r"\b[^\W\d_a-z]\w{2,}", person.name))
        if part.strip()
    }
    texts = {
        "sentence": draft.sentence,
        "mandate_words": draft.mandate_words,
        "written_in": draft.written_in,
        "parties": "\n".join(assent.condition for assent in draft.parties),
        "checks": "\n".join(check.note for check in draft.checks),
    }
    for key, text in texts.items():
        kept = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)
        if kept or ADDRESSED.search(text):
            yield Problem("agreement-holds-a-name", Where(item=key), severity=Severity.WARNING)


def _beyond_mandate(
    opened: OpenSession, draft: AgreementDraft, language: Language
) -> Iterator[Problem]:
    """What the answers make one ask of an agreement that is called within the mandate."""
    # Comparing all answers takes a while, and of most agreements nothing is asked.
    if not is_doubtable(draft, opened.question_set) or not opened.session.phase.is_revealed:
        return
    names = Naming(opened.known, opened.session, language)
    found = doubts(draft, findings(opened), opened.question_set, opened.session.kind_of)
    for doubt in found:
        yield _asked(doubt, names)


def _asked(doubt: Doubt, names: Naming) -> Problem:
    code = f"agreement-{doubt.code}"
    if doubt.code == "claimed-by-nobody" and doubt.positions:
        code = "agreement-seen-elsewhere"
    params = {
        "positions": names.t.listed([position(each, names) for each in doubt.positions]),
        "parties": names.listed_parties(doubt.contested_by),
    }
    return Problem(code, Where(item="mandate"), params, Severity.NOTE)
