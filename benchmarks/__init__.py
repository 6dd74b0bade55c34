"""Figures, never timed tests: each compares ours with a named alternative in one run."""
