"""bart needs no network and asks for none: the main verbs and a form, where there is none.

`python -m tests.no_network` runs the whole suite so.
"""

import sys

import pytest

from tests import no_network

A_WORKSHOP = ("tests/test_end_to_end.py",)
A_FORM = ("tests/forms/test_hostile_text.py::test_no_text_runs_in_the_form",)


@pytest.fixture(scope="module", autouse=True)
def possible() -> None:
    if why := no_network.missing():
        pytest.skip(f"not run without a network: {why}")


@pytest.mark.parametrize("tests", [A_WORKSHOP, A_FORM], ids=["a workshop", "a form"])
def test_nothing_is_asked_of_a_network_and_nothing_is_missed(tests: tuple[str, ...]) -> None:
    code, tried = no_network.without_network([sys.executable, "-m", "pytest", "-n", "0", *tests])
    assert tried == []
    assert code == 0


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_who_tried_would_be_seen_and_would_not_get_out(address: str) -> None:
    script = (
        "import socket, sys; family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET; "
        "sys.exit(socket.socket(family).connect_ex((sys.argv[1], 80)) and 5)"
    )
    assert no_network.without_network([sys.executable, "-c", script, address]) == (5, [address])


def test_this_machine_itself_is_no_network() -> None:
    here = 'sin_addr=inet_addr("127.0.0.53")} {inet_pton(AF_INET6, "::1", &sin6_addr)}'
    assert list(no_network.beyond(here)) == []
    assert list(no_network.beyond('inet_addr("10.0.0.1")')) == ["10.0.0.1"]
