"""The ground every value of the domain stands on: frozen models and the shapes of ids."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
CODE_PATTERN = r"[A-Z0-9]{1,8}(-[A-Z0-9]{1,8})?"
SESSION_PATTERN = r"[a-z0-9][a-z0-9-]{0,40}"

Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=60)]
Code = Annotated[str, StringConstraints(pattern=f"^{CODE_PATTERN}$")]
SessionName = Annotated[str, StringConstraints(pattern=f"^{SESSION_PATTERN}$")]


class Frozen(BaseModel):
    """A value that does not change: a change gives a new one. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def changed(self, **fields: object) -> Self:
        """The same with other values for the named fields, checked again.

        Raises pydantic's ValidationError when they do not fit.
        """
        # Not dict(self): that would hold the look-ups cached on the old value too.
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**kept, **fields})
