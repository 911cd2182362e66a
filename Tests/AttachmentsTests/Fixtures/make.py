#!/usr/bin/env python3
"""Makes the files of this folder anew. Needs Pillow; they are committed, so that tests do not."""
import io, pathlib, struct, subprocess, zlib
from PIL import Image, PngImagePlugin

HERE = pathlib.Path(__file__).parent
MARK = "MARKER-OF-A-PLACE"


def picture(mode="RGB", size=(24, 16)):
    image = Image.new(mode, size)
    image.putdata([tuple((x * 7 + y * 3 + c * 50) % 256 for c in range(len(image.getbands())))
                   if len(image.getbands()) > 1 else (x * 7 + y * 3) % 256
                   for y in range(size[1]) for x in range(size[0])])
    return image


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = MARK
    tags[0x013B] = MARK
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", (50.0, 22.0, 12.0)
    place[3], place[4] = "W", (4.0, 8.0, 33.0)
    tags.get_ifd(0x8769)[0x9003] = "2026:03:01 10:00:00"
    return tags


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(name, image, orientation=None, **options):
    out = io.BytesIO()
    if orientation:
        options["exif"] = exif(orientation)
    image.save(out, "JPEG", quality=70, **options)
    (HERE / name).write_bytes(out.getvalue())
    return out.getvalue()


jpeg("plain.jpg", picture())
jpeg("grey.jpg", picture("L"), 3)
jpeg("cmyk.jpg", picture("CMYK"))
whole = jpeg("telephone.jpg", picture(), 6, comment=MARK.encode(), progressive=True,
             icc_profile=MARK.encode() * 8)
thumbnail = io.BytesIO()
picture(size=(8, 8)).save(thumbnail, "JPEG")
extra = (segment(0xE0, b"JFXX\0\x10" + thumbnail.getvalue())
         + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + MARK.encode() + b"</x:xmpmeta>")
         + segment(0xED, b"Photoshop 3.0\08BIM" + MARK.encode())
         + segment(0xE2, b"MPF\0" + MARK.encode()) + segment(0xEF, MARK.encode()))
film = b"\0\0\0\x18ftypmp42" + MARK.encode()
(HERE / "telephone.jpg").write_bytes(whole[:2] + extra + whole[2:] + film)

text = PngImagePlugin.PngInfo()
text.add_text("Author", MARK)
text.add_text("Long", MARK * 4, zip=True)
text.add_itxt("XML:com.adobe.xmp", MARK)
text.add(b"tIME", struct.pack(">HBBBBB", 2026, 3, 1, 10, 0, 0))
text.add(b"prVt", MARK.encode())
out = io.BytesIO()
picture("RGBA").save(out, "PNG", pnginfo=text, exif=exif(8), dpi=(72, 72), icc_profile=MARK.encode() * 8)
(HERE / "screen.png").write_bytes(out.getvalue() + b"<script>" + MARK.encode() + b"</script>")
out = io.BytesIO()
picture().quantize(16).save(out, "PNG", transparency=3)
(HERE / "palette.png").write_bytes(out.getvalue())

page = "<html lang=en><title>Letter</title><p>We write about the noise.</p></html>"
pdf = subprocess.run(["weasyprint", "-", "-"], input=page.encode(), capture_output=True, check=True).stdout
(HERE / "letter.pdf").write_bytes(pdf)


def small_pdf(extra=b"", trailer=b""):
    objects = [b"<</Type/Catalog/Pages 2 0 R" + extra + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return data + b"trailer<</Size 4/Root 1 0 R" + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start


(HERE / "script.pdf").write_bytes(small_pdf(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"))
(HERE / "hidden-script.pdf").write_bytes(small_pdf(b"/OpenAction<</S/J#61va#53cript/JS(app.alert\\(1\\))>>"))
(HERE / "launch.pdf").write_bytes(small_pdf(b"/OpenAction<</S/Launch/F(calc.exe)>>"))
(HERE / "attached.pdf").write_bytes(small_pdf(b"/Names<</EmbeddedFiles<</Names[]>>>>"))
(HERE / "locked.pdf").write_bytes(small_pdf(trailer=b"/Encrypt 5 0 R"))
(HERE / "small.pdf").write_bytes(small_pdf(b"/OpenAction[3 0 R/Fit]"))
