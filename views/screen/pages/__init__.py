"""The pages, each with what only it draws."""
