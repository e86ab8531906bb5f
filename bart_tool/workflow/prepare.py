"""Making a session on the disk, with the exact set that its round will use."""

from bart_tool.domain.names import first_free
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import BadData, CannotCreate, WrongUse
from bart_tool.store import locations, plain_file, question_sets, sessions
from bart_tool.store.protocol import Store
from bart_tool.workflow.open_session import OpenSession, open_session, with_id
from bart_tool.workflow.session_draft import SessionDraft, id_of

_LONGEST_NAME = 41  # of a session


def new_session(store: Store, draft: SessionDraft) -> OpenSession:
    """Make the session, in phase `answering`.

    Raises WrongUse for a draft that cannot be, NotFound for an unknown set, BadData for a set with
    errors, CannotCreate when there is a session of that name.
    """
    locations.safe_name(draft.name)
    question_set, text = usable_set(draft.set_name)
    wrong = draft.problems(question_set)
    if wrong:
        raise WrongUse("plan-does-not-fit", wrong)
    session = with_id(draft.session(question_set))
    sessions.create(store, session, text)
    return open_session(store, draft.name)


def must_be_free(store: Store, name: str) -> None:
    """Raises WrongUse for a name that no session can have, CannotCreate for one that is taken."""
    if store.kind(locations.safe_name(name)) is not None:
        raise CannotCreate("session-exists", name=name)


def free_name(store: Store, title: str) -> str:
    """A short name for the session of the wijk called `title` that is not taken yet."""
    return first_free_session(store, id_of(title, _LONGEST_NAME) or "sessie")


def first_free_session(store: Store, wanted: str) -> str:
    """The name `wanted`, with a number behind it where there is such a session already."""
    return first_free(wanted, lambda name: store.kind(name) is not None, _LONGEST_NAME)


def shipped_sets() -> dict[str, QuestionSet]:
    """The sets that come with the program, by id; those for any organisation stand last."""
    found = {name: usable_set(name)[0] for name in question_sets.set_ids()}
    return dict(sorted(found.items(), key=lambda each: each[1].named_kind is not None))


def usable_set(name: str) -> tuple[QuestionSet, str]:
    """The set of this id or in this file, and its text. Raises NotFound or BadData."""
    path = question_sets.find(name)
    text, problems = plain_file.read_text(path)
    question_set = None
    if text is not None:
        question_set, problems = question_sets.parse(text, path.name)
    if question_set is None or text is None:
        raise BadData("bad-set", problems, name=name)
    return question_set, text
