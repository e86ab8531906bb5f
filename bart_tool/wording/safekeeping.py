"""What is told of a backup, and of what was mended in the files of a session."""

from collections.abc import Iterator, Sequence

from bart_tool.wording.translation import N_, Words

# What bart mended -> what it says of it.
_MENDED = {
    "rights": N_("Mended. Only you can read this now: {what}"),
    "changes": N_("Mended. Only you can change what lies here now: {what}"),
    "half-erased": N_("Mended. Nothing of {what} is left"),
}


def mended(how: str, what: str, t: Words) -> str:
    """That `what` was mended, and how it is now."""
    return t(_MENDED.get(how, N_("Mended. This was removed: {what}")), what=what)


def in_backup(files: int, name: str, unknown: Sequence[str], t: Words) -> Iterator[str]:
    """How much of the session `name` is in a backup, and what in it bart did not make."""
    yield t.plural(
        "{number} file of session {name} is in it, read back and compared.",
        "{number} files of session {name} are in it, read back and compared.",
        files,
        name=name,
    )
    if unknown:
        yield t(
            "Also in it, and not made by bart: {files}. Do names stand there?",
            files=t.listed(unknown),
        )


def who_can_read_it(service: str, t: Words) -> Iterator[str]:
    """Where a backup should lie. `service`: what copies its folder to other computers, if any."""
    yield t(
        "Whoever has this file can read all answers: it has no password. Keep it where only "
        "you can reach it, and remove it when you remove the session."
    )
    if service:
        yield t(
            "It lies in a folder that {service} copies to other computers. Move it elsewhere.",
            service=service,
        )
