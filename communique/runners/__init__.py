"""Where batches of articles are extracted: by processes of this machine, or by those of a Dask cluster."""
