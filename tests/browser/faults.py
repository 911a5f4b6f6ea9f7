"""What can be held against a page as a reader sees it: on a phone and on a desk, in light and in dark."""

from axe_playwright_python.base import AXE_SCRIPT

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Colours cost most of the time and are the same at each width, and all that has one is there on a desk: they are
# looked at there, in light and in dark; every other rule in both widths.
COLOURS = ["color-contrast", "link-in-text-block"]
BUT_COLOURS = {rule: {"enabled": False} for rule in COLOURS}

# The desk's links fade into their colours: they are judged when they have arrived.
RUN_AXE = """async (options) => {
    document.getAnimations().forEach((fading) => fading.finish());
    const { violations } = await axe.run({ ...options, resultTypes: ["violations"], preload: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_of(page):
    """A line for each rule of WCAG 2.2 AA that the open page breaks, and for each width it does not fit into."""
    faults = []
    page.evaluate(AXE_SCRIPT)
    for name, size, scheme, options in (
        ("phone", PHONE, "light", {"runOnly": LEVELS, "rules": BUT_COLOURS}),
        ("desk", DESK, "light", {"runOnly": LEVELS}),
        ("desk in the dark", DESK, "dark", {"runOnly": COLOURS}),
    ):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if sideways := page.evaluate(SIDEWAYS):
            faults.append(f"{name}: {sideways} pixels too wide")
        faults += [f"{name}: {fault}" for fault in page.evaluate(RUN_AXE, options)]
    return faults


def faulty(page, addresses):
    """`{address: its faults}` for those of the addresses that have any; a new context for each would cost a second."""
    faults = {}
    for address in addresses:
        answer = page.goto(address)
        faults[address] = faults_of(page) if answer.ok else [f"answered {answer.status}"]
    return {address: found for address, found in faults.items() if found}
