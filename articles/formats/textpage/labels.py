"""The words of the template around a story, in the languages it is set in.

The layout is that of a WordPress theme, so each label is one of a handful of translations; a
label that is missing here costs a note, never a story.
"""

from __future__ import annotations

import re

CATEGORIES = (
    "Categories Category Kategorien Kategorie Catégories Catégorie Categorías Categoría Categorias"
    " Categoria Categorie Categorieën Kategorier Kategori Kategoriat Kategorije Kategóriák"
    " Kategoriler Рубрики Рубрика Категории Категорія Категорії التصنيفات تصنيفات"
    " دسته‌ها دسته‌بندی‌ها زمرے תגיות קטגוריות カテゴリー 分类 分類 카테고리"
).split()
SHARE = (
    "Share|Share this|Share this post|Share this article|Share this story|Teilen|Partager|Compartir"
    "|Condividi|Compartilhar|Delen|Dela|Del|Jaa|Udostępnij|Поделиться|Поділитися|Paylaş|شارك"
    "|مشاركة|اشتراک‌گذاری|اشتراک گذاری|به اشتراک بگذارید|שתף|シェア|分享|공유"
).split("|")
RECENT = (
    "Recent Posts|Recent Post|Recent Stories|Recent Articles|Latest Posts|Neueste Beiträge"
    "|Letzte Beiträge|Aktuelle Beiträge|Articles récents|Derniers articles|Entradas recientes"
    "|Articoli recenti|Posts recentes|Artigos recentes|Recente berichten|Senaste inläggen"
    "|Seneste indlæg|Siste innlegg|Ostatnie wpisy|Свежие записи|Последние записи|Son Yazılar"
    "|أحدث المقالات|المقالات الأخيرة|أحدث الأخبار|نوشته‌های تازه|آخرین نوشته‌ها"
    "|آخرین مطالب|Останні записи"
    "|Viimeisimmät artikkelit|פוסטים אחרונים|最近の投稿|最新文章|최신 글"
).split("|")
PUBLISHED_BY = (
    "Published by|Posted by|Veröffentlicht von|Publié par|Publicado por|Pubblicato da"
    "|Gepubliceerd door|Publicerad av|Udgivet af|Publisert av|Опубликовано|Yayınlayan"
    "|Opublikowane przez|نشر بواسطة|منتشر شده توسط"
).split("|")
RELATED = (
    "Related Post|Related Posts|Related Articles|Related Stories|Ähnliche Beiträge"
    "|Articles similaires|Articles liés|Entradas relacionadas|Articoli correlati|Posts relacionados"
    "|Gerelateerde berichten|İlgili Yazılar|Benzer Yazılar|Похожие записи|مقالات ذات صلة"
    "|مطالب مرتبط"
).split("|")
TAGS = (
    "Tags|Tag|Schlagwörter|Étiquettes|Mots-clés|Etiquetas|Tagged|Метки|Etiketler|Tagi|الوسوم|وسوم"
    "|برچسب‌ها"
).split("|")
BYLINE = "By|Von|Par|Por|Di|Door|Av|Af".split("|")


def _one_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_any_case = re.IGNORECASE

category_line = re.compile(rf"(?:{_one_of(CATEGORIES)})\s*[::]\s*(?P<names>.*)", _any_case)
share_line = re.compile(rf"(?:{_one_of(SHARE)})\s*[::]?", _any_case)
recent_line = re.compile(rf"(?:{_one_of(RECENT)})\s*[::]?", _any_case)
related_line = re.compile(rf"(?:{_one_of(RELATED)})\s*[::]?", _any_case)
tags_line = re.compile(rf"(?:{_one_of(TAGS)})\s*[::]\s*(?P<names>.*)", _any_case)
published_by = re.compile(rf"(?:{_one_of(PUBLISHED_BY)})\s*[::]?\s*(?P<name>.{{0,120}})", _any_case)
byline_line = re.compile(rf"(?P<name>(?:{_one_of(BYLINE)})\s+[^\W\d_a-z].{{1,100}})")
byline_alone = re.compile(rf"(?:{_one_of(BYLINE)})", _any_case)
close_video = re.compile(r"close\s+video", _any_case)

# What a reader of the page could click, and what the theme prints under everything.
furniture = re.compile(
    r"(?:leave a comment|view comments?|(?:no )?comments?(?: are closed.?)?|\d+ comments?"
    r"|next\b.{0,300}»|«?\s*previous\b\s*«.{0,300}|previous\b.{0,300}«|previous|next"
    r"|(?:leave|post|write) a (?:reply|comment)|hinterlasse einen kommentar|laisser un commentaire"
    r"|deja un comentario|kommentare?(?: anzeigen)?|voir les commentaires|bir yorum yazın"
    r"|next (?:post|article|page)|previous (?:post|article|page)|archives?|meta|search|menu|top"
    r"|close|home(?:page)?|about(?: us)?|contact(?: us)?|privacy(?: policy| notice)?"
    r"|cookie (?:policy|settings)"
    r"|terms (?:of (?:use|service)|and conditions|& conditions)|advertise(?: with us)?|sitemap|rss"
    r"|imprint|impressum|datenschutz(?:erklärung)?|mentions légales|aviso legal|log ?in|subscribe"
    r"|follow us(?: on .{1,40})?|instagram|youtube|tiktok|reddit"
    r"|all rights reserved.{0,80}|©.{0,120}|copyright\b.{0,120}|view non-?amp version|back to top"
    r"|exit mobile version|powered by\b.{0,60}|this website uses cookies.?|accept"
    r"|disqus.{0,40}|facebook|twitter|whatsapp|telegram|linkedin|pinterest|e-?mail|print"
    r"|copy link)",
    _any_case,
)

# Below the story: what the arrows lead to.
neighbour = re.compile(r".{1,300}»|«.{1,300}")

# "You can now listen to …": glued by the page in front of whatever came next.
listen = re.compile(r"(?:NEW\s*)?You can now listen to .{1,60}? articles!\s*")

advertisement = re.compile(
    r"\bclick(?:ing)? here\b|\blike what you.re reading\b|\bsign up (?:here|for|to|now)\b"
    r"|\bsubscribe (?:to|now|here|today)\b|\bdownload (?:the|our) .{0,40}\bapp\b"
    r"|\bget the .{0,40}\bapp\b|\bfollow us on\b|\bfor more .{0,60},? visit\b"
    r"|\bwatch .{0,30}\blive (?:here|now)\b|\bjoin our (?:newsletter|channel)\b",
    _any_case,
)
# What some sites print in front of the headline of another story.
leads_to = re.compile(r"(?:related|read more|see also|more|read also)\s*:?\s+(?=\S)", _any_case)

# Said so only in CAPITALS, where a sentence of the story would not be.
shouted = re.compile(
    r"^(?:READ|SEE|FIND|GET) MORE\b|\bDOWNLOAD NOW\b|^TRY\b.*\bFREE\b|^WATCH LIVE\b|^FOLLOW US\b"
    r"|^SUBSCRIBE\b|^ADVERTISEMENT\b"
)
advertisement_line = re.compile(r"advertisements?|anzeige|publicité|publicidad", _any_case)

newsletter = re.compile(
    r"\b(?:newsletter|your inbox|to your e-?mail)\b.*\b(?:sign up|subscribe|join|get)\b"
    r"|\b(?:sign up|subscribe|join|get)\b.*\b(?:newsletter|your inbox|to your e-?mail)\b",
    _any_case,
)

# The names sections usually have: what may be told apart though only a space is between.
SECTIONS = (
    "World|Politics|U.S.|US|U.K.|UK|Europe|Asia|Africa|Americas|Middle East|Latin America|Oceania"
    "|National|Nation|Local|International|Business|Economy|Finance|Markets|Money|Technology|Tech"
    "|Science|Health|Environment|Climate|Weather|Education|Culture|Arts|Arts & Culture|Art"
    "|Entertainment|Film|Movies|Music|Books|Television|TV|Theatre|Theater|Style|Fashion|Food"
    "|Travel|Lifestyle|Life|Living|Family|Home|Real Estate|Sports|Sport|Football|Soccer|Basketball"
    "|Baseball|Tennis|Golf|Racing|Opinion|Opinions|Editorial|Editorials|Columnists|Letters|Features"
    "|Investigations|Media|Crime|Law|Justice|Military|Defense|Defence|Security|Immigration"
    "|Elections|News|Breaking News|Top Stories|Top News|Video|Videos|Photos|Obituaries|Religion"
    "|Society|History|Energy|Transport|Shipping|Agriculture|Cars|Autos|Automotive|Gaming|Games"
    "|YouTube|TikTok|Personal Finance|Small Business|Science & Tech|Health & Fitness|White House"
).split("|")
