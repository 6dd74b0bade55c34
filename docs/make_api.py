"""Writes docs/api.md from the docstrings of what `geodata` and `gazetteer` export: `make docs`.

The sources are read, nothing is imported; so the page says what the code says, defaults included, on every version of Python.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "api.md"
PACKAGES = ("geodata", "gazetteer")
KINDS = ("Functions", "Classes", "Errors", "Names")
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
HEAD = """\
# The public names of the two cores

Made from the docstrings by `make docs`; a test keeps it so. What is not here may change without notice. Dates are `datetime.date` and
inclusive, positions longitude first in EPSG:4326.
"""


def page() -> str:
    """Return the text of the page."""
    return "\n".join([HEAD, *(line for package in PACKAGES for line in lines_of(package))]).rstrip() + "\n"


def lines_of(package: str) -> Iterator[str]:
    """Yield the lines about a package: its first sentence, then its names by kind."""
    face = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    yield from (f"## {package}", "", ast.get_docstring(face) or "", "")
    entries: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for node in face.body:
        for alias in node.names if isinstance(node, ast.ImportFrom) else []:
            kind, lines = entry(f"{node.module}", alias.name)
            entries[kind].append("\n".join(lines))
    for kind, found in entries.items():
        if found:
            yield from (f"### {kind} of {package}", "", *sorted(found, key=str.lower))


def entry(module: str, name: str) -> tuple[str, list[str]]:
    """Return the kind of an exported name, and what is said of it."""
    path = ROOT.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    body = ast.parse(source).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return "Functions", [*titled(name, module), *of_function(node, source)]
        if isinstance(node, ast.ClassDef) and node.name == name:
            is_error = name.endswith("Error")
            return "Errors" if is_error else "Classes", [*titled(name, module), *of_class(node, source)]
        if name in assigned(node):
            said = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            return "Names", [*titled(name, module), *fenced(ast.get_source_segment(source, node) or name), *markdown(str(said))]
    raise LookupError(f"{module} has no {name}")


def assigned(node: ast.stmt) -> set[str]:
    """Return the names that a statement assigns."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def titled(name: str, module: str) -> list[str]:
    """Return the heading of a name."""
    return [f"#### `{name}`", "", f"from `{module}`", ""]


def fenced(code: str) -> list[str]:
    """Return lines of code as a block."""
    return ["```python", code, "```", ""]


def signature(node: ast.FunctionDef, source: str) -> str:
    """Return the line of a function as it is written, without `self`; of a property as an attribute."""
    written = " ".join(" ".join(source.splitlines()[node.lineno - 1 : node.body[0].lineno - 1]).split())
    line = re.sub(r",? \)", ")", written.removeprefix("def ").removesuffix(":").replace("( ", "(").replace("(self, ", "("))
    marks = {ast.unparse(decorator) for decorator in node.decorator_list}
    return line.replace("(self) ->", ":" if marks & {"property", "cached_property"} else "() ->").replace("(cls, ", "(")


def of_function(node: ast.FunctionDef, source: str) -> list[str]:
    """Return a function's signature and what it says of itself."""
    return [*fenced(signature(node, source)), *markdown(ast.get_docstring(node))]


def of_class(node: ast.ClassDef, source: str) -> list[str]:
    """Return a class with its fields, then its public methods and properties."""
    bases = ", ".join(map(ast.unparse, node.bases))
    fields = [f"    {ast.get_source_segment(source, part)}" for part in node.body if isinstance(part, ast.AnnAssign)]
    head = f"class {node.name}({bases})" if bases else f"class {node.name}"
    lines = [*fenced("\n".join([head, *fields])), *markdown(ast.get_docstring(node))]
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            lines += [f"##### `{node.name}.{part.name}`", "", *of_function(part, source)]
    return lines


def markdown(docstring: str | None) -> list[str]:
    """Return a numpydoc text as Markdown: its sections in bold, their entries as lists."""
    told, *sections = SECTION.split(docstring or "")
    lines = [told.strip(), ""]
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        entries = re.sub(r"^(\S.*)\n[ ]{4}", r"- `\1`: ", text.strip(), flags=re.MULTILINE)
        entries = re.sub(r"^[ ]{4}(\w[^:\n]*?) : ", r"    - `\1`: ", entries, flags=re.MULTILINE)  # columns of a table
        lines += [f"**{heading}**", "", re.sub(r"^[ ]{4}", "  ", entries, flags=re.MULTILINE), ""]
    return lines


if __name__ == "__main__":
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        sys.exit()
    PAGE.write_text(page(), encoding="utf-8")
