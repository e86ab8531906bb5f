"""A session of `wijk-kort`, and what people really sent for it."""

import email
import json
from email.encoders import encode_base64, encode_quopri
from pathlib import Path

from bart_tool.store.disk import session_in
from bart_tool.workflow.prepare import usable_set
from tests.cli.run import Done, bart

INPUTS = Path(__file__).parent / "inputs"
# The hash that the sheets were sent with, of the set as it was then.
_SENT_FOR = "sha256:bbe2961cb68ebd344361ce2d3aff55a973a379f6244cf4c5ca78134e16fdcc1e"
# The inputs were sent before a sheet said of which session it is.
OLD = "--of-this-session"
PARTIES = ("wijkraad=3", "wijkmanager=1")


def made(root: Path, name: str = "wijk", parties: tuple[str, ...] = PARTIES) -> Path:
    """The folder of a new session, its round open, nothing answered."""
    of_each = [word for party in parties for word in ("--party", party)]
    assert bart(root, "new", name, "--set", "wijk-kort", *of_each).code == 0
    return root / name


def arrived(folder: Path, name: str) -> str:
    """The input as if it was sent for the set of today; what to type on the command line."""
    content = (INPUTS / name).read_bytes()
    path = folder / name
    path.write_bytes(_of_today(content) if not name.endswith(".eml") else _mail_of_today(content))
    return str(path)


def _of_today(content: bytes) -> bytes:
    return content.replace(_SENT_FOR.encode(), usable_set("wijk-kort")[0].hash.encode())


def _mail_of_today(content: bytes) -> bytes:
    mail = email.message_from_bytes(content)
    for part in mail.walk():
        packed = part["Content-Transfer-Encoding"]
        if not part.is_multipart():
            said = part.get_payload(decode=True)
            assert isinstance(said, bytes)
            part.set_payload(_of_today(said))
            if packed in ("base64", "quoted-printable"):
                del part["Content-Transfer-Encoding"]
                (encode_base64 if packed == "base64" else encode_quopri)(part)
    return mail.as_bytes()


def gathered(root: Path, *args: str, name: str = "wijk", typed: str | None = None) -> Done:
    """What `bart gather` said, in English."""
    return bart(root, "gather", name, *args, language="en", typed=typed)


def answers(folder: Path, code: str) -> dict[str, object]:
    """Item -> value in the sheet of `code` that lies in the session; empty without a sheet."""
    from bart_tool.store import sheets

    path = folder / "sheets" / f"{code}.yaml"
    if not path.exists():
        return {}
    sheet, problems = sheets.parse(path.read_text("utf-8"), path.name)
    assert sheet is not None
    assert problems == ()
    return {item: answer.value for item, answer in sheet.answers.items()}


def id_of(folder: Path) -> str:
    """The id of the session that lies in `folder`."""
    return session_in(folder).read()[0].id


def report(root: Path, name: str = "wijk") -> dict[str, object]:
    """The closed session's report for a program."""
    assert bart(root, "close", name, "--no-input").code == 0
    assert bart(root, "report", name, "--format", "json,md").code == 0
    found: dict[str, object] = json.loads((root / name / "report" / "report.json").read_bytes())
    return found
