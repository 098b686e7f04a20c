"""Python goes on while a run is simulated, and Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import plancast

LONG = """
import sys, plancast
print("begin", flush=True)
{question}
"""

QUESTIONS = {
    "run": 'plancast.run("two-sector-town", paths=50_000_000)',
    "paths": 'plancast.run("inflation-fan", paths=20_000_000, drivers=False).paths()',
    "check": 'plancast.check("two-sector-town", paths=50_000_000)',
    "compare": 'plancast.compare("two-sector-town", "two-sector-town", paths=50_000_000)',
    "sensitivity": 'plancast.sensitivity("two-sector-town", paths=10_000_000)',
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_interrupt_ends_a_question(question: str) -> None:
    text = LONG.format(question=QUESTIONS[question])
    child = subprocess.Popen(
        [sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "begin"
    time.sleep(1.0)
    sent = time.monotonic()
    child.send_signal(signal.SIGINT)
    try:
        _, said = child.communicate(timeout=30)
    finally:
        child.kill()
    assert "KeyboardInterrupt" in said, said
    assert time.monotonic() - sent < 2.0


def test_another_thread_goes_on() -> None:
    counted, done = [0], threading.Event()

    def count() -> None:
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    began = time.monotonic()
    plancast.run("two-sector-town", paths=20_000, drivers=False)
    took = time.monotonic() - began
    during = counted[0]
    done.set()
    other.join()
    assert during > 20 * took, f"{during} in {took} s"


def test_runs_in_several_threads_are_the_same() -> None:
    found = []

    def run() -> None:
        found.append(plancast.run("two-sector-town", paths=1000, threads=1).fingerprint)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3 and len(set(found)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_process_that_was_forked_can_ask() -> None:
    text = (
        "import os, plancast\n"
        "first = plancast.run('two-sector-town', paths=500).fingerprint\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    os._exit(0 if plancast.run('two-sector-town', paths=500).fingerprint == first else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    assert subprocess.run([sys.executable, "-c", text], timeout=60).returncode == 0
