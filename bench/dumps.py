"""What a dump of a whole list costs: `python -m bench.dumps --tier XL`. Rows a second, and how much the process grows.

Both files are written, as the worker does at night; then each streams out as it does to whoever downloads it, once
whole and once without GONE rows that were taken off since. The files go into a folder of their own. A block of rows
before brings in what Python loads once; what the process grew by is what the kernel says it held at most (VmHWM, set
back before).
"""

import argparse
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.environment import machine, production

LEAST_ROWS_A_SECOND, MOST_GROWTH_MB = 20_000, 50  # of what streams out; the growth of writing too
GONE = 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="S")
    parser.add_argument("--lists", nargs="*", default=["posts"], help="such as regions kim posts aspirations bulletins")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}.\n")
    print("| list | | MB | seconds | CPU s | rows/s | growth MB |\n|---|---|" + "---:|" * 5)
    with production(options.tier), tempfile.TemporaryDirectory() as folder:
        from django.test import override_settings

        with override_settings(MEDIA_ROOT=folder):
            is_good = min([measure(name) for name in options.lists])
    if not is_good:
        raise SystemExit(f"Asked for: {LEAST_ROWS_A_SECOND} rows/s and growth of at most {MOST_GROWTH_MB} MB.")


def measure(name):
    """Print the lines of a list, and return whether they are as good as they have to be."""
    from kimportal.dumps import DUMPS
    from pages.open_data.dumps import FORMATS

    dump = DUMPS[name]
    first_block(dump)
    with measured() as writing:
        made = dump.write()
    writing.tell(f"{name} | both written", made.rows, sum(file.size for file in made.files.values()))
    gone = dict(dump.rows().order_by("?").values_list("pk", dump.key)[:GONE])
    is_good = writing.growth <= MOST_GROWTH_MB
    for format in FORMATS:
        for label, left_out in (("whole", {}), (f"without {len(gone):,}", gone)):
            with measured() as reading:
                size = sum(len(piece) for piece in dump.read(made, format, left_out))
            reading.tell(f"{name} | {format} {label}", made.rows, size)
            is_good &= made.rows / reading.seconds >= LEAST_ROWS_A_SECOND and reading.growth <= MOST_GROWTH_MB
    return is_good


@dataclass
class Cost:
    """Of a block of code: the time it took, that of the processor, and how much the process grew."""

    seconds: float = 0
    cpu: float = 0
    growth: float = 0

    def tell(self, what, rows, size):
        numbers = f"{size / 1e6:.1f} | {self.seconds:.1f} | {self.cpu:.1f} | {rows / self.seconds:,.0f}"
        print(f"| {what} of {rows:,} | {numbers} | {self.growth:.0f} |", flush=True)


@contextmanager
def measured():
    """Yield a Cost that is filled in when the block ends."""
    cost = Cost()
    Path("/proc/self/clear_refs").write_text("5")
    before, began, cpu = memory("VmRSS"), time.perf_counter(), time.process_time()
    yield cost
    cost.seconds, cost.cpu = time.perf_counter() - began, time.process_time() - cpu
    cost.growth = memory("VmHWM") - before


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
