"""A report as a Word document in the style of official documents; each figure is a bookmark."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ledger.drawing import page
from ledger.drawing.charts import Chart
from ledger.drawing.legible import legible
from ledger.drawing.paper import Paper, Part
from ledger.drawing.phrases import say
from ledger.drawing.pictures import chart_png, chart_svg, width_of
from ledger.drawing.prose import Prose, prose_of
from ledger.drawing.reports import footer_lines
from ledger.drawing.ruling import ruled_tables
from ledger.drawing.word_parts import add_addresses, base, steady
from ledger.drawing.word_references import Marks, add_field, refer_to
from ledger.drawing.word_tables import add_table


def report_docx(paper: Paper, language: str) -> bytes:
    """The report as the bytes of a .docx file; the same report gives the same bytes."""
    document = Document(BytesIO(base()))
    marks = Marks()
    _set_properties(document, paper, language)
    _set_page(document, footer_lines(paper, language))
    if language == "en":
        _set_english(document)
    title = document.add_paragraph(style="Title")
    for at, line in enumerate(page.title_lines(paper.setting, language)):
        if at:
            title.add_run().add_break()
        title.add_run(line)
    for told in paper.preface:
        document.add_paragraph(legible(told[language]), style="Preface")
    for part, paragraphs in zip(paper.parts, prose_of(paper, language), strict=True):
        _add_part(document, part, paragraphs, language, marks)
    if paper.charts:
        _add_charts(document, paper.charts, language)
    add_addresses(document, paper)
    written = BytesIO()
    document.save(written)
    return steady(written.getvalue())


def _add_part(
    document: DocumentObject,
    part: Part,
    paragraphs: tuple[Prose, ...],
    language: str,
    marks: Marks,
) -> None:
    tables = ruled_tables(part)
    heading = document.add_paragraph(part.section.caption()[language], style="Heading 1")
    alone = page.begins_a_page(tables, language) and not paragraphs
    heading.paragraph_format.page_break_before = alone
    for told in paragraphs:
        _add_prose(document.add_paragraph(), told, language, marks)
    for at, table in enumerate(tables):
        if at:
            document.add_paragraph(style="Cell")  # Word joins tables that touch
        add_table(document, table, language, marks)


def _add_charts(document: DocumentObject, charts: tuple[Chart, ...], language: str) -> None:
    heading = document.add_paragraph(say(language, "charts"), style="Heading 1")
    heading.paragraph_format.page_break_before = True
    for chart in charts:
        width = min(page.WIDTH, width_of(chart_svg(chart, language)))
        run = document.add_paragraph(style="Picture").add_run()
        picture = run.add_picture(BytesIO(chart_png(chart, language)), width=Mm(width))
        picture._inline.docPr.set("descr", chart.in_words(language))


def _set_properties(document: DocumentObject, paper: Paper, language: str) -> None:
    properties = document.core_properties
    properties.title = legible(paper.setting.title[language])
    properties.author = legible(paper.setting.organ.name)
    properties.language = language
    properties.identifier = paper.digest or ""


def _set_page(document: DocumentObject, foot: list[str]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    section.footer_distance = Mm(page.FOOT)
    document.settings.odd_and_even_pages_header_footer = True
    # GB/T 9704: the number stands to the outside, one character from the edge of the text.
    _add_foot(section.footer, foot, WD_ALIGN_PARAGRAPH.RIGHT)
    _add_foot(section.even_page_footer, foot, WD_ALIGN_PARAGRAPH.LEFT)


def _set_english(document: DocumentObject) -> None:
    """English text begins at the left edge, and is not spread out over the line."""
    text = document.styles["Normal"].paragraph_format
    text.alignment, text.first_line_indent = WD_ALIGN_PARAGRAPH.LEFT, Pt(0)
    text.space_after = Pt(6)
    document.styles["Title"].font.size = Pt(page.title_size("en"))


def _add_foot(footer: _Footer, lines: list[str], side: WD_ALIGN_PARAGRAPH) -> None:
    number = footer.paragraphs[0]
    number.alignment = side
    number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(14)
    number.add_run("— ")
    add_field(number, "PAGE", "1")
    number.add_run(" —")
    for line in lines:
        footer.add_paragraph(line, style="Colophon")


def _add_prose(paragraph: Paragraph, told: Prose, language: str, marks: Marks) -> None:
    if told.lead:
        paragraph.add_run(told.lead, style="Lead")
    for piece in told.pieces:
        if isinstance(piece, str):
            paragraph.add_run(piece)
        elif piece.home:
            marks.add(paragraph, piece.printed, language)
        else:
            refer_to(paragraph, piece.printed, language)
