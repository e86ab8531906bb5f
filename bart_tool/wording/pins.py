"""What is said of PINs, in the terminal, on the screens and by who hands them out."""

from collections.abc import Iterator, Sequence

from bart_tool.wording.translation import N_, Words

PIN = N_("{code}  PIN {pin}")
PIN_ASKED = N_("Type the first four digits of the PIN on your card.")
PIN_WRONG = N_("That is not the PIN of {code}. Lost it? The facilitator makes a new one.")
ON_THE_CARD = N_(
    "Write each code with its PIN on a card to hand out. Here the first four digits are enough."
)
# When a round opens, also the same one again: what every card was made from went at closing.
NEW_CARDS = N_("Earlier cards and PINs no longer work. Hand out new ones: bart pins {name}")
NEW_CARDS_HERE = N_("Earlier cards and PINs no longer work: hand out new ones.")


def left_out(t: Words, begun: Sequence[str], handed_in: Sequence[str]) -> Iterator[str]:
    """Whose PIN is not shown, and what is done about that."""
    if begun:
        yield t(
            "Not shown, as they have begun: {codes}. Lost a PIN? Make a new one for that code; the "
            "earlier one stops working.",
            codes=", ".join(begun),
        )
    if handed_in:
        yield t("Handed in, and shut: {codes}.", codes=", ".join(handed_in))
