from django.db import migrations

# What has yet to leave by e-mail: of people with an account the notice, of others its words.
WAITING = """
INSERT INTO accounts_dispatch
    (notice_id, channel, address, title, text, path, stop_path, urgency, created_at, due_at, attempts)
SELECT CASE WHEN user_id IS NOT NULL THEN id END, 'email', email, CASE WHEN user_id IS NULL THEN title ELSE '' END,
    CASE WHEN user_id IS NULL THEN text ELSE '' END, CASE WHEN user_id IS NULL THEN path ELSE '' END,
    '', 1, created_at, coalesce(retry_at, created_at), attempts
FROM accounts_notice WHERE by_email AND emailed_at IS NULL
"""
# A notice without a person was a letter; its row, sent or waiting, is no line of an inbox.
LETTERS = "DELETE FROM accounts_notice WHERE user_id IS NULL"

EMAILS = """
UPDATE accounts_notice SET email = accounts_user.email, emailed_at = accounts_notice.created_at
FROM accounts_user WHERE accounts_user.id = user_id
"""
WAITING_AGAIN = """
UPDATE accounts_notice SET emailed_at = NULL, retry_at = due_at, attempts = waiting.attempts
FROM accounts_dispatch waiting
WHERE waiting.notice_id = accounts_notice.id AND channel = 'email' AND sent_at IS NULL AND given_up_at IS NULL
"""
LETTERS_AGAIN = """
INSERT INTO accounts_notice (email, kind, title, text, path, created_at, by_email, attempts, retry_at)
SELECT address, 'membership', title, text, path, created_at, true, attempts, due_at
FROM accounts_dispatch WHERE notice_id IS NULL AND channel = 'email' AND sent_at IS NULL AND given_up_at IS NULL
"""
NO_DISPATCHES = "DELETE FROM accounts_dispatch"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_dispatches"),
    ]

    operations = [
        migrations.RunSQL([WAITING, LETTERS], [EMAILS, WAITING_AGAIN, LETTERS_AGAIN, NO_DISPATCHES]),
    ]
