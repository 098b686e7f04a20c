#!/usr/bin/env python3
"""Computes every figure of docs/outside-view.md from a panel of prefectures.

    python3 docs/outside_view.py PANEL.csv > tables.txt
    python3 docs/outside_view.py PANEL.csv docs/outside-view.csv    also writes what the forecast is made of

PANEL.csv has a line for each prefecture and year (2001-2020) with the columns province, city, year and
gdp_real_growth_pct (growth of real GDP, per cent, revised series). The panel is statistics of yearbooks and
bulletins that others compiled (see docs/outside-view.md); it is not part of this project. Needs Python 3.9 or
later and nothing else.
"""

import csv
import math
import statistics
import sys

CITY, PROVINCE = "吕梁市", "山西省"
# Figures that look like errors: the city is left out of all that follows.
LEFT_OUT = {"焦作市"}
WINDOWS = [(2001, 2005), (2006, 2010), (2011, 2015), (2016, 2020)]


def read(path):
    """Growth in per cent by (province, city) and year, of cities with all years from 2001 to 2020."""
    growth = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["gdp_real_growth_pct"] and 2001 <= int(row["year"]) <= 2020:
                name = (row["province"], row["city"])
                growth.setdefault(name, {})[int(row["year"])] = float(row["gdp_real_growth_pct"])
    whole = {name: years for name, years in growth.items() if len(years) == 20}
    return {name: years for name, years in whole.items() if name[1] not in LEFT_OUT}


def mean_growth(years, first, last):
    """Geometric mean growth, per cent a year."""
    logs = [math.log1p(years[year] / 100) for year in range(first, last + 1)]
    return 100 * math.expm1(statistics.fmean(logs))


def window(panel, first, last):
    return {name: mean_growth(years, first, last) for name, years in panel.items()}


def slope(pairs):
    """Least squares through the origin: both sides are distances from a mean."""
    return sum(x * y for x, y in pairs) / sum(x * x for x, _ in pairs)


def distances(values):
    mean = statistics.fmean(values.values())
    return {name: value - mean for name, value in values.items()}


def write(panel, city, path):
    """Five-year means by window, and their slope on the window before: all that the forecast needs of the panel."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        columns = ["mean", "sd", "at_8_or_more", "city", "province", "slope_on_five_years_before"]
        out.writerow(["from", "to", "prefectures", *columns])
        for first in range(2001, 2017):
            own = window(panel, first, first + 4)
            others = [value for name, value in own.items() if name[0] == city[0] and name != city]
            on_before = ""
            if first >= 2006:
                before = distances(window(panel, first - 5, first - 1))
                on_before = f"{slope([(before[name], away) for name, away in distances(own).items()]):.4f}"
            numbers = [statistics.fmean(own.values()), statistics.stdev(own.values())]
            numbers += [sum(value >= 8 for value in own.values()) / len(own), own[city], statistics.fmean(others)]
            out.writerow([first, first + 4, len(own), *(f"{number:.4f}" for number in numbers), on_before])


def main(path, table=None):
    panel = read(path)
    city = next(name for name in panel if name[1].startswith(CITY[:2]))
    if table:
        write(panel, city, table)
    means = [window(panel, first, last) for first, last in WINDOWS]
    print(f"{len(panel)} prefectures")
    print("\nfive-year means\n            " + "  ".join(f"{a}-{b}" for a, b in WINDOWS))
    rows = {
        "mean": lambda own: statistics.fmean(own.values()),
        "s.d.": lambda own: statistics.stdev(own.values()),
        "share >= 8 %": lambda own: 100 * sum(value >= 8 for value in own.values()) / len(own),
        "the city": lambda own: own[city],
        "its province": lambda own: statistics.fmean(
            value for name, value in own.items() if name[0] == city[0] and name != city
        ),
    }
    for name, of in rows.items():
        print(f"{name:12}" + "  ".join(f"{of(own):9.2f}" for own in means))
    print(f"the city 2011-20: {mean_growth(panel[city], 2011, 2020):.2f}")

    print("\n1. distances shrink")
    away = [distances(own) for own in means]
    pairs = [[(old[name], new[name]) for name in panel] for old, new in zip(away, away[1:])]
    pooled = [pair for own in pairs for pair in own]
    last_slope = slope(pooled)
    left = math.sqrt(sum((y - last_slope * x) ** 2 for x, y in pooled) / (len(pooled) - 1))
    print("slopes " + ", ".join(f"{slope(own):.2f}" for own in pairs))
    print(f"pooled {last_slope:.2f} ({len(pooled)} observations), residual s.d. {left:.2f}")

    print("\n2. the average falls")
    starts = range(2001, 2012)
    overall = lambda first, last: statistics.fmean(window(panel, first, last).values())
    changes = [overall(start + 5, start + 9) - overall(start, start + 4) for start in starts]
    print(f"mean change over {len(changes)} pairs {statistics.fmean(changes):.2f}, s.d. {statistics.stdev(changes):.2f}")
    averages = [statistics.fmean(own.values()) for own in means]
    print("pairs that do not overlap " + ", ".join(f"{b - a:+.1f}" for a, b in zip(averages, averages[1:])))
    print(f"2016-19 alone {overall(2016, 2019):.2f}")

    print("\n3. the rule, as it would have done")
    for done in (2, 3):
        year = WINDOWS[done - 1][1]
        known = slope([pair for own in pairs[: done - 1] for pair in own])
        change = statistics.fmean(
            overall(start + 5, start + 9) - overall(start, start + 4) for start in range(2001, year - 8)
        )
        for k in (0, 0.5, 1):
            rule = lambda name: averages[done - 1] + k * change + known * away[done - 1][name]
            errors = [means[done][name] - rule(name) for name in panel]
            print(
                f"end of {year}, k {k}: slope {known:.2f}, change {change:+.1f}, "
                f"mean error {statistics.fmean(errors):+.1f}, s.d. {statistics.stdev(errors):.1f}, "
                f"the city {rule(city):.1f} (was {means[done][city]:.1f})"
            )

    print("\n4. the forecast")
    change = statistics.fmean(changes)
    for k in (0, 0.5, 1):
        level = averages[-1] + k * change
        print(f"k {k}: panel {level:.1f}, the city {level + last_slope * away[-1][city]:.1f}")
    middle = statistics.fmean(averages[-1] + k * change + last_slope * away[-1][city] for k in (0.5, 1))
    print(f"mean of k = 1/2 and 1: {middle:.2f}; distance of the city {away[-1][city]:+.2f}")
    raw = [(means[2][name], means[3][name]) for name in panel]
    mean_x, mean_y = averages[2], averages[3]
    b = sum((x - mean_x) * (y - mean_y) for x, y in raw) / sum((x - mean_x) ** 2 for x, _ in raw)
    print(f"regression in levels on the last pair: {mean_y + b * (means[3][city] - mean_x):.1f}")
    print(f"the city's last mean with the whole change: {means[3][city] + change:.1f}")
    spread = {
        name: statistics.stdev(years[year] for year in range(2006, 2021)) for name, years in panel.items()
    }
    print(f"s.d. of yearly growth 2006-20: the city {spread[city]:.1f}, median {statistics.median(spread.values()):.1f}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
