"""Roots of Indonesian words, so that an affix is told from letters that belong to the word: "beruang" is no "ruang".

Written by hand for this portal: what villages and offices write about, words that only look as if they had an affix,
and names of that kind. Whoever finds a word wrongly taken apart adds its root here, and raises `EDITION`.
"""

# A new one means that stored words are made anew.
EDITION = 3

ROOTS = frozenset(
    """
    abad abadi abah abai abang abdi abjad abrasi absah absen abu acak acara acu acuh acung ada adab adang adaptasi
    adat adegan adik adil administrasi adopsi adu aduk advokasi agam agama agen agenda agung ahad ahli air ajaib
    ajak ajal ajar aju ajuk akad akademi akal akar akhir akhirat akhlak akibat akrab akreditasi aksara akses aksesori
    aksi akta aktif
    aktivitas aktual aku akun akurat alam alamat alami alas alat alih alir aljabar alokasi alpukat alumni alun alur
    amal aman amanah amanat amat ambang ambil ambisi ambulans amplop ampuh ampun amuk anak analisis ancam ancang
    anda andal andalas andil aneh aneka angan angga anggap anggar anggota anggrek angguk anggun anggur angin angka
    angkasa angkat angker angket angklung angkot angkuh angkut angsa angsur aniaya animasi anjing anjlok anjur antar
    antara anti antik antisipasi antre antusias anugerah anut anyam apa apel api apik aplikasi apotek apresiasi
    april arah arak arang aransemen area aren argumen arif arisan arloji arsip arsitek arti artikel artis arung arus
    asa asah asal asam asap asas aset asi asin asing asli asosiasi aspal aspek aspirasi asrama asri asuh asuransi
    atap atas atlas atlet atom atribut atur audit aula awak awal awan awas awet ayah ayam ayo ayom ayun azab azan
    babi babinsa baca badai badan badminton bagai bagi bagus bah bahagia bahan bahari bahas bahasa bahaya bahu baik
    baju bakar bakat bakau bakti baku bala balai balap balas balik balita balok balon balut bambu ban bandara bandel
    bandeng banding bandung bangga bangkai bangkit bangkrut bangku bangsa bangun banjar banjir bank bantah bantai
    bantal banten bantu banyak bapak bara barang barat bareng baris baru basah basis basmi bata batako batal batang
    batas batik batin batu batuk bau baur baut bawa bawah bawang baya bayam bayang bayar bayi bazar bea beasiswa
    beban bebas bebat bebek beber becak beda bedah bedak bedug bekal bekam bekap bekas beku bekuk bela belah
    belakang belalang belanda belanja belas belerang beleter beli beliau belimbing belit belitung belok beludru
    belum belut benah benak benang benar bencana benci benda bendera bendung bener bengkak bengkalis bengkel bengkok
    bengkuang bengkulu benih bening bensin bentak bentang bentar bentuk bentur benua berahi beranda berandal berang
    berangkat
    berani berantas beras berastagi berat berau beri beringin berita berkah berkas berkat berlian bermuda bersama
    bersih bersin bersit bertih beruang beruas berudu beruk berus besar besi besok besuk betah betina beton betul
    bhabinkamtibmas biak biang biar biara biasa biaya bibir bibit bicara bidan bidang bidik bijak biji bikin bilang
    bilas bima bimbing bina binatang bincang bingkai bingkas bingung biola bioskop birama biringkanaya biro biru
    bisa bising bisnis bius blangko bobol bobot bocah bocor bodoh bohong boks bola boleh bolong bom bone boneka bongkar
    bordir borong boros bos bosan botol bronjong brosur buah buai buang buas buat buaya bubar bubuh bubuk bubur budaya
    budi budidaya bugar bujuk buka buket bukit bukti buku bulan bulat bulog bulu bulutangkis bumbu bumdes bumi bumil
    bunda bundar bunga bungkus bunker buntu bunuh bunyi bupati buru buruh buruk burung bus busana busuk butik butir
    butuh buyung cabai cabang cabik cabut cacat cacing cadang cahaya cair cakap cakar cakup calon camat camilan
    campak campur canang canda candi candu canggih cangkang cangkir cangkok cangkul cantik cantum capai capek cara
    cari carik cat catat catur catut cedera cegah cek cekatan cekik ceklis celah celaka celana celup cemar cemara cemas
    cendana cendawan cendekia cenderamata cenderung cendol cengkeh cengkeram cepat cerah cerai ceramah cerdas cerdik
    ceria
    cerita cermat cermin cerutu cetak cetus cicil cicip cinta cipta ciri cita cium coba coblos cocok cokelat colok
    contoh coret covid cuaca cuci cucu cukup cukur cuma cungkil curah curang curi cuti dadak daerah daftar dagang
    daging dahulu dairi daki dakwah dalam dalang damai damba dampak damping dana danau dandan dandang dangdut dapat
    dapil dapur darah darat dari darma darurat dasar dasi data datang datar datuk daun daur dawai daya dayung debar
    debat debit debu dekap dekat deklarasi dekor dekorasi delegasi delman demak demam demo demokrasi dempul denah
    denda dendam dengar dengkul dengkur dengue depan deposito dera derajat derap deras deret derita derma dermaga
    desa desain desak desis destinasi detail deteksi detik dewa dewan dewasa dewi diabetes diagnosis diagram dialek
    dialisis dialog diam diare didih didik difteri digital dikotomi diktator dilema dimensi dinamika dinamis dinas
    dinding dingin dini dinkes dinsos diploma diplomasi direksi direktori direktur dirgahayu dirgantara dirham diri
    disabilitas disdik disertasi disinfeksi disiplin disko diskominfo diskon diskusi dispensasi disposisi distribusi
    distrik divisi doa dodol dokter dokumen dokumentasi dolar domba dominasi domisili dompu donasi donat dongeng
    donor dorong dosa dosen dosis drainase drama dua duduk duga duka dukcapil dukuh dukun dukung dulang dunia
    duplikat duri durian dusta dusun duta ecer edar edit edukasi efek efektif efisien ejek ekonomi ekor ekosistem
    eksekusi eksis ekskavator ekspor eksportir ekspresi ekstra ekstrem elak elang elektronik elemen elite elus emas
    emban ember embun embus emosi empang empat empati empu enak enam encer endap endus energi engah engkau entas enzim
    epidemi era erat erosi erti erupsi esai esok estafet estetika etika etnis evakuasi evaluasi evolusi fadil faedah
    fajar fakir fakta faktor fasih fasilitas fasilitasi fasilitator fauna favorit februari feri fermentasi festival
    figur film filter fisik fitnah fitri flora fokus folklor fondasi formal formasi forum fosil foto fotokopi fraksi
    fungsi gabah gabung gadai gading gadis gagah gagal gagas gajah gaji galah galak galang galeri gali gambang gambar
    gambir gambut gamelan gampang gandeng gandum ganggu ganjar ganjil ganti gantung gapura garam garap garasi garis
    garuda gas gatal gawat gaya gebrak gebyar gedung gejala geladi gelap gelar gelas geledah gelisah gelombang gelora
    geluh
    gemar gembala gembira gempa gempar gempita gempur gemuk genang genap generasi genetik genggam genteng geografi
    gerabah gerai gerak gerbang gereja gerhana gerobak gerus geser getah getar getuk giat gigi gigit gila gilang
    giling gilir ginjal giring gitar gizi global godok gol golf golok golong gorden goreng gosok gosong gotong
    goyang gradasi gratis grosir grup gua gubernur gubuk gudang gugah gugat gugur gula gulai gulat guling gulma
    gulung gumpal guna guncang gundah gundul gunting gunung gurami gurita guru gurun gusur guyub guyur hadang hadap
    hadiah hadir hadis hafal hajat haji hak hakikat hakim halal halaman halang halau halte halus hama hambat hamil
    hampar hancur hangat hangus hantam hantar hantu hanyut hapus haram harap harga hari harimau harmoni harmonis
    harta harum harus hasil hasut hati haul haus hawa hebat hektare hela helai helikopter helm hemat hempas henti
    heran herbal hewan hias hibah hibur hidang hidroponik hidup hijau hijrah hikmah hilang hilir hilirisasi himpun
    hina hindar hindu hingga hipotesis hirup historis hitam hitung hoaks homogen honor hormat horor hotel hubung hujan
    hukum
    hulu humas huni hunus huruf hut hutan ibadah ibarat ibu ide identitas iga ihwal ijab ijazah ijuk ikal ikan ikat
    ikhlas ikhtiar iklan iklim iktikad ikut ilham ilmiah ilmu imam iman imbang imbas imbau imbuh imigrasi imlek impi
    impit
    impor imunisasi inap inat incar indah indeks independen indonesia indra induk industri infak infeksi inflasi
    influenza
    informasi infrastruktur infus ingat ingin inisiatif injak inkubasi inovasi insaf insan insentif insinyur inspeksi
    inspirasi instal instansi institusi instruksi intai intan integrasi integritas intelek intensif intensitas
    internet interupsi inti intip inventaris investasi irama irigasi iring iris irit isap isi islam isolasi istana
    istimewa istirahat istri isu isyarat itik iuran izin jabar jabat jadi jadwal jaga jagal jagat jago jagung jahat
    jahe jahit jail jajah jajak jajan jaksa jala jalak jalan jalar jali jalin jalur jam jamaah jamah jamak jambore
    jambu jamin jamu jamur jangan janggal jangka jangkau jangkit janin janji jantan jantung januari jarah jarak
    jaring jarum jasa jasmani jati jatuh jauh jawab jawi jaya jebak jebol jeda jejak jejal jelajah jelang jelas
    jelek jelita jemaah jemaat jembar jembatan jemput jemur jenazah jenderal jengkel jengkol jenguk jenis jenjang jenuh
    jepang jepara jeriken jeruji jeruk jihad jilat jilid jimat jinak jiwa joget jorok jorong jual juang juara jubah
    judul jujur juli juluk jumat jumbo jumlah jumpa juni jurang juri jurnal jurnalis jurus jurusan kabar kabel kabul
    kabung kabut kaca kacamata kacang kacau kadar kader kades kagum kail kain kait kaji kaki kaku kala kalah kalang
    kalangan kalem kali kalimantan kalimat kalung kamar kambing kampanye kampung kampus kamus kanan kancil kandang
    kandas kandidat kandung kangkung kanker kantin kantong kantor kantuk kapal kapan kapas kapasitas kapling kapur
    karakter karang karantina karate karawang karcis kardus karet kargo karib karier karnaval kartini kartu karung
    karunia karya karyawan kasar kaset kasih kasir kasur kasus kata katak katalog kategori katolik katrol katun kaum
    kaus kawal kawan kawat kawin kaya kayu kayuh kebal kebaya kebayoran kebon kebumen kebun kecam kecap kecapi kecewa
    kecil kecimpung kecoak kecoh kecuali kecubung kedai kedaluwarsa kedap kedelai kedip kediri kedondong keerom
    kefamenanu kejam kejar keji keju kejut kekal kekang kelabu keladi kelahi kelambu kelapa kelas keledai kelenteng
    kelereng keliling kelinci kelir keliru kelola kelompok kelopak kelor keluar keluarga keluh keluwih kemah kemarau
    kemarin kemas kembali kembang kembar kembung kemeja kemenag kemenkes kemensos kemih kemiri kemoceng kemudi kena
    kenal kenang kenanga kenari kencan kencang kencing kencur kendal kendala kendali kendang kendara kendari kendi
    kendor kendur kenduri kening keningau kental kentang kentut kenyal kenyang kepahiang kepal kepala kepanjen
    kepayang keping kepiting kepompong kepulauan kepung kera kerah kerak keramat kerambah keramik keran keranjang
    kerapu keras keraton kerawang kerbau kerempeng kereta keretek kerikil kerinci kering keringat keris keriting
    kerja kersen kertas kerucut keruh keruk kerumun kerupuk kerut kesal kesan kesatria ketan ketapang ketat ketel
    ketela ketiak ketik ketua ketuk ketumbar ketupat khas khatam khatib khawatir khidmat khitan khotbah khusus kiai
    kias kiat kibar kibas kicau kikis kilat kilau kilo kimia kimono kinerja kini kios kipas kira kirab kiran kiri
    kirim kisah kisruh kitab klaim klarifikasi klasifikasi klasik klaster klinik kloset klub koar kobar koboi kode
    kodim kodok kohesi koki kolaborasi kolaka kolam koleksi kolektif kolibri kolom kolonel komando kombinasi komedi
    komentar kominfo komisi komite komitmen komoditas kompak kompas kompeni kompensasi kompetensi kompetisi kompleks
    komplet komponen kompor kompos komposisi komputer komunikasi komunitas kondisi kondusif konferensi konfirmasi
    konflik kongres konkret konsep konser konservasi konsisten konstruksi konsul konsultasi konsumen konsumsi kontainer
    kontak konteks konten kontes kontrak kontribusi kontrol konvensi koordinasi koordinator koperasi kopi kopling
    kopra koramil koran korban korek koreksi korupsi kosakata kosmetik kosong kota kotak kotor koyo kreasi kreatif
    kreator kredit krim kriminal krisis kristen kriteria kritik kritis kroket kuah kuak kuala kualitas kuasa kuat
    kubah kubis kubu kubur kucing kucur kuda kudeta kudis kudu kue kuesioner kuitansi kuku kukuh kukus kuliah
    kuliner kulit kulkas kulon kultur kumandang kumpul kumuh kuna kunci kuning kuningan kunjung kuno kuntit kunyah
    kunyit kuota kupas kupu kurang kuras kurban kurikulum kurir kurma kurs kursi kursus kurun kurung kusam kusen
    kuskus kusta kutip kutub kutuk kuyup kwartir laba laboratorium labu lacak laci lada ladang laga lagu lahan lahap
    lahir lain laju lajur laki lakon laksana laku lala lalai lalat lali lalu lama laman lamandau lambai lambang
    lambat lambung lamongan lampau lampion lampu lampung lamun lancar lancong landa landak landas langgan langgar
    langit langka langkah langsat langsung lanjut lansia lantai lantang lantar lantas lantik lantun lapak lapang
    lapar lapas lapis lapor lapuk larang laras lari laris larut larva lasak laskar latar lateks latih lauk laut
    lawak lawan lawat layak layan layang layar layat layu lebah lebar lebaran lebat lebih lebur lecet ledak lega
    legal legenda legislatif leher lekat leko lelah lelang lele leleh lemah lemari lembab lembaga lembah lembap
    lembar lembata lembur lembut lempar lempeng lengan lengkap lengket lengkuas lengkung lenong lensa lentur lepas
    leptospirosis lereng lestari lesung letak letih letus level lewat liar libas libat libur licik licin lidah lidi
    lihai lihat lilin lilit lima limbah limpah lincah lindung lingkar lingkung lintah lintas lipat liput lisan
    lisensi listrik liter literasi lobi logam logat logis logistik logo lokakarya lokal lokasi lokomotif lolos lomba
    lompat lonceng longsor lonjak lontar lorong lowong loyal luang luap luar luas lubang lucu ludah luhur luka lukis
    luluh lulus lumbung lumpia lumpuh lumpur lumut lunak lunas luncur lunglai lupa lurah lurus lusa lusuh lutut
    luwes maaf mabuk macam macan macet madrasah madu magang magelang magetan maghrib magnet mahal mahar mahasiswa
    mahir mahkamah mahkota main majalah majelis majemuk maju makalah makam makan makmur makna maksimal maksud
    malaikat malam malang malaria malas malu maluku mamasa mampir mampu manado manajemen manajer mancanegara mandai
    mandala mandat
    mandi mandiri mandor manfaat mangga manggarai manggis mangkir mangkok mangkrak mangkuk mangrove mangsa mangsi
    manik manis manokwari mantan mantap mantra manual manula manusia manuver marah maraton maret marga marginal mari
    markas martabat masa masak masalah masam masjid masker massa masuk masyarakat masyhur mata matahari matang
    materi mati matras mau maulid mawar maya mayat mayor mayoritas mayur mebel medali medan media medis megah meja
    mekanik mekar melati melawi melayu melek meleset melinjo melodi membran memo memorandum memori mempawah menado
    menang menara mendagri mendali mendiang mendoan mendung menggala mengkuang mengkudu meni menir meniran menjangan
    menko menstruasi mentah mentari mentawai mentega menteng menteri mentimun mentor menu merah merak merana
    merangin meranti merauke meraung merbabu mercon mercu mercusuar merdeka merdu merek meriah meriam meriang merica
    merpati mertua mesin mesiu meski mesra mesuji metafora meteor meterai meteran metode mewah migrasi mihrab mikro
    mikrofon
    milenial milik militer mimbar mimika mimpi minahasa minat minggu minim minta minum minyak miring mirip misa misi
    miskin misteri mitigasi mitos mitra mobil mobilisasi mobilitas moda modal model moderasi modern modifikasi modul
    mogok mohon momen monitor monitoring monumen monyet moral motivasi motor muak mual muara muat muballigh muda
    mudah mudik mufakat muhammadiyah mujair mujur muka mukena mukim mula mulas mulia muluk mulus mulut muna munas
    muncul mundur mungkin murah mural muram murid murni murung musala musang museum musibah musik musim musisi
    muslim muslimat musnah mustahik musuh musyawarah mutasi mutiara mutu muzaki nabi nabire nada nadi nafas nafkah
    nafsu naga nagari naik najis nakal nakhoda nalar nama nanah nanas nanti napas narasi narasumber narkoba
    narkotika nasabah nasi nasib nasihat nasional naskah natal natrium natuna naung nazar negara negeri negosiasi
    nekat nelayan nenek neraca neraka netral nganjuk ngawi niaga niat nihil nikah nikel nikmat nila nilai ninik
    nisan niscaya nobar noda nomor nonton norma normal normalisasi notaris notula novel november nuansa nusantara
    nutrisi nyala nyaman nyamuk nyanyi nyaring nyaris nyata nyawa nyeri nyonya obat obituari objek obok obor obral
    obrol observasi odol ojek oknum oksigen oktober olah olahraga oleh oles olimpiade ombak omel omong omset omzet
    ongkos oper operasi operasional operator opini opsi optik optimal oralit orang orasi orator ordo organ organik
    organisasi orientasi orisinal orkes otak otomatis otonom otonomi otoritas otot oven pabean pabrik pacar pacitan
    pacu padam padang padat padi padu paduka pagar pagelaran pagi pahala paham pahat pahit pahlawan pajak pajang pakai
    pakan pakar paket paksa paku pala palang palawa palawija paling palsu palu paman pamekasan pamer pamit pamong
    pamor panas pancang pancar pancasila panci pancing pancur panda pandai pandan pandang pandeglang pandemi pandu
    panen pangan panggang panggil panggul panggung pangkal pangkas pangkat pangkep pangku panglima pangling pangsit
    panik panitia panjang panjat panorama panser pansus pantai pantang pantas pantau panti pantun papah papan papar
    papaya papua para parade paraf parah parang parepare parfum parit parkir parlemen partai partisipasi paru parut
    pasak pasaman pasang pasar pasca pasien pasif pasir paskah paskibra paskibraka pasok paspor pasti pasukan pasung
    pasuruan patah paten pati patok patri patroli patuh patung patut paud pawai pawang payah payudara payung pecah
    pecat pecut pedagogi pedal pedalaman pedas pedati pedih pedoman peduli pegal pegang pegas pegawai pejal peka
    pekalongan pekan pekanbaru pekarangan pekat pelabuhan pelalawan pelaminan pelan pelana pelangi pelatuk pelek
    pelepah pelet pelihara pelikan pelipis pelita pelopor pelosok peluang peluh peluit peluk peluru pemalang
    pematang pemda pemdes pemilu pemilukada pemkab pemkot pemprov pemuda pena penajam penalti penatua pencak pencil
    pendam pendapa pendek pendekar pendeta pendopo pengacara penganan pengantin pengaruh penggal penghulu pengin
    pengki penguin pening peniti penjara penjuru pensil pensiun pentas pentil penting penuh penukal penyengat penyu
    pepatah pepaya pepes perabot perah perahu perak peran peranakan perang perangai perangkap perangkat perangko
    peras perawan perban perbup perca percaya percik percuma perda perdana perdata perdes perempuan peresean pergi
    pergola pergub periang peribahasa perigi perihal periksa peringkat perintah perisai peristiwa periuk perkakas
    perkara perkasa perkedel perkusi perkutut perlahan perlu permadani permai permaisuri permak permata permen
    permisi pernah pernis peron perosok perpres persen persentase persero persis personel pertalite pertama pertamina
    perunggu perut perwira pesan pesanggrahan pesantren pesat pesawaran pesawat pesisir pesona pesta pestisida peta
    petai petak petang petasan peti petik petir petis petuah piala piawai picu pidana pidato pidie piguran pihak pijak
    pijat pikat piket pikir pikul pilah pilar pilek pilih pilin pilkada pilot pilu pimpin pinang pindah pindai
    pinggan pinggir pinggul pingsan pinjam pinta pintar pintas pintu pinus pipa pipi pipih piramid piring pisah
    pisang pisau pistol piutang plafon plasma plastik pohon poin pojok pokok pola poles polewali poli polio polisi
    politik polres polsek polusi pompa pondok ponorogo ponsel popok populer porak porsi portal pos posisi positif
    poskamling poster posyandu potensi poton potong potret prajurit prakarsa praktik pramuka prasarana prasasti
    predikat prediksi prematur premi presentasi presiden prestasi pribadi prihatin prima prinsip prioritas privasi
    problem probolinggo produk produksi produktif produsen profesi profesional profil program proklamasi proletar
    promosi properti proposal prosedur proses protein protes protokol provinsi provokasi proyek psikologi puas puasa
    publik publikasi pucat pucuk pudar pugar puing puisi puja puji pukat pukau pukul pula pulang pulas pulau pulih
    pulsa puluh punah puncak pundak pungut punjung puntung punya pupuk pupus pura purba purbalingga puri purna
    purnama puruk purun purwakarta purworejo pusaka pusar pusat puser pusing puskesmas pustaka putar putih putra
    putri putus puyuh qasidah quran raba rabies rabu raga ragam ragi ragu rahasia rahim rahmat raih raja rajin
    rajungan rajut rakit rakus rakyat ramadan ramah ramai ramal rambu rambut rambutan rampas rampok rampung ramu
    rancang rangka rangkai rangkap rangkul rangkum rangsang ransel rantai rantang rantau ranting rapat rapi rapor
    rasa rasio rasul rata ratap ratu ratus raut rawa rawan rawat raya rayu razia reaksi realisasi rebah rebana
    reboisasi rebung rebus rebut reda redaksi redam reformasi regenerasi registrasi regu regulasi rehab rehabilitasi
    rekam rekan rekap rekat rekayasa rekening rekomendasi rekonsiliasi rekor rekreasi rekrut rektor rel rela relawan
    relevan reli religi religius relokasi remaja rematik rembuk rempah renang rencana rendah rendam rendang renggang
    renovasi rentan rentang renung reog repot representasi republik resah resap resep reses resik resmi respons
    restoran restu retak retribusi revisi revolusi reyot rezeki rezim riak riang rias ribu ribut rilis rimba rimbun
    rinci rindu ringan ringkas ringkus rintang rintis risalah risau riset risiko ritual riuh riwayat robek roboh roda
    rohani rohis roket rokok romantis rombak rombeng rombong romo ronda rongga rotan roti royong ruang rugi ruko
    rukun rumah rumput rumus runding rundung runtuh runtun rupa rupiah rusa rusak rusuh rute rutin rutinitas ruwat
    saat sabar sablon sabtu sabuk sabun sabut sadap sadar safari sah sahabat saham sahid sahur saing sains saji
    sakelar sakit sakral saksama saksi sakti saku salah salak salam salat saldo saleh salib salin saling salinitas
    salju salon
    salur salut sama samar samarinda sambal sambang sambar sambil sambung sambut sampah sampai sampan sampang sampel
    samping sampir sampul samudra sandal sandang sandar sandi sandiwara sanggar sanggau sanggul sanggup sangka
    sangkal sangkar sangkut sangsi sanitasi saniter sanjung sanksi sansevieria santai santan santap santri santun
    sapa sapi sapu saraf saran sarana sarang sarapan sarasehan sari saring sarjana sarung sasak sasana sasar sastra
    satelit satgas satpam satu satwa saudara saus sawah sawi sawit sawo saya sayang sayap sayembara sayur sebab
    sebar sebarang sebatik sebelas seberang sebut sedan sedang sedap sedekah sederhana sedia sedih sedikit sedot
    segan segar segel segera segitiga sehat sejahtera sejak sejarah sejuk sekadar sekadau sekali sekam sekap
    sekarang sekat sekayu sekdes sekoci sekolah sekop sekretariat sekretaris sekrup seksi sektor sekuriti sekutu
    selada selai selam selamat selancar selang selaput selasa selasar selat selatan selawat selayar seledri seleksi
    selempang selendang selenggara selera selesai seleweng selidik selimut selip selisih seloka selokan selong
    seluler seluma selundup seluruh selusur semai semak semakin semangat semangka semarak semarang semat sembah
    sembako sembarang sembelih sembelit sembilan sembuh sembunyi sembur semburit semen sementara semester semi
    seminar sempat sempit sempoa semprot sempurna semu semut senam senandung senang senapan senar senat sendal
    sendawa sendi sendiri sendok sendu seng sengat senggol sengketa sengon sengsara seni senin senior senja senjata
    sensasi sensor sensus senter sentosa sentra sentral sentuh senyum sepak sepakat sepakbola sepatu sepeda seperti
    sepi september septik sepuluh sepupu seragam serah serai serak seram serambi serampangan serang serap serasi serat
    serawai serba serbet serbu serbuk serdadu serdang serentak seret sergap seri serigala serikat serimpi sering
    serius serobot seroja serta sertifikasi sertifikat seru seruling serunding seruni seruyan servis sesak sesal
    sesama sesat sesi sesuai setan setempat seterika setia setir setop setor setrika setuju setum sewa siaga siang siap
    siapa siar siasat siber sibolga sibuk sidak sidang sidik sidoarjo sifat sigap sigi sihir sikap sikat sikka siklon
    siklus siksa siku sila silakan silam silang silat silaturahmi silsilah simak simbol simpan simpang simpati
    simpul simulasi simulator sinar sindikat sindir sinergi sinetron singgah singgung singkat singkatan singkir
    singkong sinopsis sintang sinyal sipil siram sirene sirih sirkulasi sirna sirup sisa sisi sisih sisip sisir
    sistem sistematis siswa siswi sita situ situasi situbondo situs siul skala skema skripsi skuter sleman slogan
    soal soda sodor sofa sohib sokong solar solidaritas solo solok solusi sombong songket sopan sopir soppeng sorak
    sore sorong sorot sosial sosialisasi sosok sosor soto spanduk spesial spesialis sponsor spontan sprei sragen
    stabil stadion stan standar standardisasi stasiun status stek stiker stok strategi stres struktur studi stunting
    suaka suami suap suara suasana suatu subak subjek subsidi subuh subur suci sudut sugesti suguh suhu suit suka
    sukabumi sukarela sukoharjo sukses suksesi suku sulam sulap sulawesi suling sulit sultan suluh sulur sumatra
    sumbang
    sumbat sumbawa sumber sumbu sumedang sumpah sumpit sumur sunah sunat sunda sundul sungai sungguh suntik sunting
    sunyi supervisi suplai surabaya surah surakarta suralaya suram surat surga suruh surut survei surya susah susu
    susuk susul susun susup susur sutra swadaya swasembada swasta syahadat syahdu syair syal syarat syariah syawal
    syukur taat tabalong tabanan tabayun tabel tabiat tabib tablet tabligh tabrak tabu tabuh tabung tabur tadarus tadi
    tafsir tagih tahan tahap tahlil tahu tahun taipan tajam tajuk takalar takar takbir takdir takhta takik takjil
    takjub taklim takluk takraw taksi takut takwa takziah talas talenta tali talud tamak taman tamat tambah tambak
    tambal tambang tambat tambun tampak tampan tampar tampil tampung tamu tanah tanak tanam tanda tandan tandang
    tandatangan tanding tandon tandu tangan tangerang tangga tanggal tanggap tangguh tanggul tanggulang tanggung
    tangis tangkal tangkap tangkas tangki tangkis tani tanjak tanjung tanpa tantang tante tanya tapak tape taplak
    taraf tarawih tarekat target tari tarif tarik taring taruh taruna tarung tas tasikmalaya tata tatap tatar taubat
    taufik taut tawa tawan tawar tawas tawuran taxi tayang teater tebak tebal tebang tebar tebas tebing tebu tebus
    teduh tegak tegal tegang tegap tegas tegel teguh teguk tegur teh tekad tekan teknik teknis teknologi teko teks
    tekstil tekuk tekun telaah teladan telaga telan telanjur telantar telapak telat telepon teleskop televisi teliti
    telon teluk telur telusur teman temanggung tembaga tembak tembakau tembang tembok tembus tempa tempat tempe
    tempel tempuh temu tenaga tenang tenda tendang tender tengah tenggara tenggat tenggelam tengger tenis tentang
    tentara tenteram tentu tenun tenung teori tepat tepi tepis tepuk tepung terampil terang terap terapi teras
    terasering terasi teratai teratak terawang terbang terbit teriak terigu terik terima teripang teritip terjal
    terjang terjemah terjun terka terkam terkenal termal terminal terminologi termos ternak ternate terobos terompet
    terong teropong terowong terpal tersier tertib terumbu teruna terus tes tetangga tetap tetas teter tetes tewas
    tiang tiap tiba tidur tiga tikam tikar tiket tikung tikus tilang tilap tilawah tilik timah timba timbang timbul
    timbun timpa timur tindak tindas tindih tinggal tinggi tingkah tingkat tinja tinjau tinju tipis tipu tirai tiram
    tiri tiris tirta tirto tiru tisu titah titik titip toga toilet toko tokoh tolak toleransi tolitoli tolong tombol
    tong tonggak tongkat tonjol tonton topan topang topeng topi toraja toreh toros total totok tradisi tradisional
    tragedi
    traktor transaksi transfer transfusi transmigrasi transparan transportasi trauma tren trenggalek trotoar tsunami
    tua tuai tuak tuan tuang tuar tuban tuberkulosis tubuh tuding tuduh tugal tugas tugu tuhan tuju tukang tukar
    tukik tulang tular tuli tulis tulungagung tulus tumbang tumbuh tumbuk tumis tumit tumpah tumpang tumpeng tumpuk
    tuna tunai tunang tunas tunda tunduk tunggak tunggal tunggang tunggu tungku tunjang tunjuk tuntas tuntun tuntut
    turis turnamen turun turut tusuk tutor tutup tutur ubah ubi ucap udang udara ujar uji ujung ukir ukur ulama
    ulang ular ulas ulat uleg ulet ulos ultah umat umbi umpama umpan umrah umum umur undang undi unduh unggah unggas
    unggul ungkap ungkit ungsi ungu unik unit universitas unjuk unsur unta untai untung upacara upah upas upaya urai
    urap urat urban urin urug urus urut usaha usai usap usia usik usir ustaz usuk usul usung usut utama utang utara
    utopis utuh utus uzur vaksin validasi validitas valuta varian variasi vegetasi verifikasi versi
    veteran video vila viral virus visi visual vital vitamin vokal voli volume vonis wabah wabup wadah wader waduk
    wafat wahana wahyu waisak wajah wajan wajib wajo wakaf wakil waktu walet wali walikota walimah wanita warga
    waris warna warta wartawan warung wasana wasiat wasit waspada wastafel watak wawancara wawas wayang webinar weda
    wedang wenang wewangi wewenang wibawa wihara wiji wilayah wira wirausaha wisata wisma wisuda wonogiri wonosobo
    wujud wushu yakin yasin yatim yayasan yoga yogyakarta yudisium yuridis zaitun zakat zalim zaman zebra ziarah
    zikir zona zonasi zuhur
    """.split()  # noqa: SIM905
)

# Of four letters and more, with a vowel by which they might be taken for a slip; those without are told by that. A new
# one changes no stored word.
ABBREVIATIONS = frozenset(
    """
    apbd apbdes apbn bawaslu baznas bumd bumdes bumdesa bumdesma bumn damkar dapodik dekranasda disdukcapil forkopimcam
    forkopimda gapoktan hipmi ispa kadin kemendagri kemendes kemensos komdigi kpai kwarcab kwarran lazismu lazisnu monev
    musdes musdus musrenbang musrenbangdes odgj pamdes pamsimas panwascam panwaslu paskibra paskibraka paud pdam perda
    perdes pgri pilkada pilkades pirt pokdarwis pokja polindes posbakum posbindu poskesdes ppid puskesdes puskesos pustu
    qris raperda renja renstra rkpdes rpjmdes rsia rsud rutilahu satgas satlinmas satpol siskeudes siup sman spbu sutet
    tagana umkm wifi
    """.split()  # noqa: SIM905
)

# One way to write a word, of several that people use.
VARIANTS = {
    "ahir": "akhir",
    "akherat": "akhirat",
    "aksesoris": "aksesori",
    "akte": "akta",
    "almari": "lemari",
    "alquran": "quran",
    "ambulan": "ambulans",
    "ambulance": "ambulans",
    "analisa": "analisis",
    "antri": "antre",
    "apotik": "apotek",
    "asesoris": "aksesori",
    "atlit": "atlet",
    "azas": "asas",
    "bayem": "bayam",
    "bazaar": "bazar",
    "bengkoang": "bengkuang",
    "beronjong": "bronjong",
    "bis": "bus",
    "blanko": "blangko",
    "cabe": "cabai",
    "carnaval": "karnaval",
    "cendikia": "cendekia",
    "cengkih": "cengkeh",
    "cidera": "cedera",
    "cinderamata": "cenderamata",
    "closet": "kloset",
    "coklat": "cokelat",
    "design": "desain",
    "detil": "detail",
    "diagnosa": "diagnosis",
    "disain": "desain",
    "ds": "desa",
    "duhur": "zuhur",
    "eksport": "ekspor",
    "ekstrim": "ekstrem",
    "elit": "elite",
    "export": "ekspor",
    "faham": "paham",
    "fihak": "pihak",
    "fikir": "pikir",
    "filem": "film",
    "gladi": "geladi",
    "gubernor": "gubernur",
    "hadist": "hadis",
    "hadits": "hadis",
    "hakekat": "hakikat",
    "handal": "andal",
    "hektar": "hektare",
    "hembus": "embus",
    "himbau": "imbau",
    "hipotesa": "hipotesis",
    "hisap": "isap",
    "hoax": "hoaks",
    "hutang": "utang",
    "ibadat": "ibadah",
    "ijasah": "ijazah",
    "ijin": "izin",
    "import": "impor",
    "indera": "indra",
    "insyaf": "insaf",
    "isteri": "istri",
    "itikad": "iktikad",
    "jadual": "jadwal",
    "jagad": "jagat",
    "jaman": "zaman",
    "jemaah": "jamaah",
    "jenasah": "jenazah",
    "jendral": "jenderal",
    "jerigen": "jeriken",
    "jiarah": "ziarah",
    "jl": "jalan",
    "jln": "jalan",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "kab": "bupati",
    "kadaluarsa": "kedaluwarsa",
    "kadaluwarsa": "kedaluwarsa",
    "kaos": "kaus",
    "karir": "karier",
    "katagori": "kategori",
    "kec": "camat",
    "ketimun": "mentimun",
    "khotib": "khatib",
    "khutbah": "khotbah",
    "komoditi": "komoditas",
    "komplek": "kompleks",
    "komplit": "komplet",
    "kongkrit": "konkret",
    "konkrit": "konkret",
    "konperensi": "konferensi",
    "koordinir": "koordinasi",
    "kordinasi": "koordinasi",
    "kordinir": "koordinasi",
    "kuatir": "khawatir",
    "kyai": "kiai",
    "lembab": "lembap",
    "lobang": "lubang",
    "majlis": "majelis",
    "management": "manajemen",
    "manager": "manajer",
    "materai": "meterai",
    "merk": "merek",
    "mesjid": "masjid",
    "metoda": "metode",
    "moderen": "modern",
    "mujahir": "mujair",
    "mushalla": "musala",
    "mushola": "musala",
    "musholla": "musala",
    "musium": "museum",
    "musyawarat": "musyawarah",
    "nafas": "napas",
    "nampak": "tampak",
    "nasehat": "nasihat",
    "negri": "negeri",
    "no": "nomor",
    "nomer": "nomor",
    "nopember": "november",
    "obyek": "objek",
    "omset": "omzet",
    "orisinil": "orisinal",
    "pasport": "paspor",
    "pebruari": "februari",
    "perduli": "peduli",
    "photo": "foto",
    "pinsil": "pensil",
    "pondasi": "fondasi",
    "popular": "populer",
    "praktek": "praktik",
    "proklamir": "proklamasi",
    "prop": "provinsi",
    "propinsi": "provinsi",
    "prosentase": "persentase",
    "prov": "provinsi",
    "putera": "putra",
    "puteri": "putri",
    "ramadhan": "ramadan",
    "ramadon": "ramadan",
    "rame": "ramai",
    "rapih": "rapi",
    "raport": "rapor",
    "rejeki": "rezeki",
    "rejim": "rezim",
    "resiko": "risiko",
    "reumatik": "rematik",
    "reyog": "reog",
    "rubah": "ubah",
    "sadakah": "sedekah",
    "sahadat": "syahadat",
    "saklar": "sakelar",
    "samudera": "samudra",
    "saos": "saus",
    "sekedar": "sekadar",
    "sekertaris": "sekretaris",
    "seksama": "saksama",
    "septic": "septik",
    "setrika": "seterika",
    "shalat": "salat",
    "shalawat": "selawat",
    "sholat": "salat",
    "sholawat": "selawat",
    "silahkan": "silakan",
    "silaturahim": "silaturahmi",
    "silaturrahmi": "silaturahmi",
    "sirop": "sirup",
    "sistim": "sistem",
    "sodakah": "sedekah",
    "sodakoh": "sedekah",
    "sodara": "saudara",
    "solat": "salat",
    "sorga": "surga",
    "standarisasi": "standardisasi",
    "subyek": "subjek",
    "sukur": "syukur",
    "sumatera": "sumatra",
    "supir": "sopir",
    "survai": "survei",
    "survey": "survei",
    "sutera": "sutra",
    "syaraf": "saraf",
    "talim": "taklim",
    "talut": "talud",
    "tauladan": "teladan",
    "tehnik": "teknik",
    "tehnologi": "teknologi",
    "telor": "telur",
    "telphone": "telepon",
    "telpon": "telepon",
    "tentram": "tenteram",
    "terlantar": "telantar",
    "terung": "terong",
    "timun": "mentimun",
    "tradisionil": "tradisional",
    "trampil": "terampil",
    "trasi": "terasi",
    "ustad": "ustaz",
    "vidio": "video",
    "vihara": "wihara",
    "yogya": "yogyakarta",
}

# What no rule leads to its root, of Sanskrit, Javanese or Dutch making.
IRREGULAR = {
    "beramal": "amal",
    "digitalisasi": "digital",
    "kabupaten": "bupati",
    "kaderisasi": "kader",
    "kadipaten": "adipati",
    "legalisasi": "legal",
    "mahasiswi": "mahasiswa",
    "maksimalisasi": "maksimal",
    "minimalisasi": "minimal",
    "modernisasi": "modern",
    "netralisasi": "netral",
    "ngaji": "kaji",
    "optimalisasi": "optimal",
    "pariwisata": "wisata",
    "partisipatif": "partisipasi",
    "pemudi": "pemuda",
    "peserta": "serta",
    "prakiraan": "kira",
    "prasejarah": "sejarah",
    "tatanan": "tata",
    "urbanisasi": "urban",
    "vaksinasi": "vaksin",
}
