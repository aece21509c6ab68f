"""The `communique` command."""

from communique.cli.app import main

__all__ = ["main"]
