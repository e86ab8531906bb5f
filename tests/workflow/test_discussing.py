"""The chosen topics are kept, found again, and make way for those of another round."""

from datetime import date
from pathlib import Path

import pytest

from bart_tool.domain.agreement import AgreementDraft
from bart_tool.domain.course import Progress
from bart_tool.domain.discussion import Discussion, Talk
from bart_tool.errors import BadData, Busy, NotAllowed
from bart_tool.workflow.agree import agree
from bart_tool.workflow.course import progress
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.discuss import (
    lay_agreements,
    lay_table,
    to_choose_from,
)
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import reopen
from tests.workflow.on_disk import store_in
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

TODAY = date(2026, 11, 26)
FILE = "discussion.yaml"


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return make_demo(store_in(tmp_path)).opened


def keep(opened: OpenSession, discussion: Discussion) -> None:
    found = opened.folder.discussion()
    opened.folder.save_discussion(discussion, found[1] if found else None)


def test_before_closing_there_is_no_table(opened: OpenSession) -> None:
    with pytest.raises(NotAllowed):
        lay_table(reopen(opened))


def test_what_was_chosen_is_found_again_as_it_was_left(opened: OpenSession) -> None:
    table = lay_table(opened)
    assert (table.discussion, table.fingerprint) == (Discussion(), None)
    keys = [topic.key for topic in table.findings.agenda]
    chosen = Discussion().with_topics([keys[3], keys[0]])
    chosen = chosen.with_talk(Talk(topic=keys[0], step="dialogue", used=61, extended_in="round"))
    keep(opened, chosen)
    again = lay_table(opened)
    assert again.discussion == chosen
    assert again.problems == ()
    offered = [topic.key for topic in to_choose_from(again.findings, again.discussion)]
    assert offered == [keys[3], keys[0], keys[1], keys[2], *keys[4:]]


def test_starred_topics_are_offered_first(opened: OpenSession) -> None:
    starred = lay_table(opened).findings.agenda[-1].key
    opened = opened.saved(opened.session.changed(starred=(starred,)))
    table = lay_table(opened)
    assert to_choose_from(table.findings, table.discussion)[0].key == starred


def test_a_topic_that_left_the_agenda_is_not_talked_about(opened: OpenSession) -> None:
    keep(opened, Discussion().with_topics(["mission/wijkraad", "ties-broken-by"]))
    assert lay_table(opened).discussion.topics == ("ties-broken-by",)


def test_another_round_begins_anew(opened: OpenSession) -> None:
    keep(opened, Discussion(round=4).with_topics(["ties-broken-by"]))
    table = lay_table(opened)
    assert table.discussion == Discussion(round=1)
    assert table.fingerprint is not None  # what stands there may be replaced
    assert progress(opened, TODAY).topics == 0


def test_one_that_cannot_be_read_is_put_aside_whole_and_named(opened: OpenSession) -> None:
    path = path_of(opened.folder) / FILE
    path.write_text("format: 1\nkind: discussion\ntalks: none\n", "utf-8")
    before = path.read_bytes()
    table = lay_table(opened)
    assert [each.code for each in table.problems] == ["expected-list"]
    assert (table.discussion, table.fingerprint) == (Discussion(), None)
    assert not path.exists()
    aside = [file.read_bytes() for file in (path_of(opened.folder) / "damaged").glob("*.yaml")]
    assert aside == [before]
    keep(opened, table.discussion.with_topics(["ties-broken-by"]))
    assert lay_table(opened).problems == ()


def test_one_of_a_newer_bart_is_left_alone(opened: OpenSession) -> None:
    path = path_of(opened.folder) / FILE
    path.write_text("format: 2\nkind: discussion\n", "utf-8")
    with pytest.raises(BadData):
        lay_table(opened)
    assert path.read_text("utf-8") == "format: 2\nkind: discussion\n"


def test_two_windows_do_not_write_over_each_other(opened: OpenSession) -> None:
    one, other = lay_table(opened), lay_table(opened)
    opened.folder.save_discussion(Discussion().with_topics(["ties-broken-by"]), one.fingerprint)
    with pytest.raises(Busy):
        opened.folder.save_discussion(Discussion(), other.fingerprint)


def test_progress_tells_what_comes_next(opened: OpenSession) -> None:
    assert not progress(opened, TODAY).is_over
    discussion = Discussion().with_topics(["ties-broken-by"])
    keep(opened, discussion)
    assert (progress(opened, TODAY).topics, progress(opened, TODAY).is_through) == (1, False)
    discussion = discussion.with_talk(Talk(topic="ties-broken-by", state="done"))
    keep(opened, discussion)
    here = progress(opened, TODAY)
    assert (here.is_through, here.is_read_back, here.is_over) == (True, False, False)
    keep(opened, discussion.changed(read_back=True))
    assert progress(opened, TODAY).is_over


def test_agreements_that_were_made_elsewhere_count_as_a_talk(opened: OpenSession) -> None:
    draft = AgreementDraft(topic="ties-broken-by", sentence="Het wijk-MT hakt de knoop door.")
    agree(opened, draft.changed(check_on=date(2026, 12, 1)), TODAY)
    assert progress(opened, TODAY).is_over
    assert progress(opened, TODAY).due == 0
    assert progress(opened, date(2026, 12, 1)).due == 1


def test_what_was_agreed_in_an_earlier_round_does_not_end_the_talk_of_this_one(
    opened: OpenSession,
) -> None:
    draft = AgreementDraft(topic="ties-broken-by", sentence="Het wijk-MT hakt de knoop door.")
    here = agree(opened, draft, TODAY).opened
    assert progress(begin(here, planned(here)), TODAY) == Progress(agreements=1)


def test_a_table_for_agreements_holds_no_answer(opened: OpenSession) -> None:
    table = lay_agreements(reopen(opened))
    assert not any(each.n for item in table.findings.items for each in item.positions)
    assert not any(item.quotes or item.remarks for item in table.findings.items)
    assert table.findings.agenda == ()
