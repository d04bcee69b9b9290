"""Small PDFs written by hand: with lines of text at heights of their first page, files inside, or locked."""

PAGE = (
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
)
FONT = (
    b"5 0 obj<</Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>endobj\n"
    b"6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/FangSong"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>endobj\n"
)
TOP, MIDDLE = 760, 400


def written(*lines, inside=(), trailer=b"") -> bytes:
    """`lines`: (height, text)."""
    body = b"".join(
        b"BT /F1 16 Tf 80 %d Td <%s> Tj ET\n" % (at, text.encode("utf-16-be").hex().encode()) for at, text in lines
    )
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    ]
    parts += [PAGE, _stream(4, body), FONT]
    for number, data in enumerate(inside):
        key = 10 + 2 * number
        parts += [b"%d 0 obj<</Type/Filespec/F(x)/EF<</F %d 0 R>>>>endobj\n" % (key, key + 1), _stream(key + 1, data)]
    return b"".join([*parts, b"trailer<</Root 1 0 R%s>>\n%%%%EOF\n" % trailer])


def locked() -> bytes:
    """With a password that nobody knows."""
    secret = b"<" + b"ab" * 32 + b">"
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O%s/U%s/P -4>>/ID[<01><01>]" % (secret, secret)
    return written((TOP, "通知"), trailer=lock)


def _stream(key, data) -> bytes:
    return b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (key, len(data), data)
