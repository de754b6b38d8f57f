"""Why a file gives no text: raised by those who read it, known to the database by their codes (search.choices)."""


class Refused(Exception):
    """A file cannot be read; `code` says why."""

    code = "damaged"


class Damaged(Refused):
    """It is not what it begins as, or ends too early."""


class Unsupported(Refused):
    """Nobody here reads what it is: a drawing, an archive, a program."""

    code = "unsupported"


class Encrypted(Refused):
    """It opens with a password alone."""

    code = "encrypted"


class TooLarge(Refused):
    """It is larger, or unpacks to more, than is read."""

    code = "too_large"
