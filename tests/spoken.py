"""What a page says to its readers, and which of it is Indonesian."""

import re
from html.parser import HTMLParser

# Words of the layout that no English page shows; what KIM write, and names, are marked or known.
INDONESIAN = """
    anda atau aktif bagikan bahwa beranda belum berikutnya bidang buka cari dan dari daftar dengan desa di halaman hapus
    ini jenis kabar kabupaten kami kata kecamatan kegiatan kelurahan ketik kota kuki lihat masuk menurut oleh pada peta
    pilih provinsi saring saya sebelumnya semua surel tampilkan tentang terbaru tidak untuk warga wilayah yang
    adalah agar akan akun alamat anggota baca bagian baru batal berapa berkas berlaku bila bisa bukan cukup dikirim
    diterima dibaca dulu foto ganti hanya hari harus hingga isian jika jumlah juga karena keluar kembali ketua ketika
    kirim kode lagi lain lalu lebih lewat mana masih menunggu menulis mulai nama nomor orang pakai paling perlu ponsel
    sampai sandi satu sebelum sedang sekarang selesai seperti sesudah setelah setiap simpan sini sudah supaya tanggal
    tanpa terbit terkirim tiap tulis ubah usulan waktu
"""


class Words(HTMLParser):
    """What a page says to its readers outside what is marked as Indonesian: texts, labels, and its title."""

    SPOKEN = {"alt", "aria-label", "placeholder", "title"}
    EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

    def __init__(self, html):
        super().__init__()
        self.open, self.said, self.lang = [], [], None
        self.feed(html)

    def is_foreign(self, attributes=()):
        return "id" in (dict(attributes).get("lang"), *(lang for _tag, lang in self.open))

    def handle_starttag(self, tag, attributes):
        if tag == "html":
            self.lang, attributes = dict(attributes)["lang"], []
        if not self.is_foreign(attributes):
            self.said += [value or "" for name, value in attributes if name in self.SPOKEN]
        if tag not in self.EMPTY:
            self.open.append((tag, dict(attributes).get("lang")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.is_foreign() and self.open and self.open[-1][0] not in ("script", "style"):
            self.said.append(data)

    @property
    def indonesian(self):
        return set(INDONESIAN.split()) & set(re.findall(r"[a-z]+", " ".join(self.said).lower()))
