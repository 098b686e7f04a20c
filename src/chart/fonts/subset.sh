#!/bin/sh
# Makes PlancastSans-Regular.otf, the font that charts are drawn and measured with, from Noto Sans CJK.
#
# Needs: Debian's fonts-noto-cjk (or the same NotoSansCJK-Regular.ttc from elsewhere, as first argument)
# and Python with fonttools (`pip install fonttools`).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=${1:-/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Which characters: Basic Latin, Latin-1, Greek letters, the punctuation and symbols of charts, Chinese
# punctuation, full-width forms, and the 6763 characters of GB 2312 (rows 16 to 87).
${PYTHON:-python3} - "$work/characters.txt" <<'PYTHON'
import sys

characters = {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xA0, 0x100)}
characters |= set("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω")
characters |= set("⁰⁴⁵⁶⁷⁸⁹–—‘’“”†•…‰′″‹›€™−×÷±≈≠≤≥∞√∑∆→←↑↓↗↘²³₀₁₂₃₄₅₆₇₈₉℃№·○●△▲▽▼□■◇◆★☆✓\u2002\u2003\u2009\u202f\u00ad")
characters |= set("、。〈〉《》「」『』【】〔〕〇①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㎡")
characters |= {chr(c) for c in range(0xFF01, 0xFF5F)} | set("¥￥")
for row in range(16, 88):
    for cell in range(1, 95):
        try:
            characters.add(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312"))
        except UnicodeDecodeError:
            pass  # row 55 ends at cell 89
open(sys.argv[1], "w", encoding="utf-8").write("".join(sorted(characters)))
PYTHON

# Number 2 of the collection is Simplified Chinese. Kerning and marks are kept, alternates are not.
${PYTHON:-python3} -m fontTools.subset "$source" --font-number=2 --text-file="$work/characters.txt" \
    --layout-features=kern,mark,mkmk --no-hinting --desubroutinize --name-IDs='*' --name-languages=0x409 \
    --output-file="$work/subset.otf"

# A name of its own, so that no font of the same name on a reader's machine is taken for it.
${PYTHON:-python3} - "$work/subset.otf" "$here/PlancastSans-Regular.otf" <<'PYTHON'
import sys

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)

# Noto Sans CJK has no subscript digits and no narrow spaces: subscripts are its superiors set lower.
strings, cmap = font["CFF "].cff.topDictIndex[0].CharStrings, font.getBestCmap()
glyphs, order = font.getGlyphSet(), font.getGlyphOrder()


def add(character, model, width, draw):
    """A new glyph whose vertical metrics and private dictionary are those of `model`."""
    name = f"cid{max(int(n[3:]) for n in order if n.startswith('cid')) + 1:05d}"
    pen = T2CharStringPen(width, glyphs)
    draw(pen)
    charstring = pen.getCharString(private=strings[model].private, globalSubrs=strings[model].globalSubrs)
    order.append(name)
    font.setGlyphOrder(order)
    strings.charStringsIndex.append(charstring)
    strings.charStrings[name] = len(strings.charStringsIndex) - 1
    top = font["CFF "].cff.topDictIndex[0]
    top.charset = order
    top.FDSelect.append(top.FDSelect[font.getGlyphID(model)])
    font["hmtx"][name] = (width, font["hmtx"][model][1])
    font["vmtx"][name] = font["vmtx"][model]
    font["VORG"].VOriginRecords[name] = font["VORG"][model]
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[character] = name


for digit, superior in enumerate([0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079]):
    if superior in cmap and 0x2080 + digit not in cmap:
        model = cmap[superior]
        add(0x2080 + digit, model, font["hmtx"][model][0],
            lambda pen, model=model: glyphs[model].draw(TransformPen(pen, (1, 0, 0, 1, 0, -430))))
# The superiors that it lacks are digits and signs made small and set higher; so are the subscripts made from them.
for character, base in zip("⁰⁵⁶⁷⁸⁹⁻⁺ᵀ₀₅₆₇₈₉", "056789−+T056789"):
    if ord(character) not in font.getBestCmap():
        model, height = cmap[ord(base)], (-60 if 0x2080 <= ord(character) else 330)
        add(ord(character), model, round(font["hmtx"][model][0] * 0.62),
            lambda pen, model=model, height=height: glyphs[model].draw(
                TransformPen(pen, (0.62, 0, 0, 0.62, 0, height))))
for space in (0x2009, 0x202F):
    if space not in cmap:
        add(space, cmap[0x20], 180, lambda pen: None)
family, names = "Plancast Sans", font["name"]
for number, text in {1: family, 2: "Regular", 3: "plancast;PlancastSans-Regular", 4: family,
                     6: "PlancastSans-Regular", 16: family, 17: "Regular"}.items():
    names.removeNames(nameID=number)
    names.setName(text, number, 3, 1, 0x409)
    if number < 7:
        names.setName(text, number, 1, 0, 0)
cff = font["CFF "].cff
cff.fontNames[0] = "PlancastSans-Regular"
cff.topDictIndex[0].FullName = family
cff.topDictIndex[0].FamilyName = family
font.save(sys.argv[2])
PYTHON
ls -l "$here/PlancastSans-Regular.otf"
