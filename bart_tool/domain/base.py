"""The ground every value of the domain stands on: frozen models and the types of ids."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

from bart_tool.domain.names import CODE_PATTERN, ID_PATTERN, SESSION_PATTERN

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=60)]
Code = Annotated[str, StringConstraints(pattern=f"^{CODE_PATTERN}$")]
SessionId = Annotated[str, StringConstraints(pattern="^([0-9a-f]{16})?$")]
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
