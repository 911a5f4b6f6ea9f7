from django.contrib.staticfiles.apps import StaticFilesConfig
from django.http import multipartparser

# What a part of a form may say of itself before its content. Django's 1,024 bytes refuse the whole form, with all that
# was typed, for the long name of one file; names are shortened, or not kept, by whoever takes the file.
multipartparser.MAX_TOTAL_HEADER_SIZE = 64 * 1024


class AskedForStaticFiles(StaticFilesConfig):
    """Without what packages bring and no page in production asks for: the smallest Brotli of it took longest."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "redoc.*",  # the API has one documentation, Swagger's
        "jquery.js",  # and its like: with DEBUG=0 the desk loads jquery.min.js
        "select2.full.js",
        "xregexp.js",
    ]
