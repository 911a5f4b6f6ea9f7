"""What an update of the Bot API says. A bot in a group reads nothing: nobody can tell there who writes for a KIM."""

from accounts.photo_limits import MAX_BYTES
from activities.chats.incoming import Incoming, name_of, number_of, part, parts, text_of


def read(update):
    """The messages of one update: none or one."""
    for name in ("message", "edited_message"):
        if message := part(update, name):
            return [incoming(update, message)] if is_of_a_person(message) else []
    member = part(update, "my_chat_member")
    if part(member, "new_chat_member").get("status") == "kicked":  # somebody blocked the bot
        return [blocked(update, member)]
    return []


def is_of_a_person(message):
    return part(message, "chat").get("type") == "private" and not part(message, "from").get("is_bot")


def incoming(update, message):
    file_id, words = file_of(message), text_of(message.get("text") or message.get("caption"))
    return Incoming(
        address=name_of(part(message, "chat").get("id"), 100),
        update_id=name_of(update.get("update_id")),
        message_id=name_of(message.get("message_id")),
        order=number_of(message.get("message_id")),
        text=words,
        file_id=file_id,
        album=name_of(message.get("media_group_id"), 100),
        replies_to=name_of(part(message, "reply_to_message").get("message_id")),
        edited=number_of(message.get("edit_date")),
        is_other=not file_id and not text_of(message.get("text")),
    )


def file_of(message):
    """The largest copy of a photo that may be kept, or a picture sent as a file."""
    sizes = [size for size in parts(message, "photo") if number_of(size.get("file_size")) <= MAX_BYTES]
    if sizes:
        return name_of(max(sizes, key=lambda size: number_of(size.get("width"))).get("file_id"), 300)
    document = part(message, "document")
    kind = document.get("mime_type")
    is_picture = isinstance(kind, str) and kind.startswith("image/") and kind != "image/gif"
    return name_of(document.get("file_id"), 300) if is_picture else ""


def blocked(update, member):
    """As if they had written it: nothing is sent there any more."""
    address = name_of(part(member, "chat").get("id"), 100)
    return Incoming(address, name_of(update.get("update_id")), "", 0, text="/berhenti")
