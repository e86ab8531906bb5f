"""What a terminal sends, as text: what is no text of today is passed over, and nothing is lost."""

from codecs import getincrementaldecoder

# A click as old terminals tell it: these three bytes, and three for the button and the place.
_BEGUN, _CLICK, _CLICK_SIZE = b"\x1b[", b"\x1b[M", 6


class InputBytes:
    """Decodes bytes as they come, in pieces of any size.

    Clicks of old terminals are passed over: past column 95 they are no UTF-8, and before it they
    would be typed letters. So is a byte that is no UTF-8, as of a terminal that speaks Latin-1.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("ignore").decode
        self._held = b""

    def text(self, some: bytes) -> str:
        """The text in `some`, with what was held of before."""
        some = self._held + some
        text, at = "", 0
        while (click := some.find(_CLICK, at)) >= 0 and click + _CLICK_SIZE <= len(some):
            text += self._decode(some[at:click])
            at = click + _CLICK_SIZE
        left = some[at:]
        # ESC by itself is a key, so it is not waited with; what follows the bracket always comes.
        held = left.find(_CLICK)
        if held < 0:
            held = len(left) - len(_BEGUN) if left.endswith(_BEGUN) else len(left)
        self._held = left[held:]
        return text + self._decode(left[:held])
