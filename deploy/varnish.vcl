# Varnish before the portal: /etc/varnish/default.vcl (docs/deploy.md), with varnish-modules.
#
# It keeps a page until the portal says that something on it changed (EDGES), and not a moment longer. A purge misses
# what is still being rendered, so the moment of each is remembered, and an answer that was asked for before it is given
# to who asked and kept for nobody. Tried by tests/kimportal/test_edge.py with a real Varnish and a slow portal.

vcl 4.1;

import std;
import var;
import xkey;

backend portal {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 60s;
    .probe = { .url = "/healthz"; .interval = 2s; .timeout = 1s; .window = 4; .threshold = 2; }
}

# Who may say that something changed: the hosts of the portal.
acl portals {
    "127.0.0.1";
    "::1";
}

# The first key of X-Keys was purged now; the rest stays in X-Keys. Moments are remembered for all keys that begin alike:
# now and then a page more is not kept than must be.
sub remember_one {
    if (req.http.X-Keys ~ "^[0-9a-f]") {
        var.global_set(regsub(req.http.X-Keys, "^(..).*$", "\1"), std.time2real(now, 0.0));
        set req.http.X-Keys = regsub(req.http.X-Keys, "^\S+\s*", "");
    }
}

# X-Late: whether the first key of X-Keys was purged since the portal was asked.
sub look_at_one {
    if (bereq.http.X-Keys ~ "^[0-9a-f]") {
        if (std.real(var.global_get(regsub(bereq.http.X-Keys, "^(..).*$", "\1")), 0.0) >= var.get_real("asked")) {
            set bereq.http.X-Late = "1";
        }
        set bereq.http.X-Keys = regsub(bereq.http.X-Keys, "^\S+\s*", "");
    }
}

sub vcl_recv {
    unset req.http.X-Keys;
    if (req.method == "PURGE") {
        if (client.ip !~ portals) {
            return (synth(405));
        }
        set req.http.X-Keys = req.http.xkey-purge;
        call remember_one; call remember_one; call remember_one; call remember_one;
        call remember_one; call remember_one; call remember_one; call remember_one;
        call remember_one; call remember_one; call remember_one; call remember_one;
        if (xkey.purge(req.http.xkey-purge) >= 0) {
            return (synth(200));
        }
    }
    # One spelling of what matters: the portal keeps a page plain and zipped.
    if (req.http.Accept-Encoding ~ "gzip") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # While the portal is down what was kept is shown for an hour more, and nothing that was purged.
    if (std.healthy(portal)) {
        set req.grace = 0s;
    }
    # Cookies do not matter here: the portal marks only those answers that never read one.
    return (hash);
}

sub vcl_backend_fetch {
    var.set_real("asked", std.time2real(now, 0.0));
}

sub vcl_backend_response {
    set beresp.grace = 1h;
    set beresp.keep = 0s;
    if (beresp.http.Surrogate-Control ~ "max-age=\d+" && (beresp.status == 200 || beresp.status == 304)) {
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^.*max-age=(\d+).*$", "\1s"), 0s);
        set bereq.http.X-Keys = beresp.http.xkey;
        call look_at_one; call look_at_one; call look_at_one; call look_at_one;
        call look_at_one; call look_at_one; call look_at_one; call look_at_one;
        call look_at_one; call look_at_one; call look_at_one; call look_at_one;
        # More keys than are looked at, or one that was purged meanwhile.
        if (bereq.http.X-Late || bereq.http.X-Keys ~ "\S") {
            set beresp.ttl = 0s;
            set beresp.grace = 0s;
        }
        return (deliver);
    }
    if (bereq.url !~ "^/static/" || beresp.status != 200) {
        set beresp.ttl = 60s;
        set beresp.uncacheable = true;
        return (deliver);
    }
}

# The portal does not answer: what nginx says then, deploy/nginx.conf with the same headers.
sub vcl_backend_error {
    set beresp.status = 503;
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "private, no-store";
    set beresp.http.Retry-After = "30";
    set beresp.http.Content-Security-Policy = "default-src 'none'; style-src 'sha256-x0HqFB0Ij4iNSzmBzMrpThbOfVypqP24NpGTTv3Gh9I='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    set beresp.http.X-Content-Type-Options = "nosniff";
    set beresp.http.X-Frame-Options = "DENY";
    set beresp.http.Referrer-Policy = "strict-origin-when-cross-origin";
    set beresp.body = std.fileread("/srv/kim/portal/deploy/errors/unavailable.html");
    return (deliver);
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Control;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    # What a browser may keep, it may keep from now on.
    unset resp.http.Age;
}
