"""Indonesian words that say nothing about what a text is about; a search leaves them out, but in "quotation marks"."""

STOP_WORDS = frozenset(
    """
    ada adalah agar akan aku anda antara apa apabila apakah atas bagaimana bagi bahwa beberapa begitu belum berapa
    bisa boleh bukan dalam dan dapat dari daripada demi demikian dengan di dia hal hanya harus hingga ia ialah ini
    itu jadi jika jikalau juga kalau kami kamu kapan karena ke kemudian kepada ketika kita lagi lah lain lalu
    lebih maka mana masih mengapa mereka merupakan namun oleh pada para pasti pula pun saat saja sambil sampai sangat
    saya sebab sebagai sebuah secara sedang sehingga sejak selain selama semua seorang seperti serta setelah setiap
    siapa sini situ suatu sudah supaya tapi telah tentang tentu tersebut tetapi tiap untuk walau walaupun yaitu yakni
    yang
    """.split()  # noqa: SIM905
)
