"""What the tests share."""

from __future__ import annotations

import os
import pathlib
import shutil
from typing import Iterator

import pytest

TOWN = """
[scenario]
id = "town"
title = { en = "A town", zh = "小镇" }

[time]
start = 2020
end = 2022

[parameters]
growth = "normal(5%, 1%)"
base = { value = 100, lever = { min = 0, max = 200 } }

[variables]
gdp = { start = "base", formula = "prev(gdp) * (1 + growth)", report = true, title = { en = "Output", zh = "产出" } }

[metrics]
last = "gdp@2022"

[targets]
enough = { require = "gdp@2022 >= 110", title = { en = "Output above 110", zh = "产出超过110" } }

[gates]
"it mostly works" = "p(enough) >= 10%"
"""


@pytest.fixture(autouse=True)
def locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, whatever the machine speaks."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def town() -> str:
    """A scenario of which closed forms are known."""
    return TOWN


@pytest.fixture
def town_file(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    """The same as a file."""
    place = tmp_path / "town.toml"
    place.write_text(TOWN, encoding="utf-8")
    yield place


@pytest.fixture
def command() -> str:
    """The command, whose results are to be the same: the variable PLANCAST says where it is."""
    found = os.environ.get("PLANCAST") or shutil.which("plancast")
    if not found:
        pytest.skip("PLANCAST does not say where the command is")
    return os.path.abspath(found)
