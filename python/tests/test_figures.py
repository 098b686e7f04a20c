"""Figures, and what a notebook shows."""

from __future__ import annotations

import pathlib
from xml.etree import ElementTree

import pytest

import plancast
from plancast import Run, Svg


@pytest.fixture(scope="module")
def run() -> Run:
    return plancast.run("two-sector-town", paths=500, lang="en")


def test_figures_are_svg(run: Run, tmp_path: pathlib.Path) -> None:
    fan = run.fan("gdp", width=600, height=400)
    root = ElementTree.fromstring(fan._repr_svg_())
    assert root.tag.endswith("svg") and root.get("width", "").startswith("600")
    fan.save(tmp_path / "gdp.svg")
    assert (tmp_path / "gdp.svg").read_text(encoding="utf-8") == str(fan)
    assert fan.name == "gdp" and fan.title


@pytest.mark.parametrize(
    "figure", ["scorecard", "tornado", "exceedance", "density", "single_paths", "joint", "conditional", "composition"]
)
def test_the_other_figures_are_drawn(run: Run, figure: str) -> None:
    drawn = getattr(run, figure)()
    assert isinstance(drawn, Svg) and drawn.svg.startswith("<svg")


def test_several_figures_come_at_once(run: Run) -> None:
    usual, fans = run.chart(), run.chart("fan", ["gdp"])
    assert len(usual) > 1 and [one.name for one in fans] == ["gdp"]
    with pytest.raises(ValueError, match="tornado"):
        run.chart("tornadoes")
    with pytest.raises(plancast.Error, match="gpd"):
        run.fan("gpd")


def test_a_run_is_shown_with_a_table_and_a_fan(run: Run) -> None:
    html = run._repr_html_()
    assert "<table>" in html and "<svg" in html and run.fingerprint[:12] in html
    chinese = plancast.run("two-sector-town", paths=500, lang="zh")
    assert "概率" in chinese._repr_html_()
    assert chinese.fan("gdp").title != run.fan("gdp").title
    assert html.count("<tr>") > 1


def test_titles_are_escaped(town: str) -> None:
    text = town.replace("Output above 110", "<script>alert(1)</script>")
    assert "<script>alert" not in plancast.run(text, paths=100)._repr_html_()


def test_a_report_is_one_page(run: Run) -> None:
    assert "<!DOCTYPE html>" in run.report() and 'lang="zh' in run.report("zh")
