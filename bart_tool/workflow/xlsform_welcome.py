"""What somebody reads in a survey program before the first question: what bart says elsewhere too.

But not who may read the answers meanwhile: that is not up to bart there.
"""

from collections.abc import Callable, Mapping

from bart_tool.domain.route import Invitation, Route
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.wording import welcome
from bart_tool.wording.translation import Words, words


def welcome_texts(session: Session, route: Route) -> Mapping[str, Callable[[Words], str]]:
    """Name of a note -> what it says, in the order in which one reads them."""
    invited = _invited(session, route)
    texts: dict[str, Callable[[Words], str]] = {"about": lambda t: _about(invited, t)}
    if welcome.drawing(invited, words(session.language)):
        texts["drawing"] = lambda t: welcome.drawing(invited, t)
    return texts | {"seen": lambda t: _seen(invited, t)}


def _invited(session: Session, route: Route) -> Invitation:
    """Somebody of this kind, whoever that is."""
    parties = [party for party in session.parties if party.kind == route.kind]
    alone = {session.invited(party.id) == 1 for party in parties}
    label = route.question_set.parties[route.kind].label
    return Invitation(
        question_set=route.question_set,
        kind=route.kind,
        party_label=(parties[0].label or label) if len(parties) == 1 else label,
        blank=Sheet(
            session=session.session,
            round=session.round,
            question_set=session.question_set,
            question_set_hash=session.question_set_hash,
            participant="A",
            party=parties[0].id,
        ),
        title=session.title,
        alone=alone.pop() if len(alone) == 1 else None,
        k=session.k,
    )


def _about(invited: Invitation, t: Words) -> str:
    party = invited.party_label.in_language(t.language)
    lines = (
        invited.title,
        t("You take part for: {party}", party=party),
        welcome.what_it_is_about(invited, t),
        welcome.how_long(invited, t),
        t("No answer is right or wrong. Not knowing is an answer too."),
    )
    return "\n\n".join(filter(None, lines))


def _seen(invited: Invitation, t: Words) -> str:
    said = welcome.consent_text(invited, t, elsewhere=True).strip()
    return f"{t('Who will see what?')}\n\n{said}"
