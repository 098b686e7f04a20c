"""Runs plancast and its peers on workload R in turns, in one sitting, and prints a table of what each took.

    python measure.py --plancast target/release/plancast [--paths 1000000] [--rounds 5] [--threads 1] [--write]

Each round runs every engine once, so that what else the machine does falls on all alike. Time and memory are those of
the whole process, from its start to the summary written, as the system counts them; the simulation alone is what the
engine says itself. Figures are medians over the rounds; ratios are taken within a round, with their range. The numbers
of the last round are held against plancast's by check.py. R is left out where Rscript is not installed. --write puts
the table into benches/README.md, between its two marks.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(command, folder):
    """Runs a command; gives seconds of wall and processor time, and the peak of its memory in MiB."""
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} failed: exit code {child.returncode}")
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plancast", default="target/release/plancast")
    parser.add_argument("--paths", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the table into benches/README.md")
    options = parser.parse_args()
    plancast = str(Path(options.plancast).resolve())
    paths, threads = str(options.paths), str(options.threads)

    with tempfile.TemporaryDirectory() as folder:
        ours = [plancast, "run", str(HERE.parent / "workload-r.toml"), "--paths", paths, "--threads", threads]
        ours += ["--charts", "none", "--quiet"]
        commands = {"plancast": ours, "plancast --no-sensitivity": [*ours, "--no-sensitivity"]}
        tail = ["--paths", paths, "--seed", "1", "--threads", threads, "--json"]
        for name in ["numpy", "numba"]:
            commands[name] = [sys.executable, str(HERE / f"{name}_peer.py"), *tail, f"{name}.json"]
        if shutil.which("Rscript"):
            commands["R"] = ["Rscript", str(HERE / "peer.R"), *tail, "R.json"]
        # Once before: Numba compiles, files come into memory; and the standard errors for check.py.
        small = ["--paths", "20000", "--threads", threads, "--json", "errors.json"]
        for name in ["numpy", "numba"]:
            extra = ["--errors"] if name == "numpy" else []
            run([sys.executable, str(HERE / f"{name}_peer.py"), *small, *extra], folder)
        run([sys.executable, str(HERE / "numpy_peer.py"), *small, "--errors"], folder)

        found = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, command in commands.items():
                took = run(command, folder)
                if name.startswith("plancast"):
                    took["simulation"] = None
                else:
                    took["simulation"] = json.loads((Path(folder) / f"{name}.json").read_text())["seconds"]["simulation"]
                found[name].append(took)
        files = [f"{name}.json" for name in commands if not name.startswith("plancast")]
        check = [sys.executable, str(HERE / "check.py"), "output/workload-r/summary.json", *files, "--errors", "errors.json"]
        checked = subprocess.run(check, cwd=folder, capture_output=True, text=True)
        if checked.returncode != 0:
            sys.exit(checked.stdout + checked.stderr)

    table = [
        f"{options.paths:,} paths, {options.threads} thread(s), median of {options.rounds} rounds, {machine()}.",
        "",
        "| | processor time, µs a path | wall, s | simulation alone, s | peak memory, MiB | processor time of plancast's |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, rounds in found.items():
        median = lambda key: statistics.median(took[key] for took in rounds)
        ratios = [took["cpu"] / base["cpu"] for took, base in zip(rounds, found["plancast"])]
        alone = "" if rounds[0]["simulation"] is None else f"{median('simulation'):.2f}"
        ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        cpu = median("cpu") / options.paths * 1e6
        table.append(f"| {name} | {cpu:.2f} | {median('wall'):.2f} | {alone} | {median('memory'):.0f} | {ratio} |")
    table += ["", *(f"{line}" for line in checked.stdout.splitlines())]
    text = "\n".join(table)
    print(text)
    if options.write:
        readme = HERE.parent / "README.md"
        before, rest = readme.read_text().split("<!-- peers -->\n", 1)
        _, after = rest.split("<!-- end of peers -->", 1)
        readme.write_text(f"{before}<!-- peers -->\n{text}\n<!-- end of peers -->{after}")


def machine():
    """The processor and how many of its cores there are."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores"


main()
