"""A small set that asks every type of question, in Dutch and English, and seats for it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.store import sessions, yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.open_session import OpenSession, open_session


def both(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def named(nl: str, en: str, the_nl: str = "", the_en: str = "") -> dict[str, Any]:
    return {"label": both(nl, en), "the": both(the_nl or nl, the_en or en)}


def option(name: str, nl: str, en: str, more_nl: str = "", more_en: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "label": both(nl, en)}
    return {**made, "help": both(more_nl, more_en)} if more_nl else made


MANDATE = [
    option("none", "Geen rol", "No role", "staat erbuiten", "stands outside"),
    option("informed", "Wordt geïnformeerd", "Is informed", "hoort het", "hears of it"),
    option(
        "advises",
        "Adviseert",
        "Advises",
        "mag meepraten; een ander beslist en legt afwijken uit",
        "has a say; another decides, and explains when it does otherwise",
    ),
    option(
        "co-decides", "Beslist mee", "Co-decides", "zonder ja gaat het niet door", "needs a yes"
    ),
    option("decides", "Beslist", "Decides", "neemt het besluit", "takes the decision"),
    option(
        "enforces", "Beslist en dwingt af", "Decides and enforces", "kan zorgen dat het gebeurt"
    ),
]
ROLES = [
    option("eyes-and-ears", "Ogen en oren van de wijk", "Eyes and ears of the area"),
    option("networker", "Netwerker", "Networker"),
    option("director", "Regisseur", "Director"),
    option("driver", "Trekker", "Driver"),
    option("project-lead", "Projectleider", "Project lead"),
    option("representative", "Vertegenwoordiger", "Representative"),
    option("bridge", "Brug", "Bridge"),
    option("adviser", "Adviseur", "Adviser"),
    option("monitor", "Bewaker van afspraken", "Monitor"),
    option("messenger", "Boodschapper", "Messenger"),
    option("fixer", "Regelt het buiten de afspraken om", "Fixer"),
]
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "primary-task",
        "type": "choice",
        "boundary": "task",
        "tense": "practice",
        "short": both("hoofdtaak", "main task"),
        "text": both(
            "Wat is de belangrijkste taak van {subject}?", "What is the main task of {subject}?"
        ),
        "example": both(
            "de wijkraad laat horen wat er speelt.", "the council says what is going on."
        ),
        "help": both("Kies wat het meest past.", "Choose what fits best."),
        "subjects": ["wijkraad", "wijkmanager"],
        "options": [
            option("voice", "De stem van de wijk laten horen", "Be the voice of the area"),
            option("plan", "Het wijkakkoord maken en bewaken", "Make and guard the agreement"),
            option("connect", "Bewoners en gemeente verbinden", "Connect residents and city"),
        ],
        "fixed": ["voice", "plan", "connect"],  # tests choose by number, whatever the code
        "certainty": True,
    },
    {
        "id": "mission",
        "type": "text",
        "boundary": "task",
        "tense": "formal",
        "short": both("missie", "mission"),
        "text": both(
            "Wat is in één zin de missie van {subject}?", "What is the mission of {subject}?"
        ),
        "subjects": ["wijkraad"],
    },
    {
        "id": "mandate",
        "type": "scale",
        "boundary": "authority",
        "tense": "formal",
        "scale": "mandate",
        "short": both("bevoegdheid", "mandate"),
        "text": both("Wat mag {subject} bij {object}?", "What may {subject} do about {object}?"),
        "table": both(
            "Wat mag {subject} bij deze besluiten?", "What may {subject} do about these?"
        ),
        "example": both("een extra snoeibeurt.", "an extra pruning."),
        "subjects": ["wijkraad", "wijkmanager"],
        "objects": "decisions",
        "certainty": True,
        "coverage": {"topic": "decision", "claims_from": "decides"},
    },
    {
        "id": "ties-broken-by",
        "type": "who",
        "boundary": "authority",
        "tense": "practice",
        "short": both("knopen doorhakken", "breaking ties"),
        "text": both("Wie hakt de knoop door?", "Who breaks the tie?"),
        "certainty": True,
    },
    {
        "id": "roles",
        "type": "multi",
        "boundary": "role",
        "tense": "practice",
        "short": both("rollen", "roles"),
        "text": both("Welke rollen heeft {subject}?", "Which roles does {subject} have?"),
        "subjects": ["wijkraad", "wijkmanager"],
        "options": "roles",
        "fixed": [role["id"] for role in ROLES],
        "tags": ["formal", "given", "informal"],
        "most": 5,
    },
    {
        "id": "clarity",
        "type": "scale",
        "boundary": "boundary",
        "tense": "wish",
        "scale": "five",
        "short": both("helderheid", "clarity"),
        "text": both("Hoe helder moet dit zijn?", "How clear should this be?"),
    },
]
DATA: dict[str, Any] = {
    "format": 1,
    "kind": "question-set",
    "id": "klein",
    "title": both("Klein", "Small"),
    "parties": {
        "wijkraad": {**named("wijkraad", "council", "de wijkraad", "the council"), "prefix": "WR"},
        "wijkmanager": {
            **named("wijkmanager", "area manager", "de wijkmanager", "the area manager"),
            "prefix": "WM",
        },
    },
    "actors": {"college": named("college", "executive", "het college", "the executive")},
    "objects": {
        "decisions": {
            "small-urgent-spend": named("een kleine, dringende uitgave", "a small, urgent spend"),
            "participation-approach": named("hoe bewoners meedoen", "how residents take part"),
            "drop-action": named("een actie schrappen", "dropping an action"),
        }
    },
    "option_lists": {"roles": ROLES},
    "scales": {
        "mandate": {"levels": MANDATE, "decision_line": 2.5},
        "five": {
            "levels": [
                option("very-low", "Heel weinig", "Very low"),
                option("low", "Weinig", "Low"),
                option("middle", "Gemiddeld", "Middle"),
                option("high", "Veel", "High"),
                option("very-high", "Heel veel", "Very high"),
            ]
        },
    },
    "questions": QUESTIONS,
}


def opened(
    root: Path,
    *,
    data: Mapping[str, Any] = DATA,
    parties: Mapping[str, int] | None = None,
    name: str = "proef",
    **more: Any,
) -> OpenSession:
    """A session on disk that is being answered: two of the council, one area manager."""
    question_set = QuestionSet.model_validate(data)
    invited = parties or {"wijkraad": 2, "wijkmanager": 1}
    participants = [
        {"code": f"{question_set.parties[party].prefix}-{n + 1:02}", "party": party}
        for party, number in invited.items()
        for n in range(number)
    ]
    session = Session.model_validate(
        {
            "session": name,
            "title": "Voorbeeldwijk",
            "phase": "answering",
            "question_set": question_set.id,
            "question_set_hash": question_set.hash,
            "parties": [{"id": party, "kind": party} for party in invited],
            "participants": participants,
            **more,
        }
    )
    sessions.create(DiskStore(root), session, yaml_text.write(plain(question_set)))
    return open_session(DiskStore(root), name)


def plain(question_set: QuestionSet) -> Any:
    return question_set.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def context(root: Path, code: str = "WR-01", **more: Any) -> AnswerContext:
    return session_context(opened(root, **more), code)


def saved(of: AnswerContext) -> Sheet:
    found = of.read()
    assert found is not None
    return found[0]


def begun(state: Answering) -> Answering:
    """With the choice made that goes before the first question."""
    return steps.begin(state, "position", "")
