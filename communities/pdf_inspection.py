"""A program of its own, without the portal: reads a PDF from standard input and prints a word for what it finds in it.

It opens what is packed in object streams too. A file that unpacks without end costs this process alone: the memory and
the time it may take are limited, and whoever runs it (communities/papers.py) takes any other end for `complex`.
"""

import io
import resource
import sys

import pikepdf

MEMORY, CPU_SECONDS = 2**30, 8
MOST_OBJECTS = 100_000
MOST_ACTIONS = 20  # in a chain

# What an action does (ISO 32000-1, table 198): of these none may be there, by themselves only those.
LEAVING = {"/Launch", "/GoToE", "/ImportData", "/SubmitForm"}
HARMLESS = {"/GoTo", "/Named"}
EMBEDDING = {"/EF", "/EmbeddedFiles", "/RichMediaContent"}
EMBEDDED = {"/EmbeddedFile", "/FileAttachment", "/RichMedia"}
WORST_FIRST = ["script", "launch", "embedded", "xfa"]


def found_in(content):
    """`encrypted`, `broken`, `complex`, the worst of WORST_FIRST, or `fit`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            if len(pdf.objects) > MOST_OBJECTS:
                return "complex"
            if not len(pdf.pages):
                return "broken"
            faults = set(map(fault_of, dictionaries(pdf)))
            return next((word for word in WORST_FIRST if word in faults), "fit")
    except pikepdf.PasswordError:
        return "encrypted"
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError):
        return "broken"


def dictionaries(pdf):
    """Every dictionary of the file, also those inside other objects and those of streams."""
    waiting = [pdf.trailer, *pdf.objects]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Stream):
            thing = thing.stream_dict
        if isinstance(thing, pikepdf.Dictionary):
            yield thing
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
            # What is referred to is among the objects of the file already.
            waiting += [part for part in parts_of(thing) if is_nested(part)]


def parts_of(thing):
    return thing.values() if isinstance(thing, pikepdf.Dictionary) else list(thing)


def is_nested(part):
    return isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect


def fault_of(dictionary):
    """A word of WORST_FIRST, or None."""
    keys, does = set(dictionary.keys()), name_in(dictionary, "/S")
    if keys & {"/JS", "/JavaScript"} or does == "/JavaScript":
        return "script"
    if does in LEAVING or acts_by_itself(dictionary):
        return "launch"
    if keys & EMBEDDING or {name_in(dictionary, "/Type"), name_in(dictionary, "/Subtype")} & EMBEDDED:
        return "embedded"
    return "xfa" if "/XFA" in keys else None


def acts_by_itself(dictionary):
    """Whether opening the file, a page or a field does more than go to another place in it."""
    begun = [dictionary.get("/OpenAction")]
    if isinstance(of_events := dictionary.get("/AA"), pikepdf.Dictionary):
        begun += of_events.values()
    return any(name not in HARMLESS for action in begun for name in names_of(action))


def names_of(action):
    """What an action and those after it do. A mere place to go to is no action and does nothing."""
    waiting, seen = [action], 0
    while waiting and seen < MOST_ACTIONS:
        action, seen = waiting.pop(), seen + 1
        if isinstance(action, pikepdf.Dictionary) and "/S" in action:
            yield name_in(action, "/S")
            after = action.get("/Next")
            waiting += list(after) if isinstance(after, pikepdf.Array) else [after]
    if waiting:
        yield "too many"


def name_in(dictionary, key):
    value = dictionary.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    print(found_in(sys.stdin.buffer.read()))
