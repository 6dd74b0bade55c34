"""Columns: what is packed comes back, read with nothing but docs/payload.md."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from views.payload.columns import compact_json, narrowest, packed

whole = st.integers(-(2**31), 2**31 - 1)
small = st.integers(-3, 300)
column = st.one_of(
    arrays(np.int64, st.integers(0, 40), elements=small),
    arrays(np.int64, st.integers(0, 40), elements=whole),
    arrays(np.int8, st.integers(0, 40)),
)


def unpacked(content):
    """(head, columns): a reader written from docs/payload.md."""
    content = gzip.decompress(content)
    length = int.from_bytes(content[:4], "little")
    described = json.loads(content[4 : 4 + length].decode("utf-8"))
    columns, at = {}, 4 + length
    for name, count, kind, kept, differences in described["columns"]:
        size = int(kept[1])
        planes = content[at : at + count * size]
        at += count * size
        values, before = [], 0
        for k in range(count):
            number = int.from_bytes(bytes(planes[plane * count + k] for plane in range(size)), "little", signed=kept[0] == "i")
            before = before + number if differences else number
            values.append(before)
        columns[name] = np.array(values, dtype=f"<{kind}")  # refuses what its kind does not hold
    assert at == len(content)
    return described["head"], columns


@given(st.dictionaries(st.text(max_size=5), column, max_size=4), st.booleans())
def test_what_is_packed_comes_back(columns, differences):
    columns = {name: values for name, values in columns.items() if not differences or span(values) < 2**31}
    head, read = unpacked(packed({"a": ["ب", 1]}, columns, list(columns) if differences else []))
    assert head == {"a": ["ب", 1]}
    assert list(read) == list(columns)
    for name, values in columns.items():
        assert read[name].tolist() == values.tolist()


def span(values):
    return max((abs(int(b) - int(a)) for a, b in zip([0, *values], [*values, 0], strict=True)), default=0)


def test_numbers_take_no_more_room_than_they_need():
    assert [narrowest(np.array(values)) for values in ([0, 255], [-1, 127], [0, 256], [-1, 300], [70_000], [])] == [
        *("u1", "i1", "u2", "i2", "i4", "u1")
    ]


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1])
def test_a_number_beyond_32_bits_is_refused(value):
    with pytest.raises(ValueError, match="32 bits"):
        packed({}, {"a": np.array([value])})


def test_the_same_content_gives_the_same_bytes():
    assert packed({"a": 1}, {"b": np.arange(5)}) == packed({"a": 1}, {"b": np.arange(5)})


def test_json_without_a_finite_value_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        compact_json({"longitude": float("nan")})
