"""Whether a page of ours sent a form that holds no token, since everyone is shown the same page."""


def is_from_elsewhere(request):
    """Whether a page of another site sent this form. Browsers say so; only what is no browser says nothing."""
    own = f"{request.scheme}://{request.get_host()}"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return site not in ("same-origin", "none") or request.headers.get("Origin", own) != own
