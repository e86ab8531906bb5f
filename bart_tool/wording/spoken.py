"""What people call the codes of an answer, in either language: as a table may have them."""

from collections.abc import Mapping
from functools import cache

from bart_tool.domain.answer import CODES
from bart_tool.domain.base import LANGUAGES
from bart_tool.wording.labels import ANSWERS, CERTAINTY, TAGS, Kind, label
from bart_tool.wording.questions import CODE_WORDS
from bart_tool.wording.translation import words
from bart_tool.wording.welcome import CONSENTS

_CERTAINTIES = ("guess", "fairly", "certain")
_TAGS = ("formal", "given", "informal", "unknown")


@cache
def spoken_codes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Kind of code (`code`, `certainty`, `tag`, `consent`) -> code -> what it is called."""
    return {
        "code": {
            code: (*_said(CODE_WORDS[code]), *(_labels(ANSWERS, code) if code in CODES else ()))
            for code in CODE_WORDS
        },
        "certainty": {code: _labels(CERTAINTY, code) for code in _CERTAINTIES},
        "tag": {code: _labels(TAGS, code) for code in _TAGS},
        "consent": {code: _said(name) for code, (name, _) in CONSENTS.items()},
    }


def _said(msgid: str) -> tuple[str, ...]:
    whole = tuple(words(language)(msgid) for language in LANGUAGES)
    return (*whole, *(said.partition(",")[0] for said in whole))


def _labels(kind: Kind, code: str) -> tuple[str, ...]:
    return tuple(label(kind, code, language) for language in LANGUAGES)
