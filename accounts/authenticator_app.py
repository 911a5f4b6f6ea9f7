"""Bringing an authenticator app along; loaded with the first page of the second factor."""

from allauth.mfa.totp.forms import ActivateTOTPForm


class ActivateAppForm(ActivateTOTPForm):
    """The same key until it is used: a phone reads the page again when its app was open, and the app has the first."""

    def __init__(self, data=None, files=None, **kwargs):
        # One that was filled in takes the key that is there; any other would make a new one.
        super().__init__({} if data is None else data, files, **kwargs)
        self.is_bound = data is not None
