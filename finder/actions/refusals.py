class Refused(ValueError):  # noqa: N818 (it reads as a sentence: raise Refused, except Refused as why)
    """What was asked cannot be done as things are; the message says why, to the person who asked."""
