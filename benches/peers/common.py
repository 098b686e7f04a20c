"""What the Python peers share: constants, the command line, statistics of stored paths."""

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

CONSTANTS = json.loads((Path(__file__).parent / "workload-r.json").read_text())
YEARS = CONSTANTS["years"]
SECTORS = CONSTANTS["sectors"]
LEVELS = CONSTANTS["quantiles"]
# Rows of an array of results in one year: these three, then the output of each sector.
SERIES = ["gdp", "co2", "ratio", *SECTORS]
GDP, CO2, RATIO, OUTPUT = 0, 1, 2, 3


def arrays():
    """The constants as arrays."""
    return {name: np.array(value) for name, value in CONSTANTS.items() if isinstance(value, list)}


def statistics(values, errors):
    """Mean, standard deviation and quantiles of the paths of one series-year; and their standard errors when asked."""
    n = len(values)
    found = [values.mean(), values.std(ddof=1), *np.quantile(values, LEVELS)]
    if not errors:
        return [found, None]
    deviations = values - found[0]
    kurtosis = (deviations**4).mean() / (deviations**2).mean() ** 2
    error = [found[1] / n**0.5, found[1] * ((kurtosis - 1) / (4 * n)) ** 0.5]
    for level in LEVELS:
        # Half the distance of the order statistics one standard error of the rank to either side.
        side = (level * (1 - level) / n) ** 0.5
        low, high = np.quantile(values, [level - side, level + side])
        error.append((high - low) / 2)
    return [found, error]


def main(engine, simulate):
    """Reads the command line, simulates and prints. `simulate(paths, seed, threads)` gives the results as an array
    by year, series and path."""
    parser = argparse.ArgumentParser(description=f"Workload R in {engine}.")
    parser.add_argument("--paths", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", help="where the results go; else to standard output")
    parser.add_argument("--errors", action="store_true", help="standard errors too")
    options = parser.parse_args()

    began = time.perf_counter()
    results = simulate(options.paths, options.seed, options.threads)
    simulated = time.perf_counter()
    rows = [(year, series) for year in range(len(YEARS)) for series in range(len(SERIES))]
    with ThreadPoolExecutor(options.threads) as pool:
        found = list(pool.map(lambda row: statistics(results[row], options.errors), rows))
    series, error = {}, {}
    for (year, row), (values, errors) in zip(rows, found):
        series.setdefault(SERIES[row], {})[YEARS[year]] = values
        error.setdefault(SERIES[row], {})[YEARS[year]] = errors
    targets = {}
    for threshold in CONSTANTS["thresholds"]:
        gdp = results[YEARS.index(threshold["year"]), GDP]
        targets[f"gdp_{threshold['year']}"] = float((gdp >= threshold["gdp"]).mean())
    peaks = np.bincount(results[:, CO2].argmax(axis=0), minlength=len(YEARS)) / options.paths
    report = {
        "engine": engine,
        "paths": options.paths,
        "seconds": {"simulation": simulated - began, "statistics": time.perf_counter() - simulated},
        "series": series,
        "targets": targets,
        "co2_peak": dict(zip(YEARS, peaks.tolist())),
    }
    if options.errors:
        report["errors"] = error
    text = json.dumps(report)
    if options.json:
        Path(options.json).write_text(text)
    else:
        sys.stdout.write(text + "\n")
