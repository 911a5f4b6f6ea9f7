"""What public life calls by its first letters or syllables, and in full: who asks by one finds the other too.

A line holds the forms of one thing. Only what hardly means anything else in the news of a village is here: "TPS" is a
place for votes and one for waste, "TPA" one for waste and a school, "KK" a card of a family and its head. Questions
alone are read by it: a new line changes no stored word.
"""

from pages.words import words_of_text
from pages.words.stop_words import STOP_WORDS

FORMS = """
    apbdes = anggaran pendapatan dan belanja desa = APB desa
    apd = alat pelindung diri
    asi = air susu ibu
    asn = aparatur sipil negara
    bansos = bantuan sosial
    bbm = bahan bakar minyak
    bhabinkamtibmas = bhayangkara pembina keamanan dan ketertiban masyarakat
    bimtek = bimbingan teknis
    blt = bantuan langsung tunai
    bnpb = badan nasional penanggulangan bencana
    bpbd = badan penanggulangan bencana daerah
    bpjs = badan penyelenggara jaminan sosial
    bpnt = bantuan pangan non tunai = bantuan pangan nontunai
    bps = badan pusat statistik
    bumdes = bumdesa = badan usaha milik desa = BUM desa
    bumil = ibu hamil
    damkar = pemadam kebakaran
    dbd = demam berdarah = demam berdarah dengue
    dinkes = dinas kesehatan
    dinsos = dinas sosial
    disdukcapil = dukcapil = dinas kependudukan dan pencatatan sipil
    diskominfo = dinas komunikasi dan informatika
    dtks = data terpadu kesejahteraan sosial
    dtsen = data tunggal sosial dan ekonomi nasional
    gapoktan = gabungan kelompok tani
    hut = hari ulang tahun
    ipal = instalasi pengolahan air limbah
    ispa = infeksi saluran pernapasan akut
    jkn = jaminan kesehatan nasional
    kades = kepala desa
    kadus = kepala dusun
    kamtibmas = keamanan dan ketertiban masyarakat
    karhutla = kebakaran hutan dan lahan
    kb = keluarga berencana
    kdmp = koperasi desa merah putih
    kpu = komisi pemilihan umum
    ktp = kartu tanda penduduk
    ktp el = KTP elektronik = e-KTP
    kur = kredit usaha rakyat
    kwt = kelompok wanita tani
    lansia = lanjut usia
    linmas = perlindungan masyarakat
    lpj = laporan pertanggungjawaban
    mbg = makan bergizi gratis = makanan bergizi gratis
    mck = mandi cuci kakus
    medsos = media sosial
    miras = minuman keras
    monev = monitoring dan evaluasi
    mtq = musabaqah tilawatil quran
    musdes = musyawarah desa
    musrenbang = musyawarah perencanaan pembangunan
    nakes = tenaga kesehatan
    nib = nomor induk berusaha
    odgj = orang dengan gangguan jiwa
    pamdes = pengelola air minum desa
    paud = pendidikan anak usia dini
    pbb = pajak bumi dan bangunan
    pdam = perusahaan daerah air minum
    pemda = pemerintah daerah
    pemdes = pemerintah desa
    pemilu = pemilihan umum
    perda = peraturan daerah
    perdes = peraturan desa
    phbs = perilaku hidup bersih dan sehat
    pilkada = pemilihan kepala daerah
    pilkades = pemilihan kepala desa
    pirt = pangan industri rumah tangga
    pju = penerangan jalan umum
    pkh = program keluarga harapan
    pkk = pemberdayaan dan kesejahteraan keluarga = pemberdayaan kesejahteraan keluarga
    plts = pembangkit listrik tenaga surya
    pmt = pemberian makanan tambahan
    pns = pegawai negeri sipil
    pokdarwis = kelompok sadar wisata
    poktan = kelompok tani
    posbindu = pos pembinaan terpadu
    poskamling = pos keamanan lingkungan
    poskesdes = pos kesehatan desa
    posyandu = pos pelayanan terpadu
    pppk = pegawai pemerintah dengan perjanjian kerja
    ptsl = pendaftaran tanah sistematis lengkap
    puskesmas = pusat kesehatan masyarakat
    pustu = puskesmas pembantu
    rakor = rapat koordinasi
    rpjmdes = rencana pembangunan jangka menengah desa
    rtlh = rutilahu = rumah tidak layak huni
    sekdes = sekretaris desa
    sembako = sembilan bahan pokok
    siskamling = sistem keamanan lingkungan
    skck = surat keterangan catatan kepolisian
    sktm = surat keterangan tidak mampu
    sma = sekolah menengah atas
    smk = sekolah menengah kejuruan
    smp = sekolah menengah pertama
    sppg = satuan pelayanan pemenuhan gizi
    tbc = tuberkulosis
    tni = tentara nasional indonesia
    toga = tanaman obat keluarga
    tpq = taman pendidikan quran = taman pendidikan Al-Qur'an
    umkm = usaha mikro kecil dan menengah = usaha mikro kecil menengah
"""


def read(forms):
    """`{words without those that say nothing: (words of another form, ...)}` of a table like FORMS."""
    others = {}
    for line in forms.strip().splitlines():
        same = [tuple(words_of_text(form)) for form in line.split("=")]
        for form in same:
            # What holds all of it is found by it anyway.
            others[telling(form)] = tuple(other for other in same if not {*form} <= {*other})
    return others


def telling(words):
    return tuple(word for word in words if word not in STOP_WORDS)


OTHER_FORMS = read(FORMS)
MOST_WORDS = max(map(len, OTHER_FORMS))
