"""One sheet sent in many ways: as text or attachment, in several encodings, forwarded, curled."""

import html
import json
import random
from collections.abc import Callable
from email import policy
from email.message import EmailMessage

from bart_tool.domain.sheet import Sheet
from bart_tool.store import sheets

_GREETING = "Hoi,\n\nHierbij mijn antwoorden.\n\n"
_CLOSING = "\n\nGroet,\nIemand\nTel.: 06\n"


def as_form(sheet: Sheet) -> str:
    """The sheet as the form writes it."""
    return json.dumps(sheet.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def curled(text: str) -> str:
    """As a mail program does while one types or pastes."""
    lines = []
    for line in text.split("\n"):
        marks = [place for place, char in enumerate(line) if char == '"']
        for number, place in enumerate(marks):
            line = line[:place] + "“”"[number % 2] + line[place + 1 :]
        lines.append(line)
    return "\n".join(lines)


def _around(text: str) -> str:
    return _GREETING + text + _CLOSING


def _mail(fill: Callable[[EmailMessage], None]) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = "Mijn antwoorden – één"
    mail["From"], mail["To"] = "a@example.org", "b@example.org"
    fill(mail)
    return mail.as_bytes()


def drawn(sheet: Sheet, chance: random.Random) -> tuple[str, bytes]:
    """The name and content of a file that holds `sheet`, in a way drawn by chance."""
    form = chance.choice((as_form, sheets.dump))(sheet)
    charset = chance.choice(("utf-8", "utf-8", "windows-1252"))
    packed = chance.choice(("base64", "quoted-printable"))
    name = f"bart-fm-WR-01.{'json' if form.startswith('{') else 'yaml'}"

    def as_text(mail: EmailMessage) -> None:
        mail.set_content(_around(form), charset=charset, cte=packed)

    def in_html(mail: EmailMessage) -> None:
        page = f"<html><body><pre>{html.escape(_around(form))}</pre></body></html>"
        mail.set_content(page, subtype="html", charset=charset, cte=packed)

    def attached(mail: EmailMessage) -> None:
        mail.set_content("Zie bijlage", charset=charset)
        mail.add_attachment(form.encode(), maintype="application", subtype="json", filename=name)
        picture = b"\x89PNG\r\n\x1a\n"
        mail.add_attachment(picture, maintype="image", subtype="png", filename="logo.png")

    def forwarded(mail: EmailMessage) -> None:
        inner = EmailMessage()
        inner["Subject"] = "Fwd"
        attached(inner)
        mail.set_content("Doorgestuurd")
        mail.add_attachment(inner)

    mark = chance.choice(("", "> ", ">> "))
    quoted = "".join(f"{mark}{line}\n" for line in _around(form).splitlines())
    text = chance.choice((_around(form), _around(curled(as_form(sheet))), quoted))
    return chance.choice(
        (
            ("mail.eml", _mail(as_text)),
            ("mail.eml", _mail(in_html)),
            ("mail.eml", _mail(attached)),
            ("mail.eml", _mail(forwarded)),
            ("mail", _mail(attached)),
            ("mail.txt", text.encode()),
            ("mail.txt", text.encode("utf-16")),
        )
    )
