"""Tables that users bring, whatever their format, as rows of text."""
