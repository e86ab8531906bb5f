"""The texts and attachments of a mail that somebody saved, without what is not for us."""

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser

OF_A_MAIL = re.compile(rb"(?im)^(?:content-transfer-encoding|mime-version|message-id):")
_HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:")
_MAX_HEADER = 50_000
# What the parser was seen to raise on mails that are damaged, or made to hurt.
TROUBLE = (LookupError, ValueError, TypeError, AttributeError, RecursionError)


def is_mail(content: bytes) -> bool:
    """Whether `content` begins with the header of a mail."""
    if _HEADER.match(content[:_MAX_HEADER]) is None:
        return False
    start = content[:_MAX_HEADER].lstrip()
    if OF_A_MAIL.search(start) is None:  # a sheet, nearly always
        return False
    header = re.split(rb"\r?\n[ \t]*\r?\n", start, maxsplit=1)[0]
    return OF_A_MAIL.search(header) is not None


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The name and content of each attachment; of a text in the mail itself the name is empty.

    A text that is there twice, also as HTML, is given once. Raises one of TROUBLE.
    """
    mail = email.message_from_bytes(content, policy=policy.default)
    texts = [part for part in mail.walk() if _is_text(part, "plain")]
    for part in texts or [part for part in mail.walk() if _is_text(part, "html")]:
        said = _decoded(part)
        yield "", (said if texts else _without_tags(said)).encode("utf-8", "replace")
    for part in mail.walk():
        name = part.get_filename()
        is_decoration = part.get_content_maintype() == "image" and part["Content-ID"]
        if name and not part.is_multipart() and not is_decoration:
            payload = part.get_payload(decode=True)
            yield name, payload if isinstance(payload, bytes) else b""


def _is_text(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == f"text/{kind}" and not part.get_filename()


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


class _Texts(HTMLParser):
    """What a page says, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the parser's own)
        self._unseen += tag in ("script", "style", "title")
        if tag in ("br", "p", "div", "tr", "li", "pre"):
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if self._unseen <= 0:
            self.said.append(data)


def _without_tags(page: str) -> str:
    texts = _Texts()
    texts.feed(page)
    texts.close()
    return "".join(texts.said)
