"""Changes the program on purpose, one small change at a time, and asks whether a test sees it.

    python -m tests.mutants [merge|analysis|privacy|text …]

It needs mutmut (`pip install -e ".[mutation]"`), takes an hour or two, and is no part of the usual
run. What it may change and which tests judge it stands in pyproject.toml; it goes on where it
stopped. `mutmut show NAME` shows a survivor, and tests/README.md those that change nothing.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
AREAS = {
    "merge": ("bart_tool.merge.",),
    "privacy": ("bart_tool.disclosure.",),
    "analysis": ("bart_tool.analysis.",),
    "text": ("bart_tool.domain.free_text.", "bart_tool.report.markdown."),
}
LEAST = {"privacy": 95}  # of every hundred, that must die
ELSEWHERE = 85
DEAD = ("killed", "timeout", "caught by type check", "segfault", "suspicious")
ALIVE = ("survived", "no tests")
_RESULT = re.compile(r"\s*(?P<name>bart_tool\.\S+): (?P<end>.+)")


def area_of(mutant: str) -> str:
    """Where a mutant belongs: the first area that names its module."""
    return next(area for area, starts in AREAS.items() if mutant.startswith(starts))


def mutmut(*arguments: str) -> str:
    """Run mutmut in the root, on the copy of the program that it makes there."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return done.stdout


def ended() -> dict[str, str]:
    """How each mutant ended, by name; those that were not tried yet are left out."""
    found = (_RESULT.fullmatch(line) for line in mutmut("results", "--all", "true").splitlines())
    return {each["name"]: each["end"] for each in found if each and each["end"] in (*DEAD, *ALIVE)}


def main(areas: list[str]) -> int:
    if unknown := set(areas) - AREAS.keys():
        print(f"no such area: {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}")
        return 2
    patterns = [f"{start}*" for area in areas for start in AREAS[area]]
    print("this takes long; stop it with Ctrl-C, and the same command goes on", flush=True)
    mutmut("run", "--max-children", "1", *patterns)
    return tell(ended(), areas or list(AREAS))


def tell(ends: dict[str, str], areas: list[str]) -> int:
    """Print the figure of each area and its survivors; 1 when too many lived."""
    enough = True
    for area in areas:
        ours = {name: end for name, end in ends.items() if area_of(name) == area}
        for name in sorted(name for name, end in ours.items() if end in ALIVE):
            print(f"  lives: {name} ({ours[name]})")
        by_module: dict[str, Counter[bool]] = {}
        for name, end in ours.items():
            module = name.rpartition(".")[0]
            by_module.setdefault(module, Counter())[end in DEAD] += 1
        for module, counted in sorted(by_module.items()):
            print(f"{module}: {counted[True]} of {counted.total()} died")
        dead, all_ = sum(end in DEAD for end in ours.values()), len(ours)
        share = 100 * dead / all_ if all_ else 0.0
        enough = enough and share >= LEAST.get(area, ELSEWHERE)
        print(f"{area}: {dead} of {all_} died, {share:.1f} %")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
