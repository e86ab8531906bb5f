"""Small workshops for tests: a set that asks a bit of everything, a session and its sheets."""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure.counting import counted, marks_of
from bart_tool.disclosure.in_time import Closing
from bart_tool.disclosure.publish import publish, published
from bart_tool.domain.answer import Answer
from bart_tool.domain.findings import Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Picture, Sheet
from bart_tool.store.disk import DiskStore
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow import open_session
from tests.store.in_store import InStore

KINDS = ("wijkraad", "wijkmanager", "cluster")


def text(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}


def named(*ids: str, **more: Any) -> dict[str, Any]:
    return {name: {"label": text(name), **more} for name in ids}


def options(*ids: str) -> list[dict[str, Any]]:
    return [{"id": name, "label": text(name)} for name in ids]


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    above = {"table": text(f"{name} of these?")} if kind == "scale" and "objects" in more else {}
    return {
        "id": name,
        "type": kind,
        "boundary": "task",
        "tense": "practice",
        "short": text(name),
        "text": text(f"{name}?"),
        **above,
        **more,
    }


MANDATE = ("none", "informed", "advises", "co-decides", "decides", "enforces")


def set_data(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A set's plain data with the workshop's parties and scales, asking `questions`."""
    roles = options("networker", "fixer")
    roles.append({"id": "director", "label": text("director"), "needs": "co-decides"})
    return {
        "format": 1,
        "kind": "question-set",
        "id": "small",
        "title": text("small"),
        "parties": {
            "wijkraad": {"label": text("wijkraad"), "prefix": "WR"},
            "wijkmanager": {"label": text("wijkmanager"), "prefix": "WM"},
            "cluster": {"label": text("cluster"), "prefix": "CL", "many": True},
        },
        "actors": named("college", "bewoners"),
        "subjects": named("wijkakkoord"),
        "objects": {
            "decisions": named("spend", "drop"),
            "means": named("time", "money", "people"),
            "phases": named("prepare", "decide", "carry-out", "evaluate"),
        },
        "option_lists": {"roles": roles},
        "scales": {
            "mandate": {"levels": options(*MANDATE), "decision_line": 2.5},
            "status": {"levels": options("no", "partly", "yes")},
            "five": {"levels": options("very-low", "low", "middle", "high", "very-high")},
        },
        "questions": list(questions),
        **more,
    }


MANDATE_QUESTION = question(
    "mandate",
    "scale",
    boundary="authority",
    scale="mandate",
    subjects=list(KINDS),
    objects="decisions",
    certainty=True,
    coverage={"topic": "decision", "claims_from": "decides"},
)
WHO_QUESTION = question("who", "who", certainty=True)
CHOICE_QUESTION = question(
    "choice", "choice", subjects=list(KINDS), options=options("voice", "plan", "check")
)
ROLES_QUESTION = question(
    "roles", "multi", subjects=list(KINDS), options="roles", tags=["formal", "informal"]
)
TEXT_QUESTION = question("words", "text", subjects=["wijkraad"])
STATUS_QUESTION = question("kept", "scale", scale="status", subjects=["wijkakkoord"])


def small_set(*questions: dict[str, Any], **more: Any) -> QuestionSet:
    asked = questions or (
        MANDATE_QUESTION,
        WHO_QUESTION,
        CHOICE_QUESTION,
        ROLES_QUESTION,
        TEXT_QUESTION,
        STATUS_QUESTION,
    )
    return QuestionSet.model_validate(set_data(*asked, **more))


PREFIX = {"wijkraad": "WR", "wijkmanager": "WM", "cluster": "CL"}


def session(question_set: QuestionSet, parties: Mapping[str, int], **more: Any) -> Session:
    """A closed session with `parties` -> number invited, codes handed out as `bart new` does."""
    seen: dict[str, int] = {}
    participants = []
    for party, invited in parties.items():
        kind = party.partition("-")[0]
        for _ in range(invited):
            seen[kind] = seen.get(kind, 0) + 1
            participants.append({"code": f"{PREFIX[kind]}-{seen[kind]:02}", "party": party})
    return Session.model_validate(
        {
            "session": "test",
            "phase": "closed",
            "question_set": question_set.id,
            "question_set_hash": question_set.hash,
            "parties": [{"id": p, "kind": p.partition("-")[0]} for p in parties],
            "participants": participants,
            **more,
        }
    )


def sheet(in_session: Session, code: str, answers: Mapping[str, Any], **more: Any) -> Sheet:
    """A sheet that was handed in; an answer is a value, or a dict of an Answer's fields."""
    return Sheet.model_validate(
        {
            "session": in_session.session,
            "question_set": in_session.question_set,
            "question_set_hash": in_session.question_set_hash,
            "participant": code,
            "party": in_session.party_of[code],
            "consent": "position",
            "status": "submitted",
            "answers": {item: as_answer(said) for item, said in answers.items()},
            **more,
        }
    ).marked(in_session.id)


def as_answer(said: Any) -> Answer:
    if isinstance(said, Answer):
        return said
    if isinstance(said, dict) and "value" in said:
        return Answer.model_validate(said)
    return Answer.model_validate({"value": said})


def sheets(in_session: Session, said: Mapping[str, Iterable[Any]], item: str) -> list[Sheet]:
    """One sheet a participant on one item: party -> what its members say, None for nothing."""
    made = []
    for party, values in said.items():
        codes = [code for code, of in in_session.party_of.items() if of == party]
        for code, value in zip(codes, values, strict=False):
            made.append(sheet(in_session, code, {} if value is None else {item: value}))
    return made


def sheets_in_turn(in_session: Session, answers: Mapping[str, Any]) -> list[Sheet]:
    """One sheet a participant; item -> one value for all, or a tuple with one for each in turn.

    The turns go by the parties as the session has them.
    """
    parties = [party.id for party in in_session.parties]
    codes = sorted(in_session.party_of, key=lambda code: parties.index(in_session.party_of[code]))
    return [
        sheet(
            in_session,
            code,
            {
                item: value[place] if isinstance(value, tuple) else value
                for item, value in answers.items()
            },
        )
        for place, code in enumerate(codes)
    ]


def path_of(stored: StoredSession) -> Path:
    """Where a session lies: its folder, or what can be looked at in the same way."""
    if isinstance(stored.store, DiskStore):
        return Path(stored.where())
    return InStore(stored.store, stored.at)  # type: ignore[return-value]


def analysed(question_set: QuestionSet, session: Session, picture: Picture) -> Findings:
    """The findings of one closing by itself, from sheets to findings."""
    return analyse(question_set, session, publish(question_set, session, picture))


def closing_of(question_set: QuestionSet, session: Session, picture: Picture) -> Closing:
    """One closing by itself, with what it was made from."""
    shown = counted(question_set, session, picture.sheets, b"of the session")
    return Closing(published(question_set, session, shown), marks_of(shown))


def with_known_secrets(patch: pytest.MonkeyPatch) -> None:
    """Every session draws the same secret, so that what two of them hold can be compared whole."""
    drawn = secrets.token_hex
    patch.setattr(secrets, "token_hex", lambda n=None: "5e" * 32 if n == 32 else drawn(n))
    with_one_id(patch)


def with_one_id(patch: pytest.MonkeyPatch) -> None:
    """Every session draws the same id: what is sent for one may be taken in in another."""
    patch.setattr(open_session, "drawn_id", lambda: "5e" * 8)
