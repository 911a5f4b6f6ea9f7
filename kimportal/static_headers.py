"""Which static files other sites may load; settings import this, so it imports nothing."""


def loaded_elsewhere(headers, path, url):
    """The style sheet of what other sites frame (`static/embed/`): in a sandbox our own page counts as another site."""
    if "/embed/" in url:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
