"""Work of social/ that the clock starts."""
