"""What is said of how quickly forms are made can be measured again."""

import pytest

from tests.benchmarks import forms


def test_twenty_forms_are_measured_beside_their_floor(capsys: pytest.CaptureFixture[str]) -> None:
    forms.main(rounds=1)
    assert "twenty forms" in capsys.readouterr().out
