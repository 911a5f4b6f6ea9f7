"""What can be held against a page as a reader sees it: on a phone and on a desk, in light and in dark."""

from axe_playwright_python.base import AXE_SCRIPT

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# What a colour scheme can break; the rest is the same in both.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]

# The desk's links fade into their colours: they are judged when they have arrived.
RUN_AXE = """async (runOnly) => {
    document.getAnimations().forEach((fading) => fading.finish());
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_of(page):
    """A line for each rule of WCAG 2.2 AA that the open page breaks, and for each width it does not fit into."""
    faults = []
    page.evaluate(AXE_SCRIPT)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        if sideways := page.evaluate(SIDEWAYS):
            faults.append(f"{size['width']}: {sideways} pixels too wide")
        for scheme, rules in (("light", LEVELS), ("dark", RULES_OF_COLOUR)):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{size['width']} {scheme}: {fault}" for fault in page.evaluate(RUN_AXE, rules)]
    return faults


def faulty(page, addresses):
    """`{address: its faults}` for those of the addresses that have any; a new context for each would cost a second."""
    faults = {}
    for address in addresses:
        answer = page.goto(address)
        faults[address] = faults_of(page) if answer.ok else [f"answered {answer.status}"]
    return {address: found for address, found in faults.items() if found}
