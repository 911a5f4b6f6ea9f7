"""What every page of one bulletin that was sent shows of it: templates/bulletins/_body.html and _answered.html."""

from pages.markup import render_markup


def body_of(bulletin):
    return {
        "bulletin": bulletin,
        "text_html": render_markup(bulletin.text),
        "picture": getattr(bulletin, "picture", None),
        "attachments": bulletin.attachments.all(),
        "answered": bulletin.questions.answered().select_related("community"),
    }
