"""The demonstration company: its content as files, and what turns those files into a living site."""
