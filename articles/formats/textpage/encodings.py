"""In which encoding a page was saved, by what it says in each.

UTF-8 is tried first, since hardly anything else can be read so by chance; then UTF-16; then the
single-byte and East Asian encodings are compared by how much of what they give are letters that
their languages use most. Windows-1252 is what is left where nothing else is clearly better.
"""

from __future__ import annotations

import codecs
import re

_marks = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
FALLBACK = "cp1252"
# By encoding, for each of its languages (or a few that are alike) the letters beyond ASCII that
# are used: what one encoding makes of another's text are letters that no one language has.
_latin = {
    "cp1252": (
        "äöüßÄÖÜé",
        "éèêëàâçîïôûùœæÉÈÀÇÊÎÔ",
        "ñáíóúéüÑÁÍÓÚÉ¿¡ºª",
        "ãõçáéíóúâêôàÃÕÇÁÉÍÓÚÂÊÔÀºª",
        "àèéìòùÀÈÉÌÒÙ",
        "æøåäöéÆØÅÄÖ",
        "áéíóúýþðæöÁÉÍÓÚÝÞÐÆÖ",
    ),
    "cp1250": (
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
        "ěščřžýáíéúůďťňóľĺŕäôĚŠČŘŽÝÁÍÉÚŮĎŤŇÓĽÔ",
        "áéíóőúűüöÁÉÍÓŐÚŰÜÖ",
        "ăâîşţĂÂÎŞŢ",
        "čćšžđČĆŠŽĐ",
    ),
    "cp1254": ("ğışçöüİĞŞÇÖÜâîû",),
}
_other = {
    "cp1251": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфіїєґўћђјљњОАПВНСРИМЕТКДЯБ",),
    "koi8-r": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфОАПВНСРИМЕТКДЯБ",),
    "cp1253": ("αοιετσνηυρπκμλςωδγχθφβξζψάέήίόύώΑΟΤΚΠΜΕΣ",),
    "cp1256": ("اليمنرتوبعدسفهكقحجصشطخضزذثغظءأإآةىئؤپچگژ",),
    "cp1255": ("יוהלארתבמשנעחדקפצגטזסכםןץףך",),
}
_wide = {
    "shift_jis": re.compile("[ぁ-んァ-ンー、。]"),
    "euc_jp": re.compile("[ぁ-んァ-ンー、。]"),
    "euc_kr": re.compile("[가-힣]"),
    "gb18030": re.compile("[的一是不了在人有我他这中大来上国个到说们为年，。]"),
}
_typography = frozenset("‘’“”‚„–—…«»‹›•§©®™·´`  °،؛؟№")
_high = re.compile(r"[^\x00-\x7f]")
_side_by_side = re.compile(r"[^\W\d_\x00-\x7f](?=[^\W\d_\x00-\x7f])")
SAMPLE = 20_000  # bytes that are compared
CLEARLY = 0.05  # by how much another encoding must be better
ENOUGH = 0.7
HANZI = 0.15  # the share of Chinese that these few characters are


def as_text(data: bytes) -> tuple[str, list[str]]:
    """The text of a page, and what had to be assumed or was lost."""
    for mark, encoding in _marks:
        if data.startswith(mark):
            return _told(data.decode(encoding, "replace"), [])
    if encoding := _unmarked_utf16(data):
        text = data.decode(encoding, "replace")
        return _told(text, ["read as UTF-16, though the file does not say so"])
    try:
        return _told(data.decode("utf-8"), [])
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8"), ["cut in the middle of a character"]
    return _not_utf8(data)


def _told(text: str, notes: list[str]) -> tuple[str, list[str]]:
    lost = text.count("\ufffd")
    return text, [*notes, f"{lost} characters are lost: the file has only “\ufffd” for them"] if (
        lost
    ) else notes


def _not_utf8(data: bytes) -> tuple[str, list[str]]:
    """Mostly UTF-8, with some bytes of Windows-1252 in it; or another encoding as a whole."""
    text = data.decode("utf-8", "newsroom.windows-1252")
    right = len(_high.findall(data.decode("utf-8", "ignore")))
    wrong = len(_high.findall(text)) - right
    if right > wrong:
        return text, [f"{wrong} bytes that are not UTF-8 read as Windows-1252"]
    encoding = likeliest(data)
    if encoding == FALLBACK:
        text = "".join(_letters[byte] for byte in data)
    else:
        text = data.decode(encoding, "replace")
    return text, [f"not UTF-8: read as {_names.get(encoding, encoding)}"]


_names = {f"cp{number}": f"Windows-{number}" for number in range(1250, 1257)} | {
    "koi8-r": "KOI8-R",
    "shift_jis": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "gb18030": "GB 18030",
}


def likeliest(data: bytes) -> str:
    """The encoding that makes the most of the bytes beyond ASCII; FALLBACK in doubt."""
    sample = data[:SAMPLE]
    scores = {name: _as_latin(sample, name) for name in _latin}
    scores |= {name: _as_other(sample, name) for name in _other}
    scores |= {name: _as_wide(sample, name) for name in _wide}
    best = max(scores, key=lambda name: scores[name])
    clear = scores[best] >= ENOUGH and scores[best] >= scores[FALLBACK] + CLEARLY
    return best if clear else FALLBACK


def _as_latin(data: bytes, encoding: str) -> float:
    """Such letters seldom stand side by side."""
    text = data.decode(encoding, "replace")
    return _usual(text, _latin[encoding]) * min(1, 1.4 - _adjacent(text))


def _as_other(data: bytes, encoding: str) -> float:
    """Words are made of nothing else; a capital is at their beginning."""
    text = data.decode(encoding, "replace")
    turned = len(re.findall(r"[а-яα-ω][А-ЯΑ-Ω]", text))
    usual = _usual(text, _other[encoding])
    return usual * min(1, _adjacent(text) * 1.4) - turned * 3 / (len(text) + 1)


def _as_wide(data: bytes, encoding: str) -> float:
    whole = data[: len(data) // 2 * 2]
    try:
        text = whole.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(whole) - 3:
            return 0.0
        text = whole[: error.start].decode(encoding)
    high = _high.findall(text)
    share = len(_wide[encoding].findall(text)) / (len(high) or 1)
    if encoding == "gb18030":
        return 1.0 if share >= HANZI else 0.0
    return min(1.0, share * 1.6)


def _usual(text: str, languages: tuple[str, ...]) -> float:
    high = [letter for letter in _high.findall(text) if letter not in _typography]
    if not high:
        return 0.5
    return max(sum(map(letters.__contains__, high)) for letters in languages) / len(high)


def _adjacent(text: str) -> float:
    return len(_side_by_side.findall(text)) / (len(_high.findall(text)) or 1)


def _unmarked_utf16(data: bytes) -> str:
    """Spaces and line ends have a NUL beside them, always on the same side."""
    some = data[:4000]
    half = len(some) // 2
    if half <= 10:
        return ""
    even, odd = some[::2].count(0), some[1::2].count(0)
    for encoding, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here > half * 0.05 and here > there * 8:
            text = some[: half * 2].decode(encoding, "replace")
            plain = sum(letter.isalpha() or letter in " \n\r.,“”’" for letter in text)
            if plain > half * 0.7:
                return encoding
    return ""


def _letter(byte: int) -> str:
    """A byte in Windows-1252; its five unused places as the control characters they are."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_letters = [_letter(byte) for byte in range(256)]


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """For codecs: the bytes that are not UTF-8, one by one, as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(_letters[byte] for byte in error.object[error.start : error.end]), error.end


codecs.register_error("newsroom.windows-1252", _windows_1252)
