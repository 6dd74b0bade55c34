"""Commands that look names up: `resolve` one, `batch` a file of them."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from gazetteer.batch import resolve_file
from gazetteer.commands.options import Commands
from gazetteer.errors import OnlineError
from gazetteer.online import OnlineAnswer, Settings, enabled
from gazetteer.place import Answer
from gazetteer.resolve.gazetteer import Gazetteer

RESOLVED, NOT_RESOLVED = 0, 1

STATUS_HELP = """\
exit status:
  0  resolved (resolve), or the file was written (batch)
  1  not resolved: ambiguous, low confidence or not found (resolve only)
  2  refused: wrong usage, an unknown province or country, a file that cannot be read or written
"""
_BATCH_HELP = """\
IN.csv    UTF-8, with a column `query` and perhaps `admin1` (province), `country` (ISO 3166-1) and `group` (names of one
          text, which are resolved together), each of which may be empty; other columns are ignored
OUT.csv   query,status,place_id,name,longitude,latitude,confidence,tier,reason: a row for each row of IN.csv, in its order.
          Positions are EPSG:4326 and those of the best candidate: plot only the rows that are `resolved`.
          Written at once or not at all; the queries are kept as they are, formulas included.

"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands, each with `run`, a function from its arguments to an exit status."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--country", default="SY", metavar="CC", help="ISO 3166-1 code of the country (default: SY)")
    shared.add_argument("--data", type=Path, metavar="DIR", help="directory with places.csv and provinces.csv")
    shared.add_argument(
        "--home", type=Path, metavar="DIR", help="directory of added sources (default: GAZETTEER_HOME, else the user's data directory)"
    )
    resolve = commands.add_parser(
        "resolve",
        parents=[shared],
        help="one name",
        description="Resolves one name.",
        epilog=STATUS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    resolve.add_argument("name", metavar="NAME", help='a toponym, such as Mheen, حوارين or "Kweiras air base"')
    resolve.add_argument(
        "--online", metavar="S,S", help="also ask these services and list what they say apart: nominatim, photon, geonames, pelias"
    )
    resolve.add_argument("--admin1", metavar="P", help="province: ISO 3166-2 code or any spelling (SY-HI, Homs)")
    resolve.add_argument(
        "--near", type=_position, metavar="LON,LAT", help="longitude and latitude of a place that was mentioned with it (EPSG:4326)"
    )
    resolve.add_argument("--json", action="store_true", help="print the answer as JSON")
    resolve.set_defaults(run=_resolve)

    batch = commands.add_parser(
        "batch",
        parents=[shared],
        help="a CSV file of names",
        description="Resolves a file of names.",
        epilog=_BATCH_HELP + STATUS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    batch.add_argument("source", type=Path, metavar="IN.csv", help="names")
    batch.add_argument("target", type=Path, metavar="OUT.csv", help="answers")
    batch.set_defaults(run=_batch)


def _resolve(options: argparse.Namespace) -> int:
    gazetteer = Gazetteer.open(options.data, options.country, options.home)
    answer = gazetteer.resolve(options.name, options.admin1, options.country, options.near)
    online = _ask_online(options)
    if options.json:
        outline = gazetteer.outline(answer.place_id) if answer.place_id else None
        said = _as_json(answer) | {"outline": outline} | ({"online": [asdict(one) for one in online]} if online else {})
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print("\n".join([_as_text(answer), *(_online_line(one) for one in online)]))
    return RESOLVED if answer.status == "resolved" else NOT_RESOLVED


def _ask_online(options: argparse.Namespace) -> list[OnlineAnswer]:
    """Return what online services say, if any is named; apart from the offline answer, which they never change."""
    settings = replace(Settings.from_environment(), home=options.home)
    if options.online:
        settings = replace(settings, services=tuple(name.strip() for name in options.online.lower().split(",")))
    answers: list[OnlineAnswer] = []
    for service in enabled(settings):
        try:
            answers += service.geocode(options.name, options.country, 5)
        except OnlineError as error:  # the offline answer holds without it
            print(f"gazetteer: {error}", file=sys.stderr)
    return answers


def _online_line(one: OnlineAnswer) -> str:
    return f"online      {one.provider}: {one.label}, longitude {one.longitude:.5f}, latitude {one.latitude:.5f} ({one.attribution})"


def _batch(options: argparse.Namespace) -> int:
    gazetteer = Gazetteer.open(options.data, options.country, options.home)
    counts = resolve_file(gazetteer, options.source, options.target, options.country)
    print(f"{counts.total()} rows: " + ", ".join(f"{count} {status}" for status, count in counts.most_common()))
    return RESOLVED


def _position(text: str) -> tuple[float, float]:
    try:
        longitude, latitude = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no longitude and latitude such as 36.72,34.73") from None
    return longitude, latitude


def _as_json(answer: Answer) -> dict[str, object]:
    return {
        "query": answer.query,
        "status": answer.status,
        "place_id": answer.place_id,
        "name": answer.name,
        "longitude": answer.longitude,
        "latitude": answer.latitude,
        "radius_km": answer.radius_km,
        "confidence": answer.confidence,
        "tier": answer.tier,
        "reason": answer.reason,
        "candidates": [asdict(candidate) for candidate in answer.candidates],
    }


def _as_text(answer: Answer) -> str:
    lines = [f"status      {answer.status}"]
    if answer.best is not None:
        place = answer.best.place
        both = f"{place.name} · {place.name_ar}" if place.name_ar else place.name
        lines += [
            f"name        {both}",
            f"place_id    {place.place_id}",
            f"feature     {place.feature}",
            f"position    longitude {place.longitude:.5f}, latitude {place.latitude:.5f} (EPSG:4326)",
            f"radius      {place.radius_km:g} km",
            f"province    {f'{place.admin1_name} ({place.admin1})' if place.admin1 else 'not known'}",
            f"confidence  {answer.confidence:.2f} ({answer.best.tier})",
        ]
    lines.append(f"reason      {answer.reason}")
    if len(answer.candidates) > 1:
        lines.append("candidates")
        for number, candidate in enumerate(answer.candidates, start=1):
            place = candidate.place
            lines.append(
                f"  {number}. {place.name} ({place.feature}, {place.admin1_name or place.country}), longitude "
                f"{place.longitude:.5f}, latitude {place.latitude:.5f}, confidence {candidate.confidence:.2f}: "
                f"{candidate.reason}"
            )
    return "\n".join(lines)
