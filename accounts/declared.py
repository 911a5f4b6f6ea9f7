"""Words that each app declares for itself, so that a new app needs neither a migration nor a line elsewhere."""


class Declared(str):
    """A word that the database keeps, with what people read for it; each child of this class knows all of its own.

    An app declares its words in a module that is found by its name (accounts.apps): `notices.py`, `duties.py`.
    """

    known = {}

    def __init_subclass__(cls):
        cls.known = {}

    def __new__(cls, word, label, **facts):
        declared = super().__new__(cls, word)
        declared.label = label
        vars(declared).update(facts)
        cls.known[word] = declared
        return declared

    def __reduce__(self):
        return type(self).named, (str(self),)

    @classmethod
    def named(cls, word):
        return cls.known[word]

    @classmethod
    def choices(cls):
        """For a column or a form: as a callable, it never stands in a migration."""
        return [(word, declared.label) for word, declared in cls.known.items()]
