"""The days on which agreements are looked at again, as a calendar file that can be mailed.

Like the page of agreements it may be public: a sentence, a topic and a position, no name, answer or
note. It is valid iCalendar (RFC 5545), and the same for the same agreements.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from bart_tool.domain.agreement import Agreement, waiting
from bart_tool.domain.base import Language
from bart_tool.errors import CannotCreate
from bart_tool.report.agreements_page import title
from bart_tool.wording.agreements import position, topic
from bart_tool.wording.naming import Naming
from bart_tool.workflow.agree import agreements
from bart_tool.workflow.open_session import OpenSession

if TYPE_CHECKING:
    from icalendar import Event


def calendar(opened: OpenSession, language: Language | None = None) -> bytes:
    """A whole day for each agreement that still waits to be looked at, the first day first.

    In the language of the session, unless another is asked for. Raises CannotCreate, saying what to
    install, where the library for it is not there, and as `agreements`.
    """
    if find_spec("icalendar") is None:
        raise CannotCreate("extra-missing", formats="--ics", extras="calendar")
    from icalendar import Calendar

    names = Naming(opened.known, opened.session, language or opened.session.language)
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//BART//bart agreements//{names.language.upper()}")
    called = title(names.session, names.language)
    made.add("name", called)
    made.add("x-wr-calname", called)
    for day, each in waiting(agreements(opened).agreements):
        made.add_component(_event(day, each, names))
    return bytes(made.to_ical())


def _event(day: date, agreement: Agreement, names: Naming) -> "Event":
    from icalendar import Event

    t, event = names.t, Event()
    session = names.session
    # Of what it is about and not of what it says, so that a changed agreement is the same event.
    event.add("uid", str(uuid5(NAMESPACE_URL, f"bart:{session.session}/{agreement.id}")))
    # No clock: the day it was written last, so that of two files the later one counts; of what an
    # earlier bart kept the last day that is known.
    written = agreement.changed_on or (agreement.checks[-1].on if agreement.checks else day)
    event.add("dtstamp", datetime.combine(written, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", t("Look again at {id}: {sentence}", id=agreement.id,
                           sentence=" ".join(agreement.sentence.split())))  # fmt: skip
    event.add("description", "\n".join(_told(agreement, names)))
    return event


def _told(agreement: Agreement, names: Naming) -> Iterator[str]:
    t = names.t
    yield t("Topic: {topic}", topic=topic(agreement.topic, names))
    if agreement.standing == "parked":
        yield t("Parked: not settled yet")
    if agreement.owner:
        yield t("Sees to it: {owner}.", owner=position(agreement.owner, names))
    yield t("Is it kept: no, partly or yes?")
