"""The pictures of the demonstration's entries: drawings made by code, one for each figure a body names."""
