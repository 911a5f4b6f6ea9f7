"""What officers open from the desk's list of KIM: each app declares its own pages, in a module of this name.

@at_the_desk("<int:pk>/laporan/", "report")
def report(desk, request, pk):
    ...
"""

DECLARED = []


def at_the_desk(route, name):
    """Let the desk answer with this view below the address of KIM, as `admin:communities_community_NAME`."""

    def declare(view):
        DECLARED.append((route, f"communities_community_{name}", view))
        return view

    return declare
