"""When an agreement is due, what its last check says, and how it gets its number."""

from datetime import date, timedelta

import pytest

from bart_tool.domain.agreement import Agreement, AgreementDraft, Agreements, Check, Test

DAY = date(2026, 6, 30)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def agreement(*checks: tuple[date, Test], check_on: date | None = DAY) -> Agreement:
    return Agreement(
        id="a-1",
        topic="who",
        sentence="Zo doen we het.",
        check_on=check_on,
        checks=tuple(Check(on=on, kept=kept) for on, kept in checks),
    )


@pytest.mark.parametrize(
    ("checks", "today", "due"),
    [
        ((), BEFORE, False),
        ((), DAY, True),
        ((), AFTER, True),
        (((BEFORE, "yes"),), AFTER, True),  # looked at too early, so once more
        (((DAY, "no"),), DAY, False),
        (((AFTER, "partly"),), AFTER, False),
    ],
)
def test_it_is_due_from_its_day_on_until_somebody_looked(
    checks: tuple[tuple[date, Test], ...], today: date, due: bool
) -> None:
    assert agreement(*checks).is_due(today) is due
    assert agreement(*checks, check_on=None).is_due(today) is False


def test_kept_is_what_the_last_check_said() -> None:
    assert agreement().kept is None
    assert agreement((DAY, "yes"), (AFTER, "no")).kept == "no"


def test_words_are_kept_alike_however_they_were_typed() -> None:
    typed = AgreementDraft(topic="who", sentence="  e\u0301e\u0301n\r\nzin ", written_in=" hier ")
    assert (typed.sentence, typed.written_in) == ("één\nzin", "hier")


def test_a_number_that_somebody_wrote_by_hand_is_passed_over_too() -> None:
    own = agreement().changed(id="a-7")
    named = agreement().changed(id="zebrapad")
    kept = Agreements(given=2, agreements=(own, named)).with_new(
        AgreementDraft(topic="who", sentence="x")
    )
    assert [each.id for each in kept.agreements] == ["a-7", "zebrapad", "a-8"]
    assert kept.given == 8
    assert kept.without("a-8").without("a-7").given == 8
