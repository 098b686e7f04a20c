"""Questions beside a run."""

from __future__ import annotations

import pandas
import pytest

import plancast


def test_a_comparison_is_paired(town: str) -> None:
    study = plancast.Study(town)
    comparison = study.compare(study.set(base=101), paths=2000)
    assert comparison.metrics["mean"].iloc[0] == pytest.approx(1.1035, abs=0.01)
    assert comparison.targets["change"].iloc[0] > 0
    assert comparison.difference("gdp").svg.startswith("<svg") and comparison.levels().title
    assert comparison.change().svg.startswith("<svg") and len(comparison.chart()) == 3
    with pytest.raises(plancast.Error, match="gdp"):
        comparison.levels("gpd")
    assert comparison.to_arrow("bands").num_rows == len(comparison.bands)
    assert plancast.compare(town, study.set(base=101), paths=2000).fingerprint == comparison.fingerprint


def test_gates_are_decided(town: str) -> None:
    check = plancast.check(town, paths=2000)
    assert check and check.verdict == "pass"
    assert check.gates.loc["it mostly works", "verdict"].lower() == "pass"
    failed = plancast.check(town, require="p(enough) >= 99%", paths=2000)
    assert not failed and failed.verdict == "fail"
    assert failed.run.fingerprint == plancast.run(town, paths=2000).fingerprint


def test_what_it_takes(town: str) -> None:
    answer = plancast.solve(town, "mean(last) >= 121", "base", between=(50, 200), paths=2000)
    assert answer["answers"][0]["value"] == pytest.approx(109.74, abs=0.2)
    assert answer.frame["value"][0] == answer["answers"][0]["value"]


def test_what_it_depends_on(town: str) -> None:
    answer = plancast.sensitivity(town, "last", paths=2000)
    total = answer.frame.set_index("name")["sobol.total.value"]
    assert total["growth"] == pytest.approx(1, abs=0.05)
    with pytest.raises(ValueError, match="morris"):
        plancast.sensitivity(town, "last", method="moris")


def test_when_it_is_missed(town: str) -> None:
    answer = plancast.discover(town, "enough", paths=4000)
    # It is missed where growth lies below 4.88 %.
    assert answer.frame["high.value"][0] == pytest.approx(0.0488, abs=0.002)


def test_what_the_record_says() -> None:
    record = ", ".join(f"{year} = {4 + year * 7 % 5}" for year in range(2000, 2020))
    text = f"""
[time]
start = 2019
end = 2024
[parameters]
trend = "normal(6, 10)"
persistence = "uniform(-0.95, 0.95)"
volatility = "uniform(0, 20)"
[shocks]
news = "normal(0, 1)"
[variables.growth]
start = "6"
report = true
formula = "trend + persistence * (prev(growth) - trend) + volatility * news"
[history.growth]
values = {{ {record} }}
[fit.cycle]
of = "growth"
method = "ar1"
draws = 200
free = {{ mean = "trend", coefficient = "persistence", sd = "volatility" }}
"""
    frame = plancast.fit(text).frame.set_index("input")
    assert frame.loc["trend", "mean"] == pytest.approx(6, abs=1)


def test_what_happened_is_scored(town: str) -> None:
    actual = pandas.DataFrame({"variable": ["gdp"], "year": [2021], "value": [105.0]})
    answer = plancast.run(town, paths=4000).score(actual)
    # The median came about: the score is 0.2337 standard deviations, and one is 1.
    assert answer.frame["crps"][0] == pytest.approx(0.2337, abs=0.02)
    assert plancast.score(town, "variable,year,value\ngdp,2021,105\n", paths=4000).json == answer.json


def test_names_are_explained(town: str) -> None:
    assert "growth" in plancast.Study(town).explain("gdp")


@pytest.mark.parametrize("text", ["[time]\nstart = 2020\nend = 2022\n[variables]\ngdp = 'gpd'\n"])
def test_errors_are_the_lines_of_the_command(text: str) -> None:
    with pytest.raises(plancast.ScenarioError) as caught:
        plancast.run(text)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).startswith("scenario:5:")
    assert ": error: " in str(caught.value).splitlines()[0]
    first = caught.value.diagnostics[0]
    assert (first.severity, first.file, first.line) == ("error", "scenario", 5)
    found = plancast.validate(text)
    assert [one for one in found if one.severity == "error"] == [
        one for one in caught.value.diagnostics if one.severity == "error"
    ]
    with pytest.raises(plancast.ScenarioError, match="错误") as chinese:
        plancast.run(text, lang="zh")
    assert chinese.value.diagnostics[0].message != first.message


def test_a_scenario_that_is_not_there_is_told() -> None:
    with pytest.raises(plancast.ScenarioError, match="plam"):
        plancast.run("plam")
    with pytest.raises(TypeError, match="scenario"):
        plancast.run(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="quantity"):
        plancast.run("plan", set={"anchor": None})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="zh"):
        plancast.run("plan", lang="fr")


def test_what_has_no_answer_is_an_error(town: str) -> None:
    with pytest.raises(plancast.Error):
        plancast.run(town, paths=0)
