"""What a dump of a whole list costs: `python -m bench.dumps --tier XL`. Rows a second, and how much the worker grows.

The files go into a folder of their own. A block of rows before brings in what Python loads once; what the process grew
by is what the kernel says it held at most (VmHWM, set back before).
"""

import argparse
import tempfile
import time
from pathlib import Path

from bench.environment import machine, production

LEAST_ROWS_A_SECOND, MOST_GROWTH_MB = 20_000, 50


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="S")
    parser.add_argument("--lists", nargs="*", default=["posts"], help="such as regions kim posts aspirations bulletins")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}.\n")
    print("| list | rows | CSV MB | JSON Lines MB | seconds | CPU s | rows/s | growth MB |\n|---|" + "---:|" * 7)
    with production(options.tier), tempfile.TemporaryDirectory() as folder:
        from django.test import override_settings

        with override_settings(MEDIA_ROOT=folder):
            measured = [measure(name) for name in options.lists]
    if any(not is_good for is_good in measured):
        raise SystemExit(f"Asked for: {LEAST_ROWS_A_SECOND} rows/s and growth of at most {MOST_GROWTH_MB} MB.")


def measure(name):
    """Print a line of the table, and return whether it is as good as it has to be."""
    from kimportal.dumps import DUMPS
    from pages.open_data import dumps

    first_block(DUMPS[name])
    Path("/proc/self/clear_refs").write_text("5")
    before, began, cpu = memory("VmRSS"), time.perf_counter(), time.process_time()
    made = DUMPS[name].write()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    growth, rate = memory("VmHWM") - before, made.rows / took
    sizes = " | ".join(f"{made.files[format].size / 1e6:.1f}" for format in dumps.FORMATS)
    print(f"| {name} | {made.rows:,} | {sizes} | {took:.1f} | {cpu:.1f} | {rate:,.0f} | {growth:.0f} |", flush=True)
    return rate >= LEAST_ROWS_A_SECOND and growth <= MOST_GROWTH_MB


def first_block(dump):
    """One block of rows, for what is loaded at first use."""
    from pages.open_data.dumps import BLOCK, csv_text, json_text

    records = [dump.resource.record(row) for row in dump.resource.rows(dump.rows())[:BLOCK]]
    csv_text(map(dump.resource.cells, records))
    json_text(records)


def memory(name):
    """A line of this process' status, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


if __name__ == "__main__":
    main()
