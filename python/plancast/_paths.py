"""The values of all paths as arrays of NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Iterator, List, Mapping, Tuple, Union

from . import _plancast
from ._tables import need

if TYPE_CHECKING:
    import numpy
    import numpy.typing
    import pandas
    import pyarrow

    Array = numpy.typing.NDArray[numpy.float64]


class Paths(Mapping[str, "Array"]):
    """The values of all paths of a run.

    ``paths["gdp"]`` is an array path × year, ``paths["growth"]`` of a metric an array by path, and of a target one of 1
    (met), 0 (missed) and NaN (not known). All are views of :attr:`array`, which is the library's own memory: nothing was
    copied.
    """

    def __init__(self, native: _plancast.Paths) -> None:
        self._values: "Array" = native.values
        self._items: Dict[str, Tuple[str, str, List[int], int]] = {
            name: (kind, unit, years, column) for name, kind, unit, years, column in native.items
        }
        self.worlds: List[str] = native.worlds
        """The names of the worlds of a pool, by the numbers that ``paths["world"]`` holds."""

    @property
    def array(self) -> "Array":
        """All values, path × column; each column lies in one piece."""
        return self._values

    def __getitem__(self, name: str) -> "Array":
        _, _, years, column = self._items[name]
        if not years:
            return self._values[:, column]
        return self._values[:, column : column + len(years)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def kind(self, name: str) -> str:
        """What a name is: ``variable``, ``metric``, ``target`` or ``world``."""
        return self._items[name][0]

    def unit(self, name: str) -> str:
        """The unit of its values; empty where there is none."""
        return self._items[name][1]

    def years(self, name: str) -> List[Union[int, str]]:
        """The years of its columns, or quarters and months as ``2025Q1``; empty of what has no years."""
        return list(self._items[name][2])

    @property
    def columns(self) -> List[str]:
        """The columns of :attr:`array`: ``gdp@2025``, a metric, a target."""
        found: List[str] = []
        for name, (_, _, years, _) in self._items.items():
            found.extend([f"{name}@{year}" for year in years] or [name])
        return found

    def to_pandas(self) -> "pandas.DataFrame":
        """As a DataFrame with a row for each path, on the same memory."""
        pandas = need("pandas", "a DataFrame")
        index = pandas.RangeIndex(len(self._values), name="path")
        return pandas.DataFrame(self._values, index=index, columns=self.columns, copy=False)

    def to_arrow(self) -> "pyarrow.Table":
        """As a table of Arrow with a row for each path; columns without NaN are on the same memory."""
        pyarrow = need("pyarrow", "a table of Arrow")
        arrays = [pyarrow.array(self._values[:, place]) for place in range(self._values.shape[1])]
        return pyarrow.table(arrays, names=self.columns)

    def __repr__(self) -> str:
        rows, columns = self._values.shape
        return f"<plancast.Paths: {rows} paths, {columns} columns of {', '.join(self._items)}>"
