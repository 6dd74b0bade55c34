"""What sheets are drawn with: land, borders, patterns, labels that keep out of each other's way."""
