"""The commands of `python -m gazetteer`: a group a module, each with `register(commands)`, which adds its commands.

A command is a parser with a default `run`: a function from the parsed options to an exit status.
"""

from gazetteer.commands import add, decisions, look, sources

GROUPS = (look, add, sources, decisions)
"""In the order in which --help lists them."""
