"""What is asked, as the native module wants it."""

from __future__ import annotations

import numbers
import os
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

Quantity = Union[str, int, float]
"""A quantity as scenarios write it (``"normal(3%, 1%)"``), or a number."""

Changes = Mapping[str, Quantity]
"""Quantities by the name of a parameter, or of a member's field (``trend[coal]``)."""

Names = Union[str, Iterable[str]]
"""A name, or several."""


def language(lang: Optional[str]) -> str:
    """The language that is asked for, or else that of the locale, as the command has it."""
    if lang is not None:
        return lang
    locale = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.startswith("zh") else "en"


def names(given: Optional[Names]) -> List[str]:
    """Names as a list."""
    if given is None:
        return []
    return [given] if isinstance(given, str) else list(given)


def changes(given: Optional[Changes]) -> List[Tuple[str, str]]:
    """Changes as texts."""
    return [(name, quantity(value)) for name, value in (given or {}).items()]


def quantity(value: Any) -> str:
    """A quantity as a text; a number is written so that it reads back exactly."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"a quantity is a number or a text such as 'normal(3%, 1%)', not {value!r}")
    return str(int(value)) if isinstance(value, numbers.Integral) else repr(float(value))


def path(given: "Optional[Union[str, os.PathLike[str]]]") -> Optional[str]:
    """A path as a text."""
    return None if given is None else os.fspath(given)


def sample(
    paths: Optional[int], seed: Optional[int], threads: Optional[int], lang: Optional[str]
) -> Dict[str, Any]:
    """How many paths answer a question, and who asks."""
    return {"paths": paths, "seed": seed, "threads": threads, "lang": language(lang)}


def run(
    *,
    paths: Optional[int] = None,
    seed: Optional[int] = None,
    record: Optional[Names] = None,
    sampling: Optional[str] = None,
    given: Optional[str] = None,
    quantiles: Optional[Sequence[float]] = None,
    observed: "Optional[Union[str, os.PathLike[str]]]" = None,
    drivers: bool = True,
    lang: Optional[str] = None,
    threads: Optional[int] = None,
    require: Optional[Names] = None,
    as_of: Optional[str] = None,
    unobserved: bool = False,
    allow_implausible: bool = False,
) -> Dict[str, Any]:
    """What is asked of a run."""
    return {
        "paths": paths,
        "seed": seed,
        "record": names(record),
        "sampling": sampling,
        "given": given,
        "quantiles": None if quantiles is None else [float(level) for level in quantiles],
        "observed": path(observed),
        "as_of": as_of,
        "unobserved": unobserved,
        "allow_implausible": allow_implausible,
        "drivers": drivers,
        "require": names(require),
        "threads": threads,
        "lang": language(lang),
    }
