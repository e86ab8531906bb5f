"""The demo: a session of an invented wijk, made from the data in `bart_tool/demo`."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.domain.base import Language
from bart_tool.domain.days import months_on
from bart_tool.domain.session import FormalSource
from bart_tool.errors import BadData, BartError, CannotCreate, CannotWrite
from bart_tool.store import deleting, sheets, yaml_text
from bart_tool.store.protocol import Store
from bart_tool.workflow.agree import agree
from bart_tool.workflow.open_session import OpenSession, with_fitting_answers
from bart_tool.workflow.phases import close
from bart_tool.workflow.prepare import first_free_session, new_session
from bart_tool.workflow.publish import Published, publish, publish_agreements
from bart_tool.workflow.session_draft import SessionDraft

MONTHS_ON = 6  # after which an agreement is checked


def make_demo(store: Store, language: Language = "nl", *, is_agreed: bool = False) -> Published:
    """Make a demo session with answers, close its round and write its report.

    The first is called `demo`, the next `demo-2`: what somebody changed in one is never touched.
    `is_agreed`: the talk is over too, so that agreements stand in it, with their page.
    Raises CannotCreate or CannotWrite when the folder refuses; then nothing of it is left.
    """
    name = first_free_session(store, "demo")
    try:
        return _made(store, name, language, is_agreed=is_agreed)
    except (CannotCreate, CannotWrite):
        with suppress(BartError):  # half an example helps nobody
            deleting.delete(store, name)
        raise


def _made(store: Store, name: str, language: Language, *, is_agreed: bool) -> Published:
    data = files("bart_tool") / "demo"
    said = _read(data)
    opened = new_session(store, _draft(said, name, language))
    for source in sorted((data / "sheets").iterdir(), key=lambda each: each.name):
        _put(opened, source)
    opened = close(opened).opened
    if not is_agreed:
        return publish(opened, formats=("md", "json"))
    today = opened.session.closed_on or date.today()
    for agreed in _agreed(said, today):
        opened = agree(opened, agreed, today).opened
    page = publish_agreements(opened)
    made = publish(opened, formats=("md", "json"))
    return replace(made, files=(*made.files, *page))


def _read(data: Traversable) -> dict[str, Any]:
    document, problems = yaml_text.read((data / "demo.yaml").read_text("utf-8"), "demo.yaml")
    if document is None or problems:
        raise BadData("bad-file", problems, file="demo.yaml")
    return dict(document.data)


def _agreed(said: Mapping[str, Any], today: date) -> Iterator[AgreementDraft]:
    """What was agreed in the talk, to be checked half a year on where it is not parked."""
    check_on = months_on(today, MONTHS_ON)
    for fields in said["agreements"]:
        parties = tuple(Assent(party=party) for party in fields.get("parties", ()))
        is_parked = fields["mandate"] == "parked"
        yield AgreementDraft(
            **{**fields, "parties": parties, "check_on": None if is_parked else check_on}
        )


def _draft(said: Mapping[str, Any], name: str, language: Language) -> SessionDraft:
    return SessionDraft(
        name=name,
        set_name=said["question_set"],
        parties=[(party, int(people)) for party, people in said["parties"].items()],
        title=said["title"],
        asked_decisions=tuple(said["asked_decisions"]),
        sources={item: FormalSource(**source) for item, source in said["sources"].items()},
        language=language,
    )


def _put(opened: OpenSession, source: Traversable) -> None:
    """Put one of the demo's sheets in the session, as if its writer had handed it in there."""
    sheet, problems = sheets.parse(source.read_text("utf-8"), source.name)
    if sheet is None or problems:
        raise BadData("bad-file", problems, file=source.name)
    session = opened.session
    ours = sheet.changed(
        session=session.session, question_set_hash=session.question_set_hash
    ).marked(session.id)
    fitting, wrong = with_fitting_answers(opened, ours)
    if fitting != ours:
        raise BadData("bad-file", wrong, file=source.name)
    opened.folder.save_sheet(ours, None)
