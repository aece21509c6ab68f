"""Where batches of articles are extracted: by processes of this machine, or by those of a Dask cluster."""

TIME_LIMIT = 60.0
"""Seconds after which an article is given up, for every megabyte of it that has begun."""

LOCAL, DASK = "local", "dask"
RUNNERS = (LOCAL, DASK)
"""The runners by their names."""
