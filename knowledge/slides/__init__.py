"""The presentation view of an entry: the blocks of its body, one idea a slide."""
