"""Who evaluates at all: officers with the duty; of which region they do, each row says itself (`decided_by`)."""

from evaluations.duties import EVALUATIONS


def evaluates(user):
    """Whether this officer has the duty anywhere."""
    return user.is_superuser or any(EVALUATIONS in row.duties for row in user.current_assignments)
