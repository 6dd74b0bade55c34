import assert from "node:assert/strict";
import { test } from "node:test";

import { dateWindow, dayOf, isoOf, longDate, monthName, readDate, shortDate } from "../../views/screen/browser/dates.js";

const NOVEMBER = dayOf("2015-11-01");

test("a day comes back from its ISO date", () => {
  for (const iso of ["1969-12-31", "1970-01-01", "2012-02-29", "2015-11-01", "2018-05-22"]) assert.equal(isoOf(dayOf(iso)), iso);
  assert.equal(dayOf("1970-01-02"), 1);
});

test("a date is written long, short, and as its month", () => {
  assert.equal(longDate(NOVEMBER), "1 November 2015");
  assert.equal(shortDate(NOVEMBER), "1 Nov 2015");
  assert.equal(monthName(NOVEMBER), "Nov");
});

test("a window says no more than it must", () => {
  const window = (one, other) => dateWindow(dayOf(one), dayOf(other));
  assert.equal(window("2017-08-05", "2017-08-05"), "5 Aug 2017");
  assert.equal(window("2017-08-05", "2017-08-12"), "5 – 12 Aug 2017");
  assert.equal(window("2017-08-30", "2017-09-02"), "30 Aug – 2 Sep 2017");
  assert.equal(window("2016-12-30", "2017-01-02"), "30 Dec 2016 – 2 Jan 2017");
});

test("a date is read as people type it", () => {
  for (const text of ["2015-12-12", "2015-12-12 ", "12 Dec 2015", "12 december 2015", "December 12, 2015", "Dec. 12 2015", "١٢ Dec ٢٠١٥"])
    assert.equal(readDate(text), dayOf("2015-12-12"), text);
  assert.equal(readDate("3 Sept 2015"), dayOf("2015-09-03"));
});

test("what is no date of the calendar is not read", () => {
  for (const text of ["", "today", "2015-02-30", "31 Apr 2015", "2015-13-01", "12/12/2015", "12 Foo 2015"])
    assert.equal(readDate(text), null, text);
});
