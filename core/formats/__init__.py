"""How numbers are written where Django leaves it open: thousands stand apart in every language."""
