"""Pictures for the demonstration data, drawn by code: flat scenes of village life in layers of light.

Each is the same for the same motif and seed. A scene is a sky, hills and a ground, then what the motif needs.
"""

import math
import random

from PIL import Image, ImageDraw

SCALE = 2  # drawn twice as large and reduced, for smooth edges

# Sky above, sky below, far hills, near hills, ground, dark, light, warm, cool
LIGHTS = [
    ("#8ec5f0", "#e9f4fb", "#a9c7b0", "#5f9a6b", "#86b86a", "#24382b", "#fffaf0", "#d9582b", "#1b6bb8"),  # morning
    ("#f6b26b", "#fde7c8", "#c98f6b", "#8a5a44", "#b9844f", "#3b2418", "#fff4e0", "#b3361d", "#34607a"),  # evening
    ("#5aa9d6", "#d8eef7", "#7fb3a6", "#3f7f63", "#6fa35a", "#1d3127", "#ffffff", "#e07a2f", "#14507f"),  # noon
    ("#9fb4c6", "#e8edf1", "#9aa9a8", "#687f78", "#8d9f83", "#2b3433", "#f6f6f1", "#c4623a", "#4a6a86"),  # overcast
]
SKINS = ["#8d5a3a", "#a56b45", "#7a4a2e", "#b57a52"]
CLOTHES = ["#c0392b", "#1b6bb8", "#e2a32d", "#2f7d4f", "#7b3f8c", "#e9e3d5", "#d9582b", "#22577a", "#9c2f4f"]


class Scene:
    """A canvas 960 by 640 with the light of one hour; lengths are in those units."""

    WIDTH, HEIGHT = 960, 640

    def __init__(self, motif, seed):
        self.draw_lots = random.Random(f"{motif}-{seed}")
        names = ("high", "low", "far", "near", "ground", "dark", "light", "warm", "cool")
        for name, colour in zip(names, self.draw_lots.choice(LIGHTS), strict=True):
            setattr(self, name, colour)
        self.image = Image.new("RGB", (self.WIDTH * SCALE, self.HEIGHT * SCALE), self.low)
        self.pen = ImageDraw.Draw(self.image)

    # Strokes

    def shape(self, points, fill):
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, x, y, width, height, fill, radius=0):
        corners = (x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE)
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def disc(self, x, y, rx, fill, ry=None):
        ry = ry or rx
        self.pen.ellipse(((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE), fill=fill)

    def line(self, points, fill, width):
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=int(width * SCALE), joint="curve")

    def curve(self, base, height, waves, fill):
        """A line of hills: everything below a soft wave."""
        shift = self.draw_lots.uniform(0, math.tau)
        tops = [
            (x, base - height * (0.5 + 0.35 * math.sin(x / 960 * math.tau * waves + shift) + 0.15 * math.sin(x / 61)))
            for x in range(0, 961, 12)
        ]
        self.shape([*tops, (960, 640), (0, 640)], fill)

    # What every scene has

    def sky(self):
        for row in range(0, 420, 4):
            self.box(0, row, 960, 5, mixed(self.high, self.low, row / 420))
        self.disc(
            self.draw_lots.randint(120, 840), self.draw_lots.randint(70, 170), 44, mixed(self.low, "#fff6d8", 0.8)
        )
        for _ in range(self.draw_lots.randint(2, 4)):
            x, y = self.draw_lots.randint(60, 900), self.draw_lots.randint(50, 190)
            for dx, size in ((-38, 18), (-10, 28), (22, 22), (46, 14)):
                self.disc(x + dx, y, size, mixed(self.low, "#ffffff", 0.7), size * 0.6)

    def mountain(self):
        x, width = self.draw_lots.randint(180, 780), self.draw_lots.randint(240, 380)
        top = self.draw_lots.randint(140, 210)
        colour = mixed(self.far, self.high, 0.45)
        self.shape([(x - width, 400), (x - 26, top), (x + 26, top), (x + width, 400)], colour)
        self.shape([(x + 26, top), (x + width, 400), (x + 60, 400)], mixed(colour, self.dark, 0.12))

    def land(self, horizon=430):
        self.sky()
        if self.draw_lots.random() < 0.6:
            self.mountain()
        self.curve(horizon - 20, 90, 1.6, self.far)
        self.curve(horizon + 10, 60, 2.3, self.near)
        self.box(0, horizon, 960, 640 - horizon, self.ground)
        for x in self.draw_lots.sample(range(20, 940, 60), 4):
            self.palm(x, horizon + 8, self.draw_lots.randint(90, 140))

    def palm(self, x, foot, height):
        lean = self.draw_lots.randint(-16, 16)
        top = (x + lean, foot - height)
        self.line([(x, foot), (x + lean * 0.3, foot - height / 2), top], mixed(self.dark, self.warm, 0.3), 6)
        leaf = mixed(self.near, self.dark, 0.35)
        for turn in range(-170, 11, 30):
            angle = math.radians(turn)
            tip = (top[0] + 50 * math.cos(angle), top[1] + 34 * math.sin(angle) + 14)
            middle = (top[0] + 26 * math.cos(angle), top[1] + 30 * math.sin(angle) - 6)
            self.line([top, middle, tip], leaf, 7)

    def tree(self, x, foot, height):
        self.box(x - 4, foot - height * 0.5, 8, height * 0.5, mixed(self.dark, self.warm, 0.3))
        for dx, dy, size in ((0, 0.75, 0.3), (-0.2, 0.6, 0.24), (0.2, 0.62, 0.24)):
            self.disc(x + dx * height, foot - dy * height, size * height, mixed(self.near, self.dark, 0.25 + dx * 0.3))

    def person(self, x, foot, height=120, sitting=False):
        skin, shirt = self.draw_lots.choice(SKINS), self.draw_lots.choice(CLOTHES)
        head = height * 0.13
        if sitting:
            foot_top = foot - height * 0.52
            self.box(x - height * 0.2, foot - height * 0.14, height * 0.4, height * 0.14, self.dark, height * 0.06)
        else:
            foot_top = foot - height * 0.8
            self.box(x - height * 0.1, foot - height * 0.42, height * 0.09, height * 0.42, self.dark)
            self.box(x + height * 0.02, foot - height * 0.42, height * 0.09, height * 0.42, self.dark)
        body = height * (0.4 if sitting else 0.44)
        self.box(x - height * 0.15, foot_top, height * 0.3, body, shirt, height * 0.09)
        self.box(
            x - height * 0.2, foot_top + 4, height * 0.08, body * 0.75, mixed(shirt, self.dark, 0.2), height * 0.04
        )
        self.box(
            x + height * 0.13, foot_top + 4, height * 0.08, body * 0.75, mixed(shirt, self.dark, 0.2), height * 0.04
        )
        self.disc(x, foot_top - head * 0.8, head, skin)
        if self.draw_lots.random() < 0.45:  # a headscarf
            scarf = self.draw_lots.choice(CLOTHES)
            self.disc(x, foot_top - head * 0.9, head * 1.25, scarf)
            self.box(x - head * 1.2, foot_top - head, head * 2.4, head * 1.5, scarf, head * 0.6)
            self.disc(x, foot_top - head * 0.8, head * 0.8, skin)
        else:
            self.pen.pieslice(
                [v * SCALE for v in (x - head, foot_top - head * 1.9, x + head, foot_top + head * 0.1)],
                180,
                360,
                self.dark,
            )

    def people(self, number, left, right, foot, height=120, sitting=False):
        step = (right - left) / max(1, number - 1)
        for place in range(number):
            x = left + step * place + self.draw_lots.randint(-8, 8)
            self.person(x, foot + self.draw_lots.randint(-5, 8), height * self.draw_lots.uniform(0.92, 1.06), sitting)

    def house(self, x, foot, width, stilts=0):
        height = width * 0.5
        wall = mixed(self.light, self.draw_lots.choice(CLOTHES), 0.25)
        base = foot - stilts
        for leg in range(4) if stilts else ():
            self.box(x + width * (0.08 + leg * 0.27), base, 8, stilts, self.dark)
        self.box(x, base - height, width, height, wall)
        roof = mixed(self.warm, self.dark, 0.35)
        self.shape(
            [(x - 22, base - height), (x + width / 2, base - height * 1.8), (x + width + 22, base - height)], roof
        )
        self.box(x + width * 0.4, base - height * 0.7, width * 0.2, height * 0.7, self.dark)
        for window in (0.12, 0.7):
            self.box(
                x + width * window, base - height * 0.7, width * 0.18, height * 0.3, mixed(self.cool, self.light, 0.5)
            )

    def pavilion(self, x, foot, width, height=230):
        """A pendopo: a wide stepped roof on posts."""
        self.box(x - 20, foot, width + 40, 16, mixed(self.light, self.dark, 0.25))
        for post in range(5):
            self.box(
                x + post * (width - 14) / 4, foot - height * 0.55, 14, height * 0.55, mixed(self.warm, self.dark, 0.5)
            )
        roof = mixed(self.warm, self.dark, 0.3)
        eaves, middle = foot - height * 0.55, x + width / 2
        self.shape(
            [(x - 50, eaves), (middle - 130, eaves - 60), (middle + 130, eaves - 60), (x + width + 50, eaves)], roof
        )
        self.shape(
            [
                (middle - 130, eaves - 62),
                (middle - 50, eaves - 125),
                (middle + 50, eaves - 125),
                (middle + 130, eaves - 62),
            ],
            mixed(roof, self.dark, 0.18),
        )

    def water(self, top, fill=None):
        fill = fill or mixed(self.cool, self.low, 0.4)
        self.box(0, top, 960, 640 - top, fill)
        for _ in range(26):
            x, y = self.draw_lots.randint(0, 900), self.draw_lots.randint(top + 12, 630)
            self.line([(x, y), (x + self.draw_lots.randint(30, 90), y)], mixed(fill, "#ffffff", 0.35), 2)

    def boat(self, x, y, length):
        self.shape(
            [(x, y), (x + length, y), (x + length * 0.86, y + length * 0.16), (x + length * 0.14, y + length * 0.16)],
            self.draw_lots.choice(CLOTHES),
        )
        self.line([(x + 4, y), (x + length - 4, y)], self.light, 4)

    def flags(self, y, left=40, right=920):
        for place, x in enumerate(range(left, right, 36)):
            dip = 18 * math.sin((x - left) / (right - left) * math.pi)
            colour = ("#c8322b", "#ffffff")[place % 2]
            self.shape([(x, y + dip), (x + 26, y + dip), (x + 13, y + dip + 28)], colour)
        self.line(
            [(x, y + 18 * math.sin((x - left) / (right - left) * math.pi)) for x in range(left, right, 12)],
            self.dark,
            2,
        )


def mixed(colour, other, share):
    """This much of the other colour in the first."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def rgb(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


# The motifs


def posyandu(scene):
    scene.land()
    scene.house(90, 470, 300)
    scene.box(520, 300, 300, 12, scene.warm)
    for x in (530, 800):
        scene.box(x, 310, 10, 180, scene.dark)
    scene.shape([(500, 300), (660, 230), (840, 300)], mixed(scene.cool, scene.light, 0.2))
    scene.box(560, 420, 220, 14, mixed(scene.warm, scene.dark, 0.4))
    scene.line([(670, 305), (670, 350)], scene.dark, 4)
    scene.disc(670, 372, 30, scene.light, 22)  # the scale for babies
    scene.people(scene.draw_lots.randint(5, 7), 120, 860, 590, 170)


def harvest(scene):
    scene.land(330)
    gold = mixed("#e2b43c", scene.ground, 0.3)
    for step in range(7):
        top = 340 + step * 44
        scene.curve(top + 24, 20, 1.2 + step * 0.2, mixed(gold, scene.near, 0.5 if step % 2 else 0.12))
    for _ in range(230):
        x, y = scene.draw_lots.randint(0, 960), scene.draw_lots.randint(370, 640)
        scene.line([(x, y), (x + scene.draw_lots.randint(-6, 6), y - 18)], mixed(gold, scene.dark, 0.25), 2)
    for x in scene.draw_lots.sample(range(120, 860, 120), 4):
        foot = scene.draw_lots.randint(500, 600)
        scene.person(x, foot, 150)
        scene.shape([(x - 36, foot - 134), (x, foot - 166), (x + 36, foot - 134)], "#e8cf94")  # a caping


def flood(scene):
    scene.land(380)
    for x in (70, 360, 660):
        scene.house(x, 470, 200, stilts=40)
    scene.water(450, mixed("#8a7a5c", scene.cool, 0.35))
    for x in scene.draw_lots.sample([100, 380, 640], 2):
        y = scene.draw_lots.randint(520, 570)
        scene.people(3, x + 60, x + 170, y + 6, 110, sitting=True)
        scene.boat(x, y, 240)


def stall(scene):
    scene.land()
    x = scene.draw_lots.randint(170, 260)
    scene.box(x + 20, 300, 480, 220, mixed(scene.light, scene.warm, 0.18))
    for stripe in range(10):
        colour = scene.warm if stripe % 2 else scene.light
        scene.shape(
            [
                (x + 20 + stripe * 48, 270),
                (x + 68 + stripe * 48, 270),
                (x + 64 + stripe * 54, 330),
                (x + 10 + stripe * 54, 330),
            ],
            colour,
        )
    scene.people(2, x + 170, x + 340, 500, 150)
    scene.box(x, 440, 520, 90, mixed(scene.warm, scene.dark, 0.45), 6)
    for place in range(9):
        fill = scene.draw_lots.choice(CLOTHES)
        scene.box(x + 18 + place * 55, 408, 36, 34, fill, 6)
        scene.disc(x + 36 + place * 55, 408, 14, mixed(fill, "#ffffff", 0.4), 6)
    scene.people(scene.draw_lots.randint(2, 4), 110, 850, 615, 180)


def room(scene, board):
    wall = mixed(scene.light, scene.cool, 0.12)
    scene.box(0, 0, 960, 470, wall)
    scene.box(0, 430, 960, 210, mixed(scene.warm, scene.light, 0.62))
    scene.box(0, 426, 960, 8, mixed(scene.dark, wall, 0.5))
    for x in (60, 790):
        scene.box(x, 120, 110, 150, mixed(scene.high, scene.low, 0.5), 4)
        scene.line([(x + 55, 120), (x + 55, 270)], scene.light, 5)
        scene.line([(x, 195), (x + 110, 195)], scene.light, 5)
    scene.box(250, 90, 460, 250, scene.dark, 8)
    scene.box(262, 102, 436, 226, board, 4)


def training(scene):
    room(scene, mixed(scene.light, scene.cool, 0.06))
    for place in range(4):
        height = scene.draw_lots.randint(40, 140)
        scene.box(330 + place * 60, 300 - height, 36, height, (scene.cool, scene.warm)[place % 2], 3)
    scene.disc(630, 190, 46, mixed(scene.cool, scene.light, 0.3))
    scene.pen.pieslice([v * SCALE for v in (584, 144, 676, 236)], -90, 40, scene.warm)
    scene.person(770, 470, 230)
    for row, foot in enumerate((520, 610)):
        scene.people(5 + row, 90 - row * 20, 840, foot, 150 + row * 40, sitting=True)


def meeting(scene):
    scene.land(440)
    scene.pavilion(150, 500, 660, 330)
    scene.people(scene.draw_lots.randint(5, 7), 240, 720, 500, 130, sitting=True)
    scene.people(scene.draw_lots.randint(4, 6), 120, 840, 600, 160, sitting=True)
    scene.person(480, 500, 180)


def working_together(scene):
    scene.land()
    scene.shape([(330, 640), (440, 430), (520, 430), (700, 640)], mixed(scene.light, scene.dark, 0.35))
    scene.house(660, 450, 220)
    for x in scene.draw_lots.sample(range(110, 880, 110), 5):
        foot = scene.draw_lots.randint(530, 610)
        scene.person(x, foot, 165)
        scene.line([(x + 24, foot - 110), (x + 62, foot)], mixed(scene.warm, scene.dark, 0.5), 6)
        scene.shape([(x + 52, foot - 10), (x + 84, foot - 4), (x + 60, foot + 16)], scene.dark)


def journey(scene):
    scene.sky()
    scene.mountain()
    scene.curve(420, 110, 1.3, scene.far)
    scene.curve(450, 60, 2.1, scene.near)
    scene.water(440)
    scene.boat(scene.draw_lots.randint(120, 380), 500, 170)
    sand = mixed("#f3dfb4", scene.ground, 0.15)
    scene.shape([(0, 640), (0, 560), (340, 575), (960, 520), (960, 640)], sand)
    for x in scene.draw_lots.sample(range(580, 940, 60), 3):
        scene.palm(x, 580, scene.draw_lots.randint(190, 270))
    scene.people(3, 150, 470, 622, 120)


def fishing(scene):
    scene.sky()
    scene.curve(390, 60, 1.4, scene.far)
    scene.water(385)
    for x, y, length in ((80, 450, 200), (430, 490, 300), (700, 430, 170)):
        x += scene.draw_lots.randint(-40, 40)
        scene.line([(x + length / 2, y), (x + length / 2, y - length * 0.6)], scene.dark, 5)
        sail = [(x + length / 2, y - length * 0.6), (x + length / 2, y - 14), (x + length * 0.92, y - 14)]
        scene.shape(sail, scene.draw_lots.choice([scene.warm, scene.light, "#e2a32d"]))
        scene.person(x + length * 0.3, y + 6, length * 0.36)
        scene.boat(x, y, length)


def market(scene):
    scene.land(410)
    scene.box(0, 410, 960, 230, mixed(scene.ground, scene.light, 0.45))
    for place in range(4):
        x, colour = 40 + place * 235, scene.draw_lots.choice(CLOTHES)
        for post in (10, 180):
            scene.box(x + post, 330, 8, 170, scene.dark)
        scene.shape([(x - 16, 345), (x + 30, 285), (x + 170, 285), (x + 214, 345)], colour)
        scene.person(x + 95, 500, 140)
        scene.box(x, 460, 200, 50, mixed(scene.warm, scene.dark, 0.4), 4)
        for pile in range(6):
            scene.disc(
                x + 22 + pile * 31, 456, 15, scene.draw_lots.choice(["#d9582b", "#e2a32d", "#5f9a3a", "#b3261e"])
            )
    scene.people(scene.draw_lots.randint(4, 6), 100, 860, 620, 175)


def school(scene):
    room(scene, "#2f5d47")
    for line in range(4):
        scene.line([(300, 150 + line * 42), (300 + scene.draw_lots.randint(160, 340), 150 + line * 42)], "#dfeee2", 5)
    scene.person(200, 450, 210)
    for place in range(5):
        x = 110 + place * 175
        scene.person(x, 560, 130, sitting=True)
        scene.box(x - 60, 540, 120, 14, mixed(scene.warm, scene.dark, 0.3), 3)
        scene.box(x - 26, 524, 52, 16, scene.draw_lots.choice(CLOTHES), 2)


def stage(scene):
    scene.box(0, 0, 960, 640, mixed(scene.dark, scene.cool, 0.25))
    for spot in (220, 480, 740):
        scene.shape([(spot, 0), (spot - 130, 470), (spot + 130, 470)], mixed(scene.dark, "#f6d58a", 0.42))
    for x in (0, 860):
        for fold in range(4):
            scene.box(x + fold * 26, 0, 26, 480, mixed("#a4262c", scene.dark, 0.15 * (fold % 2)))
    scene.box(0, 470, 960, 60, mixed(scene.warm, scene.dark, 0.4))
    scene.box(0, 526, 960, 114, scene.dark)
    scene.people(scene.draw_lots.randint(3, 5), 260, 700, 476, 210)
    for x in range(130, 860, 120):
        scene.disc(x, 500, 30, "#c8902e", 16)
        scene.disc(x, 494, 10, "#f0c660", 7)  # bonang
    scene.people(8, 60, 900, 650, 120)
    scene.flags(24)


def environment(scene):
    scene.land()
    for x in range(90, 900, 130):
        foot = scene.draw_lots.randint(500, 600)
        scene.disc(x, foot, 34, mixed(scene.ground, scene.dark, 0.45), 10)
        scene.line([(x, foot), (x, foot - 56)], mixed(scene.near, scene.dark, 0.3), 5)
        for side in (-1, 1):
            scene.disc(x + side * 15, foot - 50, 16, mixed(scene.near, "#7ccf4f", 0.4), 8)
    for x in (70, 860):
        scene.tree(x, 470, 190)
    scene.people(scene.draw_lots.randint(4, 5), 150, 830, 590, 160)


def office(scene):
    scene.land()
    scene.box(170, 260, 620, 240, mixed(scene.light, scene.cool, 0.08))
    scene.shape([(130, 262), (260, 170), (700, 170), (830, 262)], mixed(scene.warm, scene.dark, 0.3))
    for x in (200, 310, 590, 700):
        scene.box(x, 320, 60, 90, mixed(scene.cool, scene.light, 0.35), 4)
    scene.box(420, 330, 120, 170, mixed(scene.warm, scene.dark, 0.5), 4)
    for x in (400, 550):
        scene.box(x, 262, 14, 238, scene.light)
    scene.box(380, 500, 200, 14, mixed(scene.light, scene.dark, 0.3))
    scene.box(92, 150, 6, 370, scene.light)
    scene.box(98, 150, 76, 26, "#c8322b")
    scene.box(98, 176, 76, 26, "#ffffff")
    scene.people(scene.draw_lots.randint(3, 5), 250, 760, 600, 170)


MOTIFS = {
    "posyandu": posyandu,
    "panen": harvest,
    "banjir": flood,
    "umkm": stall,
    "pelatihan": training,
    "rapat": meeting,
    "gotong-royong": working_together,
    "wisata": journey,
    "nelayan": fishing,
    "pasar": market,
    "sekolah": school,
    "pentas": stage,
    "lingkungan": environment,
    "kantor-desa": office,
}


def draw_scene(motif, seed):
    """A picture of 960 by 640 pixels; an unknown motif is a meeting, as most things begin with one."""
    scene = Scene(motif, seed)
    MOTIFS.get(motif, meeting)(scene)
    return scene.image.resize((Scene.WIDTH, Scene.HEIGHT), Image.Resampling.BOX)
