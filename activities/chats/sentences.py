"""What the bot says, always in Indonesian: an account has no language, and a chat has no page in English."""

from accounts.models.chat_codes import MINUTES

HELP = (
    "Kirim tulisan dan foto kegiatan ke sini; semuanya menjadi satu draf KIM Anda. Baris pertama menjadi judul, "
    "tulisan yang menyertai foto menjadi keterangan foto.\n\n"
    "kirim: serahkan draf untuk diperiksa atau diterbitkan\n"
    "batal: buang draf ini\n"
    "kim: pilih KIM lain untuk draf berikutnya\n"
    "berhenti: lepaskan obrolan ini dari akun Anda\n"
    "bantuan: baca petunjuk ini lagi"
)
HOW_TO_LINK = (
    "Obrolan ini belum tersambung dengan akun Portal KIM. Buka %(url)s, pilih Sambungkan, lalu kirim kodenya ke sini. "
    f"Kode berlaku {MINUTES} menit."
)
WRONG_CODE = "Kode ini keliru, sudah dipakai, atau sudah lewat waktunya. Buat kode baru di %(url)s."
TOO_MANY_CODES = "Terlalu banyak kode dicoba dari obrolan ini. Tunggu satu jam, lalu buat kode baru di %(url)s."
LINKED = "Obrolan ini tersambung dengan akun %(name)s.\n\n" + HELP
UNLINKED = "Obrolan ini sudah dilepas dari akun Anda. Draf Anda tetap ada di portal."
NEW_DRAFT = (
    "Draf baru untuk %(community)s: %(url)s\n\nKirim tulisan dan foto lagi. Tulis kirim bila selesai, batal untuk "
    "membuangnya, bantuan untuk petunjuk."
)
KEPT = "Tersimpan dalam draf."
PHOTO_KEPT = (
    "Foto tersimpan. Tulis keterangannya dengan membalas foto itu, atau nanti kami tanyakan saat Anda menulis kirim."
)
DESCRIBED = "Keterangan foto tersimpan."
ASK_WORDS = (
    "Tulis keterangan untuk foto ini: apa yang terlihat di sana? Ini dibacakan untuk orang yang tidak melihatnya."
)
ASK_COMMUNITY = "Untuk KIM yang mana? Balas dengan nomornya.\n\n%(lines)s"
CHOSEN = "Draf berikutnya untuk %(community)s."
ONE_COMMUNITY = "Anda menulis untuk %(community)s, satu-satunya KIM Anda yang dapat menerbitkan kegiatan."
FINISH_FIRST = "Selesaikan draf yang ada dahulu: tulis kirim atau batal."
ASK_DUTIES = (
    "Tugas KIM mana yang dijalankan? Balas dengan nomornya; beberapa nomor dipisahkan koma, misalnya 1,5.\n\n%(lines)s"
)
NO_DRAFT = "Belum ada draf di obrolan ini. Kirim tulisan atau foto kegiatan untuk memulainya."
NOT_READY = "Belum dapat dikirim:\n%(lines)s\n\nTambahkan di sini, atau lengkapi di %(url)s"
SENT = "Kegiatan terkirim dan menunggu diperiksa: %(url)s"
PUBLISHED = "Kegiatan sudah terbit: %(url)s"
DISCARDED = "Draf dibuang."
NOT_DISCARDED = "Hanya draf yang belum pernah dikirim yang dapat dibuang: %(url)s"
NO_MEMBER = "Yang menulis kegiatan adalah anggota KIM. Akun Anda belum menjadi anggota KIM mana pun."
CLOSED_COMMUNITY = "KIM Anda belum dapat menerbitkan kegiatan sekarang: %(names)s. Penjelasannya ada di %(url)s"
LEFT = "Anda tidak lagi menjadi anggota KIM untuk draf ini, jadi draf itu tidak dapat ditambah atau dikirim."
LATE = "Pesan ini datang setelah drafnya dikirim atau dibuang, jadi tidak disimpan. Kirim ulang bila masih perlu."
LATE_EDIT = "Tulisan ini sudah tidak ada dalam draf. Ubah kegiatannya di portal: %(url)s"
CHANGED_ELSEWHERE = "Draf ini sudah Anda ubah di portal, dan tulisan lama tidak ada lagi di sana. Ubah di %(url)s"
PHOTO_REFUSED = "Foto ini tidak dapat dipakai. %(reason)s"
NOT_TAKEN = "Ini tidak dapat disimpan:\n%(lines)s"
NOT_FETCHED = "Foto ini belum dapat kami ambil. Kirim sekali lagi."
ONLY_WORDS_AND_PHOTOS = "Hanya tulisan dan foto yang dapat disimpan. Video, suara, stiker, dan lokasi belum."
TOO_OFTEN = "Anda mengirim terlalu sering, jadi pesan ini tidak disimpan. Tunggu sebentar, lalu kirim lagi."
FAILED = "Maaf, pesan ini gagal kami olah dan tidak disimpan. Kirim sekali lagi, atau tulis di portal."
