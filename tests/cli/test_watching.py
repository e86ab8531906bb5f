"""`bart gather --watch`: what arrives is taken in once it stands still, until somebody stops it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest

from bart_tool.cli import gather
from bart_tool.errors import Busy
from bart_tool.workflow import gather as gathering
from tests.cli.run import Done, bart
from tests.cli.some_session import HEADER, csv, made
from tests.cli.test_json_output import GATHER
from tests.waiting import PATIENCE

Deed = Callable[[], object]
ITEM = "ties-broken-by"


def row(code: str, value: str = "college") -> str:
    party = "wijkmanager" if code.startswith("WM") else "wijkraad"
    return f"{code},{party},{ITEM},{value},,,,position"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    made(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Watch while `actions` are done, one between two looks; then somebody presses Ctrl-C."""

    def run(*actions: Deed, options: tuple[str, ...] = ()) -> Done:
        to_do = iter(actions)

        def sleep(_seconds: float) -> None:
            deed = next(to_do, None)
            if deed is None:
                raise KeyboardInterrupt
            deed()

        monkeypatch.setattr(gather, "sleep", sleep)
        args = ("gather", "wijk", "--watch", str(inbox), *options)
        return bart(tmp_path, *args, language="en")

    return run


def nothing() -> None:
    pass


def lines(done: Done) -> list[str]:
    return done.out.splitlines()


def test_what_arrives_is_taken_in_once_it_stands_still(
    inbox: Path, watch: Callable[..., Done]
) -> None:
    file = inbox / "a.csv"

    def grow() -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"{HEADER}\n" if not stream.tell() else f"{row('WR-01')}\n")

    done = watch(grow, grow, nothing, nothing, nothing)
    assert lines(done) == ["a.csv: first time (WR-01)", "Came in: WR-01"]
    assert done.code == 130
    assert done.err.endswith("Stopped. What was saved is kept.\n")


def test_what_was_there_already_and_what_lies_deeper_is_taken_in(
    inbox: Path, watch: Callable[..., Done]
) -> None:
    (inbox / "deep").mkdir()
    csv(inbox, "a.csv", row("WR-01"))
    csv(inbox / "deep", "b.csv", row("WR-02"))
    (inbox / "foto.jpg").write_bytes(b"\xff\xd8")
    csv(inbox, "c.csv.part", row("WM-01", "wijkmanager"))
    done = watch(nothing, nothing, nothing, options=("--no-input",))
    assert lines(done) == [
        "a.csv: first time (WR-01)",
        "deep/b.csv: first time (WR-02)",
        "Came in: WR-01, WR-02",
    ]
    assert "foto.jpg" not in done.err


def test_a_file_that_is_written_again_is_taken_in_again_and_one_that_stays_is_not(
    inbox: Path, watch: Callable[..., Done]
) -> None:
    csv(inbox, "a.csv", row("WR-01"))
    again = lambda: csv(inbox, "a.csv", row("WR-01"), row("WR-02"))  # noqa: E731
    done = watch(nothing, nothing, again, nothing, nothing)
    assert lines(done) == [
        "a.csv: first time (WR-01)",
        "a.csv: handed in before (WR-01)",
        "a.csv: first time (WR-02)",
        "Came in: WR-01, WR-02",
        "Had handed in before: WR-01",
        "Whether answers contradict each other, you hear after closing. Must a file take the place "
        "of what came before? bart gather wijk FILE --replace WR-01",
    ]


def test_a_bad_file_is_told_once_and_the_others_go_on(
    inbox: Path, watch: Callable[..., Done]
) -> None:
    (inbox / "a.yaml").write_text("{", "utf-8")
    csv(inbox, "b.csv", row("WR-01"))
    done = watch(*[nothing] * 4)
    assert lines(done) == ["a.yaml: damaged", "b.csv: first time (WR-01)", "Came in: WR-01"]
    assert done.err.count("a.yaml, line 1: ") == 1


def test_a_file_that_goes_away_and_a_folder_that_goes_away_stop_nothing(
    inbox: Path, watch: Callable[..., Done]
) -> None:
    file = Path(csv(inbox, "a.csv", row("WR-01")))
    done = watch(file.unlink, inbox.rmdir, nothing, inbox.mkdir, nothing)
    assert (done.code, lines(done)) == (130, ["Nothing came in."])


def test_a_session_that_is_being_written_is_tried_again(
    inbox: Path, watch: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    csv(inbox, "a.csv", row("WR-01"))
    tries: Iterator[bool] = iter([True, False])
    whole = gathering.gather_from

    def sometimes(*args: object, **more: object) -> object:
        if next(tries):
            raise Busy("file-is-locked", file="WR-01.yaml")
        return whole(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering, "gather_from", sometimes)
    assert lines(watch(*[nothing] * 3)) == ["a.csv: first time (WR-01)", "Came in: WR-01"]


def test_when_the_round_is_closed_watching_ends(
    tmp_path: Path, inbox: Path, watch: Callable[..., Done]
) -> None:
    csv(inbox, "a.csv", row("WR-01"))

    def close() -> None:
        path = tmp_path / "wijk" / "session.yaml"
        path.write_text(path.read_text("utf-8").replace('"answering"', '"closed"'), "utf-8")

    done = watch(nothing, close, lambda: csv(inbox, "b.csv", row("WR-02")), nothing, nothing)
    assert (done.code, lines(done)) == (77, ["a.csv: first time (WR-01)"])


def test_a_program_gets_one_document(inbox: Path, watch: Callable[..., Done]) -> None:
    (inbox / "foto.jpg").write_bytes(b"\xff\xd8")
    (inbox / "b.yaml").write_text("{", "utf-8")
    csv(inbox, "a.csv", row("WR-01"))
    for done in (watch(*[nothing] * 3, options=("--json",)), watch(options=("--json",))):
        jsonschema.validate(done.json, GATHER)
    first = watch(*[nothing] * 2, options=("--json",)).json
    assert [each["outcome"] for each in first["files"]] == ["handed-in-before", "damaged"]
    assert first["problems"] == []


def test_it_needs_a_folder_and_nothing_else(tmp_path: Path, inbox: Path) -> None:
    file = csv(tmp_path, "a.csv", row("WR-01"))
    assert bart(tmp_path, "gather", "wijk", "--watch", str(tmp_path / "none")).code == 66
    assert bart(tmp_path, "gather", "wijk", "--watch", file).code == 66
    assert bart(tmp_path, "gather", "wijk", "--watch", str(inbox), file).code == 2
    assert bart(tmp_path, "gather", "wijk", "--watch", str(inbox), "--settle").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_it_with_what_was_done(tmp_path: Path, inbox: Path) -> None:
    csv(inbox, "a.csv", row("WR-01"))
    watching_it = subprocess.Popen(
        [sys.executable, "-m", "bart_tool", "gather", "wijk", "--watch", str(inbox)],
        env={**os.environ, "BART_SESSIONS": str(tmp_path), "BART_LANGUAGE": "nl"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert watching_it.stdout is not None
        assert watching_it.stdout.readline() == "a.csv: eerste keer (WR-01)\n"
        watching_it.send_signal(signal.SIGINT)
        out, err = watching_it.communicate(timeout=PATIENCE)
    finally:  # one that goes on is told of as a fault of whatever test comes next
        watching_it.kill()
        watching_it.communicate()
    assert (watching_it.returncode, out) == (130, "Binnengekomen: WR-01\n")
    assert "Traceback" not in err
