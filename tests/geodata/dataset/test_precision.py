"""A window of days has one date precision, on the form and in the check."""

import pytest

from geodata.dataset.precision import date_precision


@pytest.mark.parametrize(("days", "precision"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 4), (33, 5), (1000, 5)])
def test_a_window_has_the_precision_of_its_length(days, precision):
    assert date_precision(days) == precision
