"""Making what participants get to answer on away from the session's folder."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bart_tool.domain.base import Language
from bart_tool.domain.session import Phase
from bart_tool.errors import NotAllowed
from bart_tool.forms.page import render, render_paper
from bart_tool.workflow import paper_content
from bart_tool.workflow.desk import Desk, must_take_part
from bart_tool.workflow.form_content import Asked, content
from bart_tool.workflow.letter import letter
from bart_tool.workflow.seat import Seat, session_seat
from bart_tool.workflow.walk import Walk


def make_forms(
    desk: Desk,
    codes: Sequence[str] = (),
    *,
    language: Language | None = None,
    paper: bool = False,
    letters: bool = False,
    by: date | None = None,
) -> tuple[Path, ...]:
    """Write one form for each of `codes`, for everybody when there are none; gives the files.

    `paper`: to print, instead of for a browser. `letters`: with an invitation beside each, that
    asks to send back by the day `by`. Nothing that was answered stands in them. Raises NotFound
    for a code that is not in the session, NotAllowed when nobody answers now, CannotWrite.
    """
    if desk.session.phase is not Phase.ANSWERING:
        raise NotAllowed("forms-not-answering", session=desk.session.session)
    wanted = tuple(dict.fromkeys(codes or desk.session.party_of))
    for code in wanted:  # a mistyped code costs nobody half a pile of forms
        must_take_part(desk, code)
    spoken = language or desk.session.language
    made: list[Path] = []
    asked = {
        kind: Asked(Walk(desk.question_set, kind), spoken)
        for kind in {party.kind for party in desk.session.parties}
    }
    for code in wanted:
        seat = session_seat(desk, code)
        if paper:
            text = render_paper(paper_content.content(seat, spoken))
            made.append(_write(desk, seat, ".paper.html", text))
        else:
            text = render(content(seat, asked[seat.kind]))
            made.append(_write(desk, seat, ".html", text))
        if letters:
            made.append(_write(desk, seat, ".letter.txt", letter(seat, spoken, by, paper=paper)))
    return tuple(made)


def _write(desk: Desk, seat: Seat, ending: str, text: str) -> Path:
    return desk.folder.write_form(seat.code, ending, text.encode())
