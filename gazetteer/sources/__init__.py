"""Where places come from: one module a source, and `merge` to make one record of a place that several sources know."""
