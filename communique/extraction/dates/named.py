"""Functions that data files call by name."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def functions_of(*modules: ModuleType) -> dict[str, Any]:
    """The public functions that the modules define, by name."""
    return {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if callable(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }
