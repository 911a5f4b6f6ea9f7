"""Services of chats on loopback, as far as the portal speaks to them: what they were told and answer next."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from bench.server import free_port

BOT_TOKEN = "123456:abcDEF_token-of-tests"
WEBHOOK_SECRET = "rahasia-webhook-2026"


class Service(ThreadingHTTPServer):
    """`said` is what was written into chats; `files` are bytes by their id; `answers` come before anything else."""

    daemon_threads = True

    def __init__(self, handler):
        super().__init__(("127.0.0.1", free_port()), handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.said, self.files, self.answers, self.asked = [], {}, [], []
        Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Answering(BaseHTTPRequestHandler):
    def answer(self, status, content):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def facts(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")

    def log_message(self, *args):
        pass


class BotApi(Answering):
    """The Bot API: methods below /bot<token>/, files below /file/bot<token>/."""

    def do_POST(self):
        facts, path = self.facts(), urlsplit(self.path).path
        self.server.asked.append((path, facts))
        if not path.startswith(f"/bot{BOT_TOKEN}/"):
            return self.answer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        if self.server.answers:
            status, content = self.server.answers.pop(0)
            return self.answer(status, content)
        return self.answer(200, {"ok": True, "result": self.result(path.rpartition("/")[2], facts)})

    def result(self, method, facts):
        if method == "getFile":
            return {"file_id": facts["file_id"], "file_path": f"photos/{facts['file_id']}.jpg"}
        if method == "sendMessage":
            quotes = facts.get("reply_parameters", {}).get("message_id")
            self.server.said.append((str(facts["chat_id"]), facts["text"], quotes))
            return {"message_id": 9000 + len(self.server.said)}
        return {}

    def do_GET(self):
        name = self.path.rpartition("/")[2].removesuffix(".jpg")
        is_known = self.path.startswith(f"/file/bot{BOT_TOKEN}/photos/") and name in self.server.files
        self.answer(*(200, self.server.files[name]) if is_known else (404, {"ok": False}))


class CloudApi(Answering):
    """WhatsApp's Cloud API: messages of a number, and media by their id, each with the token in a header."""

    def do_POST(self):
        facts = self.facts()
        self.server.asked.append((self.path, facts, self.headers.get("Authorization")))
        if self.server.answers:
            status, content = self.server.answers.pop(0)
            return self.answer(status, content)
        self.server.said.append((facts["to"], facts["text"]["body"], facts.get("context", {}).get("message_id")))
        return self.answer(200, {"messages": [{"id": f"wamid.{len(self.server.said)}"}]})

    def do_GET(self):
        name = self.path.rpartition("/")[2]
        if self.headers.get("Authorization") != "Bearer kunci" or name not in self.server.files:
            return self.answer(404, {"error": {"code": 100}})
        if self.path.startswith("/media/"):
            return self.answer(200, self.server.files[name])
        return self.answer(200, {"url": f"{self.server.origin}/media/{name}", "mime_type": "image/jpeg"})
