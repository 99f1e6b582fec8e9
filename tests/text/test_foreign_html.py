"""What Word, Google Docs, LibreOffice and web pages put on the clipboard, told in our elements."""

import time

import pytest

from cities.models import City
from cities.text.rich_text import clean

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><title>Plan</title><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=PL><!--StartFragment-->
<h1>Tytuł<o:p></o:p></h1><h2><b>Podtytuł</b></h2>
<p class=MsoNormal>Miasto rośnie <b
style='mso-bidi-font-weight:normal'>szybko</b> i&nbsp;<i>mądrze</i><a
style='mso-footnote-id:ftn1' href="https://example.org/admin/#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if
!supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>tramwaj</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>nowa linia</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><!--[endif]-->rower</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span>najpierw</p>
<table class=MsoTableGrid border=1><tr><td width=301><p class=MsoNormal>2020</p></td><td><p
class=MsoNormal>15 MWh</p></td></tr><tr><td><p>2021</p></td><td><p>12&nbsp;MWh</p></td></tr>
</table>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p
class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Raport GUS</p></div>
</div>
<!--EndFragment--></body></html>"""
WORD_CLEAN = (
    "<h3>Tytuł</h3><h4>Podtytuł</h4>"
    "<p>Miasto rośnie <strong>szybko</strong> i\xa0<em>mądrze</em>[1].</p>"
    "<ul><li>tramwaj<ul><li>nowa linia</li></ul></li><li>rower</li></ul>"
    "<ol><li>najpierw</li></ol>"
    "<ul><li>2020: 15 MWh</li><li>2021: 12\xa0MWh</li></ul>"
    "<p>[1] Raport GUS</p>"
)
GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f2e">
<h2 dir="ltr"><span style="font-size:16pt;font-weight:400;">Nagłówek</span></h2>
<p dir="ltr" style="line-height:1.38"><span style="font-weight:400;">Zwykły, </span><span
style="font-size:11pt;font-weight:700;font-style:normal;">mocny</span><span
style="font-weight:400;font-style:italic;"> i ukośny</span><a href="https://gus.pl/"><span
style="color:#1155cc;font-weight:400;"> GUS</span></a></p><br />
<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>jeden</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>pod nim</span></p></li></ul>
<li dir="ltr"><p dir="ltr"><span>dwa</span></p></li></ul>
<div dir="ltr"><table><colgroup><col /><col /><col /></colgroup><tbody>
<tr><td><p><span>Rok</span></p></td><td><p>Zużycie</p></td><td><p>Koszt</p></td></tr>
<tr><td><p>2020</p></td><td><p>15 MWh</p></td><td><p>3 zł</p></td></tr></tbody></table></div>
<p><span style="font-size:0.6em;vertical-align:super;">2</span></p></b><br
class="Apple-interchange-newline">"""
GOOGLE_DOCS_CLEAN = (
    "<h3>Nagłówek</h3>"
    "<p>Zwykły, <strong>mocny</strong><em> i ukośny</em>"
    '<a href="https://gus.pl/"> GUS</a></p>'
    "<ul><li>jeden<ul><li>pod nim</li></ul></li><li>dwa</li></ul>"
    "<ul><li>2020<ul><li>Zużycie: 15 MWh</li><li>Koszt: 3 zł</li></ul></li></ul>"
    "<p>²</p>"
)
LIBRE_OFFICE = """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4"/>
<style type="text/css">p { margin-bottom: 0.25cm }</style></head><body lang="pl-PL" dir="ltr">
<h1 class="western">Plan</h1>
<p style="margin-bottom: 0cm; line-height: 100%"><font face="Liberation Serif"><b>Mocno</b></font> i
<i>ukośnie</i>, 10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub><a class="sdfootnoteanc"
name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>
<ol><li><p style="margin-bottom: 0cm">raz</p></li><li><p>dwa</p><p>dalej</p></li></ol>
<div id="sdfootnote1"><p class="sdfootnote-western"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a> Raport</p></div></body></html>"""
LIBRE_OFFICE_CLEAN = (
    "<h3>Plan</h3>"
    "<p><strong>Mocno</strong> i <em>ukośnie</em>, 10⁶ m², CO₂[1]</p>"
    "<ol><li>raz</li><li>dwa<br>dalej</li></ol>"
    "<p>[1] Raport</p>"
)


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (WORD, WORD_CLEAN),
        (GOOGLE_DOCS, GOOGLE_DOCS_CLEAN),
        (LIBRE_OFFICE, LIBRE_OFFICE_CLEAN),
    ],
    ids=["Word", "Google Docs", "LibreOffice"],
)
def test_texts_of_word_processors_keep_what_they_mean(pasted, cleaned):
    assert clean(pasted) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("foreign", "cleaned"),
    [
        ("<div>a</div><div>b<div>c</div></div>", "<p>a</p><p>b</p><p>c</p>"),
        ("a <b>b</b> <i>c</i>", "a <strong>b</strong> <em>c</em>"),
        ("<p>&middot;&nbsp;&nbsp;&nbsp; a</p><p>• b</p>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<p class=MsoListParagraph>2)&nbsp;&nbsp; a</p><p class=x>2) b</p>",
            "<ol><li>a</li></ol><p>2) b</p>",
        ),
        ('<p class=x>a<br>b<br><br>c<br></p>', "<p>a<br>b</p><p>c</p>"),
        ("<h4>a</h4><h3>b</h3><div>c</div>", "<h4>a</h4><h3>b</h3><p>c</p>"),
        ("<h2>a</h2><h5>b</h5>", "<h3>a</h3><h4>b</h4>"),
        ('<p class=MsoTitle>a</p><p style="mso-outline-level:2">b</p>', "<h3>a</h3><h4>b</h4>"),
        ('<a href="www.gus.pl">a</a>', '<a href="https://www.gus.pl">a</a>'),
        ('<a href="/pl/miasta/" title="b">a</a>', '<a href="/pl/miasta/">a</a>'),
        ('<a name="b">a</a><a href="#b">b</a><a href="//evil.example">c</a>', "abc"),
        ('<a href="file:///C:/plan.docx">a</a>', "a"),
        ("<p>a<del>b</del><span style='display:none'>c</span></p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_html_of_others_never_runs_together(foreign, cleaned):
    assert clean(foreign) == cleaned


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        ("<tr><td>a</td></tr>", None),
        ("<tr><td>a</td></tr><tr><td>b</td></tr>", "<li>a</li><li>b</li>"),
        ("<tr><th>a:</th><td>b</td></tr>", "<li>a: b</li>"),
        ("<tr><td colspan=2>a</td></tr><tr><td></td><td>b</td></tr>", "<li>a</li><li>b</li>"),
        (
            "<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>",
            "<li>a: b</li><li>a: c</li>",
        ),
        (
            "<tr><th>x<th>y<th>z</tr><tr><td>a<td colspan=2>b</tr><tr><td>c<td><td>d</tr>",
            "<li>a<ul><li>y: b</li><li>z: b</li></ul></li><li>c<ul><li>z: d</li></ul></li>",
        ),
    ],
)
def test_tables_become_lists_of_names_and_values(rows, items):
    assert clean(f"<table>{rows}</table>") == (f"<ul>{items}</ul>" if items else "<p>a</p>")


def test_imported_html_is_told_in_our_elements_too(make_city):
    city = make_city(profile_pl="<div>2020</div><div><b>15</b> MWh</div>")
    told = City.objects.values_list("profile_pl", flat=True).get(pk=city.pk)
    assert told == "<p>2020</p><p><strong>15</strong> MWh</p>"


@pytest.mark.parametrize(
    "absurd",
    [
        "<p>a</p><b>" * 20_000,
        "<td>" * 50_000,
        "<table><tr>" + "<td rowspan=999 colspan=999>x" * 3_000,
        '<span style="font-weight:' + " " * 90_000,
        "<b>·" * 80 + "x" * 90_000,
    ],
)
def test_absurd_html_takes_no_time(absurd):
    start = time.process_time()
    clean(absurd)
    assert time.process_time() - start < 2
