"""One flag for long runs, one seed for all that is drawn by chance, and crashers that are kept."""

import os
import random
import shutil
import signal
import tempfile

import pytest
from hypothesis import Phase, settings

from hatch_build import LOCALES, compile_catalogues
from tests import figures

settings.register_profile("bart", print_blob=True)
# Whether a mutant lives is the question, not the smallest example that kills it.
settings.register_profile(
    "mutants", derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("mutants" if figures.are_mutants_tried() else "bart")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="take the long figures of tests/README.md")
    parser.addoption("--seed", type=int, help="draw what is drawn by chance as with this seed")


@pytest.hookimpl(tryfirst=True)  # before hypothesis looks at its own option
def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed of this run here: the workers of xdist are told it with the other options."""
    figures.choose(long=config.option.long, first_seed=config.option.seed or 0)
    if config.option.seed is None:
        config.option.seed = random.randrange(2**32)
    config.option.hypothesis_seed = str(config.option.seed)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell that starts a run behind it (`pytest &`) says so, and what tests start inherits
        # it: then nothing hears the Ctrl-C that a test sends.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):  # the workers have it from here
        compile_what_changed()
        # A bug that a test puts in must not stand in the log of whoever runs the tests.
        os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="bart-state-")


def compile_what_changed() -> None:
    """Compile the catalogue anew where its sources are younger: tests read what they say."""
    made = LOCALES / "nl" / "bart.mo"
    last = made.stat().st_mtime if made.exists() else 0.0
    if any(source.stat().st_mtime > last for source in LOCALES.glob("**/*.po")):
        compile_catalogues()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop("XDG_STATE_HOME", ""), ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    config = terminalreporter.config
    terminalreporter.write_line(f"Drawn by chance with --seed {seed_of(config)}")


def seed_of(config: pytest.Config) -> int:
    seed: int = config.option.seed
    return seed


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """What a test draws from; printed, and with it also shown when the test fails."""
    number = seed_of(request.config)
    print(f"once more: pytest {request.node.nodeid.partition('[')[0]} --seed {number}")
    return number
