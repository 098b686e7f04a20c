"""Figures as SVG, which notebooks show."""

from __future__ import annotations

import os
from typing import Union


class Svg:
    """A figure. A notebook shows it; :meth:`save` writes it to a file."""

    def __init__(self, name: str, title: str, svg: str) -> None:
        self.name = name
        """What its file would be called, without the ending: ``gdp``."""
        self.title = title
        """Its title."""
        self.svg = svg
        """The text of the SVG; it carries its letters, and needs no other file."""

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes it to a file, ``gdp.svg``."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<plancast.Svg {self.name!r}: {self.title}>"
