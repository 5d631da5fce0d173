"""Published reports as offices make them: the same cells in the files and layouts that are met."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import docx
import typst
from openpyxl import Workbook
from pylopdf_fonts_zh_cn import serif_path

from ledger.words.figures import Column, Edition, Row
from ledger.words.figures import Table as FormTable

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Box:
    """A cell over `rows` x `columns` places of a table."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def moved(self, down: int) -> Box:
        return replace(self, row=self.row + down)


@dataclass(frozen=True)
class Sheet:
    """A table with its spans."""

    boxes: tuple[Box, ...]

    @property
    def height(self) -> int:
        return max(box.row + box.rows for box in self.boxes)

    @property
    def width(self) -> int:
        return max(box.column + box.columns for box in self.boxes)

    def lines(self) -> list[list[str]]:
        """Row by row; a place that a span covers is empty."""
        lines = [[""] * self.width for _ in range(self.height)]
        for box in self.boxes:
            lines[box.row][box.column] = box.text
        return lines


Part = str | Sheet


@dataclass(frozen=True)
class Style:
    """How an office lays out its report."""

    name: str
    proactive_in_one: bool = True
    """Whether the blocks of table two stand in one table."""
    split_after: int | None = None
    """The row of table three after which a new page, and a new table without headers, begins."""
    repeat_headers: bool = False
    upright: bool = False
    """Whether headers of table four have one character a line."""
    wide: bool = False
    """Whether digits are full-width."""


STYLES = (
    Style("as the form has it"),
    Style("a table a block", proactive_in_one=False, upright=True),
    Style("over two pages", split_after=9, wide=True),
    Style("over two pages, headers again", split_after=14, repeat_headers=True),
)


def parts(edition: Edition, cells: Cells, organ: str, year: int, style: Style) -> list[Part]:
    """A report: title, the six sections, and the tables of which there are cells."""
    told: list[Part] = [f"{organ}{year}年政府信息公开工作年度报告"]
    told.append(f"本报告数据的统计期限自{year}年1月1日起至{year}年12月31日止。")
    for section in edition.sections:
        told.append(section.caption().zh)
        tables = [edition.table(name) for name in section.tables]
        sheets = [_sheet(table, cells, style) for table in tables if _is_printed(table, cells)]
        if len(sheets) > 1 and style.proactive_in_one:
            sheets = [_stacked(sheets)]
        for sheet in sheets:
            told += _split(sheet, style)
        if not sheets:
            told.append(f"{year}年，本机关主动公开政府信息128条。")
    return told


def _is_printed(table: FormTable, cells: Cells) -> bool:
    return table.kind == "table" and any(figure.address in cells for figure in table.figures)


def _sheet(table: FormTable, cells: Cells, style: Style) -> Sheet:
    across = 0 if table.corner is None else 1 + max(len(row.under) for row in table.rows)
    down = 1 + max(len(column.under) for column in table.columns)
    boxes = list(_columns(table.columns, across, down, style))
    if table.corner is not None:
        boxes.append(Box(table.corner.zh, 0, 0, down, across))
        boxes += _rows(table.rows, down, across)
    for at, (_, figures) in enumerate(table.lines()):
        for nth, figure in enumerate(figures):
            if figure.address in cells:
                text = _digits(cells[figure.address], style)
                boxes.append(Box(text, down + at, across + nth))
    sheet = Sheet(tuple(boxes))
    if table.heading is None:
        return sheet
    head = Box(table.heading.zh, 0, 0, 1, sheet.width)
    return Sheet((head, *(box.moved(1) for box in boxes)))


def _columns(columns: tuple[Column, ...], across: int, down: int, style: Style) -> Iterator[Box]:
    paths = [[*(text.zh for text in column.under), column.label.zh] for column in columns]
    for level in range(down):
        start = 0
        for path, group in groupby(paths, key=lambda path: tuple(path[: level + 1])):
            size = len(list(group))
            if len(path) > level:
                last = [len(paths[start]) == level + 1] == [True]
                text = path[level]
                if style.upright and len(text) == 4:
                    text = "\n".join(text)
                yield Box(text, level, across + start, down - level if last else 1, size)
            start += size


def _rows(rows: tuple[Row, ...], down: int, across: int) -> Iterator[Box]:
    paths = [[*(text.zh for text in row.under), row.caption().zh] for row in rows]
    for level in range(across):
        start = 0
        for path, group in groupby(paths, key=lambda path: tuple(path[: level + 1])):
            size = len(list(group))
            if len(path) > level:
                last = len(paths[start]) == level + 1
                yield Box(path[level], down + start, level, size, across - level if last else 1)
            start += size


def _stacked(sheets: list[Sheet]) -> Sheet:
    """Tables one under the other in one, the last column of a narrow one made wider."""
    width = max(sheet.width for sheet in sheets)
    boxes: list[Box] = []
    for sheet in sheets:
        down = max((box.row + box.rows for box in boxes), default=0)
        for box in sheet.boxes:
            at_edge = box.column + box.columns == sheet.width
            columns = width - box.column if at_edge else box.columns
            boxes.append(replace(box.moved(down), columns=columns))
    return Sheet(tuple(boxes))


def _split(sheet: Sheet, style: Style) -> Iterator[Sheet]:
    headers = 3
    at = headers + (style.split_after or 0)
    if style.split_after is None or sheet.height < 20:
        yield sheet
        return
    yield _between(sheet, 0, at)
    rest = _between(sheet, at, sheet.height)
    if style.repeat_headers:
        head = _between(sheet, 0, headers)
        rest = Sheet((*head.boxes, *(box.moved(headers) for box in rest.boxes)))
    yield rest


def _between(sheet: Sheet, first: int, end: int) -> Sheet:
    """Some rows of a table; a label that spans beyond them is printed in the first part only."""
    kept = []
    for box in sheet.boxes:
        begin, stop = max(box.row, first), min(box.row + box.rows, end)
        if begin < stop:
            text = box.text if box.row >= first else ""
            kept.append(replace(box, text=text, row=begin - first, rows=stop - begin))
    return Sheet(tuple(kept))


def _digits(text: str, style: Style) -> str:
    wide = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789+-"}
    return text.translate(wide) if style.wide else text


# Files


def as_docx(told: list[Part]) -> bytes:
    document = docx.Document()
    for part in told:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _docx_table(document.add_table(part.height, part.width), part)
    return _saved(document)


def as_nested_docx(told: list[Part]) -> bytes:
    """Everything inside one cell of a table that frames the page."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for part in told:
        if isinstance(part, str):
            cell.add_paragraph(part)
        else:
            _docx_table(cell.add_table(part.height, part.width), part)
    return _saved(document)


def as_tabbed_docx(told: list[Part]) -> bytes:
    """Tables as paragraphs with tabs."""
    document = docx.Document()
    for part in told:
        for line in [part] if isinstance(part, str) else _tabbed(part):
            document.add_paragraph(line)
    return _saved(document)


def _docx_table(table: Any, sheet: Sheet) -> None:
    table.style = "Table Grid"
    for box in sheet.boxes:
        first = table.cell(box.row, box.column)
        last = table.cell(box.row + box.rows - 1, box.column + box.columns - 1)
        merged = first.merge(last) if (box.rows, box.columns) != (1, 1) else first
        merged.text = box.text


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(told: list[Part]) -> bytes:
    """All on one sheet, numbers as numbers."""
    book = Workbook()
    _fill(book.active, told)
    return _saved(book)


def as_xlsx_sheets(told: list[Part]) -> bytes:
    """Each table on a sheet of its own."""
    book = Workbook()
    _fill(book.active, [part for part in told if isinstance(part, str)])
    for number, part in enumerate(told):
        if not isinstance(part, str):
            _fill(book.create_sheet(f"表{number}"), [part])
    return _saved(book)


def _fill(sheet: Any, told: list[Part]) -> None:
    row = 1
    for part in told:
        if isinstance(part, str):
            sheet.cell(row, 1, part)
            row += 1
            continue
        for box in part.boxes:
            value: Any = int(box.text) if box.text.isascii() and box.text.isdecimal() else box.text
            top, left = row + box.row, 1 + box.column
            sheet.cell(top, left, value if value != "" else None)
            if (box.rows, box.columns) != (1, 1):
                bottom, right = top + box.rows - 1, left + box.columns - 1
                sheet.merge_cells(
                    start_row=top, start_column=left, end_row=bottom, end_column=right
                )
        row += part.height


def as_html(told: list[Part]) -> bytes:
    body = "\n".join(
        f"<p>{html.escape(part)}</p>" if isinstance(part, str) else _html_table(part)
        for part in told
    )
    page = f'<html><head><meta charset="utf-8"><title>{told[0]}</title></head><body>{body}'
    return f"{page}</body></html>".encode()


def as_framed_gbk_html(told: list[Part]) -> bytes:
    """A page laid out by a table, in the encoding of older sites, with navigation beside it."""
    body = as_html(told).decode()
    body = body[body.index("<body>") + 6 : body.index("</body>")]
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
        "<body><script>var count = 12;</script><table><tr><td><ul><li>首页</li><li>公开</li></ul>"
        f'</td><td><div class="content">{body}</div></td></tr></table></body></html>'
    )
    return page.encode("gb18030")


def _html_table(sheet: Sheet) -> str:
    rows: list[list[str]] = [[] for _ in range(sheet.height)]
    for box in sorted(sheet.boxes, key=lambda box: (box.row, box.column)):
        text = html.escape(box.text).replace("\n", "<br>") or "&nbsp;"
        spans = f' rowspan="{box.rows}" colspan="{box.columns}"'
        rows[box.row].append(f"<td{spans}><p><span>{text}</span></p></td>")
    lines = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table border=1><tbody>{lines}</tbody></table>"


def as_pdf(told: list[Part], ruled: bool = True) -> bytes:
    """A print: fonts embedded, text wrapped, tables with or without their rules."""
    lines = ['#set page(paper: "a4", margin: 2cm, numbering: "- 1 -")']
    lines.append('#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")')
    lines.append("#set par(first-line-indent: (amount: 2em, all: true))")
    for part in told:
        if isinstance(part, str):
            lines.append(f"#par[{_typst(part)}]")
            continue
        cells = ", ".join(
            f"table.cell(x: {box.column}, y: {box.row}, colspan: {box.columns}, "
            f"rowspan: {box.rows})[{_typst(box.text)}]"
            for box in part.boxes
        )
        stroke = "0.5pt" if ruled else "none"
        lines.append(
            f"#[#set text(size: 7pt)\n#table(columns: {part.width}, stroke: {stroke}, {cells})]"
        )
    source = "\n\n".join(lines).encode()
    return typst.compile(source, font_paths=[serif_path().parent], ignore_system_fonts=True)


def _typst(text: str) -> str:
    """Text as a Typst string: nothing in it is markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return " #linebreak() ".join(f'#"{line}"' for line in escaped.split("\n"))


def as_tabbed_text(told: list[Part]) -> bytes:
    lines = [line for part in told for line in ([part] if isinstance(part, str) else _tabbed(part))]
    return "\n".join(lines).encode()


def _tabbed(sheet: Sheet) -> list[str]:
    return ["\t".join(text.replace("\n", " ") for text in line) for line in sheet.lines()]


def as_stroked_text(told: list[Part]) -> bytes:
    """Tables with upright strokes, as they are typed or copied from a forum."""
    lines: list[str] = []
    for part in told:
        lines += [part] if isinstance(part, str) else map(_stroked, part.lines())
    return "\n".join(lines).encode()


def _stroked(line: list[str]) -> str:
    return f"| {' | '.join(text.replace(chr(10), ' ') for text in line)} |"


def as_lines(told: list[Part]) -> bytes:
    """One cell a line, blank cells gone: what is left of a table that was pasted as text."""
    lines: list[str] = []
    for part in told:
        if isinstance(part, str):
            lines.append(part)
            continue
        lines += [text.replace("\n", "") for line in part.lines() for text in line if text]
    return "\n".join(lines).encode("gb18030")


GRIDDED: dict[str, Callable[[list[Part]], bytes]] = {
    "docx": as_docx,
    "docx in a frame": as_nested_docx,
    "xlsx": as_xlsx,
    "xlsx, a sheet a table": as_xlsx_sheets,
    "html": as_html,
    "html in a frame, gb2312": as_framed_gbk_html,
    "pdf": as_pdf,
    "text with strokes": as_stroked_text,
}
"""Files in which a table keeps its grid: every cell can be told, blank ones too."""

FLATTENED: dict[str, Callable[[list[Part]], bytes]] = {
    "docx with tabs": as_tabbed_docx,
    "text with tabs": as_tabbed_text,
    "text, a cell a line": as_lines,
}
"""Files in which it lost it: rows with blank cells cannot all be told."""
