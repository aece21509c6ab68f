"""The hot modules of the engine as machine code, where it was made from the sources as they are."""
