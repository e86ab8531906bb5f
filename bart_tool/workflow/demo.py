"""The demo: a session of an invented wijk, made from the data in `bart_tool/demo`."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from bart_tool.domain.base import Language
from bart_tool.errors import BadData
from bart_tool.store import sheets, yaml_text
from bart_tool.store.protocol import Store
from bart_tool.workflow.open_session import OpenSession, with_fitting_answers
from bart_tool.workflow.phases import close
from bart_tool.workflow.prepare import first_free_session, new_session
from bart_tool.workflow.publish import Published, publish
from bart_tool.workflow.session_draft import SessionDraft


def make_demo(store: Store, language: Language = "nl") -> Published:
    """Make a demo session with answers, close its round and write its report.

    The first is called `demo`, the next `demo-2`: what somebody changed in one is never touched.
    Raises CannotCreate or CannotWrite when the folder refuses.
    """
    data = files("bart_tool") / "demo"
    draft = _draft(data, first_free_session(store, "demo"), language)
    opened = new_session(store, draft)
    for source in sorted((data / "sheets").iterdir(), key=lambda each: each.name):
        _put(opened, source)
    return publish(close(opened).opened, formats=("md", "json"))


def _draft(data: Traversable, name: str, language: Language) -> SessionDraft:
    document, problems = yaml_text.read((data / "demo.yaml").read_text("utf-8"), "demo.yaml")
    if document is None or problems:
        raise BadData("bad-file", problems, file="demo.yaml")
    said = document.data
    return SessionDraft(
        name=name,
        set_name=said["question_set"],
        parties=[(party, int(people)) for party, people in said["parties"].items()],
        title=said["title"],
        asked_decisions=tuple(said["asked_decisions"]),
        language=language,
    )


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
