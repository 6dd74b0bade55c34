"""Outlines, territory from places, and how much of it everyone holds."""
