"""Columns as tables of pandas and Arrow, where these are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Sequence

if TYPE_CHECKING:
    import pandas
    import pyarrow

Columns = Dict[str, List[Any]]
"""A table as plain data: a list of equal length by column."""


def columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Columns:
    """A table of these rows."""
    table: Columns = {name: [] for name in names}
    for row in rows:
        for name, value in zip(names, row):
            table[name].append(value)
    return table


def need(module: str, what: str) -> Any:
    """A package that is not always there."""
    try:
        return __import__(module)
    except ImportError as error:
        raise ImportError(f"{what} needs {module}, which is not installed: pip install {module}") from error


def frame(table: Columns, index: Sequence[str] = ()) -> "pandas.DataFrame":
    """A table as a DataFrame, with an index of these columns. What is not known is NaN or None."""
    pandas = need("pandas", "a DataFrame")
    made = pandas.DataFrame({name: _numbers(values) for name, values in table.items()})
    return made.set_index(list(index)) if index else made


def arrow(table: Columns) -> "pyarrow.Table":
    """A table as one of Arrow. What is not known is null."""
    pyarrow = need("pyarrow", "a table of Arrow")
    return pyarrow.table(table)


def _numbers(values: List[Any]) -> List[Any]:
    """None as NaN where all else are numbers."""
    known = [value for value in values if value is not None]
    if known and len(known) < len(values) and all(isinstance(value, (int, float)) and value is not True and value is not False for value in known):
        return [float("nan") if value is None else float(value) for value in values]
    return values
