"""The bundled dataset over the years: who held each of the best known places, on ten days of each stretch that reports agree on.

Days on which reports differ are left out: Sukhnah in May 2015 and from 6 to 11 August 2017, Mahin, Huwwarin and al-Hadath at the end of
December 2015, ad-Dar al-Kabirah from 16 to 21 May 2018. Where no claim tells of a stretch, the holder is None.
"""

import datetime as dt
from functools import cache

import pytest

from geodata import Control, control_seen, read_dataset

IS, GOV, REBELS, DIVIDED = "islamic-state", "government", "opposition", "divided"
DAYS = 10

SEQUENCES = [
    ("mahin", "2013-11-01", "2015-10-30", REBELS),  # in truce, as AFP tells it
    ("mahin", "2015-11-01", "2015-11-22", IS),
    ("mahin", "2015-11-23", "2015-12-09", GOV),
    ("mahin", "2015-12-10", "2015-12-25", IS),
    ("mahin", "2015-12-31", "2018-06-30", GOV),
    ("huwwarin", "2013-11-01", "2015-10-30", None),
    ("huwwarin", "2015-11-01", "2015-11-17", IS),
    ("huwwarin", "2015-11-23", "2015-12-09", GOV),
    ("huwwarin", "2015-12-10", "2015-12-25", IS),
    ("huwwarin", "2015-12-31", "2018-06-30", GOV),
    ("al-hadath", "2015-11-17", "2015-12-08", GOV),
    ("al-qaryatayn", "2014-01-01", "2015-08-04", GOV),
    ("al-qaryatayn", "2015-08-06", "2016-04-02", IS),
    ("al-qaryatayn", "2016-04-03", "2017-09-28", GOV),
    ("al-qaryatayn", "2017-10-01", "2017-10-19", IS),
    ("al-qaryatayn", "2017-10-21", "2018-06-30", GOV),
    ("palmyra", "2014-01-01", "2015-05-19", GOV),
    ("palmyra", "2015-05-21", "2016-03-26", IS),
    ("palmyra", "2016-03-27", "2016-12-10", GOV),
    ("palmyra", "2016-12-11", "2017-02-28", IS),
    ("palmyra", "2017-03-02", "2018-06-30", GOV),
    ("as-sukhnah", "2015-05-31", "2017-08-04", IS),
    ("as-sukhnah", "2017-08-12", "2018-06-30", GOV),
    ("sadad", "2015-01-01", "2017-12-31", GOV),
    ("talbiseh", "2013-01-01", "2018-05-14", REBELS),
    ("talbiseh", "2018-05-16", "2018-06-30", GOV),
    ("ar-rastan", "2013-01-01", "2018-05-15", REBELS),
    ("ar-rastan", "2018-05-16", "2018-06-30", GOV),
    ("ad-dar-al-kabirah", "2014-05-07", "2015-10-14", REBELS),
    ("ad-dar-al-kabirah", "2015-10-15", "2017-10-04", REBELS),  # disputed: state television had it taken
    ("ad-dar-al-kabirah", "2017-10-05", "2018-05-15", REBELS),
    ("ad-dar-al-kabirah", "2018-05-22", "2018-06-30", GOV),
    ("al-waer", "2013-10-10", "2017-05-20", REBELS),
    ("al-waer", "2017-05-21", "2018-06-30", GOV),
    ("kuweires-air-base", "2014-04-01", "2015-11-09", GOV),
    ("kuweires-air-base", "2015-11-10", "2018-06-30", GOV),
    ("aleppo", "2012-07-31", "2016-12-20", DIVIDED),
    ("aleppo", "2016-12-22", "2018-06-30", GOV),
    ("deir-ez-zor", "2015-01-31", "2017-09-04", DIVIDED),
    ("deir-ez-zor", "2017-09-05", "2017-11-01", DIVIDED),
    ("deir-ez-zor", "2017-11-03", "2018-06-30", GOV),
]
"""Place, first and last day of the stretch (both inclusive), holder."""

BESIEGED = {
    ("al-waer", "2013-10-10"): f"{GOV}|{REBELS}",
    ("kuweires-air-base", "2014-04-01"): f"{IS}|{GOV}",
    ("deir-ez-zor", "2015-01-31"): f"{IS}|{GOV}",
    ("talbiseh", "2013-01-01"): f"{GOV}|{REBELS}",
    ("ar-rastan", "2013-01-01"): f"{GOV}|{REBELS}",
}
"""Stretches under siege from beginning to end, by besieger and besieged; in no other stretch of these places is there one."""

STRETCHES = pytest.mark.parametrize(("place", "first", "last", "holder"), SEQUENCES, ids=lambda cell: str(cell))


@cache
def control(view: str) -> Control:
    return control_seen(read_dataset(), view)


@cache
def at(view: str, date: dt.date):
    return control(view).at(date).set_index("place_id")


def ten_days(first: str, last: str) -> list[dt.date]:
    """Ten days, evenly apart, the first and the last among them."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return [start + (end - start) * step // (DAYS - 1) for step in range(DAYS)]


@STRETCHES
def test_a_place_is_held_throughout_a_stretch_as_reported(place, first, last, holder):
    for date in ten_days(first, last):
        assert at("claimed", date).loc[place, "holder"] == holder, date


@STRETCHES
def test_a_place_is_besieged_in_the_stretches_that_reports_name_and_in_no_other(place, first, last, holder):
    sides = BESIEGED.get((place, first))
    for date in ten_days(first, last):
        row = at("claimed", date).loc[place]
        assert row["besieged"] == (sides is not None), date
        assert sides is None or set(sides.split("|")) <= set(row["sides"]), date
