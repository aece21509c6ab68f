"""Values of one dataclass kept column by column: what comes from another process is made into tables that way.

A value is made when somebody asks for it, which few do: a table takes whole columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Shape(Generic[Value]):
    """The fields of a dataclass, and how its values are made of theirs."""

    kind: type[Value]
    names: tuple[str, ...]
    setters: tuple[Callable[[Value, Any], None], ...]

    @classmethod
    def of(cls, kind: type[Value]) -> Shape[Value]:
        """The shape of a dataclass with slots."""
        names = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]
        return cls(kind, names, tuple(getattr(kind, name).__set__ for name in names))

    def value(self, content: Iterable[Any]) -> Value:
        """The value with these fields, set past the frozen class in half the time that its own `__init__` takes."""
        made = object.__new__(self.kind)
        for put, one in zip(self.setters, content, strict=True):
            put(made, one)
        return made

    def columns(self, values: Iterable[Value]) -> list[list[Any]]:
        """The values field by field."""
        found = list(zip(*map(attrgetter(*self.names), values), strict=True))
        return list(map(list, found)) or [[] for _ in self.names]


class Columns(Sequence[Value]):
    """A sequence of values whose fields are kept as lists, one for each field in the order of `Shape.names`."""

    __slots__ = ("_content", "_shape")

    def __init__(self, shape: Shape[Value], content: Sequence[list[Any]]) -> None:
        """Raises ValueError where there is not one list for each field, or they differ in length."""
        if len(content) != len(shape.names) or len(set(map(len, content))) != 1:
            raise ValueError(f"not the columns of {shape.kind.__name__}")
        self._shape, self._content = shape, content

    def column(self, name: str) -> list[Any]:
        """The values' fields of this name."""
        return self._content[self._shape.names.index(name)]

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, at: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        return self._shape.value([column[at] for column in self._content])

    def __len__(self) -> int:
        return len(self._content[0])

    def __iter__(self) -> Iterator[Value]:
        return map(self._shape.value, zip(*self._content, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Columns | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (list(self),)


def column(values: Sequence[Any], name: str) -> Sequence[Any]:
    """The field of this name of all values, which are kept as columns or one by one."""
    return values.column(name) if isinstance(values, Columns) else list(map(attrgetter(name), values))
