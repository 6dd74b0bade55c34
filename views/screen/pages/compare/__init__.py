"""The page that lays two dates, or two viewpoints, side by side."""
