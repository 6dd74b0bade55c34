"""What is on the screen, as a link."""

from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "browser" / "state" / "schema.js"
"""The schema as the browser has it."""
