"""Invented names: of KIMs, and of the people who speak in their posts, fitting the mix of each province."""

import itertools

# What a KIM is called: a first word, and what goes well with it.
VOICES = ("Suara", "Gema", "Warta", "Kabar", "Lensa", "Jendela", "Pena", "Gerbang", "Sapa")
OF_A_PLACE = (
    "Pesisir", "Warga", "Muara", "Lembah", "Bukit", "Kampung", "Tepian", "Rimba", "Ladang", "Samudra", "Bahari",
    "Teluk", "Tanjung", "Sungai", "Tetangga", "Kita", "Bersama", "Hulu", "Hilir", "Pelosok", "Dermaga", "Perbukitan",
)  # fmt: skip
GROWTH = ("Mekar", "Sumber", "Tunas", "Bina", "Karya", "Mitra", "Cipta", "Rukun", "Bangun", "Sari", "Budi", "Tirta")
WELL_BEING = (
    "Lestari", "Jaya", "Makmur", "Mandiri", "Harapan", "Sejahtera", "Bersama", "Mulya", "Utama", "Sentosa", "Rahayu",
    "Asri", "Muda", "Sakti", "Luhur",
)  # fmt: skip
LIGHTS = ("Cahaya", "Sinar", "Lentera", "Pelita", "Obor", "Pijar", "Suluh", "Bintang", "Fajar")
OF_LIGHT = (
    "Desa", "Warga", "Pagi", "Harapan", "Negeri", "Kampung", "Ilmu", "Persada", "Meratus", "Khatulistiwa", "Timur",
    "Informasi", "Pertiwi", "Bahari", "Kehidupan", "Muda",
)  # fmt: skip
WHOLE = (
    "Melek Informasi", "Sadar Informasi", "Cerdas Berbagi", "Peduli Sesama", "Tanggap Warga", "Guyub Rukun",
    "Gotong Royong", "Sekar Wangi", "Bunga Padi", "Bulir Emas", "Anak Sungai", "Layar Terkembang", "Kabar Baik",
    "Rumah Kabar", "Beranda Warga", "Serambi Informasi", "Simpul Warga", "Titik Temu", "Akar Rumput", "Embun Pagi",
    "Rumpun Bambu", "Daun Sirih", "Enggang Gading", "Siger Informatif", "Kapal Pinisi", "Bunga Sepatu", "Ombak Biru",
    "Angin Laut", "Pucuk Rebung", "Lumbung Informasi", "Lumbung Kabar", "Tali Asih", "Satu Hati", "Seia Sekata",
    "Sepakat Maju", "Pemuda Berkarya", "Kreatif Mandiri", "Digital Bersahaja", "Warga Berdaya", "Bersama Bisa",
)  # fmt: skip
WITH_VILLAGE = (
    "{} Informatif", "{} Mandiri", "{} Bersuara", "Warta {}", "Kabar {}", "Suara {}", "{} Maju", "Lensa {}",
    "Mekar {}", "{} Cerdas", "Sahabat {}", "{} Berbagi", "Gema {}", "Bina {}",
)  # fmt: skip

# Given names and second names by community. Combinations are drawn freely, so no pair may make a public person.
NAMES = {
    "jawa": (
        "Sutrisno Sugeng Slamet Tugiman Suparman Wagiman Paryono Ngatini Suharti Sumiati Sri Endang Siti Wahyu Rini "
        "Dwi "
        "Tri Eko Agung Bayu Dian Retno Yuli Nur Wiwik Hari Mujiono Lestari Painem Suyatmi Didik Anjar Galih",
        "Wahyuni Handayani Purwanto Nugroho Setiawan Lestari Hartono Prasetyo Rahayu Santoso Kurniawan Widayati "
        "Suryani Utomo Mardiyanto Saputro Astuti Winarno Riyadi Supriyadi Hastuti Priyono Sulastri Wibisono",
    ),
    "sunda": (
        "Asep Dadang Ujang Cecep Neneng Euis Ai Imas Iis Tatang Yayan Entin Nandang Rina Deden Yuyun Aep Lilis Wawan "
        "Enok",
        "Hidayat Suherman Komariah Rohaeti Sopandi Kurnia Ruhiyat Nuraeni Juariah Sutisna Permana Supriatna Rohimah "
        "Gunawan Sumarna Koswara Mulyana Hendrayana",
    ),
    "lampung": (
        "Zainal Hasanudin Ibrahim Rosmala Fauzi Marwan Nurbaiti Herlina Yusnani Rusdi Ahmad Mariam Sahril Dewi Helmi "
        "Yulia Azwar Ratna Firdaus Khoiriah",
        "Abung Pubian Umpu Ratu Marga Putra Saleh Yusuf Basri Hamid Idris Putri Zahra Ishak Suttan Makmun",
    ),
    "melayu": (
        "Rusli Nurhayati Syamsul Hamdan Rosidah Zulkarnain Maimunah Fitriani Hendra Yuliana Masagus Nyimas Kemas "
        "Iskandar Halimah Junaidi Asmawati Edison Rohana Saparudin Yeni",
        "Alamsyah Fadillah Zainuddin Umar Marlina Effendi Anwar Kartini Yahya Hasan Romli Kadir Usman Mustika Syafitri "
        "Darmawan Hafiz Oktarina",
    ),
    "banjar": (
        "Rusdiansyah Norhayati Syahrani Hairullah Mahmudah Masliah Jumberi Aspiani Mursidah Fahrul Rahmadi Barkati "
        "Salasiah Noor Ahyar Supian Arbainah Gazali Mastura",
        "Anshari Hidayah Rahman Jannah Fauzan Aini Saberan Ilmi Azizah Hamdi Fitri Maulana Sari Hasanah Yusran Fadli",
    ),
    "kutai": (
        "Awang Aji Syarifah Encik Muhammad Rahmawati Saidah Heriansyah Ruslan Badriah Fitrah Sabran Jumiati Adnan "
        "Marlia "
        "Taufik Kamariah Rudiansyah",
        "Faisal Rozali Hartati Ramli Syahril Djamhari Aminah Hasbullah Nuriyah Erwansyah Safitri Asran Muslimin Idham "
        "Kurniati Alfian",
    ),
    "dayak": (
        "Yohanes Martinus Lusia Yulita Markus Paulina Benediktus Hironimus Agustina Lidia Simon Elisabet Petrus "
        "Rosalina "
        "Silvanus Kristina",
        "Bith Ding Lawing Hajang Ngau Uvat Jalung Lejau Usat Anyeq Bulan Ipuy Bilung Tekwan Luhat",
    ),
    "bugis": (
        "Andi Muhammad Baso Besse Hasnah Syamsuddin Rosmiati Arifuddin Nurlina Marwah Suardi Jumriah Amiruddin Sitti "
        "Muliadi Hasmawati Ambo Fatmawati Kaharuddin Rahmatia Daeng Nurdin Irwan Hartina",
        "Rahman Tahir Mappasessu Saleng Makkasau Tenri Pawelloi Hamzah Sangkala Palinrungi Ruddin Nurdiana Bahri "
        "Sultan "
        "Asis Patiroi Lallo Ngalle Sikki Caya Baharuddin Wahid",
    ),
    "toraja": (
        "Yusuf Marthen Naomi Damaris Yohanis Elis Semuel Ester Daud Selvi Matius Ludia Obed Herlin Yuliana Lukas",
        "Pasorong Tandi Sampe Rante Bunga Palimbong Patanduk Sarira Tangke Batara Lembang Sulle Parinding Kala Tiku",
    ),
    "bali": (
        "I Wayan|Ni Wayan|I Made|Ni Made|I Nyoman|Ni Nyoman|I Ketut|Ni Ketut|I Putu|Ni Putu|I Kadek|Ni Kadek|I "
        "Komang|Ni Luh",
        "Sudiarta Suwitra Ardana Widiani Sukerti Darmayasa Astiti Budiasa Mahendra Suryani Kariasa Wirawan Parwati "
        "Suarjana Adnyana Rasmini Sumerta Yudiani",
    ),
    "sasak": (
        "Lalu Baiq Muhsin Hidayatullah Zaenab Mahsun Inaq Sahnim Jumadil Nurhasanah Muhamad Saknah Rusman Haerani "
        "Marzuki",
        "Wirajaya Kusuma Hadi Apriani Satriawan Mayani Anggraini Muhlis Hizbi Sopian Sakinah Mahyudin Yuliani Fathoni",
    ),
    "flobamora": (
        "Yosef Maria Yohanes Kornelis Margareta Ferdinandus Theresia Blasius Anastasia Marselinus Yuliana Dominikus "
        "Fransiska Gabriel Adriana Stefanus",
        "Nahak Bere Tefa Nenobais Lawa Seran Kolo Bria Manek Taek Ndolu Leba Wuwur Sabon Lamak Ratu",
    ),
    "batak": (
        "Parlindungan Rosmaida Tiur Hotman Marulak Lasma Jonner Delima Sabar Rumondang Saut Herti Maruli Ronauli Togar "
        "Tetty",
        "Sihotang Manalu Lumbanraja Simarmata Sitanggang Naibaho Silalahi Purba Saragih Sinurat Tampubolon Gultom "
        "Hutapea Sidabutar",
    ),
    "minang": (
        "Syafrizal Yusmaniar Zulfahmi Desmawati Afrizal Erni Nofriadi Rosnida Jasman Yenita Hendri Elvira Masrizal "
        "Murni "
        "Datuk Rafdinal",
        "Chaniago Koto Tanjung Sikumbang Piliang Jambak Guci Malayu Caniago Fitria Amri Yanti Syahputra Marajo",
    ),
    "aceh": (
        "Teuku Cut Muhammad Nurmala Razali Syarifuddin Zuraida Mukhlis Fatimah Safwan Nuraini Ridwan Mahdalena Ilyas "
        "Hamdani Mariana",
        "Hanafiah Jalil Usman Abdullah Ismail Zakaria Husna Marzuki Saputra Safrina Juned Syukri Ibrahim Hasballah",
    ),
    "manado": (
        "Jemmy Meyke Frangky Novita Deasy Hengky Olvie Stenly Feibe Rommy Selvie Denny Merlin Youla Jantje Altje",
        "Rumengan Tumbel Kaunang Wowor Pangemanan Lumintang Rondonuwu Mamahit Sondakh Tilaar Walangitan Karundeng",
    ),
    "maluku": (
        "Yopi Onisimus Fransina Buce Semy Novi Abubakar Hadijah Ronny Yacoba Welhelmina Jafar Saleha Dominggus Ali",
        "Latumahina Tuhumury Sahetapy Pattinama Souisa Nikijuluw Tomagola Rumadan Kaisupy Wattimena Lestaluhu Ohorella",
    ),
    "papua": (
        "Yulianus Dortea Alberth Naomi Yakob Ribka Zeth Yuliana Marthen Orpa Elias Sarlota Agustinus Fransina "
        "Melkianus "
        "Yosina",
        "Rumbiak Mandowen Wenda Yoku Kambuaya Mofu Waromi Suebu Kogoya Tabuni Ayomi Rumbewas Imbiri Krey Ohee",
    ),
}  # fmt: skip

# Which communities one meets where, the more often named the more often met.
MIX = {
    "11": "aceh aceh aceh melayu jawa",
    "12": "batak batak jawa melayu minang",
    "13": "minang minang minang jawa",
    "14": "melayu melayu minang jawa",
    "15": "melayu melayu jawa",
    "16": "melayu melayu melayu jawa jawa sunda",
    "17": "melayu melayu jawa",
    "18": "jawa jawa jawa lampung lampung sunda bali",
    "19": "melayu melayu jawa",
    "21": "melayu melayu minang jawa",
    "31": "sunda jawa melayu batak minang",
    "32": "sunda sunda sunda jawa",
    "33": "jawa",
    "34": "jawa",
    "35": "jawa",
    "36": "sunda sunda jawa",
    "51": "bali bali bali bali jawa",
    "52": "sasak sasak bali jawa",
    "53": "flobamora",
    "61": "melayu dayak dayak jawa",
    "62": "dayak dayak banjar jawa",
    "63": "banjar banjar banjar jawa",
    "64": "kutai kutai banjar bugis jawa jawa dayak",
    "65": "dayak bugis kutai jawa",
    "71": "manado manado manado jawa",
    "72": "bugis manado jawa melayu",
    "73": "bugis bugis bugis bugis toraja jawa",
    "74": "bugis bugis melayu jawa",
    "75": "melayu manado bugis",
    "76": "bugis bugis toraja",
    "81": "maluku maluku bugis",
    "82": "maluku maluku manado",
}  # fmt: skip


def community_names(rng):
    """Names of KIMs that no other KIM has, well over four hundred before the first third word."""
    pairs = [
        f"{first} {second}"
        for firsts, seconds in ((VOICES, OF_A_PLACE), (GROWTH, WELL_BEING), (LIGHTS, OF_LIGHT))
        for first, second in itertools.product(firsts, seconds)
    ]
    names = [*pairs, *WHOLE]
    rng.shuffle(names)
    yield from (f"KIM {name}" for name in names)
    for third in ("Bersatu", "Baru", "Sepakat"):
        yield from (f"KIM {name} {third}" for name in names)


def community_name(rng, village_name):
    """One name, twice in three times with the village in it: "KIM Loa Kulu Informatif"."""
    if village_name and rng.random() < 2 / 3:
        return "KIM " + rng.choice(WITH_VILLAGE).format(village_name)
    return next(community_names(rng))


def person_name(rng, province_code):
    """An invented name as one would meet it in this province."""
    community = rng.choice(MIX.get(province_code, "papua papua papua jawa bugis").split())
    given, second = NAMES[community]
    return f"{rng.choice(split(given))} {rng.choice(split(second))}"


def split(names):
    return names.split("|") if "|" in names else names.split()


SECTOR_WORK = {
    "pemerintahan-layanan-publik": (
        "menerjemahkan pengumuman kantor ke dalam bahasa sehari-hari",
        "mencatat pertanyaan warga tentang layanan dan mencarikan jawabannya",
    ),
    "ekonomi-umkm": (
        "memotret dan memperkenalkan produk usaha rumahan",
        "membantu pelaku usaha kecil mengurus izin dan belajar berjualan daring",
    ),
    "pertanian-perikanan": (
        "menyebarkan kabar harga, cuaca, dan jadwal tanam kepada petani dan nelayan",
        "menghubungkan kelompok tani dengan penyuluh",
    ),
    "kesehatan": (
        "mengabarkan jadwal posyandu dan imunisasi",
        "mendampingi kader menyampaikan pesan kesehatan yang benar",
    ),
    "pendidikan-literasi-digital": (
        "mengajar tetangga memakai gawai dengan aman",
        "memeriksa kabar yang beredar di grup percakapan sebelum warga telanjur percaya",
    ),
    "sosial-budaya": (
        "merekam kesenian dan cerita para tetua",
        "meliput kegiatan karang taruna, PKK, dan gotong royong",
    ),
    "pariwisata": (
        "memperkenalkan tempat-tempat indah di sekitar kami",
        "menemani tamu yang ingin mengenal kehidupan warga",
    ),
    "lingkungan-kebencanaan": (
        "menyampaikan peringatan dini dan kabar cuaca",
        "mengajak warga memilah sampah dan merawat sungai",
    ),
}

BEGINNINGS = (
    "{name} lahir dari obrolan beberapa warga di teras rumah yang gelisah karena kabar penting sering terlambat sampai "
    "ke {village}. "
    "Dari {count} orang pada awalnya, kini kami menjadi kelompok kecil yang rutin menulis, memotret, dan mengabarkan.",
    "Kami adalah {count} warga {village}, {district}, yang percaya bahwa kabar yang benar adalah hak setiap rumah. "
    "{name} dibentuk lewat musyawarah warga dan terbuka bagi siapa saja yang mau belajar.",
    "Berawal dari papan pengumuman yang jarang diperbarui, sejumlah warga {village} sepakat membentuk {name}. "
    "Anggotanya beragam: guru, pedagang, petani, ibu rumah tangga, dan anak muda, semuanya relawan.",
    "{name} adalah jembatan kabar di {village}, {district}. Kami membawa informasi pemerintah ke warga dengan bahasa "
    "yang "
    "mudah dan membawa suara warga kembali ke meja yang tepat.",
    "“Kabar baik jangan berhenti di satu grup.” Kalimat itu menjadi pegangan {name} sejak didirikan oleh {count} warga "
    "{village}. Kami menulis apa yang kami lihat sendiri dan bertanya bila belum tahu.",
    "Di {village}, orang biasa menanyakan kabar kepada tetangga. {name} meneruskan kebiasaan itu dengan cara yang "
    "lebih "
    "rapi: dicatat, diperiksa, lalu dibagikan.",
)  # fmt: skip
WORKING = (
    "Sehari-hari kami {first}, juga {second}. Setiap tulisan dibaca dulu oleh sedikitnya dua anggota sebelum dikirim.",
    "Kegiatan kami yang paling rutin adalah {first}. Selain itu kami {second}, sering kali bersama kader dan pengurus "
    "RT.",
    "Ada dua hal yang paling sering kami kerjakan: {first}, dan {second}. Hasilnya kami bagikan lewat grup warga, "
    "papan "
    "informasi, dan portal ini.",
    "Pembagian tugas kami sederhana: sebagian {first}, sebagian lagi {second}. Yang belum bisa menulis belajar "
    "memotret, "
    "yang belum bisa memotret menjadi pengantar kabar.",
)  # fmt: skip
INVITATIONS = (
    "Kami berkumpul {often} di {meeting}. Siapa pun boleh datang, mendengar, dan mengusulkan bahan berita.",
    "Punya kabar, keluhan, atau foto kegiatan? Sampaikan kepada anggota kami yang terdekat, atau datang ke pertemuan "
    "{often} di {meeting}.",
    "Pintu kami terbuka bagi warga yang ingin ikut. Pertemuan diadakan {often} di {meeting}; bekalnya hanya rasa ingin "
    "tahu.",
    "Kami masih belajar, dan senang dikoreksi. Pertemuan {often} di {meeting} selalu menyediakan waktu untuk mendengar "
    "masukan warga.",
)  # fmt: skip
OFTEN = ("dua minggu sekali", "setiap awal bulan", "sebulan sekali", "setiap Sabtu sore", "setiap Jumat malam")
MEETINGS = (
    "rumah salah satu anggota", "perpustakaan setempat", "teras balai pertemuan", "pos ronda", "warung kopi dekat "
    "pasar",
    "ruang PKK", "sekretariat KIM",
)  # fmt: skip


def community_about(rng, name, village, district, sectors):
    """A profile of two or three paragraphs; `sectors` are slugs of the sectors the KIM works in."""
    jobs = [rng.choice(SECTOR_WORK[slug]) for slug in rng.sample(list(sectors), min(2, len(sectors)))]
    if len(jobs) < 2:
        known = SECTOR_WORK[sectors[0]] if sectors else SECTOR_WORK["pemerintahan-layanan-publik"]
        others = [job for job in known if job not in jobs]
        jobs = [*jobs, *others][:2]
    words = {
        "name": name,
        "village": village,
        "district": district,
        "count": rng.choice(("lima", "tujuh", "delapan", "sembilan", "sebelas", "dua belas")),
        "first": jobs[0],
        "second": jobs[1],
        "often": rng.choice(OFTEN),
        "meeting": rng.choice(MEETINGS),
    }
    paragraphs = [rng.choice(BEGINNINGS), rng.choice(WORKING)]
    if rng.random() < 0.7:
        paragraphs.append(rng.choice(INVITATIONS))
    return "\n\n".join(paragraph.format(**words) for paragraph in paragraphs)
