"""How members mark what they write: as in WhatsApp, and as in Markdown where the two agree or WhatsApp has nothing.

Rules for markdown-it. A mark stands at the edge of a word, so that `2*3*4` and `nama_file` stay as typed; twice it may
stand anywhere, as `**(KIM)**nya`. Nothing runs on lazily: the line after a list or a quote is no part of it.
"""

import re
from itertools import pairwise
from textwrap import dedent

from markdown_it.rules_block import hr
from markdown_it.rules_inline.state_inline import Delimiter

from pages.tappable import next_start, taps_in

# The tags around what stands between two of them.
MARKS = {
    **{"*": ["strong"], "**": ["strong"], "***": ["strong", "em"]},
    **{"_": ["em"], "__": ["strong"], "~": ["s"], "~~": ["s"]},
}
RUNS = list(MARKS)
ANYWHERE = {"**", "***", "~~"}
MONO = re.compile(r"```([^`]+)```|(?<![^\W_])`(?!\s)([^`\n]+)(?<!\s)`(?![^\W_])")

ITEM = re.compile(r"(?:[-–*+]\s+|[•●▪▫◦‣○■□∙·]\s*|(?P<number>\d{1,3})(?P<after>[.)])\s+)(?=\S)")
QUOTE = re.compile(r">(?![\d=]) ?")
MOST_INSIDE = 8  # quotes and lists within each other; what goes deeper is words


def marks_of_members(md):
    """A plugin for `MarkdownIt("zero")`."""
    for name, rule in (("across", across), ("mono_lines", mono_lines), ("quoted", quoted), ("listed", listed)):
        md.block.ruler.before("paragraph", name, rule, {"alt": ["paragraph"]})
    md.block.ruler.at("paragraph", paragraph)
    md.inline.ruler.before("text", "tap", tap)
    md.inline.ruler.at("text", text)
    md.inline.ruler.push("mono", mono)
    md.inline.ruler.push("mark", mark)
    md.inline.ruler2.after("balance_pairs", "marked", marked)


# Blocks


def lines_of(state, first, last):
    return [said(state, number) for number in range(first, last)]


def said(state, number):
    """A line of the text, with what it is indented by."""
    return state.src[state.bMarks[number] : state.eMarks[number]]


def is_too_deep(state):
    return state.env.get("inside", 0) >= MOST_INSIDE


def parse_inside(state, text):
    """Parse a text that stands in a quote or a list, and append its tokens to those of the page."""
    state.env["inside"] = state.env.get("inside", 0) + 1
    state.md.block.parse(text, state.md, state.env, state.tokens)
    state.env["inside"] -= 1


def paragraph(state, start, end, is_only_asked):
    """Lines up to an empty one, or to one that is something else however far it stands from the margin."""
    others = state.md.block.ruler.getRules("paragraph")
    stop = start + 1
    while stop < end and not state.isEmpty(stop) and not any(rule(state, stop, end, True) for rule in others):
        stop += 1
    state.line = stop
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = "\n".join(lines_of(state, start, stop)).strip(), []
    inline.map = [start, stop]
    state.push("paragraph_close", "p", -1)
    return True


def across(state, start, end, is_only_asked):
    """`---` is a line across the page; `____` is room to write in."""
    return not said(state, start).lstrip().startswith("_") and hr(state, start, end, is_only_asked)


def mono_lines(state, start, end, is_only_asked):
    """Several lines from ``` to ```; one that is never closed is as typed."""
    first = said(state, start).lstrip()
    if not first.startswith("```") or "```" in first[3:]:
        return False
    closing = next((number for number in range(start + 1, end) if "```" in said(state, number)), None)
    if closing is None or not (last := said(state, closing).rstrip()).endswith("```") or last.count("```") > 1:
        return False
    if not is_only_asked:
        lines = [first[3:], *lines_of(state, start + 1, closing), last[:-3]]
        state.push("fence", "code", 0).content = "\n".join(lines).strip("\n")
        state.line = closing + 1
    return True


def quoted(state, start, end, is_only_asked):
    if not QUOTE.match(said(state, start).lstrip()) or is_too_deep(state):
        return False
    if not is_only_asked:
        state.line = start
        while state.line < end and QUOTE.match(said(state, state.line).lstrip()):
            state.line += 1
        lines = [QUOTE.sub("", text.lstrip(), count=1) for text in lines_of(state, start, state.line)]
        state.push("blockquote_open", "blockquote", 1)
        parse_inside(state, "\n".join(lines))
        state.push("blockquote_close", "blockquote", -1)
    return True


def listed(state, start, end, is_only_asked):
    """Bullets of any kind, or numbers that keep the number typed; one number alone, as a date, is no list."""
    found = item_at(state, start)
    if not found or is_too_deep(state):
        return False
    begins, stop = items_from(state, start, end, found, most=2 if is_only_asked else end)
    if found["number"] and len(begins) < 2:
        return False
    if not is_only_asked:
        put_list(state, found, [*begins, stop])
        state.line = stop
    return True


def item_at(state, number):
    return ITEM.match(said(state, number).lstrip())


def is_alike(found, other):
    return bool(other) and found["after"] == other["after"]


def items_from(state, start, end, found, *, most):
    """`(the line on which each item of a list begins, the line after it)`; of no more items than asked for."""
    indent, begins, number = state.sCount[start], [start], start + 1
    while number < end and len(begins) < most:
        after_gap = state.skipEmptyLines(number)
        if after_gap >= end:
            break
        if state.sCount[after_gap] < indent + 2:
            if not is_alike(found, item_at(state, after_gap)):
                break
            begins.append(after_gap)
        number = after_gap + 1
    return begins, number


def put_list(state, found, edges):
    name, tag = ("ordered_list", "ol") if found["number"] else ("bullet_list", "ul")
    opening, first = state.push(f"{name}_open", tag, 1), int(found["number"] or 1)
    if first != 1:
        opening.attrs["start"] = first
    if found["after"] == ")":
        opening.attrs["class"] = "paren"
    expected = first
    for begin, stop in pairwise(edges):
        expected = put_item(state, begin, stop, expected) + 1
    state.push(f"{name}_close", tag, -1)


def put_item(state, begin, stop, expected):
    """The item of these lines; its number, which it says itself where it is not the next one."""
    opening = state.push("list_item_open", "li", 1)
    first = said(state, begin).lstrip()
    found = ITEM.match(first)
    number = int(found["number"] or expected)
    if found["number"]:
        opening.info = found[0].strip()
    if number != expected:
        opening.attrs["value"] = number
    inside = len(state.tokens)
    rest = dedent("\n".join(lines_of(state, begin + 1, stop)))
    parse_inside(state, f"{first[found.end() :]}\n{rest}".strip())
    hide_only_paragraph(state.tokens[inside:])
    state.push("list_item_close", "li", -1)
    return number


def hide_only_paragraph(tokens):
    """Hide the paragraph of a list item that has a single one, also where lists stand below it in the item."""
    depth, own = 0, []
    for token in tokens:
        depth += min(token.nesting, 0)
        if not depth and token.tag == "p":
            own.append(token)
        depth += max(token.nesting, 0)
    if len(own) == 2:
        for token in own:
            token.hidden = True


# Within a line


def tap(state, is_only_asked):
    """A URL or number as a link; within a link that somebody made it is words."""
    found = taps_in(state.src).get(state.pos)
    if not found or found.end > state.posMax or state.linkLevel:
        return False
    if not is_only_asked:
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(found.href)}
        state.push("text", "", 0).content = state.src[state.pos : found.end]
        state.push("link_close", "a", -1)
    state.pos = found.end
    return True


def text(state, is_only_asked):
    """Letters up to the next that may mean something, or to what can be tapped."""
    meaning = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    stop = min(meaning.start() if meaning else state.posMax, next_start(state.src, state.pos))
    if stop == state.pos:
        return False
    if not is_only_asked:
        state.append_pending(state.src[state.pos : stop])
    state.pos = stop
    return True


def mono(state, is_only_asked):
    """`kata` at the edges of words, so that the sign in Jum`at is a sign; ```kata``` anywhere."""
    found = state.src[state.pos] == "`" and MONO.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not is_only_asked:
        state.push("code_inline", "code", 0).content = " ".join((found[1] or found[2]).split("\n")).strip()
    state.pos = found.end()
    return True


def mark(state, is_only_asked):
    """A run of one mark, which may begin or end something: as many texts as it has tags, until `marked` knows."""
    sign = state.src[state.pos]
    if is_only_asked or sign not in "*_~":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == sign:
        end += 1
    run, before = state.src[state.pos : end], state.src[state.pos - 1 : state.pos]
    after = state.src[end : min(end + 1, state.posMax)]
    if run in MARKS:
        opens = holds(run, inside=after, outside=before, never=")]}")
        closes = holds(run, inside=before, outside=after, never="([{")
        put_run(state, run, opens, closes)
    else:
        state.append_pending(run)
    state.pos = end
    return True


def holds(run, *, inside, outside, never):
    """Whether this side of a run may be the edge of what it marks."""
    if not inside or inside.isspace():
        return False
    return run in ANYWHERE or not (outside.isalnum() or inside in never)


def put_run(state, run, opens, closes):
    number, texts = RUNS.index(run), len(MARKS[run])
    for piece in (run[:2], run[2:])[:texts]:
        state.push("text", "", 0).content = piece
    # One mark holds within its line, as in WhatsApp: of each line it is another.
    line = 0 if run in ANYWHERE else 1 + state.src.count("\n", 0, state.pos)
    token = len(state.tokens) - texts
    state.delimiters.append(Delimiter(line * len(RUNS) + number, 0, token, -1, open=opens, close=closes))


def marked(state):
    """Replace the runs of marks that found their partner with opening and closing tags."""
    for delimiters in (state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)):
        for opening in delimiters:
            if opening.end >= 0:
                tags = MARKS[RUNS[opening.marker % len(RUNS)]]
                put_tags(state.tokens, opening.token, tags, nesting=1)
                put_tags(state.tokens, delimiters[opening.end].token, tags[::-1], nesting=-1)


def put_tags(tokens, first, tags, *, nesting):
    for token, tag in zip(tokens[first : first + len(tags)], tags, strict=True):
        token.type, token.tag, token.nesting = f"{tag}_{'open' if nesting > 0 else 'close'}", tag, nesting
        token.content = ""
