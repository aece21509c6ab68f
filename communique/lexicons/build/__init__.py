"""Scripts that remake reference files from their sources; nothing here is imported at run time."""
