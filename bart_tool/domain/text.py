"""Text that people read, in two languages."""

from typing import Any

from pydantic import model_validator

from bart_tool.domain.base import Frozen, Language


class Text(Frozen):
    """One text in Dutch and English. In a file it may be a plain string: then both are the same."""

    nl: str = ""
    """The text in Dutch; shown in English too where `en` is empty."""
    en: str = ""
    """The text in English; shown in Dutch too where `nl` is empty."""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"nl": value, "en": value}
        return value

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)

    def in_language(self, language: Language) -> str:
        """The text in `language`, else in the other one: a reader is never left with nothing."""
        return (self.en or self.nl) if language == "en" else (self.nl or self.en)
