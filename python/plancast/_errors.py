"""Exceptions: their text is what the command prints."""

from __future__ import annotations

import json
from typing import List, NamedTuple, Optional


class Diagnostic(NamedTuple):
    """One thing that is wrong with a scenario, or may be. Lines and columns count from 1; what is not known is None."""

    severity: str
    """``error`` or ``warning``."""
    file: Optional[str]
    """The file, or what messages call a text."""
    line: Optional[int]
    """The line."""
    column: Optional[int]
    """The column, in characters."""
    end_line: Optional[int]
    """The line of the character after the last that is marked."""
    end_column: Optional[int]
    """Its column."""
    message: str
    """What is wrong, in one sentence."""
    help: Optional[str]
    """How to mend it."""


class Error(Exception):
    """A question has no answer; the text says why."""


class ScenarioError(Error, ValueError):
    """A scenario, or a formula that was asked about, is wrong.

    The text has a line ``file:line:column: error: what is wrong (how to mend it)`` for each problem.
    """

    def __init__(self, text: str, problems: str = "[]") -> None:
        super().__init__(text)
        self.diagnostics: List[Diagnostic] = diagnostics(problems)
        """What is wrong, errors and warnings."""
        self._problems = problems

    def __reduce__(self) -> "tuple[type[ScenarioError], tuple[str, str]]":
        return (type(self), (str(self), self._problems))


def diagnostics(problems: str) -> List[Diagnostic]:
    """The problems of a JSON list."""
    return [Diagnostic(**{name: one.get(name) for name in Diagnostic._fields}) for one in json.loads(problems)]
