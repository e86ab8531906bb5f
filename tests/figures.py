"""How often a test tries: the figures of tests/README.md, for every change or for a long run.

`pytest --long` takes the long ones. Kept here and not asked of pytest, because the number of
examples of a property test is settled when its module is read.
"""

import os

_FEWER = 20  # times fewer while mutants are tried: each of hundreds of them runs these tests

_long = False
_first_seed = 0


def choose(*, long: bool, first_seed: int) -> None:
    """Settle which figures count, before any test module is read."""
    global _long, _first_seed
    _long, _first_seed = long, first_seed


def is_long() -> bool:
    """Whether this is a long run."""
    return _long


def are_mutants_tried() -> bool:
    """Whether the program is changed on purpose just now (tests.mutants)."""
    return "MUTANT_UNDER_TEST" in os.environ


def figure(of_a_change: int, of_a_long_run: int) -> int:
    """How often to try."""
    if _long:
        return of_a_long_run
    return max(of_a_change // _FEWER, 1) if are_mutants_tried() else of_a_change


def seeds(of_a_change: int, of_a_long_run: int) -> range:
    """Seeds for what is too slow to draw anew each time: always the same, or from `--seed` on."""
    return range(_first_seed, _first_seed + figure(of_a_change, of_a_long_run))
