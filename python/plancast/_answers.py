"""Answers of questions beside a run: plain data, and tables of it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Mapping, Tuple, Union

from ._tables import Columns, arrow, columns, frame

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Answer(Mapping[str, Any]):
    """What the command prints with ``--json``, as a mapping; :meth:`table` and :attr:`frame` show it as a table."""

    def __init__(self, question: str, text: str) -> None:
        self.question = question
        """What was asked: ``solve``, ``sensitivity``, …"""
        self.json: Dict[str, Any] = json.loads(text)
        """All of the answer."""

    def __getitem__(self, key: str) -> Any:
        return self.json[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.json)

    def __len__(self) -> int:
        return len(self.json)

    def table(self) -> Columns:
        """The main part of the answer as plain data, a list by column."""
        rows = [flat(row) for row in ROWS[self.question](self.json)]
        header: List[str] = []
        for row in rows:
            header.extend(name for name in row if name not in header)
        return columns(header, ([row.get(name) for name in header] for row in rows))

    @property
    def frame(self) -> "pandas.DataFrame":
        """The main part of the answer as a DataFrame."""
        return frame(self.table())

    def to_arrow(self) -> "pyarrow.Table":
        """The main part of the answer as a table of Arrow."""
        return arrow(self.table())

    def __repr__(self) -> str:
        return f"<plancast.Answer of {self.question}: {', '.join(self.json)}>"


Rows = List[Dict[str, Any]]


def flat(row: Mapping[str, Any]) -> Dict[str, Any]:
    """A row whose cells are no tables: ``low.value``. Lists and what is empty are left out."""
    found: Dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found.update({f"{name}.{inner}": cell for inner, cell in flat(value).items()})
        elif not isinstance(value, list):
            found[name] = value
    return found


def _sensitivity(answer: Mapping[str, Any]) -> Rows:
    return [{"of": one.get("of"), **row} for one in answer.get("outcomes", [answer]) for row in one["inputs"]]


def _discover(answer: Mapping[str, Any]) -> Rows:
    boxes = enumerate(answer["boxes"], start=1)
    return [{"box": place, **limit, **box["quality"]} for place, box in boxes for limit in box["limits"]]


def _fit(answer: Mapping[str, Any]) -> Rows:
    return [{"fit": one["name"], **row} for one in answer["fits"] for row in one["estimates"]]


def _score(answer: Mapping[str, Any]) -> Rows:
    return [{"scenario": one["scenario"], **row} for one in answer["runs"] for row in one["outcomes"]]


ROWS: Dict[str, Callable[[Mapping[str, Any]], Rows]] = {
    "solve": lambda answer: [dict(one) for one in answer["answers"]],
    "sensitivity": _sensitivity,
    "discover": _discover,
    "fit": _fit,
    "score": _score,
    "decompose": lambda answer: [dict(one) for one in answer.get("effects", [])],
    "backtest": lambda answer: [dict(one) for one in answer.get("scores", [])],
}
"""The rows of the main part of an answer, by question."""


def actuals(given: "Union[str, os.PathLike[str], pandas.DataFrame]") -> Tuple[str, str]:
    """A table of what happened: what messages call it, and its text as CSV."""
    if isinstance(given, str) and "\n" in given:
        return "actuals.csv", given
    if isinstance(given, (str, os.PathLike)):
        name = os.fspath(given)
        with open(name, encoding="utf-8-sig") as file:
            return name, file.read()
    if not hasattr(given, "to_csv"):
        raise TypeError("what happened is a CSV file, a text of one, or a DataFrame")
    return "actuals", str(given.to_csv(index=False))
