"""What stands around every page: title, menu, search, exports, citation, fields."""
