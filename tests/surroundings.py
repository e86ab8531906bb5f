"""The environment in which a test starts a program as people start it."""

import os


def as_it_is_used() -> dict[str, str]:
    """What is set here, without the warnings that only who runs the tests asked for."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
