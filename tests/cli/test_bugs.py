"""A bug ends in one plain sentence and exit code 70; log and screen hold nothing that was said."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import BadData, Exit
from bart_tool.store import log
from tests import surroundings
from tests.cli.run import Done, bart
from tests.cli.some_session import answered, made

# An answer, a note, a name and a code, as they stand in what an error says or in what it holds.
SAID = ("zwanenvijver", "Kwispelsteert", "jvoorbeeld@", "QX-77")
WORDS = " ".join(SAID)
SENTENCE = {
    "nl": "Er ging iets mis in bart zelf. Dat ligt niet aan jou. Elk antwoord dat ‘bewaard’ "
    "heette, is bewaard. Probeer het nog eens. Gaat het weer mis? ",
    "en": "Something went wrong in bart itself. It is not your fault. Every answer that was "
    "called kept is kept. Try again. If it happens again, ",
}


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of this test; nobody's own is touched."""
    path = tmp_path / "state" / "bart.log"
    monkeypatch.setattr(log, "log_file", lambda: path)
    return path


def plainly() -> None:
    raise RuntimeError(WORDS)


def with_notes() -> None:
    error = KeyError(WORDS)
    error.add_note(WORDS)
    raise error


def of_a_model() -> None:
    Sheet.model_validate({"participant": SAID[3], "answers": {"x": {"value": WORDS, "note": [1]}}})


def of_an_answer_deep_down() -> None:
    try:
        Answer.model_validate({"value": {WORDS: 3}})
    except ValueError as error:
        raise LookupError(WORDS) from error


def in_a_group() -> None:
    raise ExceptionGroup(WORDS, [OSError(errno.ENOSPC, WORDS, SAID[1]), ValueError(WORDS)])


def while_handling() -> None:
    try:
        raise BadData("bad-file", file=WORDS)
    except BadData:
        "".join([WORDS, 3])  # type: ignore[list-item]


def in_a_class_named_after_data() -> None:
    raise type(WORDS, (Exception,), {})(WORDS)


def in_a_template() -> None:
    with tempfile.TemporaryDirectory(prefix=SAID[1]) as folder:  # as a home folder has a name
        (Path(folder) / "page.html").write_text("{{ said.nothing.there }}", encoding="utf-8")
        loader = jinja2.FileSystemLoader(folder)
        page = jinja2.Environment(loader=loader, autoescape=True).get_template("page.html")
        page.render(said=WORDS)


def without_end() -> None:
    def deeper(said: str) -> None:
        deeper(said + WORDS)

    deeper("")


def over_and_over() -> None:
    one, other = ValueError(WORDS), TypeError(WORDS)
    one.__cause__, other.__cause__ = other, one
    raise one


BUGS: list[Callable[[], None]] = [
    plainly,
    with_notes,
    of_a_model,
    of_an_answer_deep_down,
    in_a_group,
    while_handling,
    in_a_class_named_after_data,
    in_a_template,
    without_end,
    over_and_over,
]
# Where a bug may be: what is patched, and a command that comes there.
PLACES = {
    "cli": ("bart_tool.cli.status.show", ("status", "wijk")),
    "workflow": ("bart_tool.workflow.phases.status", ("status", "wijk")),
    "reading": ("bart_tool.store.sheets.parse", ("check", "--session", "wijk")),
    "writing": ("bart_tool.store.atomic.save", ("close", "wijk")),
    "telling": ("bart_tool.wording.messages.error_text", ("status", "no-such")),
}


def silent(done: Done, path: Path) -> None:
    """Nothing that was said stands on the screen or in the log."""
    heard = (done.out + done.err).encode() + path.read_bytes()
    for part in (*SAID, "college", "WR-01", str(path.parent.parent.parent)):
        assert part.encode() not in heard.replace(str(path).encode(), b"")


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize("place", PLACES)
def test_a_bug_is_one_sentence_and_its_trace_tells_nothing_that_was_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    log_file: Path,
    place: str,
    bug: Callable[[], None],
) -> None:
    answered(tmp_path / "sessions")
    patched, args = PLACES[place]

    def broken(*_: Any, **__: Any) -> None:
        bug()

    monkeypatch.setattr(patched, broken)
    for language, sentence in SENTENCE.items():
        done = bart(tmp_path / "sessions", *args, language=language)
        assert (done.code, done.out) == (Exit.BUG, "")
        assert done.err.startswith(sentence)
        assert done.err.count("\n") == 1
        assert str(log_file) in done.err
        silent(done, log_file)
    written = log_file.read_text("utf-8")
    assert f"bug in {args[0]} (bart " in written
    assert f"in {bug.__qualname__}" in written  # the place in the code does stand there


def test_the_whole_chain_of_errors_is_told_by_kind(tmp_path: Path, log_file: Path) -> None:
    for bug, kinds in (
        (of_an_answer_deep_down, ["builtins.LookupError", "ValidationError"]),
        (while_handling, ["builtins.TypeError", "bart_tool.errors.BadData"]),
        (in_a_group, ["builtins.ExceptionGroup", "builtins.OSError ENOSPC", "builtins.ValueError"]),
    ):
        with pytest.raises((LookupError, TypeError, ExceptionGroup)) as caught:
            bug()
        assert log.record("test", caught.value)
        entry = log_file.read_text("utf-8").split("test (")[-1]
        places = [entry.index(kind) for kind in kinds]
        assert places == sorted(places)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_only_the_owner_may_read_the_log_also_of_an_earlier_time(log_file: Path) -> None:
    before = os.umask(0)
    try:
        for _ in range(200):
            assert log.record("x" * 8_000)
    finally:
        os.umask(before)
    kept = sorted(log_file.parent.iterdir())
    assert [each.name for each in kept] == ["bart.log", "bart.log.1", "bart.log.2", "bart.log.3"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in kept} == {0o600}
    assert stat.S_IMODE(log_file.parent.stat().st_mode) == 0o700
    assert max(each.stat().st_size for each in kept) <= log.MAX_BYTES


def test_a_log_that_cannot_be_written_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    made(tmp_path / "sessions")
    monkeypatch.setattr("bart_tool.cli.status.show", lambda *_: plainly())
    log_file.parent.write_text("in the way", "utf-8")
    done = bart(tmp_path / "sessions", "status", "wijk", language="en")
    assert done.code == Exit.BUG
    assert done.err == SENTENCE["en"] + (
        "tell whoever looks after bart for you what you did. The log could not be written: bart "
        "doctor says why.\n"
    )
    log_file.parent.unlink()
    log_file.mkdir(parents=True)
    again = bart(tmp_path / "sessions", "status", "wijk", language="en")
    assert (again.code, again.err) == (done.code, done.err)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_in_place_of_the_log_is_not_followed(tmp_path: Path, log_file: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", "utf-8")
    log_file.parent.mkdir()
    log_file.symlink_to(mine)
    assert not log.record("test")
    assert mine.read_text("utf-8") == "mine"


@pytest.mark.parametrize("args", [("--debug", "status", "wijj"), ("status", "wijj", "--debug")])
def test_debug_says_where_the_log_lies_and_notes_how_the_call_ended(
    tmp_path: Path, log_file: Path, args: tuple[str, ...]
) -> None:
    made(tmp_path / "sessions")
    done = bart(tmp_path / "sessions", *args, language="nl")
    assert done.code == Exit.NOT_FOUND
    assert done.err.startswith(f"Het logboek staat hier: {log_file}\nEr is geen sessie")
    written = log_file.read_text("utf-8")
    assert "status ended with 66" in written
    assert "bart_tool.errors.NotFound" in written
    assert "wij" not in written


def test_without_debug_nothing_is_noted_of_what_went_well_or_was_refused(
    tmp_path: Path, log_file: Path
) -> None:
    answered(tmp_path / "sessions")
    for args in (("status", "wijk"), ("report", "wijk"), ("status", "no"), ("nonsense",)):
        bart(tmp_path / "sessions", *args)
    assert not log_file.exists()


STRAYS = {
    "a thread": "import threading as x\nx.Thread(target=fail).start()",
    "tidying up": "class X:\n    def __del__(self): fail()\nX()",
    "a warning": "import warnings as x\nx.warn(said)\nfail()",
    "outside every command": "import bart_tool.cli.outcome as x\nx._make_plain = fail",
}


@pytest.mark.parametrize("where", STRAYS)
def test_a_bug_that_no_command_sees_tells_nothing_either(tmp_path: Path, where: str) -> None:
    script = f"""
import sys
from bart_tool.cli import main, status

said = {WORDS!r}

def fail():
    raise ValueError(said)

def show(*_):
    exec({STRAYS[where]!r}, globals())

status.show = show
if {where!r} == "outside every command":
    show()
sys.exit(main.main())
"""
    made(tmp_path / "sessions")
    environment = {
        **surroundings.as_it_is_used(),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "BART_SESSIONS": str(tmp_path / "sessions"),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", script, "status", "wijk", "--language", "nl"],
        capture_output=True,
        env=environment,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert not [part for part in SAID if part in done.stdout + done.stderr]
    if where != "tidying up":
        assert done.stderr.startswith(SENTENCE["nl"])
    if sys.platform == "linux":
        (path,) = (tmp_path / "state").rglob("bart.log")
        written = path.read_text("utf-8")
        assert "builtins.ValueError" in written
        assert not [part for part in SAID if part in written]
