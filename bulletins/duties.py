"""What officers do to let government information reach the last village."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty

# The word stands in letters of appointment from before this app.
INFORMATION = Duty("bulletins", _("informasi pemerintah"))
