#!/usr/bin/env bash
# nginx 1.22.1 (Debian 12): an application answers with X-Accel-Redirect to a location that fetches the file elsewhere
# (proxy_pass, such as an object store). The type that reaches the browser is that of the store, but the charset is that of the
# answer which redirected: image/webp becomes "image/webp; charset=utf-8" where that answer was text/html; charset=utf-8, as
# web frameworks make them by default. The type which the application set is dropped. With a type without a charset in the
# redirecting answer the store's type arrives as it is.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download -qq nginx=1.22.1-9+deb12u11
dpkg -x nginx_*.deb tree
version=$("$folder/tree/usr/sbin/nginx" -v 2>&1)
[ "$version" = "nginx version: nginx/1.22.1" ] || { echo "$version is another one"; exit 1; }

cat >"$folder/two.py" <<'PYTHON'
"""The application, which redirects, and the store: both by one server."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from sys import argv


class Both(BaseHTTPRequestHandler):
    def do_GET(self):
        is_store = self.path.startswith("/store/")
        self.send_response(200)
        if is_store:
            self.send_header("Content-Type", "image/webp")
        else:
            self.send_header("Content-Type", self.path[1:].replace("_", " "))
            self.send_header("X-Accel-Redirect", "/files/photo.webp")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *about):
        pass


server = HTTPServer(("127.0.0.1", 0), Both)
with open(argv[1], "w") as port:
    port.write(str(server.server_port))
server.serve_forever()
PYTHON
python3 "$folder/two.py" "$folder/port" &
until [ -s "$folder/port" ]; do sleep 0.1; done
behind=$(cat "$folder/port")

cat >"$folder/nginx.conf" <<CONF
daemon off; pid $folder/pid; error_log stderr crit;
events { worker_connections 32; }
http {
    access_log off; client_body_temp_path $folder/b; proxy_temp_path $folder/p; fastcgi_temp_path $folder/f;
    uwsgi_temp_path $folder/u; scgi_temp_path $folder/s;
    server {
        listen unix:$folder/socket;
        location / { proxy_pass http://127.0.0.1:$behind; }
        location /files/ { internal; proxy_pass http://127.0.0.1:$behind/store/; }
    }
}
CONF
"$folder/tree/usr/sbin/nginx" -e stderr -c "$folder/nginx.conf" &
until [ -S "$folder/socket" ]; do sleep 0.1; done

for type in "text/html;_charset=utf-8" "application/json"; do
  echo "$type > $(curl --silent --head --request GET --unix-socket "$folder/socket" "http://site/$type" \
    | tr -d '\r' | sed -n 's/^Content-Type: //p')"
done | tee "$folder/seen"

diff "$folder/seen" - <<'EXPECTED'
text/html;_charset=utf-8 > image/webp; charset=utf-8
application/json > image/webp
EXPECTED
echo "nginx 1.22.1 behaves as described."
