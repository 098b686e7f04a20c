"""Monte Carlo scenarios of development plans: how likely is each target, and why.

>>> import plancast
>>> run = plancast.run("two-sector-town", paths=500)
>>> bool(run.targets["probability"].max() <= 1)
True
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence

from . import _ask, _plancast
from ._answers import Answer
from ._ask import Changes, Names
from ._errors import Diagnostic, Error, ScenarioError, diagnostics
from ._paths import Paths
from ._run import Check, Comparison, Run
from ._study import File, Scenario, Study, source
from ._svg import Svg

__version__: str = _plancast.version()

__all__ = [
    "Answer",
    "Check",
    "Comparison",
    "Diagnostic",
    "Error",
    "Paths",
    "Run",
    "ScenarioError",
    "Study",
    "Svg",
    "__version__",
    "check",
    "compare",
    "discover",
    "fit",
    "list",
    "run",
    "score",
    "sensitivity",
    "solve",
    "validate",
]


def run(
    scenario: Scenario,
    *,
    paths: Optional[int] = None,
    seed: Optional[int] = None,
    set: Optional[Changes] = None,
    record: Optional[Names] = None,
    sampling: Optional[str] = None,
    given: Optional[str] = None,
    quantiles: Optional[Sequence[float]] = None,
    observed: Optional[File] = None,
    drivers: bool = True,
    lang: Optional[str] = None,
    threads: Optional[int] = None,
    **more: Any,
) -> Run:
    """Simulates a scenario: a file, the name of one that is built in, or a text.

    What is left open is as the scenario's ``[run]`` says, or as usual.

    :param paths: how many paths; usually 100 000
    :param seed: the seed of all draws; usually 1
    :param set: other quantities, by parameter or field: ``{"growth": "3%", "trend[coal]": 0.02}``
    :param record: variables that are recorded besides the headlines; ``"all"`` is every one
    :param sampling: ``random``, ``antithetic``, ``latin-hypercube`` or ``sobol``
    :param given: a formula about a path: only paths on which it holds are counted
    :param quantiles: levels between 0 and 1; usually 5, 10, 25, 50, 75, 90 and 95 %
    :param observed: a CSV file of what became known; paths are conditioned on it
    :param drivers: False leaves out what drives the results
    :param lang: ``en`` or ``zh``; usually the language of the locale
    :param threads: how many threads; usually one for each core. Results do not depend on it
    :param more: ``as_of``, ``unobserved`` and ``allow_implausible``, as the options of the command

    :raises ScenarioError: when the scenario or a formula is wrong
    :raises Error: when the run does not come about
    """
    study = Study(scenario, set=set, lang=lang)
    return study.run(
        paths=paths,
        seed=seed,
        record=record,
        sampling=sampling,
        given=given,
        quantiles=quantiles,
        observed=observed,
        drivers=drivers,
        threads=threads,
        **more,
    )


def compare(
    reference: Scenario, *others: Scenario, set: Optional[Changes] = None, lang: Optional[str] = None, **options: Any
) -> Comparison:
    """Simulates scenarios on the same draws: see :meth:`Study.compare`. ``set`` changes all of them."""
    studies = [Study(one, set=set, lang=lang) for one in (reference, *others)]
    return studies[0].compare(*studies[1:], **options)


def check(
    scenario: Scenario, *, set: Optional[Changes] = None, lang: Optional[str] = None, **options: Any
) -> Check:
    """Decides the gates of a scenario: see :meth:`Study.check`."""
    return Study(scenario, set=set, lang=lang).check(**options)


def solve(
    scenario: Scenario,
    goal: str,
    vary: Optional[Names] = None,
    *,
    set: Optional[Changes] = None,
    lang: Optional[str] = None,
    **options: Any,
) -> Answer:
    """Values of an input at which a goal holds: see :meth:`Study.solve`."""
    return Study(scenario, set=set, lang=lang).solve(goal, vary, **options)


def sensitivity(
    scenario: Scenario,
    of: Optional[str] = None,
    *,
    set: Optional[Changes] = None,
    lang: Optional[str] = None,
    **options: Any,
) -> Answer:
    """What an outcome depends on: see :meth:`Study.sensitivity`."""
    return Study(scenario, set=set, lang=lang).sensitivity(of, **options)


def discover(
    scenario: Scenario,
    target: str,
    *,
    set: Optional[Changes] = None,
    lang: Optional[str] = None,
    **options: Any,
) -> Answer:
    """Ranges of inputs within which a target is mostly missed: see :meth:`Study.discover`."""
    return Study(scenario, set=set, lang=lang).discover(target, **options)


def fit(
    scenario: Scenario, *, set: Optional[Changes] = None, lang: Optional[str] = None, **options: Any
) -> Answer:
    """Estimates of inputs from the record: see :meth:`Study.fit`."""
    return Study(scenario, set=set, lang=lang).fit(**options)


def score(
    scenario: Scenario,
    actual: Any,
    *,
    set: Optional[Changes] = None,
    lang: Optional[str] = None,
    **options: Any,
) -> Answer:
    """Runs a scenario and holds what happened against its forecasts: see :meth:`Run.score`."""
    return Study(scenario, set=set, lang=lang).score(actual, **options)


def validate(
    scenario: Scenario, *, set: Optional[Changes] = None, lang: Optional[str] = None
) -> "List[Diagnostic]":
    """Everything that is wrong with a scenario or may be, nothing run and nothing raised."""
    changes = _ask.changes(set)
    if isinstance(scenario, Study):
        (name, text), changes = scenario._source, [*scenario._changes, *changes]
    else:
        name, text = source(scenario)
    return diagnostics(_plancast.validate(name, text, changes, _ask.language(lang)))


def list(lang: Optional[str] = None) -> Dict[str, str]:
    """The scenarios that are built in: their titles by name."""
    return dict(_plancast.builtin_scenarios(_ask.language(lang)))
