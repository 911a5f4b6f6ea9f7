"""Browsers old and new behind one small door: each opens a page and runs a script in it, and nothing else.

Chromium is spoken to in its DevTools protocol over a pipe, which the oldest of them knows; Firefox in Marionette;
WebKitGTK by its WebDriver. Old Chromium comes from npm, where it was packed for servers; the other two are Debian's.
"""

import contextlib
import itertools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

import brotli
import httpx

# When an engine is given up: far longer than a busy machine needs.
PATIENCE = 60
# The window of a telephone.
WIDTH, HEIGHT = 360, 740
# What npm packs of them, by the version of the browser.
PACKED = {
    71: ("chrome-aws-lambda", "1.9.1"),
    83: ("chrome-aws-lambda", "5.0.0"),
    92: ("chrome-aws-lambda", "10.1.0"),
    111: ("@sparticuz/chromium", "111.0.0"),
}
MINIBROWSERS = ["/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/lib/*/webkit2gtk-4.0/MiniBrowser"]


class NotHere(Exception):
    """This engine is not on this machine, and cannot be brought."""


class Trouble(Exception):
    """What an engine said instead of an answer."""


class Engine:
    """`run(words)` is the value of a body of an async function, carried out in the page."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.log = open(Path(self.folder.name) / "log", "wb")  # noqa: SIM115, closed with the engine

    def started(self, command, **facts):
        return subprocess.Popen(command, stdout=self.log, stderr=self.log, start_new_session=True, **facts)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)
        self.log.close()
        self.folder.cleanup()

    def wait(self, words, patience=PATIENCE):
        """Until an expression is true. A page that goes away in between is asked again."""
        until = time.monotonic() + patience
        while True:
            with contextlib.suppress(Trouble):
                if self.run(f"return !!(await ({words}))"):
                    return
            if time.monotonic() > until:
                raise Trouble(f"never came true: {words}")
            time.sleep(0.1)


class Chromium(Engine):
    def __init__(self, program):
        super().__init__()
        self.numbers = itertools.count(1)
        (theirs, self.told), (self.heard, back) = os.pipe(), os.pipe()
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        options += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
        options += ["--no-zygote"] if "lambda" in str(program) else []
        options += [f"--user-data-dir={self.folder.name}/profile", f"--window-size={WIDTH},{HEIGHT}"]
        options += ["--remote-debugging-pipe", "about:blank"]
        # It reads from 3 and writes to 4.
        command = [
            "bash",
            "-c",
            'exec 3<&"$0" 4>&"$1"; shift; exec "$@"',
            str(theirs),
            str(back),
            str(program),
            *options,
        ]
        self.process = self.started(command, pass_fds=(theirs, back))
        os.close(theirs), os.close(back)
        self.left = b""
        page = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        screen = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": True}
        self.ask("Emulation.setDeviceMetricsOverride", **screen)
        self.ask("Page.enable")

    session = None

    def open(self, url):
        self.ask("Page.navigate", url=url)

    def run(self, words):
        expression = f"(async () => {{ {words} }})()"
        told = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            details = told["exceptionDetails"]
            raise Trouble(details.get("exception", {}).get("description", details["text"]))
        return told["result"].get("value")

    def picture(self):
        return self.ask("Page.captureScreenshot")["data"]

    def ask(self, method, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        message |= {"sessionId": self.session} if self.session else {}
        try:
            os.write(self.told, json.dumps(message).encode() + b"\0")
        except BrokenPipeError:
            lost()
        while True:
            answer = self.next_message()
            if answer.get("id") == number:
                if "error" in answer:
                    raise Trouble(answer["error"]["message"])
                return answer["result"]

    def next_message(self):
        while b"\0" not in self.left:
            if not select.select([self.heard], [], [], PATIENCE * 2)[0]:
                raise Trouble("no answer")
            came = os.read(self.heard, 65536)
            if not came:
                raise Trouble("the browser ended")
            self.left += came
        message, _, self.left = self.left.partition(b"\0")
        return json.loads(message)

    def __exit__(self, *_):
        super().__exit__()
        os.close(self.told), os.close(self.heard)


class WebDriver(Engine):
    """What Firefox and WebKitGTK have in common: `ask(name, params)`."""

    def run(self, words):
        after = ".then((value) => done([value]), (error) => done(String(error)))"
        script = f"const done = arguments[0]; (async () => {{ {words} }})(){after}"
        told = self.ask("script", {"script": script, "args": []})
        if not isinstance(told, list):  # its own words, or nothing where the page went away meanwhile
            raise Trouble(told or "no answer")
        return told[0]

    def open(self, url):
        self.ask("open", {"url": url})

    def picture(self):
        return self.ask("picture", {})


class Firefox(WebDriver):
    COMMANDS = {
        "open": "WebDriver:Navigate",
        "script": "WebDriver:ExecuteAsyncScript",
        "picture": "WebDriver:TakeScreenshot",
    }

    def __init__(self, program):
        super().__init__()
        port = free_port()
        profile = Path(self.folder.name) / "profile"
        profile.mkdir()
        # Nothing of its own is fetched, and beforeunload asks nobody.
        (profile / "user.js").write_text(
            f'user_pref("marionette.port", {port});\n'
            'user_pref("app.update.enabled", false);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
            'user_pref("browser.shell.checkDefaultBrowser", false);\nuser_pref("dom.disable_beforeunload", true);\n'
        )
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        command += [f"--width={WIDTH}", f"--height={HEIGHT}", "about:blank"]
        self.process = self.started(command, env=os.environ | {"HOME": self.folder.name})
        self.line = connected(port, self.process)
        self.read()
        self.numbers = itertools.count(1)
        self.command("WebDriver:NewSession", {"unhandledPromptBehavior": "accept", "timeouts": timeouts()})
        self.command("WebDriver:SetWindowRect", {"width": WIDTH, "height": HEIGHT})

    def ask(self, name, params):
        return self.command(self.COMMANDS[name], params)

    def command(self, name, params):
        message = json.dumps([0, next(self.numbers), name, params])
        self.line.sendall(f"{len(message.encode())}:{message}".encode())
        _, _, error, result = self.read()
        if error:
            raise Trouble(error["message"])
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def read(self):
        size = b""
        while not size.endswith(b":"):
            size += self.line.recv(1) or lost()
        body = b""
        while len(body) < int(size[:-1]):
            body += self.line.recv(65536) or lost()
        return json.loads(body)

    def __exit__(self, *_):
        self.line.close()
        super().__exit__()


class WebKit(WebDriver):
    PLACES = {"open": "url", "script": "execute/async"}

    def __init__(self, program):
        super().__init__()
        port = free_port()
        place = {"XDG_DATA_HOME": self.folder.name, "XDG_CACHE_HOME": self.folder.name, "HOME": self.folder.name}
        self.screen = Screen()
        place |= {"DISPLAY": self.screen.name, "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "GDK_BACKEND": "x11"}
        place |= {"NO_AT_BRIDGE": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        self.process = self.started([program, f"--port={port}"], env=os.environ | place)
        connected(port, self.process).close()
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE * 2)
        wanted = {"webkitgtk:browserOptions": {"binary": minibrowser(), "args": ["--automation"]}}
        wanted |= {"timeouts": timeouts(), "unhandledPromptBehavior": "accept"}
        told = self.send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{told['sessionId']}"
        self.send("POST", f"{self.session}/window/rect", {"width": WIDTH, "height": HEIGHT})

    def ask(self, name, params):
        if name == "picture":
            return self.send("GET", f"{self.session}/screenshot")
        return self.send("POST", f"{self.session}/{self.PLACES[name]}", params)

    def send(self, method, path, params=None):
        told = self.client.request(method, path, json=params).json()["value"]
        if isinstance(told, dict) and "error" in told:
            raise Trouble(told["message"] or told["error"])
        return told

    def __exit__(self, *_):
        with contextlib.suppress(Trouble, httpx.HTTPError):
            self.send("DELETE", self.session)
        self.client.close()
        super().__exit__()
        end(self.screen.process)


class Screen:
    """A display that nobody sees; Xvfb says which it took."""

    def __init__(self):
        told, back = os.pipe()
        command = ["Xvfb", "-displayfd", str(back), "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
        quiet = {"stderr": subprocess.DEVNULL, "start_new_session": True}
        self.process = subprocess.Popen(command, pass_fds=(back,), **quiet)
        os.close(back)
        with open(told) as file:
            self.name = f":{file.readline().strip()}"


def lost():
    raise Trouble("the browser ended")


def end(process):
    """With all that it started, which is a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def timeouts():
    return {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000}


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def connected(port, process):
    until = time.monotonic() + PATIENCE
    while True:
        try:
            line = socket.create_connection(("127.0.0.1", port))
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise Trouble("the browser did not start") from None
            time.sleep(0.1)
        else:
            line.settimeout(PATIENCE * 2)
            return line


# Where they are -------------------------------------------------------------------------------------------------------


def firefox():
    return Firefox(found("firefox-esr", "firefox"))


def webkit():
    found("Xvfb")
    minibrowser()
    return WebKit(found("WebKitWebDriver"))


def chromium():
    return Chromium(found("chromium", "chromium-browser", "google-chrome"))


def old_chromium(version, folder):
    return Chromium(brought(version, folder))


def found(*names):
    program = next(filter(None, map(shutil.which, names)), None)
    if not program:
        raise NotHere(f"no {names[0]} here")
    return program


def minibrowser():
    places = [str(path) for pattern in MINIBROWSERS for path in Path("/").glob(pattern[1:])]
    if not places:
        raise NotHere("no MiniBrowser of WebKitGTK here")
    return places[0]


def brought(version, folder):
    """The program of an old Chromium, fetched by npm once and kept in the folder."""
    package, number = PACKED[version]
    program = folder / f"chromium-{version}-lambda" / "chromium"
    if program.exists():
        return program
    found("npm")
    with tempfile.TemporaryDirectory() as packed:
        fetched = subprocess.run(
            ["npm", "pack", "--silent", f"{package}@{number}"], cwd=packed, capture_output=True, text=True, check=False
        )
        archives = list(Path(packed).glob("*.tgz"))
        if not archives:
            raise NotHere(f"npm does not bring {package} {number}: {fetched.stderr.strip()[-200:]}")
        with tarfile.open(archives[0]) as archive:
            (member,) = [one for one in archive if "/bin/chromium" in one.name and one.name.endswith(".br")]
            program.parent.mkdir(parents=True, exist_ok=True)
            draft = program.with_suffix(".draft")
            draft.write_bytes(brotli.decompress(archive.extractfile(member).read()))
    draft.chmod(0o755)
    return draft.rename(program)
