"""What changed between two dates: control at both, and every change in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.control.control import Control
from geodata.dataset.claims import Claim
from geodata.errors import WrongPeriodError


def changes_between(control: Control, claims: Iterable[Claim], first: dt.date, last: dt.date) -> gpd.GeoDataFrame:
    """Return the places whose holder changed after one day and up to another, also where the change was reversed.

    Parameters
    ----------
    control
        In any view; what that view does not follow is no change.
    claims
        Those that the events of `control` rest on, to name who made them.
    first, last
        Both inclusive: control at the end of each day is compared, so a change of the first day has happened before, one of the last day
        counts.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a place, by place_id, geometry Point (longitude, latitude) in EPSG:4326. Columns:

        place_id, name, name_ar, admin1, province : str
        holder_start, holder_end : party_id, 'divided', or None where no claim says
        changes : list of dict, in order: `date` (ISO), `from` and `to` (holders as above), `status` and `basis` as in `load_events` (any
            basis but 'change' says that control was found to be so, not seen to change), `claimants` (claimant_ids of the supporting
            claims), `event_id`

    Raises
    ------
    WrongPeriodError
        `last` is before `first`.
    """
    if last < first:
        raise WrongPeriodError(f"Changes from {first} to {last}: the end is before the beginning.")
    claimants = {claim.claim_id: claim.claimant.claimant_id for claim in claims}
    row, before = control.handovers()
    dates = control.events["date"].iloc[row].to_numpy()
    within = (dates > np.datetime64(first)) & (dates <= np.datetime64(last))  # never of the open beginning, which is NaT
    events = control.events.iloc[row[within]]
    changes: dict[str, list[dict[str, object]]] = {}
    for event, former in zip(events.itertuples(), before[within], strict=True):
        changes.setdefault(event.place_id, []).append(
            {
                "date": event.date.date().isoformat(),
                "from": None if former < 0 else control.events["party"].iloc[former],
                "to": event.party,
                "status": event.status,
                "basis": event.basis,
                "claimants": list(dict.fromkeys(claimants[claim_id] for claim_id in event.supporting)),
                "event_id": event.event_id,
            }
        )
    changed = control.places["place_id"].isin(changes).to_numpy()
    frame = control.places[changed].reset_index(drop=True)
    parties = [*control.parties, None]  # -1 is the last of them
    for column, day in (("holder_start", first), ("holder_end", last)):
        frame[column] = pd.Series([parties[i] for i in control.holders_on(day)[changed]], dtype=object)
    frame["changes"] = pd.Series([changes[place_id] for place_id in frame["place_id"]], dtype=object)
    return frame[[c for c in frame.columns if c != "geometry"] + ["geometry"]]
