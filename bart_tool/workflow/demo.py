"""The demo: a session of an invented wijk, made from the data in `bart_tool/demo`."""

from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from bart_tool.domain.base import Language
from bart_tool.errors import BadData, CannotCreate
from bart_tool.store import sessions, sheets, yaml_text
from bart_tool.store.protocol import Store
from bart_tool.workflow.open_session import OpenSession, with_fitting_answers
from bart_tool.workflow.phases import close
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.publish import Published, publish
from bart_tool.workflow.session_draft import SessionDraft

MOST_DEMOS = 1000


def make_demo(store: Store, language: Language = "nl") -> Published:
    """Make a demo session with answers, close its round and write its report.

    The first is called `demo`, the next `demo-2`: what somebody changed in one is never touched.
    Raises CannotCreate or CannotWrite when the folder refuses.
    """
    data = files("bart_tool") / "demo"
    draft = _draft(data, language)
    opened = _first_free(store, draft)
    for source in sorted((data / "sheets").iterdir(), key=lambda each: each.name):
        _put(opened, source)
    return publish(close(opened).opened, formats=("md", "json"))


def _draft(data: Traversable, language: Language) -> SessionDraft:
    document, problems = yaml_text.read((data / "demo.yaml").read_text("utf-8"), "demo.yaml")
    if document is None or problems:
        raise BadData("bad-file", problems, file="demo.yaml")
    said = document.data
    return SessionDraft(
        name="demo",
        set_name=said["question_set"],
        parties=[(party, int(people)) for party, people in said["parties"].items()],
        title=said["title"],
        language=language,
    )


def _first_free(store: Store, draft: SessionDraft) -> OpenSession:
    taken = set(sessions.list_all(store))
    for number in range(1, MOST_DEMOS):
        name = draft.name if number == 1 else f"{draft.name}-{number}"
        if name in taken or store.kind(name) is not None:
            continue
        return new_session(store, replace(draft, name=name))
    raise CannotCreate("session-exists", name=draft.name)


def _put(opened: OpenSession, source: Traversable) -> None:
    """Put one of the demo's sheets in the session, as if its writer had handed it in there."""
    sheet, problems = sheets.parse(source.read_text("utf-8"), source.name)
    if sheet is None or problems:
        raise BadData("bad-file", problems, file=source.name)
    session = opened.session
    ours = sheet.changed(session=session.session, question_set_hash=session.question_set_hash)
    fitting, wrong = with_fitting_answers(opened, ours)
    if fitting != ours:
        raise BadData("bad-file", wrong, file=source.name)
    opened.folder.save_sheet(ours, None)
