"""The same twenty lines by python-escpos: receipts a second as Big5 text, and as dots drawn with Pillow."""

import sys
import time

from escpos.printer import Dummy
from PIL import Image, ImageDraw, ImageFont

NAMES = ["蛋餅", "鮪魚三明治", "豆漿（中杯、半糖、去冰）", "Croissant au beurre", "鍋燒意麵", "茶葉蛋"]
LINES = [(NAMES[n % 6], n + 1, (n + 1) * 7 + 15) for n in range(20)]
HEAD = ["小巷咖啡", "統一編號 Tax ID 12345678", "交易明細 Sales receipt", "單號 No. A01-20260105-0012"]
FOOT = ["總計 Total NT$ 23,600", "謝謝光臨，歡迎再來！", "本單據非統一發票"]


def rows():
    items = [f"{name}  {n} x {price}  {n * price} TX" for name, n, price in LINES]
    return HEAD + items + FOOT


def letters():
    printer = Dummy()
    printer.hw("INIT")
    printer._raw(b"\x1c&")
    for row in rows():
        printer._raw(row.encode("big5", "replace") + b"\n")
    printer.qr("A01-20260105-0012", native=True, size=6)
    printer.cut()
    return printer.output


FONT = ImageFont.truetype(sys.argv[1], 24)


def dots():
    text = rows()
    picture = Image.new("1", (576, 34 * len(text)), 1)
    draw = ImageDraw.Draw(picture)
    for n, row in enumerate(text):
        draw.text((0, 34 * n), row, font=FONT, fill=0)
    printer = Dummy()
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster")
    printer.qr("A01-20260105-0012", size=6)
    printer.cut()
    return printer.output


def per_second(make):
    start, made = time.perf_counter(), 0
    while time.perf_counter() - start < 0.4:
        make()
        made += 1
    return made / (time.perf_counter() - start)


print(per_second(letters), per_second(dots))
