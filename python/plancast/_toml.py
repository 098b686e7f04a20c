"""Values of a scenario as TOML."""

from __future__ import annotations

import math
import numbers
import re
from typing import Any, Iterator, Mapping

BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
"""Keys that need no quotes."""

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""What a text cannot hold as it stands."""


def key(name: Any) -> str:
    """A key, in quotes where it needs them."""
    text = str(name)
    return text if BARE.match(text) else string(text)


def string(text: str) -> str:
    """A text in quotes."""
    escaped = (
        ESCAPES.get(letter) or (f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter)
        for letter in text
    )
    return f'"{"".join(escaped)}"'


def is_missing(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, or the NA of pandas."""
    if value is None:
        return True
    if isinstance(value, (str, bool, Mapping, list, tuple)):
        return False
    try:
        return bool(value != value)
    except TypeError:
        # The NA of pandas is neither equal to itself nor not.
        return True


def value(given: Any) -> str:
    """A value: a text, a number, a truth, a list, or a table on one line."""
    if isinstance(given, str):
        return string(given)
    if isinstance(given, bool) or type(given).__name__ == "bool_" or type(given).__name__ == "bool":
        return "true" if given else "false"
    if isinstance(given, numbers.Integral):
        return str(int(given))
    if isinstance(given, numbers.Real):
        number = float(given)
        if math.isnan(number):
            raise ValueError("a value is not a number; leave the cell out, or give the field a default")
        return ("inf" if number > 0 else "-inf") if math.isinf(number) else repr(number)
    if isinstance(given, Mapping):
        pairs = (f"{key(name)} = {value(one)}" for name, one in given.items() if not is_missing(one))
        return "{ " + ", ".join(pairs) + " }" if given else "{}"
    if isinstance(given, (list, tuple)):
        return "[" + ", ".join(value(one) for one in given) + "]"
    raise TypeError(f"a scenario holds no {type(given).__name__}: {given!r}")


def lines(table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table; what is missing is left out."""
    for name, one in table.items():
        if not is_missing(one):
            yield f"{key(name)} = {value(one)}"
