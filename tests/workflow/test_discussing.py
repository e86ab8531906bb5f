"""The chosen topics are kept, found again, and make way for those of another round."""

from datetime import date
from pathlib import Path

import pytest

from bart_tool.domain.agreement import Draft
from bart_tool.domain.discussion import Discussion, Talk
from bart_tool.errors import BadData, Busy, NotAllowed
from bart_tool.workflow.agree import agree
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.desk import Desk
from bart_tool.workflow.discuss import (
    Progress,
    lay_agreements,
    lay_table,
    progress,
    to_choose_from,
)
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.phases import reopen

TODAY = date(2026, 11, 26)
FILE = "discussion.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_demo(tmp_path).desk


def keep(desk: Desk, discussion: Discussion) -> None:
    found = desk.folder.discussion()
    desk.folder.save_discussion(discussion, found[1] if found else None)


def test_before_closing_there_is_no_table(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        lay_table(reopen(desk))


def test_what_was_chosen_is_found_again_as_it_was_left(desk: Desk) -> None:
    table = lay_table(desk)
    assert (table.discussion, table.fingerprint) == (Discussion(), None)
    keys = [topic.key for topic in table.findings.agenda]
    chosen = Discussion().with_topics([keys[3], keys[0]])
    chosen = chosen.with_talk(Talk(topic=keys[0], step="dialogue", used=61, extended_in="round"))
    keep(desk, chosen)
    again = lay_table(desk)
    assert again.discussion == chosen
    assert again.problems == ()
    offered = [topic.key for topic in to_choose_from(again.findings, again.discussion)]
    assert offered == [keys[3], keys[0], keys[1], keys[2], *keys[4:]]


def test_starred_topics_are_offered_first(desk: Desk) -> None:
    starred = lay_table(desk).findings.agenda[-1].key
    desk = desk.saved(desk.session.changed(starred=(starred,)))
    table = lay_table(desk)
    assert to_choose_from(table.findings, table.discussion)[0].key == starred


def test_a_topic_that_left_the_agenda_is_not_talked_about(desk: Desk) -> None:
    keep(desk, Discussion().with_topics(["mission/wijkraad", "ties-broken-by"]))
    assert lay_table(desk).discussion.topics == ("ties-broken-by",)


def test_another_round_begins_anew(desk: Desk) -> None:
    keep(desk, Discussion(round=4).with_topics(["ties-broken-by"]))
    table = lay_table(desk)
    assert table.discussion == Discussion(round=1)
    assert table.fingerprint is not None  # what stands there may be replaced
    assert progress(desk, TODAY).topics == 0


def test_one_that_cannot_be_read_is_put_aside_whole_and_named(desk: Desk) -> None:
    path = desk.folder.path / FILE
    path.write_text("format: 1\nkind: discussion\ntalks: none\n", "utf-8")
    before = path.read_bytes()
    table = lay_table(desk)
    assert [each.code for each in table.problems] == ["expected-list"]
    assert (table.discussion, table.fingerprint) == (Discussion(), None)
    assert not path.exists()
    aside = [file.read_bytes() for file in (desk.folder.path / "damaged").glob("*.yaml")]
    assert aside == [before]
    keep(desk, table.discussion.with_topics(["ties-broken-by"]))
    assert lay_table(desk).problems == ()


def test_one_of_a_newer_bart_is_left_alone(desk: Desk) -> None:
    path = desk.folder.path / FILE
    path.write_text("format: 2\nkind: discussion\n", "utf-8")
    with pytest.raises(BadData):
        lay_table(desk)
    assert path.read_text("utf-8") == "format: 2\nkind: discussion\n"


def test_two_windows_do_not_write_over_each_other(desk: Desk) -> None:
    one, other = lay_table(desk), lay_table(desk)
    desk.folder.save_discussion(Discussion().with_topics(["ties-broken-by"]), one.fingerprint)
    with pytest.raises(Busy):
        desk.folder.save_discussion(Discussion(), other.fingerprint)


def test_progress_tells_what_comes_next(desk: Desk) -> None:
    assert not progress(desk, TODAY).is_over
    discussion = Discussion().with_topics(["ties-broken-by"])
    keep(desk, discussion)
    assert (progress(desk, TODAY).topics, progress(desk, TODAY).is_through) == (1, False)
    discussion = discussion.with_talk(Talk(topic="ties-broken-by", state="done"))
    keep(desk, discussion)
    here = progress(desk, TODAY)
    assert (here.is_through, here.is_read_back, here.is_over) == (True, False, False)
    keep(desk, discussion.changed(read_back=True))
    assert progress(desk, TODAY).is_over


def test_agreements_that_were_made_elsewhere_count_as_a_talk(desk: Desk) -> None:
    draft = Draft(topic="ties-broken-by", sentence="Het wijk-MT hakt de knoop door.")
    agree(desk, draft.changed(check_on=date(2026, 12, 1)), TODAY)
    assert progress(desk, TODAY).is_over
    assert progress(desk, TODAY).due == 0
    assert progress(desk, date(2026, 12, 1)).due == 1


def test_what_was_agreed_in_an_earlier_round_does_not_end_the_talk_of_this_one(desk: Desk) -> None:
    draft = Draft(topic="ties-broken-by", sentence="Het wijk-MT hakt de knoop door.")
    here = agree(desk, draft, TODAY).desk
    assert progress(begin(here, planned(here)), TODAY) == Progress(agreements=1)


def test_a_table_for_agreements_holds_no_answer(desk: Desk) -> None:
    table = lay_agreements(reopen(desk))
    assert not any(each.n for item in table.findings.items for each in item.positions)
    assert not any(item.quotes or item.remarks for item in table.findings.items)
    assert table.findings.agenda == ()
