from django.contrib.staticfiles.apps import StaticFilesConfig


class AskedForStaticFiles(StaticFilesConfig):
    """Without what packages bring and no page in production asks for: the smallest Brotli of it took longest."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "redoc.*",  # the API has one documentation, Swagger's
        "jquery.js",  # and its like: with DEBUG=0 the desk loads jquery.min.js
        "select2.full.js",
        "xregexp.js",
    ]
