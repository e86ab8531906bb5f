"""A session that is held together: as safe as alone, and nobody outside waits for ever."""

import threading
from pathlib import Path

import pytest

from bart_tool.errors import Busy, NotFound
from bart_tool.store.locations import SESSION_FILE
from bart_tool.workflow import shared_hold
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from bart_tool.workflow.shared_hold import SharedHold
from tests.tui import sample
from tests.waiting import PATIENCE, wait_until


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return sample.opened(tmp_path)


def is_free(opened: OpenSession) -> bool:
    """Whether another program could have the session now."""
    try:
        with opened.folder.store.lock(opened.folder.named(SESSION_FILE), 0):
            return True
    except Busy:
        return False


def test_two_are_inside_at_once_and_nobody_else_until_the_last_one_left(
    opened: OpenSession,
) -> None:
    hold, both = SharedHold(opened), threading.Barrier(2, timeout=PATIENCE)

    def inside() -> None:
        with hold.held() as now:
            both.wait()
            assert now.fingerprint == opened.fingerprint
            both.wait()

    other = threading.Thread(target=inside)
    other.start()
    with hold.held():
        both.wait()
        assert not is_free(opened)
        both.wait()
        other.join()
        assert not is_free(opened)
    wait_until(lambda: is_free(opened), "the session let go of")


def test_what_another_program_changed_between_is_seen(opened: OpenSession) -> None:
    hold = SharedHold(opened)
    with hold.held() as now:
        assert now.session.phase == "answering"
    close(opened)
    with hold.held() as now:
        assert now.session.phase == "closed"


def test_others_get_their_turn_from_people_who_never_rest(
    opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_hold, "AT_A_STRETCH", 0.0)
    hold, is_over = SharedHold(opened), threading.Event()

    def on() -> None:
        while not is_over.is_set():
            with hold.held():
                pass

    people = [threading.Thread(target=on) for _ in range(4)]
    for each in people:
        each.start()
    try:
        with opened.held():
            assert hold._inside == 0
    finally:
        is_over.set()
    for each in people:
        each.join()
    wait_until(lambda: is_free(opened), "the session let go of")


def test_who_cannot_have_it_leaves_it_to_the_next(opened: OpenSession, tmp_path: Path) -> None:
    hold, path = SharedHold(opened), tmp_path / "proef" / SESSION_FILE
    content = path.read_bytes()
    path.unlink()
    for _ in range(2):
        with pytest.raises(NotFound), hold.held():
            pass
    path.write_bytes(content)
    with hold.held() as now:
        assert now.session.session == "proef"
    wait_until(lambda: is_free(opened), "the session let go of")


def test_what_goes_wrong_inside_lets_go(opened: OpenSession) -> None:
    hold = SharedHold(opened)
    with pytest.raises(ValueError, match="inside"), hold.held():
        raise ValueError("inside")
    assert is_free(opened)


def test_who_comes_just_after_finds_it_held_and_reads_nothing(
    opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_hold, "LINGERS", PATIENCE)
    hold = SharedHold(opened)
    with hold.held():
        pass
    assert not is_free(opened)
    assert hold.known() is not None
    monkeypatch.setattr(OpenSession, "held", lambda _: pytest.fail("it was taken once more"))
    with hold.held() as now:
        assert now.fingerprint == opened.fingerprint


def test_what_another_program_did_to_the_file_is_seen_while_it_lingers(
    opened: OpenSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_hold, "LINGERS", PATIENCE)
    hold, path = SharedHold(opened), tmp_path / "proef" / SESSION_FILE
    with hold.held():
        pass
    path.write_text(path.read_text("utf-8").replace('"answering"', '"closed"'), "utf-8")
    assert hold.known() is None
    with hold.held() as now:
        assert now.session.phase == "closed"


def test_nobody_waits_for_it_once_nobody_comes(opened: OpenSession) -> None:
    hold = SharedHold(opened)
    with hold.held():
        pass
    with opened.held():
        assert hold.known() is None
