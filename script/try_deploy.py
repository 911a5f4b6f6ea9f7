"""Carry out docs/deploy.md, command by command, on a bare Debian: `sudo .venv/bin/python -m script.try_deploy`.

The commands are those of the document and nothing else: what is wrong there fails here. A Debian of its own is made in
a folder (mmdebstrap) and booted with systemd in namespaces of this machine: nobody reaches it from outside, and nothing
is left. Commands that fetch something borrow this machine's network. What cannot be as on a machine of its own has a
stand-in, which is told beside the command. It takes some ten minutes and 3 GB; for an operator, not for CI.
"""

import argparse
import contextlib
import os
import pty
import re
import secrets
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENT = PROJECT / "docs" / "deploy.md"
NAME = "kim.kutaikartanegara.go.id"
PATIENCE = 900
# Needed to boot and to be root in; the document says the rest.
INCLUDED = "systemd,systemd-sysv,dbus,sudo,ca-certificates,iproute2,openssl"
BEGINNINGS = ("sudo ", "sudoedit ", "curl ", "cd ", "sed ")
FETCHES = re.compile(r"apt-get|^curl -LsSf|git clone|uv sync|kim-upgrade")

BOOT = r"""
set -e
cd "$1"
unified=$(findmnt -n -o TARGET -t cgroup2 | head -1)
mkdir "$unified/try-deploy-$$"
echo $$ > "$unified/try-deploy-$$/cgroup.procs"
exec unshare --mount --pid --fork --kill-child --uts --ipc --net --cgroup bash -c '
    set -e
    mount --make-rprivate /
    mount --bind . .
    cd "$PWD"
    mount -t proc proc proc
    mount -t sysfs sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    for place in run tmp; do mount -t tmpfs tmpfs $place; done
    mount -t tmpfs -o mode=755 tmpfs dev
    for device in "null 3" "zero 5" "full 7" "random 8" "urandom 9"; do
        set -- $device
        mknod -m 666 dev/$1 c 1 $2
    done
    mknod -m 666 dev/tty c 5 0
    mkdir dev/pts dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
    mount -t tmpfs -o mode=1777 tmpfs dev/shm
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    ip link set lo up
    hostname bare
    mkdir -p former
    pivot_root . former
    umount -l /former
    exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
'
"""


# The document ---------------------------------------------------------------------------------------------------------


@dataclass
class Command:
    section: str
    text: str


def commands_of(document):
    """The commands of its indented blocks, in order; other blocks show files."""
    section, found, before = "", [], ""
    for line in document.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("    ") and before.endswith("\\"):
            found[-1].text = f"{before.removesuffix('\\')}{line.strip()}"
        elif line.startswith("    ") and line.strip().startswith(BEGINNINGS):
            found.append(Command(section, line.strip()))
        before = found[-1].text if found and line.startswith("    ") else ""
    return found


# What cannot be here as on a machine of its own -----------------------------------------------------------------------

LEFT_OUT = {
    r"REASSIGN OWNED": "only for a portal from before there were two roles",
    r"apt-get install certbot": "no authority would sign for this machine",
}
# The command is tried first where `if_it_fails` says so.
CERTIFICATE = f"""
d=/etc/letsencrypt/live/{NAME}; mkdir -p $d && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} \
    -addext subjectAltName=DNS:{NAME} -keyout $d/privkey.pem -out $d/fullchain.pem 2>/dev/null
"""
UV = "install -m 0755 /lent/uv /usr/local/bin/uv && apt-get install python3"


@dataclass
class StandIn:
    pattern: str
    command: str
    why: str
    if_it_fails: bool = False


STAND_INS = [
    StandIn(r"certbot certonly", CERTIFICATE, "a certificate of its own, signed by itself"),
    StandIn(r"^curl .*uv/install", UV, "uv of this machine and Python of Debian: astral.sh was not reached", True),
]


# The machine ----------------------------------------------------------------------------------------------------------


class Machine:
    """A Debian that booted, for as long as `running()` lasts."""

    def __init__(self, root):
        self.root, self.place = root, "/root"
        self.passwords = {"kim": secrets.token_hex(8), "kim_owner": secrets.token_hex(8)}

    def make(self, suite):
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={INCLUDED}", suite, self.root], check=True
        )
        self.write("etc/apt/apt.conf.d/90yes", 'APT::Get::Assume-Yes "true";\nDpkg::Use-Pty "0";\n')
        self.write("etc/hostname", "bare\n")
        self.write("etc/hosts", "127.0.0.1 localhost\n127.0.1.1 bare\n")
        self.lend()
        # What an operator would type into the editor.
        words = [f"s|^SECRET_KEY=$|SECRET_KEY={secrets.token_hex(32)}|", f"s|kim.example.go.id|{NAME}|g"]
        words += [f"s|{role}:CHANGE-ME|{role}:{password}|" for role, password in self.passwords.items()]
        self.write("lent/editor", f'#!/bin/sh\nexec sed -i -e "{'" -e "'.join(words)}" "$@"\n', mode=0o755)

    def lend(self):
        """The portal, how this machine resolves names and whom it trusts, and uv where it is at hand."""
        (self.root / "lent").mkdir()
        portal = self.root / "lent/portal.git"
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", portal], check=True)
        subprocess.run(["git", "-C", PROJECT, "push", "--quiet", portal, f"{commit()}:refs/heads/main"], check=True)
        # As if the release that the document speaks of were out.
        subprocess.run(["git", "-C", portal, "tag", "v1.2.0", "main"], check=True)
        bundle = ["bundle", "create", "--quiet", "../portal.bundle", "HEAD", "main", "v1.2.0"]
        subprocess.run(["git", "-C", portal, *bundle], check=True)
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", self.root / "etc/ssl/certs/ca-certificates.crt")
        self.write(
            "etc/sudoers.d/lent", 'Defaults env_keep += "SSL_CERT_FILE SUDO_EDITOR DEBIAN_FRONTEND"\n', mode=0o440
        )
        uv = shutil.which("uv") or PROJECT / ".local/uv/bin/uv"
        if Path(uv).exists():
            shutil.copy(uv, self.root / "lent/uv")

    def write(self, path, text, mode=0o644):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    @contextlib.contextmanager
    def running(self):
        shell = subprocess.Popen(["bash", "-c", BOOT, "boot", self.root], start_new_session=True)
        try:
            self.pid = self.wait_for_systemd(shell)
            yield self
        finally:
            shell.kill()  # and with it, by --kill-child, all that runs in there
            shell.wait()
            forget_cgroups(f"try-deploy-{shell.pid}")

    def wait_for_systemd(self, shell):
        for _second in range(60):
            if shell.poll() is not None:
                raise SystemExit("systemd cannot be booted in namespaces here.")
            children = Path(f"/proc/{shell.pid}/task/{shell.pid}/children").read_text().split()
            for pid in children:
                inside = ["nsenter", "-t", pid, "-a", "systemctl", "is-system-running"]
                said = subprocess.run(inside, capture_output=True, text=True).stdout.strip()
                if said in ("running", "degraded"):
                    return pid
            time.sleep(1)
        raise SystemExit("systemd did not come up within a minute.")

    def run(self, command, answers=()):
        """(exit code, output) of a command in there, as root; whatever it asks for is answered."""
        spaces = ["-m", "-p", "-u", "-i", "-C"] if FETCHES.search(command) else ["-a"]
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "TERM": "dumb",
            "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", "SUDO_EDITOR": "/lent/editor",
            "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt",
        }  # fmt: skip
        inside = f"set -o pipefail; cd {shlex.quote(self.place)} && {command}"
        return at_a_terminal(["nsenter", "-t", self.pid, *spaces, "bash", "-c", inside], environment, answers)


def forget_cgroups(name):
    """Empty as soon as the last process of it is gone."""
    for _second in range(10):
        left = sorted(Path("/sys/fs/cgroup").glob(f"**/{name}/**/"), reverse=True)
        if not left:
            return
        for cgroup in left:
            with contextlib.suppress(OSError):
                cgroup.rmdir()
        time.sleep(1)


def commit():
    """This folder as it is: what is not committed yet comes along, as long as git knows the file."""
    for asked in (["stash", "create"], ["rev-parse", "HEAD"]):
        found = subprocess.run(
            ["git", "-C", PROJECT, *asked], check=True, capture_output=True, text=True
        ).stdout.strip()
        if found:
            return found
    return ""


def at_a_terminal(command, environment, answers):
    """Passwords are asked for at a terminal, and never read before they are asked for."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment)  # noqa: S606
    said, answers, end = b"", list(answers), time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            try:
                some = os.read(terminal, 65536)
            except OSError:  # the other end is closed
                break
            said += some
            if answers and said.rstrip().endswith(b":"):
                time.sleep(0.2)
                os.write(terminal, f"{answers.pop(0)}\n".encode())
                said += b"\n"
    else:
        os.kill(pid, 9)
    _pid, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said.decode(errors="replace").replace("\r", "")


# The trial ------------------------------------------------------------------------------------------------------------


class Trial:
    def __init__(self, machine):
        self.machine, self.rows = machine, []

    def carry_out(self, commands):
        for command in commands:
            self.prepare(command)
            began = time.monotonic()
            held, how = self.one(command.text)
            self.tell(command.section, command.text, held, f"{how} {time.monotonic() - began:.0f} s")
            if held is False:
                return
            self.check(command)

    def one(self, text):
        for pattern, why in LEFT_OUT.items():
            if re.search(pattern, text):
                return None, f"left out: {why};"
        if "createuser" in text and text in (what for _section, what, _held in self.rows):
            return None, "left out: it is there already;"
        stand_in = next((one for one in STAND_INS if re.search(one.pattern, text)), None)
        if text.startswith("cd "):
            self.machine.place = text.removeprefix("cd ")
            return True, ""
        if not stand_in or stand_in.if_it_fails:
            code, said = self.machine.run(self.filled_in(text), self.answers(text))
            if not code or not stand_in:
                return self.judged(code, said), ""
        code, said = self.machine.run(stand_in.command)
        return self.judged(code, said), f"instead: {stand_in.why};"

    def judged(self, code, said):
        if code:
            print(*said.strip().splitlines()[-25:], sep="\n    ", flush=True)
        return not code

    def filled_in(self, text):
        """What the document leaves to whoever reads it."""
        text = text.replace("<repository>", "/lent/portal.bundle")
        if "-g 7f3a92c1" in text:
            text = text.replace("7f3a92c1", self.refused_one())
        if "--type=time" in text:
            text = re.sub(r"--target='[^']+'", f"--target='{self.moment}'", text)
        if match := re.search(r"/var/backups/kim/\d\S+", text):
            _code, said = self.machine.run("ls -d /var/backups/kim/2* | tail -1")
            text = text.replace(match[0], said.strip())
        return text

    def answers(self, text):
        if "--pwprompt" in text:
            return [self.machine.passwords[text.split()[-1]]] * 2
        if "createsuperuser" in text:
            return ["operator@kim.example.go.id", "Operator", *[secrets.token_urlsafe(16)] * 2]
        return []

    def refused_one(self):
        """The short code of a request that left a line in the log."""
        _code, said = self.machine.run(f"{ask('/tidak-ada/')} -D - -o /dev/null")
        return re.search(r"(?i)^x-request-id: (\w{8})", said, re.M)[1]

    def prepare(self, command):
        """A restore is tried where nothing is left of the portal but its backup, or after a mistake."""
        if "--type=time" in command.text:
            self.machine.run("systemctl start postgresql && sleep 2")
            self.moment = self.machine.run("date '+%F %T%:z'")[1].strip()
            deed = "sleep 2; sudo -u postgres psql -q kim -c 'DROP TABLE regions_region CASCADE'"
            self.tell("a mistake", deed, self.judged(*self.machine.run(deed)), "")
            self.machine.run("systemctl stop postgresql 'postgresql@*'")
        if "kim-owner restore /" in command.text:
            self.before = self.page()
            made = next(one.text for one in commands_of(DOCUMENT.read_text()) if "createdb --owner" in one.text)
            folder = "install -d -o kim -g kim -m 0750 /var/lib/kim/media"
            for deed in (
                "systemctl stop kim kim-worker kim-tick", "sudo -u postgres dropdb kim", made,
                f"mv /var/lib/kim/media /var/lib/kim/lost && {folder}",
            ):  # fmt: skip
                self.tell("a loss", deed, self.judged(*self.machine.run(deed)), "")

    def check(self, command):
        """What must be true by now."""
        if "systemctl reload nginx" in command.text or command.text.startswith("sudo kim-upgrade"):
            self.see_pages()
        if command.section == "Backups" and "grant_rights" in command.text:
            self.machine.run("systemctl start kim kim-worker kim-tick")
            self.see_pages()
            self.expect("the page is the one from before the loss", self.page() == self.before)
        if command.section == "Back to any moment" and "systemctl start postgresql kim" in command.text:
            self.see_pages()
            self.expect("the page is the one from before the mistake", self.page() == self.before)
        if "restore_drill" in command.text:
            code, _said = self.machine.run("systemctl start kim-backup.service kim-drill.service")
            self.expect("the services of the timers do the same", not code)

    def see_pages(self):
        self.expect("/readyz answers, of gunicorn", self.answered("curl -s http://127.0.0.1:8000/readyz", "ok"))
        self.expect("a page comes through nginx", "<title>" in self.page())
        status = "-o /dev/null -w '%{http_code}'"
        self.expect(
            "numbers are told to this machine", self.answered("curl -s http://127.0.0.1:8000/metrics", "kim_ready")
        )
        self.expect("and not through nginx", self.answered(f"{ask('/metrics')} {status}", "404"))
        code, said = self.machine.run("systemctl list-units --failed --no-legend --plain 'kim*' 'nginx*' 'postgresql*'")
        self.expect(f"no service failed {said.strip()}".strip(), not code and not said.strip())

    def page(self):
        return self.machine.run(ask("/wilayah/"))[1]

    def answered(self, command, words):
        for _attempt in range(20):
            code, said = self.machine.run(command)
            if not code and words in said:
                return True
            time.sleep(1)
        return self.judged(1, said)

    def expect(self, what, held):
        self.tell("then", what, held, "")

    def tell(self, section, what, held, how):
        self.rows.append((section, what, held))
        word = {True: "held", False: "FAILED", None: "-"}[held]
        print(f"{word:<7}{section:<19}{what}   {how}".rstrip(), flush=True)


def ask(path):
    return f"curl --resolve {NAME}:443:127.0.0.1 -s -k https://{NAME}{path}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", default="trixie", help="the Debian to take; the default is %(default)s")
    parser.add_argument("--without", default="", metavar="WORDS", help="leave out commands that hold these words")
    options = parser.parse_args()
    if os.geteuid() or not shutil.which("mmdebstrap"):
        raise SystemExit("This needs root, and mmdebstrap: apt-get install mmdebstrap.")
    commands = commands_of(DOCUMENT.read_text())
    if options.without:
        LEFT_OUT[re.escape(options.without)] = "by --without"
    root = Path(tempfile.mkdtemp(prefix="kim-bare-", dir="/var/tmp"))
    try:
        machine = Machine(root / "root")
        machine.make(options.suite)
        with machine.running():
            trial = Trial(machine)
            machine.run("apt-get update")  # as its installer leaves it
            trial.carry_out(commands)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    failed = [row for row in trial.rows if row[2] is False]
    print(f"\n{len(trial.rows)} commands and checks on {options.suite}, {len(failed)} failed.")
    print("Not as on a machine of its own: its network, its certificate, and timers that nobody waited for.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
