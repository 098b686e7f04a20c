"""Scenarios: opened, changed and asked."""

from __future__ import annotations

import os
from typing import Any, Dict, Iterable, List, Optional, Protocol, Sequence, Tuple, Union, overload

from . import _ask, _plancast
from ._answers import Answer
from ._ask import Changes, Names, Quantity
from ._errors import Diagnostic, diagnostics
from ._run import Check, Comparison, Run


class Written(Protocol):
    """What has the text of a scenario: one that is built in Python."""

    name: str

    def text(self) -> str: ...


Scenario = Union[str, "os.PathLike[str]", "Study", Written]
"""A file, the name of a built-in scenario, a text (with more than one line), a study, or one that is built in Python."""

File = Union[str, "os.PathLike[str]"]


def source(scenario: Any) -> Tuple[str, Optional[str]]:
    """What messages call a scenario, and its text where it is no file."""
    if isinstance(scenario, os.PathLike):
        return os.fspath(scenario), None
    if isinstance(scenario, str):
        return ("scenario", scenario) if "\n" in scenario else (scenario, None)
    text = getattr(scenario, "text", None)
    if callable(text):
        return str(getattr(scenario, "name", "scenario")), str(text())
    raise TypeError(f"a scenario is a file, a built-in name, a text or a plancast.Study, not {scenario!r}")


class Study:
    """A scenario that is opened: it can be changed and asked. Nothing changes a study: :meth:`set` gives another one."""

    def __init__(
        self, scenario: Scenario, *, set: Optional[Changes] = None, lang: Optional[str] = None
    ) -> None:
        self.lang = _ask.language(lang)
        """The language of titles, figures and errors: ``en`` or ``zh``; usually that of the locale."""
        changes = _ask.changes(set)
        self._source: Tuple[str, Optional[str]]
        self._changes: List[Tuple[str, str]]
        self._native: _plancast.Study
        if isinstance(scenario, Study):
            self._source, self._changes = scenario._source, [*scenario._changes, *changes]
            self._native = scenario._native.set(changes, self.lang) if changes else scenario._native
        else:
            self._source, self._changes = source(scenario), changes
            self._native = _plancast.Study(*self._source, changes, self.lang)

    @property
    def name(self) -> str:
        """What messages call it."""
        return self._native.name

    @property
    def id(self) -> str:
        """The id of the scenario."""
        return self._native.id

    @property
    def title(self) -> str:
        """The title of the scenario."""
        return self._native.title(self.lang)

    @property
    def warnings(self) -> List[Diagnostic]:
        """What may be a mistake in it, without being an error."""
        return diagnostics(self._native.warnings(self.lang))

    @overload
    def set(self, name: str, quantity: Quantity, /) -> "Study": ...

    @overload
    def set(self, changes: Optional[Changes] = None, /, **more: Quantity) -> "Study": ...

    def set(self, name: Any = None, quantity: Any = None, /, **more: Quantity) -> "Study":
        """The same scenario with other quantities: ``set("growth", "3%")``, ``set({"trend[coal]": 0.02})`` or
        ``set(growth="normal(3%, 1%)")``."""
        changes: Dict[str, Any] = {name: quantity} if isinstance(name, str) else dict(name or {})
        changes.update(more)
        return Study(self, set=changes, lang=self.lang)

    def run(
        self,
        *,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        record: Optional[Names] = None,
        sampling: Optional[str] = None,
        given: Optional[str] = None,
        quantiles: Optional[Sequence[float]] = None,
        observed: Optional[File] = None,
        drivers: bool = True,
        threads: Optional[int] = None,
        **more: Any,
    ) -> Run:
        """Simulates the scenario. What is left open is as its ``[run]`` says, or as usual: see :func:`plancast.run`."""
        asked = _ask.run(
            paths=paths,
            seed=seed,
            record=record,
            sampling=sampling,
            given=given,
            quantiles=quantiles,
            observed=observed,
            drivers=drivers,
            threads=threads,
            lang=self.lang,
            **more,
        )
        return Run(self._native.run(asked), self.lang)

    def compare(
        self,
        *others: Scenario,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        record: Optional[Names] = None,
        given: Optional[str] = None,
        quantiles: Optional[Sequence[float]] = None,
        threads: Optional[int] = None,
    ) -> Comparison:
        """Simulates this scenario and others on the same draws; this one is the reference."""
        asked = _ask.run(
            paths=paths,
            seed=seed,
            record=record,
            given=given,
            quantiles=quantiles,
            threads=threads,
            lang=self.lang,
        )
        natives = [Study(other, lang=self.lang)._native for other in others]
        return Comparison(self._native.compare(natives, asked), self.lang)

    def check(
        self,
        *,
        require: Optional[Names] = None,
        confidence: float = 0.99,
        most_paths: Optional[int] = None,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        observed: Optional[File] = None,
        threads: Optional[int] = None,
    ) -> Check:
        """Simulates the scenario and decides its gates, and those of ``require`` besides, each rightly with the probability
        ``confidence``. Paths are added until all are decided, or there are ``most_paths`` (usually 16 times ``paths``)."""
        asked = _ask.run(
            paths=paths,
            seed=seed,
            observed=observed,
            threads=threads,
            lang=self.lang,
            require=require,
        )
        return Check(self._native.check(asked, confidence, most_paths), self.lang)

    def solve(
        self,
        goal: str,
        vary: Optional[Names] = None,
        *,
        between: Union[None, str, Tuple[Quantity, Quantity], Iterable[str]] = None,
        shift: Optional[Names] = None,
        scale: Optional[Names] = None,
        fix: Optional[Names] = None,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        threads: Optional[int] = None,
    ) -> Answer:
        """Values of an input at which a goal holds: ``solve("p(growth) >= 60%", "subsidy", between=(0, 0.2))``."""
        asked = {
            "goal": goal,
            "vary": _ask.names(vary),
            "shift": _ask.names(shift),
            "scale": _ask.names(scale),
            "fix": _ask.names(fix),
            "between": _ranges(between),
        }
        return Answer("solve", _plancast.solve(self._native, asked, self._sample(paths, seed, threads)))

    def sensitivity(
        self,
        of: Optional[str] = None,
        *,
        method: str = "sobol",
        inputs: Optional[Names] = None,
        one_by_one: bool = False,
        order: Optional[Names] = None,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        threads: Optional[int] = None,
    ) -> Answer:
        """What an outcome depends on: closed and total shares (``sobol``), elementary effects (``morris``) or distances
        (``pawn``), by input."""
        sample = self._sample(paths, seed, threads)
        asked = (of, method)
        text = _plancast.sensitivity(
            self._native, asked, _ask.names(inputs), one_by_one, _ask.names(order), sample
        )
        return Answer("sensitivity", text)

    def discover(
        self,
        target: str,
        *,
        boxes: int = 3,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        threads: Optional[int] = None,
    ) -> Answer:
        """Ranges of inputs within which a target is mostly missed."""
        sample = self._sample(paths, seed, threads)
        return Answer("discover", _plancast.discover(self._native, target, boxes, sample))

    def decompose(
        self,
        total: str,
        from_year: Union[int, str],
        to_year: Union[int, str],
        *,
        by: Optional[Names] = None,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        threads: Optional[int] = None,
    ) -> Answer:
        """Why a variable changes between two years: the effect of each factor."""
        sample, years = self._sample(paths, seed, threads), (from_year, to_year)
        return Answer("decompose", _plancast.decompose(self._native, total, _ask.names(by), years, sample))

    def fit(self, *, seed: int = 1, threads: Optional[int] = None) -> Answer:
        """Estimates of the inputs that the scenario's ``[fit]`` names, from its history."""
        return Answer("fit", _plancast.fit(self._native, seed, self._sample(None, None, threads)))

    def backtest(
        self,
        origins: Iterable[Union[int, str]],
        *,
        horizon: int = 5,
        variables: Optional[Names] = None,
        paths: Optional[int] = None,
        seed: Optional[int] = None,
        threads: Optional[int] = None,
    ) -> Answer:
        """How good forecasts from these base years would have been, as many years ahead as ``horizon`` says."""
        sample = self._sample(paths, seed, threads)
        years = list(origins)
        return Answer("backtest", _plancast.backtest(self._native, years, horizon, _ask.names(variables), sample))

    def explain(
        self, name: Optional[str] = None, *, path: Optional[int] = None, seed: Optional[int] = None
    ) -> str:
        """What a name means and rests on, or every value of one path, as a text."""
        return _plancast.explain(self._native, name, path, self._sample(None, seed, None))

    def score(self, actual: Any, *, as_of: Optional[str] = None, **options: Any) -> Answer:
        """Runs the scenario and holds what happened against its forecasts: see :meth:`plancast.Run.score`."""
        return self.run(**options).score(actual, as_of=as_of)

    def _sample(
        self, paths: Optional[int], seed: Optional[int], threads: Optional[int]
    ) -> Dict[str, Any]:
        return _ask.sample(paths, seed, threads, self.lang)

    def __repr__(self) -> str:
        return f"<plancast.Study {self.id!r}: {self.title}>"


def _ranges(given: Any) -> List[str]:
    """Ranges as the library reads them: ``LOW,HIGH``."""
    if given is None or isinstance(given, str):
        return _ask.names(given)
    parts = list(given)
    if all(isinstance(part, str) and "," in part for part in parts):
        return parts
    if len(parts) == 2:
        return [",".join(_ask.quantity(part) for part in parts)]
    raise ValueError("a range is a pair of quantities, or texts such as '4%,14%'")
