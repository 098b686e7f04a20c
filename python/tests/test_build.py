"""Scenarios that are built in Python."""

from __future__ import annotations

import pathlib
import subprocess

import numpy
import pandas
import pytest

import plancast
from plancast.build import Scenario


def town() -> Scenario:
    sectors = pandas.DataFrame(
        {
            "label": ["Farms", "Works \"and\" mines"],
            "size": [40.0, numpy.float64(60)],
            "pace": ["normal(1%, 1%)", None],
        },
        index=["farms", "works"],
    )
    made = Scenario("town", start=2020, end=2025, title={"en": "A town", "zh": "小镇"})
    fields = {"size": {"unit": "1e8 CNY", "min": 0}, "pace": {"unit": "1/yr", "default": "normal(4%, 1%)"}}
    made.set("sector", sectors, fields=fields, titles="label")
    made.variable("va[sector]", "prev(va[sector]) * (1 + pace[sector])", start="size[sector]", unit="1e8 CNY")
    made.variable("gdp", "sum(sector: va[sector])", unit="1e8 CNY", report=True)
    made.target("growth", "gdp@2025 >= 115", title="Output above 115")
    made.history("gdp", pandas.Series({2018: 93.0, 2019: numpy.nan, 2020: 100.0}))
    return made


def test_a_frame_becomes_a_scenario_that_runs_and_a_file_that_does(tmp_path: pathlib.Path) -> None:
    made = town()
    assert not [one for one in made.validate() if one.severity == "error"], made.text()
    run = made.run(paths=1000)
    place = tmp_path / "town.toml"
    made.save(place)
    assert plancast.run(place, paths=1000).fingerprint == run.fingerprint
    # Cells that are empty take the default.
    assert "pace" not in made.text().split("[sector.works]")[1].split("[")[0]
    assert run.bands.loc[("gdp", 2020), "mean"] == pytest.approx(100)


def test_the_command_reads_what_was_built(tmp_path: pathlib.Path, command: str) -> None:
    town().save(tmp_path / "town.toml")
    subprocess.run([command, "validate", "town.toml"], cwd=tmp_path, check=True)


def test_dictionaries_do_without_pandas() -> None:
    made = Scenario("two", start=2020, end=2021)
    made.set("fuel", {"coal": {"carbon": 2.66}, "gas": {"carbon": 1.56}})
    made.set("plant", {"old": {}, "new": {}})
    burns = pandas.DataFrame({"coal": [100, None], "gas": [10, 60]}, index=["old", "new"])
    made.matrix("plant", "burns", "fuel", burns, default=0)
    made.parameter("rate", {2020: 1, 2021: "uniform(1, 1.1)"})
    made.variable("co2", "rate * sum(plant, fuel: burns[plant, fuel] * carbon[fuel])", report=True)
    made.table("run", paths=500)
    run = made.run()
    assert run.summary["paths"] == 500
    assert run.bands.loc[("co2", 2020), "mean"] == pytest.approx(100 * 2.66 + 70 * 1.56)


def test_mistakes_are_told_by_line() -> None:
    made = Scenario("two", start=2020, end=2021)
    made.variable("x", "y + 1")
    with pytest.raises(plancast.ScenarioError, match=r"two:\d+:\d+: error: "):
        made.run()
    with pytest.raises(TypeError, match="no object"):
        made.parameter("p", object())
        made.text()
    with pytest.raises(ValueError, match="twice"):
        made.set("s", pandas.DataFrame({"a": [1, 2]}, index=["x", "x"]))


def test_texts_are_quoted() -> None:
    made = Scenario("odd", start=2020, end=2021, title='a "quoted"\\ title\nof two lines')
    made.parameter("x", 1)
    made.metric("m", "x")
    assert made.study("en").title.startswith('a "quoted"\\ title')
