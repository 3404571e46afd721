"""Dates and ages as pages print them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from articles.story import EARLIEST, LATEST

_months = """
january jan januar janvier enero gennaio janeiro januari janv ene gen ocak января stycznia يناير
february feb februar février fevrier febrero febbraio fevereiro februari févr şubat февраля lutego\
 فبراير
march mar märz marz mars marzo março marco maart mrz mart марта marca مارس
april apr avril abril aprile abr avr nisan апреля kwietnia أبريل
may mai mayo maggio maio mei maj mayıs мая maja مايو
june jun juni juin junio giugno junho haziran июня czerwca يونيو
july jul juli juillet julio luglio julho juil temmuz июля lipca يوليو
august aug août aout agosto augustus augusti ago ağustos августа sierpnia أغسطس
september sep sept septembre septiembre settembre setembro set eylül сентября września سبتمبر
october oct oktober octobre octubre ottobre outubro okt ott out ekim октября października أكتوبر
november nov novembre noviembre novembro kasım ноября listopada نوفمبر
december dec dezember décembre decembre diciembre dicembre dezembro dez dic déc aralık декабря\
 grudnia ديسمبر
""".strip().splitlines()
MONTHS = {name: number for number, names in enumerate(_months, 1) for name in names.split()}
_names = "|".join(sorted(MONTHS, key=len, reverse=True))

_time = (
    r"(?:,?\s*(?:at|um|à|a las|,|\|)?\s*(?P<hour>\d{1,2})"
    r"(?:[:h](?P<minute>\d{2})(?::\d{2})?|(?=\s*[ap]\.?m))\s*(?P<half>[ap])?\.?(?:m\.?)?(?:\s*Uhr)?(?P<zone>\s+[A-Z]{2,5})?)?"
)
_prefix = (
    r"(?P<what>(?:this post was )?(?:published|posted|veröffentlicht|updated|last updated"
    r"|last modified|modified|aktualisiert)(?:\s+(?:on|am|le|el|:))?\s*:?\s+)?"
    r"(?:on\s+)?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?"
)
_of = r"(?:de\s+)?(?P<year>\d{4})"
_forms = [
    re.compile(_prefix + form + _time + r"\.?", re.IGNORECASE)
    for form in (
        rf"(?P<month>{_names})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?(?P<month>{_names})\.?[,،]?\s+{_of}",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})T?",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
]
_modified = re.compile(r"updated|modified|aktualisiert", re.IGNORECASE)

_minute = timedelta(minutes=1)
_hour, _day = 60 * _minute, timedelta(days=1)
_units = {  # the beginnings of the words for each
    timedelta(seconds=1): "sec sek seg sn san сек ثاني ثوان שני 秒 초",
    _minute: "min dak dk мин хв دقيق دقائق دقیق דק 分 분",
    _hour: "hour hr stunde heure hora ora uur uren tim saat час годин godz ساع שע 小时 小時 時間"
    " 시간",
    _day: "day tag jour día dia giorn dag gün ден дня дне дн dzie dni dób يوم أيام روز יום ימי"
    " 天 日 일",
    7 * _day: "week wk woche semaine semana settiman vecka uge hafta недел тиж tydzie tygod"
    " أسبوع أسابيع هفته שבוע 周 週 주",
    30 * _day: "month monat mois mes mês mese mesi maand månad ay мес міс miesi شهر أشهر ماه חודש"
    " 个月 個月 か月 ヶ月 개월",
    365 * _day: "year yr jahr an año ano ann jaar år yıl yil год лет рок рік rok lat سن عام سال"
    " שנ 年 년",
}
_unit_words = sorted(
    ((word, span) for span, words in _units.items() for word in words.split()),
    key=lambda pair: -len(pair[0]),
)
_before = "vor|il y a|hace|há|for|منذ|قبل|לפני"
_after = "ago|fa|atrás|geleden|siden|sedan|önce|назад|тому|temu|sitten|yang lalu|پیش|قبل|前|전"
_age = re.compile(
    rf"(?:(?:{_before})\s+)?(?P<number>\d{{1,3}}|an?|one|einem|einer|un|une|una|um|uma|bir)"
    rf"\s*(?P<unit>(?:(?!前$|전$)[^\W\d_]){{1,12}})\.?\s*(?:{_after})?",
    re.IGNORECASE,
)
_says_ago = re.compile(
    rf"^(?:{_before})\s|(?<=\s)(?:{_after})$|[前전]$",
    re.IGNORECASE,
)
_now = re.compile(
    r"just now|yesterday|today|gestern|heute|hier|aujourd.hui|ayer|hoy|ieri|oggi|ontem|hoje|dün"
    r"|bugün|вчера|сегодня|أمس|اليوم",
    re.IGNORECASE,
)
_cut_age = re.compile(r"\d{1,3} (?:s|m|h|d|w|y)[a-z]{0,6}(?: a| ag)?")

MARKS = "\u200e\u200f\u061c"  # of direction, around a date in Arabic
_digit = re.compile(r"\d")
LONGEST = 70  # characters of a line that is nothing but a date


def date_line(line: str) -> tuple[datetime, bool] | None:
    """The moment that a line is, without a zone, and whether it is that of a change.

    "January 29, 2024", "Published 29 January 2024 4:12 pm", "2024-01-29"; None for a line that
    says more than a date, or no date there is.
    """
    if len(line) > LONGEST or not _digit.search(line):
        return None
    line = line.strip(MARKS)
    for form in _forms:
        if found := form.fullmatch(line):
            break
    else:
        return None
    try:
        if not EARLIEST.year <= int(found["year"]) < LATEST.year:
            return None
        return _moment(found), bool(found["what"] and _modified.search(found["what"]))
    except ValueError:
        return None


def printed(moment: datetime) -> str:
    """ "January 29, 2024"; with the time when it is not midnight."""
    day = f"{_english[moment.month - 1]} {moment.day}, {moment.year:04}"
    if not (moment.hour or moment.minute):
        return day
    return f"{day} {moment.hour % 12 or 12}:{moment.minute:02} {'pm' if moment.hour > 11 else 'am'}"


def is_age(line: str) -> bool:
    """Whether a line is an age such as "14 hours ago"."""
    if len(line) > 30:
        return False
    line = line.strip(MARKS)
    if _now.fullmatch(line):
        return True
    found = _age.fullmatch(line)
    return bool(found and _says_ago.search(line) and _span(found["unit"]))


def is_cut_age(line: str) -> bool:
    """Whether a line is the beginning of an age, at the end of a page that was cut."""
    return bool(_cut_age.fullmatch(line))


def age_range(age: str, captured_at: datetime | None) -> tuple[datetime, datetime] | None:
    """Between which moments something was published that was so old when it was captured.

    Ages are rounded, by some themes down and by others to the nearest: the range holds both.
    """
    found = _age.fullmatch(age.strip(MARKS))
    span = _span(found["unit"]) if found and is_age(age) else None
    if not (found and span and captured_at):
        return None
    number = int(found["number"]) if found["number"].isdigit() else 1
    youngest = span * (number - 0.5) if number > 1 else span * (span > _minute)
    try:
        return captured_at - span * (number + 1), captured_at - youngest
    except OverflowError:
        return None


@lru_cache(maxsize=256)
def _span(unit: str) -> timedelta | None:
    unit = unit.casefold()
    return next((span for word, span in _unit_words if unit.startswith(word)), None)


def _moment(found: re.Match[str]) -> datetime:
    month = found["month"].casefold()
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].casefold() == "p")
    return datetime(  # noqa: DTZ001 (the page names no zone; the reader is told one)
        int(found["year"]),
        MONTHS.get(month) or int(month),
        int(found["day"]),
        hour,
        int(found["minute"] or 0),
    )


_english = (
    "January February March April May June July August September October November December"
).split()
