"""Files from outside: read in a process of their own with little memory and time, and only as rows of text."""

from geodata.files.guard.limits import Limits
from geodata.files.guard.reader import RawTable, Upload, read_rows

__all__ = ["Limits", "RawTable", "Upload", "read_rows"]
