"""Two dates or two viewpoints side by side: what each says of every place, and every change in between."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd

from geodata.control.changes import changes_between
from geodata.control.control import Control
from geodata.dataset.claims import Dataset

STATE = ("holder", "contested", "besieged", "status")
CHANGE = ("side", "date", "from", "to", "change_status", "basis", "claimants", "publishers", "event_id")
COMPARISON_COLUMNS = (
    *("place_id", "name", "name_ar", "province", "differs"),
    *(f"{name}_{side}" for side in "ab" for name in STATE),
    *CHANGE,
)


def comparison(dataset: Dataset, one: Control, first: dt.date, other: Control, last: dt.date) -> gpd.GeoDataFrame:
    """Return the places on which two sides differ or that changed hands in between, with every change, also one that was reversed.

    Parameters
    ----------
    dataset
        Whose claims both sides follow, all of them or some.
    one, other
        Control from both viewpoints, about the same places; one and the same object where there is but one viewpoint.
    first, last
        The dates of side A and side B, both inclusive: compared is the end of each day, and changes count after the first and up to the
        second.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a change, by place_id, side and date; one row for a place that differs without a change. Geometry Point (longitude,
        latitude) in EPSG:4326. Columns:

        place_id, name, name_ar, admin1, province : str
        differs : bool, another holder, contested or besieged on one side only
        holder_a, contested_a, besieged_a, status_a, holder_b, ... : what each side says, as `Control.at` has it
        side : 'A' or 'B', from whose viewpoint it is a change, 'both' where there is but one, None without a change
        date : datetime64, of the change; NaT without one
        from, to, basis, claimants, event_id : as `changes_between` has them; None without a change
        change_status : its `status` there
        publishers : list of str, in whose documents the supporting claims stand

    Raises
    ------
    WrongPeriodError
        `last` is before `first`.
    """
    before, after = one.at(first), other.at(last)
    frame = before.drop(
        columns=[column for column in before if column not in ("place_id", "name", "name_ar", "admin1", "province", "geometry")]
    )
    for side, now in (("a", before), ("b", after)):
        frame = frame.merge(now[["place_id", *STATE]].rename(columns={name: f"{name}_{side}" for name in STATE}), on="place_id")
    unlike = [frame[f"{name}_a"].fillna("") != frame[f"{name}_b"].fillna("") for name in ("holder", "contested", "besieged")]
    frame["differs"] = unlike[0] | unlike[1] | unlike[2]
    sides = {"both": other} if one is other else {"A": one, "B": other}
    changes = [change for side, control in sides.items() for change in _changes(dataset, side, control, first, last)]
    listed = pd.DataFrame(changes, columns=["place_id", *CHANGE], dtype=object)
    listed = frame.merge(listed, on="place_id", how="left")
    listed = listed[listed["differs"] | listed["side"].notna()].sort_values(["place_id", "side", "date"], kind="stable", ignore_index=True)
    listed[list(CHANGE)] = listed[list(CHANGE)].astype(object).where(listed["side"].notna(), None)
    return listed.assign(date=pd.to_datetime(listed["date"]))


def _changes(dataset: Dataset, side: str, control: Control, first: dt.date, last: dt.date) -> list[dict[str, object]]:
    """Return the changes of one side, with its letter, place, and the publishers behind each."""
    published = {claim.claim_id: dataset.documents[claim.document_id].publisher for claim in dataset.claims}
    supporting = dict(zip(control.events["event_id"], control.events["supporting"], strict=True))
    rows: list[dict[str, object]] = []
    for place in changes_between(control, dataset.claims, first, last).itertuples():
        for change in place.changes:
            publishers = dict.fromkeys(published[claim_id] for claim_id in supporting[change["event_id"]])
            rows.append(
                {"place_id": place.place_id, "side": side, **change, "change_status": change["status"], "publishers": list(publishers)}
            )
    return rows
