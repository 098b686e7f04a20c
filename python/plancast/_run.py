"""What is known after a run: tables, paths and figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Tuple

from . import _page, _plancast
from ._answers import Answer, actuals
from ._ask import Names, language, names
from ._paths import Paths
from ._svg import Svg
from ._tables import Columns, arrow, columns, frame

if TYPE_CHECKING:
    import os
    from typing import Union

    import pandas
    import pyarrow

TABLES = ("targets", "bands", "metrics", "drivers")
"""The tables of a run."""

PROBABILITY = ("probability", "standard_error", "low", "high", "decided")
"""What is known of a probability: of one that the record decides, only that."""

BAND = ("mean", "sd", "standard_error", "minimum", "maximum")
"""Statistics of a variable by year, beside its quantiles."""


def words(text: Any, lang: str) -> str:
    """A text of a summary in a language, or else in another that it has."""
    if isinstance(text, dict):
        return str(text.get(lang) or text.get("en") or text.get("zh") or "")
    return str(text or "")


def ordered(summary: Dict[str, Any], kind: str) -> Iterator[Tuple[str, Dict[str, Any]]]:
    """The results of a kind in the order of the scenario."""
    known: Dict[str, Dict[str, Any]] = summary.get(kind, {})
    order = [name for name in summary.get("order", {}).get(kind, []) if name in known]
    for name in order + [name for name in known if name not in order]:
        yield name, known[name]


def band_rows(name: str, variable: Dict[str, Any]) -> Iterator[List[Any]]:
    """A row for each statistic of a variable in each year."""
    levels = sorted(variable.get("quantiles", {}), key=float)
    statistics = [(of, variable.get(of, [])) for of in BAND]
    statistics += [(f"q{level}", variable["quantiles"][level]) for level in levels]
    for place, year in enumerate(variable["years"]):
        for statistic, values in statistics:
            yield [name, variable.get("unit", ""), year, statistic, values[place] if values else None]


class Run:
    """What is known after a run of a scenario."""

    def __init__(self, native: _plancast.Run, lang: str) -> None:
        self._native = native
        self._summary: Optional[Dict[str, Any]] = None
        self.lang = lang
        """The language of titles, figures and errors where a method is told no other: ``en`` or ``zh``."""

    @property
    def summary(self) -> Dict[str, Any]:
        """All statistics with their errors: what ``summary.json`` holds."""
        if self._summary is None:
            self._summary = json.loads(self._native.summary())
        return self._summary

    @property
    def distributions(self) -> Dict[str, Any]:
        """The histograms: what ``distributions.json`` holds."""
        found: Dict[str, Any] = json.loads(self._native.distributions())
        return found

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the results: that of the command, for the same scenario, seed and paths."""
        return self._native.fingerprint

    @property
    def scenario(self) -> str:
        """The resolved scenario, as ``scenario.toml`` holds it: running it gives the same fingerprint."""
        return self._native.scenario()

    def table(self, name: str) -> Columns:
        """A table as plain data, a list by column: ``targets``, ``bands``, ``metrics`` or ``drivers``."""
        if name not in TABLES:
            raise ValueError(f"there is no table {name!r}; there are {', '.join(TABLES)}")
        made: Columns = getattr(self, f"_{name}")()
        return made

    def to_arrow(self, name: str) -> "pyarrow.Table":
        """A table as one of Arrow: ``targets``, ``bands``, ``metrics`` or ``drivers``."""
        return arrow(self.table(name))

    @property
    def targets(self) -> "pandas.DataFrame":
        """The probability of each target with its standard error and interval, by target."""
        return frame(self.table("targets"), ["target"])

    @property
    def bands(self) -> "pandas.DataFrame":
        """Statistics of the recorded variables: a row for each variable and year, a column for each statistic."""
        long = frame(self.table("bands"))
        names_, statistics = long["variable"].unique(), long["statistic"].unique()
        wide = long.pivot(index=["variable", "year"], columns="statistic", values="value")
        wide.columns.name = None
        return wide.reindex(names_, level="variable")[list(statistics)]

    @property
    def metrics(self) -> "pandas.DataFrame":
        """Statistics of the metrics, by metric."""
        return frame(self.table("metrics"), ["metric"])

    @property
    def drivers(self) -> "pandas.DataFrame":
        """First-order shares of the inputs in the variance of each outcome."""
        return frame(self.table("drivers"), ["outcome", "input"])

    def _targets(self) -> Columns:
        rows = []
        for name, target in ordered(self.summary, "targets"):
            title = words(target.get("title"), self.lang)
            known = [target.get(of) for of in PROBABILITY]
            rows.append([name, title, target.get("group", ""), target.get("source", ""), *known])
        return columns(["target", "title", "group", "source", *PROBABILITY], rows)

    def _bands(self) -> Columns:
        found = ordered(self.summary, "variables")
        rows = (row for name, variable in found for row in band_rows(name, variable))
        return columns(["variable", "unit", "year", "statistic", "value"], rows)

    def _metrics(self) -> Columns:
        metrics = list(ordered(self.summary, "metrics"))
        levels = sorted({level for _, one in metrics for level in one.get("quantiles", {})}, key=float)
        rows = []
        for name, one in metrics:
            quantiles = [one.get("quantiles", {}).get(level) for level in levels]
            known = [one.get(of) for of in BAND]
            head = [name, words(one.get("title"), self.lang), one.get("unit", "")]
            rows.append([*head, *known, *quantiles, one.get("never")])
        return columns(["metric", "title", "unit", *BAND, *[f"q{level}" for level in levels], "never"], rows)

    def _drivers(self) -> Columns:
        of = ("group", "kind", "grade", "first_order", "standard_error", "low", "high")
        rows = []
        for outcome, inputs in self.summary.get("sensitivity", {}).items():
            for one in inputs:
                title = words(one.get("title"), self.lang)
                rows.append([outcome, one["input"], title, *[one.get(name) for name in of]])
        return columns(["outcome", "input", "title", *of], rows)

    def paths(self, *wanted: str, threads: Optional[int] = None) -> Paths:
        """The values of all paths: of these variables, metrics and targets, or of all that are recorded.

        The paths are simulated once more, which gives the same values, and are handed over without a copy. They take 8
        bytes a value.
        """
        return Paths(self._native.paths(list(wanted), threads, self.lang))

    def chart(
        self,
        kinds: Optional[Names] = None,
        variables: Optional[Names] = None,
        *,
        group: Optional[str] = None,
        year: Optional[Union[int, str]] = None,
        width: Optional[int] = None,
        height: Optional[int] = None,
        every: bool = False,
        lang: Optional[str] = None,
    ) -> List[Svg]:
        """Figures of the run: those that say most of it, those of some kinds (``fan``, ``tornado``, …), or every one."""
        asked = {
            "kinds": names(kinds),
            "all": every,
            "variables": names(variables),
            "group": group,
            "year": year,
            "width": width,
            "height": height,
            "lang": lang or self.lang,
        }
        return [Svg(*one) for one in self._native.charts(asked)]

    def _one(self, kind: str, wanted: Optional[Names], options: Dict[str, Any]) -> Svg:
        return self.chart(kind, wanted, **options)[0]

    def fan(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """Bands of a variable over the years, usually of the first headline. Options are those of :meth:`chart`."""
        return self._one("fan", variable, options)

    def scorecard(self, **options: Any) -> Svg:
        """The odds of all targets, or of a ``group``."""
        return self._one("scorecard", None, options)

    def exceedance(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """Odds of at least so much, of a variable in a ``year`` or a metric."""
        return self._one("exceedance", variable, options)

    def density(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """Densities of a variable by year."""
        return self._one("density", variable, options)

    def single_paths(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """Single paths of a variable over its bands."""
        return self._one("paths", variable, options)

    def histogram(self, metric: Optional[str] = None, **options: Any) -> Svg:
        """When something happens: a metric that is a year."""
        return self._one("histogram", metric, options)

    def composition(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """What a variable is made of."""
        return self._one("composition", variable, options)

    def joint(self, **options: Any) -> Svg:
        """Odds of every two targets together."""
        return self._one("joint", None, options)

    def conditional(self, **options: Any) -> Svg:
        """Odds of each target where another is met."""
        return self._one("conditional", None, options)

    def scatter(self, x: str, y: str, **options: Any) -> Svg:
        """Two variables path by path, in a ``year``."""
        return self._one("scatter", [x, y], options)

    def calendar(self, **options: Any) -> Svg:
        """When projects get done."""
        return self._one("calendar", None, options)

    def tornado(self, outcome: Optional[str] = None, **options: Any) -> Svg:
        """What drives a variable in a ``year``, a metric, or the odds of a target."""
        return self._one("tornado", outcome, options)

    def learnable(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """How much of a variable's variance could be learned, by year."""
        return self._one("learnable", variable, options)

    def report(self, lang: Optional[str] = None) -> str:
        """The run as one page of HTML, which needs no other file."""
        return self._native.report(lang or self.lang)

    def score(
        self,
        actual: "Union[str, os.PathLike[str], pandas.DataFrame]",
        *,
        as_of: Optional[str] = None,
        lang: Optional[str] = None,
    ) -> Answer:
        """Holds what happened against the forecasts: a CSV file or text, or a DataFrame, with the columns ``variable``,
        ``year`` and ``value``, and ``published`` and ``unit`` where there are such."""
        return Answer("score", self._native.score(actuals(actual), as_of, lang or self.lang))

    def _repr_html_(self) -> str:
        return _page.run(self)

    def __repr__(self) -> str:
        about = self.summary["scenario"]
        return f"<plancast.Run of {about['id']}: {self.summary['paths']} paths, fingerprint {self.fingerprint[:12]}>"


class Check:
    """What was decided about the gates of a scenario."""

    def __init__(self, native: _plancast.Checked, lang: str) -> None:
        self.verdict: str = native.verdict
        """The gravest verdict: ``pass``, ``undecided`` or ``fail``."""
        self.json: Dict[str, Any] = json.loads(native.json())
        """What ``plancast check --json`` prints."""
        self.run = Run(native.run, lang)
        """The run, of as many paths as were asked for."""

    def table(self) -> Columns:
        """The gates as plain data, a list by column."""
        of = ("name", "require", "verdict", "guarantee", "paths")
        gates = self.json["scenarios"][0]["gates"]
        return columns(["gate", *of[1:]], ([one.get(name) for name in of] for one in gates))

    @property
    def gates(self) -> "pandas.DataFrame":
        """The gates with their verdicts."""
        return frame(self.table(), ["gate"])

    def to_arrow(self) -> "pyarrow.Table":
        """The gates as a table of Arrow."""
        return arrow(self.table())

    def __bool__(self) -> bool:
        return self.verdict == "pass"

    def __repr__(self) -> str:
        return f"<plancast.Check: {self.verdict}, {len(self.table()['gate'])} gates>"


class Comparison:
    """Scenarios on the same draws: the first is the reference, and the others are held against it."""

    def __init__(self, native: _plancast.Compared, lang: str) -> None:
        self._native = native
        self.fingerprint: str = native.fingerprint
        """The fingerprint of the results, as the command has it."""
        self.summary: Dict[str, Any] = json.loads(native.summary())
        """All statistics and paired differences: what ``summary.json`` of a comparison holds."""
        self.lang = lang
        """The language of titles."""

    def table(self, name: str) -> Columns:
        """A table of differences as plain data, a list by column: ``targets``, ``bands`` or ``metrics``."""
        made = {"targets": self._targets, "bands": self._bands, "metrics": self._metrics}
        if name not in made:
            raise ValueError(f"there is no table {name!r}; there are {', '.join(made)}")
        return made[name]()

    def to_arrow(self, name: str) -> "pyarrow.Table":
        """A table of differences as one of Arrow."""
        return arrow(self.table(name))

    @property
    def targets(self) -> "pandas.DataFrame":
        """How the probability of each target changes, with the error of paired paths."""
        return frame(self.table("targets"), ["scenario", "target"])

    @property
    def bands(self) -> "pandas.DataFrame":
        """Differences of the variables on the same draws, by scenario, variable, year and statistic."""
        return frame(self.table("bands"), ["scenario", "variable", "year", "statistic"])

    @property
    def metrics(self) -> "pandas.DataFrame":
        """Differences of the metrics on the same draws."""
        return frame(self.table("metrics"), ["scenario", "metric"])

    def chart(
        self,
        kinds: Optional[Names] = None,
        variables: Optional[Names] = None,
        *,
        width: Optional[int] = None,
        lang: Optional[str] = None,
    ) -> List[Svg]:
        """Figures: how the odds of targets change (``change``), and of each headline, or of the variables that are named, the
        fans side by side (``levels``) and those of the paired differences (``difference``)."""
        asked = {
            "kinds": names(kinds),
            "all": False,
            "variables": names(variables),
            "group": None,
            "year": None,
            "width": width,
            "height": None,
            "lang": lang or self.lang,
        }
        return [Svg(*one) for one in self._native.charts(asked)]

    def change(self, **options: Any) -> Svg:
        """How the first alternative changes the odds of the targets. Options are those of :meth:`chart`."""
        return self.chart("change", **options)[0]

    def levels(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """The fans of a variable side by side, usually of the first headline."""
        return self.chart("levels", variable, **options)[0]

    def difference(self, variable: Optional[str] = None, **options: Any) -> Svg:
        """The paired differences of a variable, usually of the first headline."""
        return self.chart("difference", variable, **options)[0]

    def _alternatives(self) -> Iterator[Tuple[str, Dict[str, Any]]]:
        for one in self.summary["alternatives"]:
            about = one.get("scenario") or one["summary"]["scenario"]
            yield about["id"], one["difference"]

    def _targets(self) -> Columns:
        of = ("change", "standard_error", "low", "high", "gained", "lost")
        rows: List[List[Any]] = []
        for scenario, difference in self._alternatives():
            for name, one in ordered(difference, "targets"):
                both = [one[side].get("probability") for side in ("reference", "alternative")]
                known = [one.get(name) for name in of]
                rows.append([scenario, name, words(one.get("title"), self.lang), *both, *known])
        return columns(["scenario", "target", "title", "reference", "alternative", *of], rows)

    def _bands(self) -> Columns:
        rows: List[List[Any]] = []
        for scenario, difference in self._alternatives():
            for name, one in ordered(difference, "variables"):
                rows.extend([scenario, *row] for row in band_rows(name, one["absolute"]))
        return columns(["scenario", "variable", "unit", "year", "statistic", "value"], rows)

    def _metrics(self) -> Columns:
        of = ("mean", "standard_error", "sd")
        rows: List[List[Any]] = []
        for scenario, difference in self._alternatives():
            for name, one in ordered(difference, "metrics"):
                known = [one["absolute"].get(name) for name in of]
                rows.append([scenario, name, words(one.get("title"), self.lang), one.get("unit", ""), *known])
        return columns(["scenario", "metric", "title", "unit", *of], rows)

    def __repr__(self) -> str:
        others = ", ".join(scenario for scenario, _ in self._alternatives())
        return f"<plancast.Comparison: {others} against the reference, fingerprint {self.fingerprint[:12]}>"


def made(native: _plancast.Run, lang: Optional[str]) -> Run:
    """A run with the language of its words."""
    return Run(native, language(lang))
