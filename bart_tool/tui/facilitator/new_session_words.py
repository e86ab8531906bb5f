"""The pages of a new session, and what they say."""

from enum import StrEnum

from bart_tool.wording.translation import N_
from bart_tool.workflow.session_draft import SessionDraft


class WizardPage(StrEnum):
    """The pages of a new session, in their order."""

    WIJK = "wijk"
    SET = "set"
    PARTIES = "parties"
    DECISIONS = "decisions"
    PRIVACY = "privacy"
    SOURCES = "sources"
    OVERVIEW = "overview"


PAGES = tuple(WizardPage)

TITLES = {
    WizardPage.WIJK: N_("the wijk"),
    WizardPage.SET: N_("the questions"),
    WizardPage.PARTIES: N_("the parties"),
    WizardPage.DECISIONS: N_("the decisions"),
    WizardPage.PRIVACY: N_("who sees what"),
    WizardPage.SOURCES: N_("what is laid down"),
    WizardPage.OVERVIEW: N_("is this right?"),
}
TEXTS = {
    WizardPage.WIJK: N_(
        "For which wijk, team or organisation is it? The short name is used for the session's "
        "folder."
    ),
    WizardPage.SET: N_("Which questions will people get?"),
    WizardPage.PARTIES: N_(
        "Which parties take part, and with how many people? Each person gets a code. bart does not "
        "ask for names."
    ),
    WizardPage.DECISIONS: N_(
        "Who may decide is asked about these decisions. Is there one that matters to you? "
        "Add it. You may also leave it as it is."
    ),
    WizardPage.PRIVACY: N_(
        "Before the first question everybody chooses for themselves how they are shown: "
        "recognisable, only as a group, or not at all. Here you set how large a group must be."
    ),
    WizardPage.SOURCES: N_(
        "Is something laid down in a rule or a mandate? Then you can put it beside the question. "
        "The report shows where a picture differs from it. You may leave this empty."
    ),
    WizardPage.OVERVIEW: N_("Choose a line to change it."),
}
REMOVE = "-"  # typed instead of words: take it away
ASK_TITLE = (N_("The wijk"), N_("What is the wijk, the team or the organisation called?"))
ASK_NAME = (
    N_("Short name"),
    N_("Small letters, digits and hyphens, without spaces. At most 41."),
)
ASK_PEOPLE = (N_("How many people?"), N_("How many people of this party will answer?"))
ASK_PARTY = (N_("Which one?"), N_("Its name, for example: Stadsbeheer"))
ASK_OWN_PARTY = (
    N_("Which party?"),
    N_("Its name as one group, as in a sentence. For example: the nursing staff"),
)
ASK_DECISION = (
    N_("An own decision"),
    N_("In a few words, for example: Place a bench. A dash (-) takes it away."),
)
ASK_FUNCTION = (
    N_("A function"),
    N_("People may choose their function from this list. A dash (-) takes it away."),
)
ASK_K = (
    N_("Smallest group"),
    N_(
        "How many people must a group have before its answers are shown? At least 2. We advise 3 "
        "or more."
    ),
)
ASK_UNTIL = (
    N_("Keep until"),
    N_("Until when are the answers kept? For example: 30-6-2027. A dash (-) for no date."),
)
NOT_A_NUMBER = N_("That is not a number that fits. Type digits only, for example: 7")
NOT_A_K = N_("Type a number from 2 to 50.")
NOT_A_DATE = N_("That is not a date. Type it like: 30-6-2027")
_NO_TITLE = N_("First fill in the wijk.")
_NO_PARTIES = N_("First fill in how many people take part, for at least one party.")


def needed(page: WizardPage, draft: SessionDraft) -> str:
    """What must be filled in before one can go on from `page`; empty when nothing is."""
    if page is WizardPage.WIJK and not draft.name:
        return _NO_TITLE
    if page in (WizardPage.PARTIES, WizardPage.OVERVIEW) and not draft.parties:
        return _NO_PARTIES
    return ""
