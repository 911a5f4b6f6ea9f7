"""What PostgreSQL does for each list of the portal: `python -m bench.plans --tier XL`.

The second of two runs is told, with the rows and blocks of the whole query. A list above the goals is marked.
"""

import argparse

from bench.environment import production

MOST_MS, MOST_BUFFERS = 1.0, 60


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="S, M, L or XL; without it, the database of DATABASE_URL itself")
    with production(parser.parse_args().tier):
        from bench.lists import all_lists

        print("| list | page | ms | buffers | rows read | plan |  |\n|---|---|---:|---:|---:|---|---|")
        for each in all_lists():
            print_plan(each, "first", None)
            if key := each.deep_key():
                print_plan(each, "500th or last", key)


def print_plan(each, page, key):
    from bench.lists import index_of, is_sorted, scan_of

    each.plan(key)
    plan = each.plan(key)
    scan, time = scan_of(plan, each.table), plan["Execution Time"]
    buffers = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    read = scan["Actual Rows"] * scan["Actual Loops"] + scan.get("Rows Removed by Filter", 0)
    how = f"{scan['Node Type']} {index_of(plan, each.table)}{', sorted' if is_sorted(plan) else ''}"
    flag = "**above**" if time > MOST_MS or buffers > MOST_BUFFERS else ""
    print(f"| {each.name} | {page} | {time:.2f} | {buffers} | {read:.0f} | {how} | {flag} |", flush=True)


if __name__ == "__main__":
    main()
