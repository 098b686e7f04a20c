"""Runs: the same as the command's, and right by closed forms."""

from __future__ import annotations

import json
import pathlib
import subprocess
from typing import Any, Dict

import numpy
import pytest

import plancast


def of_command(command: str, folder: pathlib.Path, *arguments: str) -> Dict[str, Any]:
    said = subprocess.run(
        [command, *arguments, "--quiet", "--json"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    found: Dict[str, Any] = json.loads(said.stdout)
    return found


@pytest.mark.parametrize("scenario", ["inflation-fan", "two-sector-town"])
def test_a_built_in_scenario_has_the_fingerprint_of_the_command(
    command: str, tmp_path: pathlib.Path, scenario: str
) -> None:
    told = of_command(command, tmp_path, "run", scenario, "--paths", "500", "--seed", "7")
    run = plancast.run(scenario, paths=500, seed=7)
    assert run.fingerprint == told["fingerprint"]
    assert run.summary == told


def test_a_file_with_changes_has_the_fingerprint_of_the_command(command: str, town_file: pathlib.Path) -> None:
    arguments = ["--paths", "2000", "--set", "growth=normal(4%, 2%)", "--record", "all"]
    told = of_command(command, town_file.parent, "run", "town.toml", *arguments)
    run = plancast.run(town_file, paths=2000, set={"growth": "normal(4%, 2%)"}, record="all")
    assert run.fingerprint == told["fingerprint"]


def test_a_resolved_scenario_gives_the_same_fingerprint(town: str) -> None:
    run = plancast.run(town, paths=1000, seed=3, set={"base": 90})
    assert plancast.run(run.scenario).fingerprint == run.fingerprint


def test_the_number_of_threads_changes_nothing(town: str) -> None:
    runs = [plancast.run(town, paths=3000, threads=threads).fingerprint for threads in (1, 2, None)]
    assert len(set(runs)) == 1


def test_the_mean_is_that_of_the_closed_form(town: str) -> None:
    run = plancast.run(town, paths=20_000)
    known = run.summary["metrics"]["last"]
    # E[(1 + g)²] = (1 + 5 %)² + (1 %)².
    assert abs(known["mean"] - 100 * (1.05**2 + 0.01**2)) < 5 * known["standard_error"]


def test_a_probability_is_that_of_the_closed_form(town: str) -> None:
    run = plancast.run(town, paths=20_000)
    z = (numpy.sqrt(1.1) - 1.05) / 0.01
    from math import erf

    expected = 0.5 - 0.5 * erf(z / numpy.sqrt(2))
    target = run.targets.loc["enough"]
    assert abs(target["probability"] - expected) < 5 * target["standard_error"]


def test_options_reach_the_library(town: str) -> None:
    run = plancast.run(town, paths=1000, quantiles=[0.2, 0.8], sampling="sobol", drivers=False)
    assert "q0.2" in run.bands.columns and not run.summary.get("sensitivity")
    given = plancast.run(town, paths=4000, given="gdp@2021 >= 105")
    assert given.summary["given"]["among"] == 4000
    with pytest.raises(ValueError, match="latin-hypercube"):
        plancast.run(town, sampling="sobel")


def test_a_study_is_changed_and_stays_as_it_was(town: str) -> None:
    study = plancast.Study(town)
    slower = study.set(growth="normal(3%, 1%)")
    again = study.set("base", 50).set({"growth": 0.04})
    means = [one.run(paths=1000).metrics.loc["last", "mean"] for one in (study, slower, again)]
    assert means[0] > means[1] > means[2]
    assert plancast.validate(again) == plancast.validate(town, set={"base": 50, "growth": 0.04})


def test_what_is_built_in_is_listed() -> None:
    assert "plan" in plancast.list()
    assert plancast.list("zh") != plancast.list("en")
