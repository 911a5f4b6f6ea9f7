"""E-mail as the mail server receives it: addresses whole, names readable, no answer from a machine asked for."""

import re
from email.header import Header
from email.policy import EmailPolicy
from smtplib import SMTPException

from django.core.mail.backends import smtp

LINE = 78
# Of an encoded word, RFC 2047.
ENCODED_LINE = 75


class WholeWords(EmailPolicy):
    """Breaks a header between words only, and encodes only what is not ASCII.

    Python's own folding turns a word longer than a line into RFC 2047, which no mail program reads in a
    List-Unsubscribe, and takes the quotes off a long name with a comma, which makes two senders of one.
    """

    def fold(self, name, value):
        return folded(f"{name}: ", in_ascii(name, value), self.linesep)

    def fold_binary(self, name, value):
        return self.fold(name, value).encode("ascii")


def folded(start, text, linesep):
    lines, line = [], start
    # Decoding what a header was given may have brought line breaks to light.
    for word in re.findall(r"\s*\S+", " ".join(text.splitlines()).strip()):
        if line != start and len(line) + len(word) > LINE:
            lines.append(line)
            line = ""
        line += word
    return linesep.join([*lines, line]) + linesep


def in_ascii(name, value):
    if value.isascii():
        return value
    if hasattr(value, "addresses"):
        return ", ".join(mailbox(address, name) for address in value.addresses)
    return encoded(value, name)


def mailbox(address, header):
    if address.display_name.isascii():
        return str(address)
    return f"{encoded(address.display_name, header)} <{address.addr_spec}>"


def encoded(text, header):
    words = Header(text, "utf-8", maxlinelen=ENCODED_LINE, header_name=header).encode()
    return " ".join(words.split())


POLICY = WholeWords(linesep="\r\n")


class EmailBackend(smtp.EmailBackend):
    """Django's, with our policy; it offers no other place to name one."""

    def _send(self, email_message):
        if not email_message.recipients():
            return False
        sender = self.prep_address(email_message.from_email)
        recipients = [self.prep_address(address) for address in email_message.recipients()]
        message = email_message.message(policy=POLICY)
        # So that holiday notices and other machines do not answer (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        try:
            self.connection.sendmail(sender, recipients, message.as_bytes())
        except SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True
