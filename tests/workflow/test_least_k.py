"""Of fewer than three people no group is shown, whatever a session says."""

from pathlib import Path

import pytest

from bart_tool.domain.session import Session
from bart_tool.errors import Exit, WrongUse
from bart_tool.tui.facilitator.session import look
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft
from tests.cli.run import bart
from tests.workflow.on_disk import begun_session, snapshot, store_in
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture(params=["0", "1", "2", '"2"', "2  # klein"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> OpenSession:
    """A session of before, in which two people made a group; a report was made of it."""
    made = begun_session(tmp_path)
    made.folder.put("report/report.md", b"of before")
    file = path_of(made.folder) / "session.yaml"
    file.write_text(file.read_text("utf-8").replace("\nk: 3\n", f"\nk: {request.param}\n"), "utf-8")
    assert b"\nk: 3\n" not in file.read_bytes()
    return open_session(store_in(tmp_path), "test")


def test_a_session_of_before_is_opened_with_three(opened: OpenSession) -> None:
    before = snapshot(path_of(opened.folder))
    assert opened.session.k == 3
    assert snapshot(path_of(opened.folder)) == before  # who only looks changes nothing


def test_it_is_told_once_and_its_report_is_out_of_date(opened: OpenSession, tmp_path: Path) -> None:
    first = bart(tmp_path, "status", "test", language="nl")
    assert first.err.count("Dat is nu 3") == 1
    assert "Dat is nu 3" not in bart(tmp_path, "status", "test", language="nl").err
    assert opened.reread().session.report_out_of_date


def test_the_screen_tells_it_too(opened: OpenSession, tmp_path: Path) -> None:
    assert opened.session.k == 3
    assert [each.code for each in look(store_in(tmp_path), "test").notes] == ["k-raised"]
    assert look(store_in(tmp_path), "test").notes == ()


@pytest.mark.of_the_disk("doctor and check look at a folder")
def test_doctor_and_check_say_it_and_change_nothing(opened: OpenSession, tmp_path: Path) -> None:
    before = snapshot(path_of(opened.folder))
    for args in (("doctor", "test"), ("check", str(path_of(opened.folder)))):
        said = bart(tmp_path, *args, language="nl")
        assert "Dat is nu 3" in said.out + said.err
    assert snapshot(path_of(opened.folder)) == before


def test_no_session_is_made_or_changed_to_fewer(tmp_path: Path) -> None:
    done = bart(tmp_path, "new", "wijk", "--party", "wijkraad=3", "-k", "2")
    assert done.code == Exit.WRONG_USE
    draft = SessionDraft(name="wijk", parties=[("wijkraad", 3)], k=2)
    with pytest.raises(WrongUse) as refused:
        new_session(store_in(tmp_path), draft)
    assert [each.code for each in refused.value.problems] == ["number-too-small"]
    assert not (tmp_path / "wijk").exists()
    session: Session = begun_session(tmp_path).session
    with pytest.raises(ValueError, match="greater than or equal to 3"):
        session.changed(k=2)
