"""Scenarios that are built in Python, from DataFrames or dictionaries, into a text: a file remains the record.

>>> from plancast.build import Scenario
>>> town = Scenario("town", start=2020, end=2025, title="A town")
>>> town.set("sector", {"farms": {"size": 40, "pace": "normal(1%, 1%)"}, "works": {"size": 60, "pace": "2% to 6%"}})
>>> town.variable("va[sector]", "prev(va[sector]) * (1 + pace[sector])", start="size[sector]")
>>> town.variable("gdp", "sum(sector: va[sector])", report=True)
>>> town.target("growth", "gdp@2025 >= 115")
>>> 0 < town.run(paths=500).table("targets")["probability"][0] < 1
True
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Union

from . import _toml

if TYPE_CHECKING:
    import pandas

    from ._errors import Diagnostic
    from ._run import Run
    from ._study import Study

Text = Union[str, Mapping[str, str]]
"""A text for people, or one by language: ``{"en": "Coal", "zh": "煤炭"}``."""

Table = Union["pandas.DataFrame", Mapping[str, Mapping[str, Any]]]
"""A DataFrame whose index has the names of members, or a dictionary of dictionaries."""

Series = Union["pandas.Series", Mapping[int, float]]
"""Values by year."""


class Scenario:
    """A scenario that is put together. :meth:`text` is what a file of it holds; nothing is checked before."""

    def __init__(
        self,
        name: str,
        *,
        start: int,
        end: int,
        title: Optional[Text] = None,
        summary: Optional[Text] = None,
        extends: Optional[str] = None,
    ) -> None:
        self.name = name
        """The id of the scenario, and what messages call its text."""
        about = {"id": name, "title": title, "summary": summary, "extends": extends}
        self._tables: Dict[str, Dict[str, Any]] = {"scenario": about, "time": {"start": start, "end": end}}

    def table(self, name: str, **values: Any) -> None:
        """Adds keys to a table as they stand in a file: ``table("run", paths=20_000)``. Quantities are texts or numbers."""
        self._tables.setdefault(name, {}).update(values)

    def _add(self, table: str, name: str, main: str, value: Any, more: Mapping[str, Any]) -> None:
        known = {key: one for key, one in more.items() if not _toml.is_missing(one) and one is not False}
        self._tables.setdefault(table, {})[name] = {main: value, **known} if known else value

    def set(
        self,
        name: str,
        members: Table,
        *,
        fields: Optional[Mapping[str, Any]] = None,
        title: Optional[Text] = None,
        titles: Optional[str] = None,
    ) -> None:
        """Adds a set with its members: a row for each member, and a column for each field.

        :param members: a DataFrame with the members' names as its index, or a dictionary by member. Cells are numbers or
            quantities (``"normal(4%, 1%)"``); empty ones take the field's default
        :param fields: what is known of a field: ``{"size": {"unit": "1e9 CNY", "min": 0, "default": 1}}``. Usually every
            column is a field; with a name that is no column, a field of which all members have the default
        :param title: the title of the set
        :param titles: the column that has the members' titles
        """
        rows = _rows(members)
        columns: Dict[str, None] = {column: None for row in rows.values() for column in row if column != titles}
        known = dict(fields or {})
        declared = {column: dict(known.pop(column, {})) for column in columns}
        declared.update({column: dict(about) for column, about in known.items()})
        self._tables[f"sets.{_toml.key(name)}"] = {"title": title}
        self._tables[f"sets.{_toml.key(name)}.fields"] = declared
        for member, row in rows.items():
            values = {column: cell for column, cell in row.items() if column != titles}
            heading = None if titles is None else row.get(titles)
            self._tables[f"{_toml.key(name)}.{_toml.key(member)}"] = {"title": heading, **values}

    def matrix(self, name: str, field: str, over: str, values: Table, **about: Any) -> None:
        """Adds a field of a set that is indexed by a second set ``over``: rows are members of the set, columns of the second.

        :param about: what is known of the field: ``unit``, ``default``, ``min``, ``max``, ``doc``
        """
        self._tables[f"sets.{_toml.key(name)}.fields"][field] = {**about, "over": over}
        for member, row in _rows(values).items():
            cells = {column: cell for column, cell in row.items() if not _toml.is_missing(cell)}
            self._tables[f"{_toml.key(name)}.{_toml.key(member)}"][field] = cells

    def parameter(
        self, name: str, value: Any, *, unit: Optional[str] = None, title: Optional[Text] = None, **more: Any
    ) -> None:
        """Adds an input: a number, a quantity, or quantities by year (``{2021: 0.2, 2026: "uniform(0.3, 0.5)"}``)."""
        self._add("parameters", name, "value", value, {"unit": unit, "title": title, **more})

    def shock(
        self, name: str, dist: Any, *, unit: Optional[str] = None, title: Optional[Text] = None, **more: Any
    ) -> None:
        """Adds an input that is drawn anew every year."""
        self._add("shocks", name, "dist", dist, {"unit": unit, "title": title, **more})

    def variable(
        self,
        name: str,
        formula: str,
        *,
        start: Any = None,
        unit: Optional[str] = None,
        title: Optional[Text] = None,
        report: bool = False,
        **more: Any,
    ) -> None:
        """Adds an equation that holds every year; with ``report`` the variable is a headline."""
        # A start is a formula, and is written as a text.
        begin = start if start is None or isinstance(start, str) else _toml.value(start)
        known = {"start": begin, "unit": unit, "title": title, "report": report, **more}
        self._add("variables", name, "formula", formula, known)

    def metric(
        self, name: str, formula: str, *, unit: Optional[str] = None, title: Optional[Text] = None, **more: Any
    ) -> None:
        """Adds a number of each path."""
        self._add("metrics", name, "formula", formula, {"unit": unit, "title": title, **more})

    def target(
        self, name: str, require: str, *, title: Optional[Text] = None, group: Optional[str] = None, **more: Any
    ) -> None:
        """Adds a truth of each path."""
        self._add("targets", name, "require", require, {"title": title, "group": group, **more})

    def gate(self, name: str, require: str) -> None:
        """Adds a statement about the distribution, which :meth:`plancast.Study.check` decides."""
        self._add("gates", name, "require", require, {})

    def history(self, name: str, values: Series, **more: Any) -> None:
        """Adds what was observed of a variable: a Series, or a dictionary, by year. Empty years are left out."""
        observed = {str(int(year)): value for year, value in values.items() if not _toml.is_missing(value)}
        self._tables[f"history.{_toml.key(name)}"] = {"values": observed, **more}

    def text(self) -> str:
        """The scenario as a text, as a file holds it."""
        parts: List[str] = []
        for name, table in self._tables.items():
            parts.append("\n".join([f"[{name}]", *_toml.lines(table)]))
        return "\n\n".join(parts) + "\n"

    def save(self, path: "Union[str, os.PathLike[str]]") -> None:
        """Writes the scenario to a file, ``town.toml``, which the command reads too."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.text())

    def validate(self, lang: Optional[str] = None) -> "List[Diagnostic]":
        """Everything that is wrong with it or may be."""
        from . import validate

        return validate(self, lang=lang)

    def study(self, lang: Optional[str] = None) -> "Study":
        """The scenario, opened."""
        from ._study import Study

        return Study(self, lang=lang)

    def run(self, *, lang: Optional[str] = None, **options: Any) -> "Run":
        """Simulates it; options are those of :func:`plancast.run`."""
        return self.study(lang).run(**options)

    def __repr__(self) -> str:
        return f"<plancast.build.Scenario {self.name!r}>"


def _rows(table: Any) -> Dict[str, Dict[str, Any]]:
    """The rows of a DataFrame or of dictionaries, by member."""
    if hasattr(table, "iterrows"):
        index = [str(member) for member in table.index]
        if len(set(index)) < len(index):
            raise ValueError("the index names a member twice")
        columns = [(str(name), list(table[name])) for name in table.columns]
        return {member: {name: cells[place] for name, cells in columns} for place, member in enumerate(index)}
    return {str(member): {str(name): cell for name, cell in row.items()} for member, row in table.items()}
