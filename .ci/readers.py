"""What .ci/readers has written, read back by programs that know nothing of plancast, in the working folder."""

import json
import math
import warnings

import duckdb
import numpy
import pandas
import polars
import pyam
import pyarrow.parquet

PATHS = 5000
# Numbers of a summary are quantiles of the histogram: exact to 1e-4 of the value or the standard deviation.
CLOSE = 2e-4


def close(a, b, scale):
    return abs(a - b) <= CLOSE * max(abs(b), scale)


def check_paths(scenario):
    """Parquet and CSV hold the same numbers, typed, and their statistics are those of summary.json."""
    summary = json.load(open(f"output/{scenario}/summary.json", encoding="utf-8"))
    file = f"{scenario}.parquet"

    table = pyarrow.parquet.read_table(file)
    frame = table.to_pandas()
    assert table.num_rows == PATHS and list(frame["path"]) == list(range(PATHS))
    units = json.loads(pyarrow.parquet.read_metadata(file).metadata[b"plancast.units"])

    text = pandas.read_csv(f"{scenario}.csv.gz", float_precision="round_trip")
    assert list(text.columns) == list(frame.columns)
    eager = polars.read_parquet(file)
    assert eager.columns == list(frame.columns) and eager.height == PATHS

    seen = 0
    for name, variable in summary["variables"].items():
        for place, year in enumerate(variable["years"]):
            column = f"{name}@{year}"
            values = frame[column]
            assert str(values.dtype) == "float64", column
            assert units.get(column, "") == variable["unit"], column
            pandas.testing.assert_series_equal(values, text[column], check_dtype=False, rtol=0, atol=0)
            assert eager[column].to_list() == values.to_list(), column
            spread = variable["sd"][place] or 0.0
            assert close(values.mean(), variable["mean"][place], spread), column
            quantile = numpy.quantile(values, 0.05, method="inverted_cdf")
            assert close(quantile, variable["quantiles"]["0.05"][place], spread), column
            assert values.min() == variable["minimum"][place], column
            seen += 1
    for name, target in summary["targets"].items():
        assert eager[name].dtype == polars.Boolean, name
        probability = duckdb.sql(f"select avg(\"{name}\"::int) from '{file}'").fetchall()[0][0]
        assert math.isclose(probability, target["probability"], rel_tol=1e-12, abs_tol=1e-12), name
    print(f"{scenario}: {seen} variable-years, {len(summary['targets'])} targets read by pyarrow, polars, DuckDB")


def check_iamc(scenario):
    """pyam reads iamc.csv, and its medians are those of summary.json."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pyam.IamDataFrame(f"output/{scenario}/iamc.csv")
    summary = json.load(open(f"output/{scenario}/summary.json", encoding="utf-8"))
    assert frame.scenario == [scenario], frame.scenario
    for name, variable in summary["variables"].items():
        levels = name.rstrip("]").replace("[", "|").replace(",", "|").replace(" ", "")
        medians = frame.filter(variable=f"{levels}|Median").timeseries()
        assert len(medians) == 1, f"{name}: {len(medians)} rows"
        for year, value in zip(variable["years"], variable["quantiles"]["0.5"]):
            assert math.isclose(medians[year].iloc[0], value, rel_tol=1e-12), f"{name}@{year}"
    print(f"{scenario}: {len(frame.variable)} variables read by pyam {pyam.__version__}")


for scenario in ["two-sector-town", "plan"]:
    check_paths(scenario)
    check_iamc(scenario)
