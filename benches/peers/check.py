"""Holds the peers' results against plancast's: all 2312 numbers, within Monte Carlo error.

    python check.py SUMMARY.json PEER.json... --errors NUMPY_ERRORS.json

Standard errors are those that the NumPy peer finds in its own stored paths (--errors). Of 2312 numbers from three peers
one differs by more than 5.5 standard errors in about one sitting of four thousand, were they independent.
"""

import argparse
import json
import math
import sys
from pathlib import Path

from common import LEVELS, SECTORS, YEARS

LIMIT = 5.5


def plancast(path):
    """A plancast summary in the form of the peers' results."""
    summary = json.loads(Path(path).read_text())
    names = {"gdp": "gdp", "co2": "co2", "ratio": "ratio", **{sector: f"x[{sector}]" for sector in SECTORS}}
    series = {}
    for ours, theirs in names.items():
        found = summary["variables"][theirs]
        columns = [found["mean"], found["sd"], *(found["quantiles"][f"{level:g}"] for level in LEVELS)]
        rows = dict(zip(found["years"], zip(*columns)))
        series[ours] = {str(year): list(rows[year]) for year in YEARS}
    distributions = json.loads((Path(path).parent / "distributions.json").read_text())["metrics"]["co2_peak"]
    first = round(distributions["low"] + distributions["width"] / 2)
    counts = {first + place: count for place, count in enumerate(distributions["counts"])}
    return {
        "paths": summary["paths"],
        "series": series,
        "targets": {name: target["probability"] for name, target in summary["targets"].items()},
        "co2_peak": {str(year): counts.get(year, 0) / summary["paths"] for year in YEARS},
    }


def numbers(results):
    """Every number with its name: (series, year, place) or (target,) or (peak, year)."""
    for name, years in results["series"].items():
        for year, values in years.items():
            for place, value in enumerate(values):
                yield (name, year, place), value
    for name, value in results["targets"].items():
        yield (name,), value
    for year, value in results["co2_peak"].items():
        yield ("co2_peak", year), value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("summary")
    parser.add_argument("peers", nargs="+")
    parser.add_argument("--errors", required=True)
    options = parser.parse_args()
    reference = json.loads(Path(options.errors).read_text())
    ours = plancast(options.summary)
    wanted = dict(numbers(ours))
    failed = False
    for file in options.peers:
        peer = json.loads(Path(file).read_text())
        found = dict(numbers(peer))
        if found.keys() != wanted.keys():
            sys.exit(f"{file}: other numbers than plancast's: {sorted(found.keys() ^ wanted.keys())[:5]}")
        scale = math.sqrt(reference["paths"] / peer["paths"] + reference["paths"] / ours["paths"])
        worst, where = 0.0, None
        for key, value in found.items():
            if len(key) == 3:
                error = reference["errors"][key[0]][key[1]][key[2]] * scale
            else:
                share = (value + wanted[key]) / 2
                error = math.sqrt(share * (1 - share) * (1 / peer["paths"] + 1 / ours["paths"]))
            apart = abs(value - wanted[key]) / error if error > 0 else math.inf if value != wanted[key] else 0.0
            if apart > worst:
                worst, where = apart, key
        failed |= worst > LIMIT
        print(f"{peer['engine']}: {len(found)} numbers agree within {worst:.2f} standard errors (most apart: {where})")
    if failed:
        sys.exit(f"some numbers differ by more than {LIMIT} standard errors")


main()
