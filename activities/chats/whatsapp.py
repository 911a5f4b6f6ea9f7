"""What a call of WhatsApp's Cloud API says: messages of several people perhaps, and what became of ours."""

from django.conf import settings

from activities.chats.incoming import Incoming, name_of, number_of, part, parts, text_of


def read(call):
    """The messages to our number; those to another number of the same business are not ours."""
    for entry in parts(call, "entry"):
        for change in parts(entry, "changes"):
            value = part(change, "value")
            if name_of(part(value, "metadata").get("phone_number_id")) == settings.WHATSAPP_PHONE_ID:
                yield from (incoming(message) for message in parts(value, "messages"))


def incoming(message):
    """Its messages have no number: their seconds order them, and within a second the order in which they came."""
    image = picture_of(message)
    words = image.get("caption") if image else part(message, "text").get("body")
    return Incoming(
        address=name_of(message.get("from"), 100),
        update_id=name_of(message.get("id")),
        message_id=name_of(message.get("id")),
        order=number_of(message.get("timestamp")),
        text=text_of(words),
        file_id=name_of(image.get("id"), 300),
        replies_to=name_of(part(message, "context").get("id")),
        is_other=not image and not text_of(words),
    )


def picture_of(message):
    if image := part(message, "image"):
        return image
    document = part(message, "document")
    kind = document.get("mime_type")
    return document if isinstance(kind, str) and kind.startswith("image/") and kind != "image/gif" else {}
