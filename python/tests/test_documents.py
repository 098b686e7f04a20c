"""The notebook runs, and what types say is so."""

from __future__ import annotations

import doctest
import pathlib
import subprocess
import sys

import pytest

import plancast
import plancast.build

HERE = pathlib.Path(__file__).resolve().parent
NOTEBOOK = HERE.parent.parent / "docs" / "python.ipynb"


@pytest.mark.parametrize("module", [plancast, plancast.build])
def test_examples_run(module: object) -> None:
    failed, tried = doctest.testmod(module, optionflags=doctest.ELLIPSIS)  # type: ignore[arg-type]
    assert tried and not failed


def test_the_notebook_runs(tmp_path: pathlib.Path) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    kinds = {kind for output in shown for kind in output.get("data", {})}
    assert {"text/html", "image/svg+xml"} <= kinds


def test_the_notebook_is_kept_without_outputs() -> None:
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]


def test_types_hold() -> None:
    pytest.importorskip("mypy")
    package = HERE.parent / "plancast"
    options = ["--config-file", str(HERE.parent / "pyproject.toml")]
    strict = [sys.executable, "-m", "mypy", "--strict", *options, str(package), str(HERE)]
    said = subprocess.run(strict, capture_output=True, text=True, cwd=HERE)
    assert said.returncode == 0, said.stdout + said.stderr
    stubs = [sys.executable, "-m", "mypy.stubtest", "plancast._plancast", "--mypy-config-file", options[1]]
    said = subprocess.run(stubs, capture_output=True, text=True, cwd=HERE)
    assert said.returncode == 0, said.stdout + said.stderr
