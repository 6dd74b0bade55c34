"""What the browser receives, as files of columns."""
