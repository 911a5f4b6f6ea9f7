"""Batik covers for posts without a photo: drawn from the sector and a number, the same for the same two."""

import random

WIDTH, HEIGHT = 640, 400

# Ground, motif, accent.
PALETTES = {
    "pemerintahan-layanan-publik": ("#0a489f", "#629cef", "#eff5fd"),
    "ekonomi-umkm": ("#7a3b0c", "#d59a5b", "#fbeedb"),
    "pertanian-perikanan": ("#2f5d34", "#8fb573", "#f0f5e4"),
    "kesehatan": ("#0b6b6b", "#6fc0b8", "#e8f7f4"),
    "pendidikan-literasi-digital": ("#022a5b", "#196bcd", "#eff5fd"),
    "sosial-budaya": ("#6b1f2a", "#c9737a", "#faeaea"),
    "pariwisata": ("#0956c3", "#f0b35a", "#eff5fd"),
    "lingkungan-kebencanaan": ("#24463a", "#7fae8f", "#e9f2ec"),
}


def kawung(motif, accent, size):
    """Four palm-fruit ovals around a point."""
    half, reach, thin = size / 2, size / 4, size / 9
    ovals = "".join(
        f'<ellipse cx="{half}" cy="{reach}" rx="{thin}" ry="{reach * 0.8}" transform="rotate({turn} {half} {half})"/>'
        for turn in (45, 135, 225, 315)
    )
    dot = size / 22
    return f'<g fill="{motif}">{ovals}</g><circle cx="{half}" cy="{half}" r="{dot}" fill="{accent}"/>'


def parang(motif, accent, size):
    """A knife-edged wave, repeated on the diagonal."""
    s = size
    return (
        f'<path fill="{motif}" d="M0 {s * 0.5}Q{s * 0.25} {s * 0.05} {s * 0.5} {s * 0.5}T{s} {s * 0.5}V{s * 0.72}'
        f'Q{s * 0.75} {s * 1.1} {s * 0.5} {s * 0.72}T0 {s * 0.72}Z"/>'
        f'<circle cx="{s * 0.25}" cy="{s * 0.18}" r="{s / 16}" fill="{accent}"/>'
    )


def truntum(motif, accent, size):
    """A small star of eight petals."""
    half = size / 2
    petals = "".join(
        f'<ellipse cx="{half}" cy="{half * 0.55}" rx="{size / 18}" ry="{size / 7}" '
        f'transform="rotate({turn} {half} {half})"/>'
        for turn in range(0, 360, 45)
    )
    corners = "".join(f'<circle cx="{x}" cy="{y}" r="{size / 20}"/>' for x in (0, size) for y in (0, size))
    heart = f'<circle cx="{half}" cy="{half}" r="{size / 14}"/>'
    return f'<g fill="{motif}">{petals}</g><g fill="{accent}">{corners}{heart}</g>'


def mega_mendung(motif, accent, size):
    """Clouds within clouds."""
    s = size
    cloud = f"M0 {s * 0.8}Q{s * 0.1} {s * 0.45} {s * 0.35} {s * 0.5}Q{s * 0.5} {s * 0.1} {s * 0.7} {s * 0.5}"
    cloud += f"Q{s * 0.95} {s * 0.45} {s} {s * 0.8}"
    return (
        f'<path d="{cloud}" fill="none" stroke="{motif}" stroke-width="{s / 10}"/>'
        f'<path d="{cloud}" fill="none" stroke="{accent}" stroke-width="{s / 40}" transform="translate(0 {s / 6})"/>'
    )


def ceplok(motif, accent, size):
    """A rosette in a square that stands on its corner."""
    half, side, tip = size / 2, size / 4.4, size / 10
    petals = "".join(
        f'<path d="M{half} {half}Q{half - side} {side} {half} {tip}Q{half + side} {side} {half} {half}Z" '
        f'transform="rotate({turn} {half} {half})"/>'
        for turn in (0, 90, 180, 270)
    )
    frame = f"M{half} 0L{size} {half}L{half} {size}L0 {half}Z"
    return (
        f'<path d="{frame}" fill="none" stroke="{accent}" stroke-width="{size / 40}"/><g fill="{motif}">{petals}</g>'
        f'<circle cx="{half}" cy="{half}" r="{size / 14}" fill="{accent}"/>'
    )


def tumpal(motif, accent, size):
    """A row of tall triangles, bamboo shoots, with a smaller one in each."""
    s = size
    return (
        f'<path fill="{motif}" d="M0 {s * 0.9}L{s / 2} {s * 0.1}L{s} {s * 0.9}Z"/>'
        f'<path fill="{accent}" d="M{s * 0.36} {s * 0.8}L{s / 2} {s * 0.5}L{s * 0.64} {s * 0.8}Z"/>'
        f'<circle cx="0" cy="{s * 0.3}" r="{s / 18}" fill="{accent}"/><circle cx="{s}" cy="{s * 0.3}" r="{s / 18}" '
        f'fill="{accent}"/>'
    )


def gringsing(motif, accent, size):
    """Fish scales, row upon row, a dot in each."""
    half, thin = size / 2, size / 26
    centres = ((half, half), (0, size), (size, size), (0, 0), (size, 0))
    scales = "".join(f'<circle cx="{x}" cy="{y}" r="{half * 0.92}"/>' for x, y in centres)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="{size / 13}"/>' for x, y in centres)
    return f'<g fill="none" stroke="{motif}" stroke-width="{thin}">{scales}</g><g fill="{accent}">{dots}</g>'


def lereng(motif, accent, size):
    """A slope: bands that part a row of small flowers."""
    s, band = size, size / 9
    flower = "".join(
        f'<circle cx="{x * s}" cy="{y * s}" r="{s / 13}"/>'
        for x, y in ((0.5, 0.26), (0.4, 0.36), (0.6, 0.36), (0.5, 0.46))
    )
    return (
        f'<path d="M0 {s * 0.72}H{s}M0 {s * 0.92}H{s}" stroke="{motif}" stroke-width="{band}" fill="none"/>'
        f'<g fill="{motif}">{flower}</g><circle cx="{s * 0.5}" cy="{s * 0.36}" r="{s / 22}" fill="{accent}"/>'
    )


MOTIFS = (kawung, parang, truntum, mega_mendung, ceplok, tumpal, gringsing, lereng)


def cover_svg(sector, seed):
    """An SVG of at most 4 KB that works cropped to a square or a strip; any slug of a sector has a stable cover."""
    draw = random.Random(f"{sector}-{seed}")
    known = list(PALETTES)
    key = sector if sector in PALETTES else known[sum(sector.encode()) % len(known)]
    ground, motif, accent = PALETTES[key]
    size = draw.choice((64, 72, 88, 104))
    turn = draw.choice((0, 30, 45, 60))
    pattern = MOTIFS[(known.index(key) + seed) % len(MOTIFS)](motif, accent, size)
    x, y = draw.randint(120, 520), draw.randint(90, 310)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice">'
        f'<defs><pattern id="b" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})">{pattern}</pattern></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#b)" opacity=".55"/>'
        f'<circle cx="{x}" cy="{y}" r="{draw.randint(120, 190)}" fill="{ground}" opacity=".5"/>'
        f"</svg>"
    )
