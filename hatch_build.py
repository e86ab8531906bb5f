"""Build hook: compiles the catalogues, and puts the question sets inside the wheel.

Run as a script it compiles the catalogues in place.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "bart_tool" / "wording" / "locale"


def compile_catalogues(folder: Path = LOCALES) -> list[Path]:
    """Compile every catalogue below `folder`; the compiled file lies beside its source."""
    made = []
    for source in sorted(folder.glob("**/*.po")):
        language = source.relative_to(folder).parts[0]
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=language, abort_invalid=True)
        target = source.with_suffix(".mo")
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        made.append(target)
    return made


class CataloguesAndSets(BuildHookInterface[Any]):
    """Compiled catalogues for every build; the sets only for a wheel.

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
