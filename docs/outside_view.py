#!/usr/bin/env python3
"""Makes the forecasts of docs/outside-view.md by every method and has `plancast backtest` score them.

    python3 docs/outside_view.py PANEL.csv FOLDER [PLANCAST [YEAR]] > docs/outside-view.csv

PANEL.csv has a line for each prefecture and year (2001-2020) with the columns city, adcode, year and
gdp_real_growth_pct (growth of real GDP, per cent, revised series). The panel is statistics of yearbooks and bulletins
that others compiled (see docs/outside-view.md); it is not part of this project. FOLDER takes what is made: a panel of
forecasts for each half of the prefectures, and a scenario for each method. YEAR is the last that is known (2020): what
follows is not read, and only origins whose five years were known by then are tried. Needs Python 3.9 and nothing else; a minute.
"""

import csv
import functools
import json
import math
import pathlib
import statistics
import subprocess
import sys

CITY = "吕梁"
# A figure of 2020 that looks like an error leaves its city out; another is replaced by the city's neighbouring years.
LEFT_OUT = "焦作"
REPLACED = {("乌海", 2004): 14.0}
ORIGINS = (2010, 2015)
# Mean of the last years · part of the panel's average change that goes on · whether distances from the panel shrink.
METHODS = {
    f"last {years}, {part}, {'shrunk' if shrunk else 'as it is'}": (years, part, shrunk)
    for years in (1, 2, 3, 5)
    for part in (0, 0.5, 1)
    for shrunk in (True, False)
    if shrunk or part == 0
}
# The rule before: the last five years, three quarters of the change, a flat spread of three points.
METHODS["before"] = (5, 0.75, True)


def read(path, known):
    growth, names = {}, {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["gdp_real_growth_pct"] and 2001 <= int(row["year"]) <= known:
                growth.setdefault(row["adcode"], {})[int(row["year"])] = float(row["gdp_real_growth_pct"])
                names[row["adcode"]] = row["city"]
    for (city, year), value in REPLACED.items():
        for code, name in names.items():
            if name.startswith(city):
                growth[code][year] = value
    whole = {code for code, years in growth.items() if len(years) == known - 2000}
    kept = sorted(code for code in whole if known < 2020 or not names[code].startswith(LEFT_OUT))
    return {code: growth[code] for code in kept}, next(code for code in kept if names[code].startswith(CITY))


class Panel:
    def __init__(self, growth):
        self.growth, self.codes = growth, sorted(growth)

    @functools.lru_cache(None)
    def own(self, code, year, years):
        """Geometric mean growth of the last years, per cent."""
        logs = [math.log1p(self.growth[code][y] / 100) for y in range(year - years + 1, year + 1)]
        return 100 * math.expm1(statistics.fmean(logs))

    @functools.lru_cache(None)
    def mean(self, year, years):
        return statistics.fmean(self.own(code, year, years) for code in self.codes)

    def known(self, year, years):
        """Origins whose next five years are known by then."""
        return range(2000 + years, year - 4)

    @functools.lru_cache(None)
    def slope(self, year, years):
        """Which share of a distance from the panel is left in the next five years; 0.3 while nothing is known."""
        pairs = [
            (self.own(code, s, years) - self.mean(s, years), self.own(code, s + 5, 5) - self.mean(s + 5, 5))
            for s in self.known(year, years)
            for code in self.codes
        ]
        return sum(x * y for x, y in pairs) / sum(x * x for x, _ in pairs) if pairs else 0.3

    @functools.lru_cache(None)
    def change(self, year, years):
        changes = [self.mean(s + 5, 5) - self.mean(s, years) for s in self.known(year, years)]
        return statistics.fmean(changes) if changes else 0.0

    def forecast(self, method, code, year):
        years, part, shrunk = method
        left = self.slope(year, years) if shrunk else 1.0
        away = self.own(code, year, years) - self.mean(year, years)
        return self.mean(year, years) + part * self.change(year, years) + left * away

    @functools.lru_cache(None)
    def misses(self, method, year):
        """Root mean squares of the method's own misses so far: of all cities together, and of a city besides."""
        common, own = [], []
        for s in range(max(2003, 2000 + method[0]), year - 4):
            errors = [self.own(code, s + 5, 5) - self.forecast(method, code, s) for code in self.codes]
            common.append(statistics.fmean(errors))
            own.append(statistics.pstdev(errors))
        rms = lambda values: math.sqrt(statistics.fmean(v * v for v in values))
        return rms(common), rms(own)

    @functools.lru_cache(None)
    def swings(self, code, year):
        return statistics.stdev(self.growth[code][y] for y in range(2001, year + 1))

    @functools.lru_cache(None)
    def usual_swings(self, year):
        return statistics.median(self.swings(code, year) for code in self.codes)

    def spread(self, name, code, year):
        if name == "before":
            return 3.0
        common, own = self.misses(METHODS[name], year)
        return math.hypot(common, own * math.sqrt(self.swings(code, year) / self.usual_swings(year)))


SCENARIO = """[scenario]
title = "{name}"
[time]
start = 2020
end = 2025
[parameters]
news = {{ value = "normal(0, 1)", source = "rule" }}
[variables]
forecast = {{ start = "0", formula = "prev(forecast)" }}
spread = {{ start = "1", formula = "prev(spread)" }}
five = {{ start = "0", formula = "if(year >= start_year + 5, forecast + spread * news, prev(five))", unit = "%", report = true }}
[history]
five = {{ file = "{panel}", unit = "code", year = "year", value = "five" }}
forecast = {{ file = "{panel}", unit = "code", year = "year", value = "{name}" }}
spread = {{ file = "{panel}", unit = "code", year = "year", value = "spread of {name}" }}
[sources]
rule = {{ title = "docs/outside-view.md", grade = "D" }}
"""


def main(path, folder, plancast="plancast", known="2020"):
    known = int(known)
    growth, city = read(path, known)
    origins = [origin for origin in ORIGINS if origin + 5 <= known]
    panel, folder = Panel(growth), pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow("method,half,crps,crps_error,in_50,in_80,in_90,bias,city_forecast,city_spread,slope,common,own".split(","))
    halves = {"choice": panel.codes[0::2], "rest": panel.codes[1::2]}
    for half, codes in halves.items():
        name = f"panel-{half}.csv"
        with open(folder / name, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["code", "year", "five", *METHODS, *(f"spread of {method}" for method in METHODS)])
            for code in codes:
                for year in range(2010, known + 1):
                    made = year in origins
                    points = [panel.forecast(m, code, year) if made else 0 for m in METHODS.values()]
                    spreads = [panel.spread(m, code, year) if made else 1 for m in METHODS]
                    rows.writerow([code, year, panel.own(code, year, 5), *points, *spreads])
        for place, method in enumerate(METHODS):
            scenario = folder / f"{half}-{place}.toml"
            scenario.write_text(SCENARIO.format(name=method, panel=name), encoding="utf-8")
            command = [plancast, "backtest", scenario, "--origins", ",".join(map(str, origins)), "--paths", "400", "--json"]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            last = found["variables"][0]["horizons"][-1]
            numbers = [last["crps"]["mean"], last["crps"]["standard_error"]]
            numbers += [share["mean"] for share in last["coverage"]] + [last["bias"]["mean"]]
            numbers += [panel.forecast(METHODS[method], city, known), panel.spread(method, city, known)]
            numbers += [panel.slope(known, METHODS[method][0]), *panel.misses(METHODS[method], known)]
            out.writerow([method, half, *("" if number is None else f"{number:.3f}" for number in numbers)])


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
