"""Making what participants get to answer on away from the session's folder."""

from collections.abc import Sequence

from bart_tool.domain.base import Language
from bart_tool.domain.route import Route
from bart_tool.domain.session import Phase
from bart_tool.errors import NotAllowed
from bart_tool.forms import render, render_paper
from bart_tool.wording.letter import Letterhead, letter
from bart_tool.workflow import paper_content
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.form_content import FormQuestions, content
from bart_tool.workflow.open_session import OpenSession, must_take_part
from bart_tool.workflow.phases import status


def make_forms(
    opened: OpenSession,
    codes: Sequence[str] = (),
    *,
    language: Language | None = None,
    paper: bool = False,
    letters: Letterhead | None = None,
    reminds: bool = False,
    to: str = "",
) -> tuple[str, ...]:
    """Write one form for each of `codes`, for everybody when there are none; gives where they are.

    `paper`: to print, instead of for a browser. `letters`: with an invitation beside each, or a
    reminder where it `reminds`.
    `to`: the address of the facilitator, to which a form then mails.
    Nothing that was answered stands in them. Raises NotFound for a code that is not in the
    session, NotAllowed when nobody answers now, CannotWrite.
    """
    wanted = _wanted(opened, codes)
    spoken = language or opened.session.language
    made: list[str] = []
    asked = {
        kind: FormQuestions(Route(opened.session.said_to(opened.question_set, kind), kind), spoken)
        for kind in {party.kind for party in opened.session.parties}
    }
    for code in wanted:
        context = session_context(opened, code)
        if paper:
            text = render_paper(paper_content.content(context, spoken))
            made.append(_write(opened, context, ".paper.html", text))
        else:
            text = render(content(context, asked[context.kind], to))
            made.append(_write(opened, context, ".html", text))
        if letters is not None:
            text = letter(context, spoken, letters, paper=paper, reminds=reminds)
            made.append(_write(opened, context, _letter_ending(paper, reminds), text))
    return tuple(made)


def to_remind(opened: OpenSession, codes: Sequence[str] = ()) -> tuple[str, ...]:
    """Of `codes`, of everybody when there are none, those who have not handed in.

    Raises as `make_forms`.
    """
    wanted = _wanted(opened, codes)
    missing = {each.code for each in status(opened).missing}
    return tuple(code for code in wanted if code in missing)


def _wanted(opened: OpenSession, codes: Sequence[str]) -> tuple[str, ...]:
    if opened.session.phase is not Phase.ANSWERING:
        raise NotAllowed("forms-not-answering", session=opened.session.session)
    wanted = tuple(dict.fromkeys(codes or opened.session.party_of))
    for code in wanted:  # a mistyped code costs nobody half a pile of forms
        must_take_part(opened, code)
    return wanted


def _letter_ending(paper: bool, reminds: bool) -> str:
    """One for each way, so that making papers leaves the letters that went by mail as they are."""
    return (".paper" if paper else "") + (".reminder.txt" if reminds else ".letter.txt")


def _write(opened: OpenSession, context: AnswerContext, ending: str, text: str) -> str:
    written = opened.folder.write_form(context.code, ending, text.encode())
    return opened.folder.where(written)
