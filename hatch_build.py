"""Build hook: compiles the catalogue, and puts the question sets inside the wheel.

Run as a script it compiles the catalogue in place.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "bart_tool" / "wording" / "locale"


def compile_catalogues(folder: Path = LOCALES) -> list[Path]:
    """Compile the parts of each language into its `bart.mo`, and each further catalogue by itself.

    Those are what has a code, and click's own words.
    """
    made = []
    for language in sorted(path for path in folder.iterdir() if path.is_dir()):
        if parts := sorted(language.glob("*.po")):  # English stands in the code
            made.append(_compiled(language / "bart.mo", language.name, parts))
        made += [
            _compiled(source.with_suffix(".mo"), language.name, [source])
            for source in sorted((language / "LC_MESSAGES").glob("*.po"))
        ]
    return made


def _compiled(target: Path, language: str, parts: Sequence[Path]) -> Path:
    """Compile the parts of a catalogue. Raises ValueError for a text that has two translations."""
    whole = Catalog(locale=language)
    for part in parts:
        with part.open("rb") as stream:
            for message in read_po(stream, locale=language, abort_invalid=True):
                before = whole.get(message.id, message.context) if message.id else None
                if before is not None and before.string != message.string:
                    raise ValueError(f"{part.name}: {message.id!r} has another translation already")
                if message.id and not message.fuzzy:
                    whole.add(message.id, message.string, context=message.context)
    with target.open("wb") as stream:
        write_mo(stream, whole)
    return target


class CataloguesAndSets(BuildHookInterface[Any]):
    """The compiled catalogue for every build; the sets only for a wheel.

    An editable install reads the sets at the root: a copy in site-packages would grow stale.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what the build cannot find by itself."""
        root = Path(self.root)
        made = compile_catalogues(root / "bart_tool" / "wording" / "locale")
        build_data["artifacts"] += [str(path.relative_to(root)) for path in made]
        if self.target_name == "wheel" and version != "editable":
            for path in sorted((root / "question_sets").iterdir()):
                build_data["force_include"][str(path)] = f"bart_tool/question_sets/{path.name}"


if __name__ == "__main__":
    for compiled in compile_catalogues():
        print(compiled)
