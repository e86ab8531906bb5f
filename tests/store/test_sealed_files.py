"""A file that bart writes for itself is read as it was written, or not at all."""

import hashlib
import hmac
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bart_tool.store import sealed
from bart_tool.store.stored_session import StoredSession
from tests.tui import sample

texts = st.text(max_size=5)
values = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(texts, values, max_size=3))
def test_the_check_is_on_all_of_it_as_json_says_it(data: object) -> None:
    said = json.dumps(data, sort_keys=True).encode()
    for deeper in range(8):  # also where it is no longer taken apart
        assert sealed._check(data, b"key") == hmac.new(b"key", said, hashlib.sha256).hexdigest()
        data = {"in": [data, f"{deeper}"]}
        said = json.dumps(data, sort_keys=True).encode()


def test_bytes_come_back_as_the_digits_they_were_written_as(tmp_path: Path) -> None:
    folder: StoredSession = sample.opened(tmp_path).folder
    folder.store.make(folder.named("private"))
    data = {"format": 1, "marks": {"a": b"\x00\x1f", "b": [b"\xff"]}}
    sealed.write(folder, "private/x.yaml", data, b"key")
    read = {"format": "1", "marks": {"a": "001f", "b": ["ff"]}}
    assert sealed.read(folder, "private/x.yaml", b"key") == read
    assert sealed.read(folder, "private/x.yaml", b"other") is None
    there = folder.content("private/x.yaml")
    assert there is not None
    folder.put("private/x.yaml", there.content.replace(b"001f", b"001e"))
    assert sealed.read(folder, "private/x.yaml", b"key") is None
