"""Tables and arrays of a run."""

from __future__ import annotations

import sys

import numpy
import pandas
import pytest

import plancast
from plancast import Run


POOL = """
[pool]
worlds = [
    { scenario = "inflation-fan", weight = 0.75 },
    { scenario = { scenario = { id = "high", extends = "inflation-fan" } }, weight = 0.25 },
]
"""


@pytest.fixture(scope="module")
def run() -> Run:
    return plancast.run("two-sector-town", paths=2000, lang="en")


def test_tables_are_those_of_the_summary(run: Run) -> None:
    assert list(run.targets.index) == run.summary["order"]["targets"]
    variable = run.summary["order"]["variables"][0]
    known = run.summary["variables"][variable]
    assert run.bands.loc[variable, "mean"].tolist() == pytest.approx(known["mean"])
    assert run.bands.loc[(variable, known["years"][-1]), "q0.5"] == known["quantiles"]["0.5"][-1]
    assert set(run.drivers.columns) >= {"first_order", "standard_error", "title"}
    assert len(run.metrics) == len(run.summary["metrics"])


def test_tables_of_arrow_hold_the_same(run: Run) -> None:
    for name in ("targets", "bands", "metrics", "drivers"):
        table = run.to_arrow(name)
        assert table.num_rows == len(next(iter(run.table(name).values())))
    assert run.to_arrow("targets")["probability"].to_pylist() == run.table("targets")["probability"]
    with pytest.raises(ValueError, match="bands"):
        run.table("band")


def test_paths_give_the_statistics_of_the_run(run: Run) -> None:
    paths = run.paths()
    for name, known in run.summary["variables"].items():
        assert paths.years(name) == known["years"]
        assert paths[name].mean(axis=0) == pytest.approx(known["mean"], rel=1e-9)
        assert paths[name].min(axis=0) == pytest.approx(known["minimum"])
    for name, target in run.summary["targets"].items():
        if target.get("decided") is None:
            assert paths[name].mean() == pytest.approx(target["probability"])


def test_paths_are_not_copied(run: Run) -> None:
    paths = run.paths()
    # The memory belongs to the library, and everything is a view of it.
    assert not paths.array.flags.owndata and paths.array.base is not None
    assert paths.array.flags.f_contiguous
    for name in paths:
        assert numpy.shares_memory(paths[name], paths.array)
    table = paths.to_pandas()
    assert numpy.shares_memory(table.iloc[:, 0].to_numpy(), paths.array)
    assert list(table.columns) == paths.columns
    arrow = paths.to_arrow()
    assert arrow.num_rows == len(paths.array) and arrow.column_names == paths.columns
    address = arrow.column(0).chunk(0).buffers()[1].address
    assert address == paths.array.ctypes.data


def test_the_memory_of_paths_outlives_the_run() -> None:
    values = plancast.run("two-sector-town", paths=500, drivers=False).paths()["gdp"]
    total = values.sum()
    plancast.run("two-sector-town", paths=500, seed=2, drivers=False).paths()
    assert values.sum() == total


def test_some_paths_can_be_asked_for(run: Run) -> None:
    assert list(run.paths("gdp")) == ["gdp"]
    with pytest.raises(plancast.Error, match="gpd"):
        run.paths("gpd")


def test_a_package_that_is_missing_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        run.targets
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match="pip install pyarrow"):
        run.to_arrow("targets")
    assert run.table("targets")["target"]


def test_the_worlds_of_a_pool_have_names() -> None:
    paths = plancast.run(POOL, paths=500, drivers=False).paths()
    numbers = paths["world"]
    assert len(paths.worlds) > 1 and numbers.min() == 0 and numbers.max() == len(paths.worlds) - 1
    assert isinstance(paths.to_pandas(), pandas.DataFrame)
