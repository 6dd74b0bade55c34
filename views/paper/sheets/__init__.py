"""The sheets: one map, two sides, small multiples."""
