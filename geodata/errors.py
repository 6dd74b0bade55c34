"""The errors of `geodata`: one root, each kind also a standard exception."""

from __future__ import annotations

from common.errors import TableError


class GeodataError(Exception):
    """Root of everything this package raises on purpose; its message is one sentence a person can act on."""


class SchemaError(GeodataError, TableError):
    """A table is not as documented: `problem` in `file`, `row` and `column`, as its message says; a ValueError too."""


class UnknownNameError(GeodataError, LookupError):
    """A province, party or view that the data do not know was asked for."""


class WrongPeriodError(GeodataError, ValueError):
    """A period that ends before it begins was asked for."""
