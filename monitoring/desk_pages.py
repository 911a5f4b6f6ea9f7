from monitoring.reports import desk  # noqa: F401 its pages declare themselves
