"""The pages of a tier as JSON, for a process that has another database: `python -m bench.pages_of_tier XL [CODE ...]`.

Of the regions of these codes or of the busiest, which are told too.
"""

import json
import sys

from bench.environment import production


def main(tier, *codes):
    with production(tier):
        from bench import page_urls

        codes = codes or [region.code for region in page_urls.busiest()]
        pages = page_urls.pages(codes)
    json.dump({"regions": codes, "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
