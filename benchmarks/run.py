"""Whole-process times as ratios to `python -c pass`: `python benchmarks/run.py [--rounds N] [SHAPE ...]`.

Machines differ and drift, ratios hardly do: every round runs each command once beside `python -c pass`, and the ratio
is the median of the rounds' ratios. Times are user and system time, so that what else the machine does counts little.
Peak is the largest resident set that the operating system saw. The targets are those of a tool that people run on every
save: 14 times an empty Python for one task, 22 times for 1,000, 100 times and 250 MiB for 10,000.

Without a SHAPE the plans are `ordinary` and `bare` ones; the other shapes of `generate_plan.py` run for seconds each at
10,000 tasks, and only when they are named.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from generate_plan import SHAPES

TARGETS = {1: 14.0, 1_000: 22.0, 10_000: 100.0}
PEAK_MIB = 250
USUAL_SHAPES = ("ordinary", "bare")


def measure(command: list[str]) -> tuple[float, float]:
    """Seconds (user and system) and peak resident set in MiB of one run of `command`."""
    # Without compiled modules every start compiles them all; build images often ask for that, users do not.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}")
    scale = 1024 if sys.platform.startswith("linux") else 1024 * 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale


def main() -> None:
    parser = argparse.ArgumentParser(description="Whole-process times as ratios to `python -c pass`.")
    parser.add_argument("--rounds", type=int, default=11, help="how often each command is measured (11)")
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)} (ordinary and bare)")
    arguments = parser.parse_args()
    shapes: list[str] = arguments.shapes or [*USUAL_SHAPES]
    if not SHAPES.keys() >= set(shapes) or arguments.rounds < 1:
        parser.error(f"the shapes are {', '.join(SHAPES)}; at least one round")
    script = Path(sys.executable).with_name("planlint")
    base = [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as directory:
        commands: dict[str, tuple[list[str], float | None]] = {
            "--version": ([str(script), "--version"], 4.5),
            "rules": ([str(script), "rules"], None),
        }
        for shape in shapes:
            for count, limit in TARGETS.items():
                if count == 1 and shape != "ordinary":
                    continue
                plan = Path(directory, f"{shape}{count}.yaml")
                plan.write_text("".join(f"{line}\n" for line in SHAPES[shape](count)))
                target = limit if shape == "ordinary" else None
                commands[f"check, {shape}, {count}"] = ([str(script), "check", str(plan)], target)
        for command, _ in commands.values():
            measure(command)
        ratios: dict[str, list[float]] = {name: [] for name in commands}
        times: dict[str, list[float]] = {name: [] for name in commands}
        peaks: dict[str, float] = dict.fromkeys(commands, 0.0)
        for _ in range(arguments.rounds):
            for name, (command, _) in commands.items():
                floor = statistics.median(measure(base)[0] for _ in range(3))
                seconds, peak = measure(command)
                ratios[name].append(seconds / floor)
                times[name].append(seconds)
                peaks[name] = max(peaks[name], peak)
    print(f"{'command':<24} {'ms':>8} {'x python -c pass':>17} {'target':>7} {'peak MiB':>9}")
    for name, (_, target) in commands.items():
        ratio = statistics.median(ratios[name])
        mark = "" if target is None else f"{target:g}"
        late = " over" if target is not None and ratio > target else ""
        fat = " over" if peaks[name] > PEAK_MIB else ""
        print(
            f"{name:<24} {statistics.median(times[name]) * 1000:>8.1f} {ratio:>17.1f} {mark:>7} {peaks[name]:>9.0f}"
            f"{late}{fat}"
        )


if __name__ == "__main__":
    main()
