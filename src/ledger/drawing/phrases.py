"""The fixed words around figures, in zh-CN and en."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh-CN", "en"]

PHRASES: dict[str, tuple[str, str]] = {
    "edition": ("格式", "Edition"),
    "organ": ("机关", "Organ"),
    "with-below": ("含下级机关", "with the organs below"),
    "position": ("截至位置", "As at position"),
    "period": ("期间", "Period"),
    "period-days": ("{name}（{begin} 至 {end}）", "{name} ({begin} to {end})"),
    "of-year": ("年度", "a year"),
    "of-quarter": ("季度", "a quarter"),
    "of-month": ("月份", "a month"),
    "over-another-period": (
        "本格式按{form}编制，用于其他期间：其中“本年”“上年”等字样在此指本期、上一期。",
        "The form is made for {form} and drawn over another period: its words “this year”, “last "
        "year” and the like stand for this period and the one before.",
    ),
    "note": ("说明", "Note"),
    "inferred": (
        "* 表式没有说明本行如何计数，系推断，依据见该行说明（ledger trace）。",
        "* The form does not say what the row counts: it is an inference; see the row's note (ledger trace).",
    ),
    "not-recorded": ("未记录", "not recorded"),
    "why-not-recorded": (
        "台账没有记录此项的事件，所以写作“未记录”，并不是零。",
        "The ledger has no events that tell this, so it says “not recorded”, which is not a zero.",
    ),
    "figure": ("数字", "Figure"),
    "address": ("地址", "Address"),
    "source": ("依据", "Source"),
    "counts": ("计入", "Counts"),
    "minus": ("减去", "Minus"),
    "flow": ("{begin} 至 {end} 期间进入此状态的", "entered from {begin} to {end}"),
    "kept": (
        "{begin} 至 {end} 期间进入且期末仍在此状态的",
        "entered from {begin} to {end} and still so at the end",
    ),
    "opening": ("{begin} 开始时处于此状态的", "standing so when {begin} began"),
    "closing": ("{end} 结束时处于此状态的", "standing so when {end} ended"),
    "facts": ("事实", "Facts"),
    "events": ("事件", "Events"),
    "subject": ("对象", "Subject"),
    "state": ("状态", "State"),
    "since": ("自", "Since"),
    "until": ("至", "Until"),
    "still": ("（仍在）", "(still)"),
    "quantity": ("数量", "Quantity"),
    "no-facts": (
        "没有任何事实符合上述条件，所以是零。",
        "No fact meets this condition, so it is zero.",
    ),
    "and-more": (
        "……另有 {count} 条，可用 --limit 0 全部列出。",
        "… and {count} more; --limit 0 lists all.",
    ),
    "at": ("位置", "Position"),
    "type": ("类型", "Type"),
    "occurred-on": ("发生日期", "Date"),
    "recorded": ("记录", "Recorded"),
    "by": ("记录人", "By"),
    "details": ("内容", "Data"),
    "paper": ("来源", "Source"),
    "event": ("事件", "Event"),
    "changed-by": ("更正或作废", "Corrected or voided by"),
    "feeds": ("计入以下数字", "Feeds these figures"),
    "feeds-nothing": (
        "这个事件不计入任何数字。",
        "This event feeds no figure.",
    ),
    "voided": (
        "它已被作废，不再计入任何数字。",
        "It was voided and feeds no figure any more.",
    ),
    "year": ("年度", "Year"),
    "share": ("计数", "Counts as"),
    "history": ("历史", "History"),
    "standing-facts": ("现在的事实", "Facts as they stand"),
    "constraint": ("勾稽关系", "Constraint"),
    "place": ("位置", "Place"),
    "left": ("左", "Left"),
    "right": ("右", "Right"),
    "difference": ("差", "Difference"),
    "severity": ("级别", "Severity"),
    "origin": ("出处", "Origin"),
    "error": ("错误", "error"),
    "warning": ("提示", "warning"),
    "printed": ("表上印明", "printed on the form"),
    "implied": ("由栏目含义得出", "implied by a label"),
    "derived": ("推算", "derived"),
    "broken": ("不成立", "broken"),
    "blank": ("有空白格，无法成立", "cells left blank"),
    "checked": (
        "共核对 {checked} 项勾稽关系：{held} 项成立，{errors} 项错误，{warnings} 项提示，{waived} 项已说明。",
        "{checked} equations checked: {held} hold, {errors} errors, {warnings} warnings, {waived} waived.",
    ),
    "waived": ("已说明", "waived"),
    "waiver-note": (
        "　　关于“{message}”：本年度不符，原因是{reason}（{by}）。",
        "Of “{message}”: it does not hold this year, because: {reason} ({by}).",
    ),
    "carried-note": (
        "　　{figure}：上年报告（{on} 印发）为 {issued}，现据台账为 {known}",
        "{figure}: last year's report (issued {on}) has {issued}, the ledger now {known}",
    ),
    "not-restated": ("；上年报告尚未更正。", "; last year's report was not restated."),
    "restated-on": ("；上年报告已于 {on} 更正（{id}）。", "; it was restated on {on} ({id})."),
    "restates": (
        "本报告更正并取代 {on} 印发的报告（{id}），{kind}。原因：{reason}",
        "This report restates and replaces the one issued on {on} ({id}); {kind}. Reason: {reason}",
    ),
    "material": ("实质更正", "material"),
    "editorial": ("文字更正", "editorial"),
    "issued-on": ("印发：{on}（{id}，{by}）", "Issued: {on} ({id}, {by})"),
    "digest": ("摘要", "Digest"),
    "list-of-changes": ("更正的数字", "Changes"),
    "no-figure-changed": ("没有数字变动。", "No figure has changed."),
    "issued-otherwise": (
        "已印发的报告（{organ}，{on}，{id}）仍为原数；如须更正，请起草更正稿。",
        "The report issued on {on} ({organ}, {id}) keeps the old figures; draft a restatement if it must be corrected.",
    ),
    "regenerated": (
        "已印发的报告 {issues} 份、已结账的年度 {closings} 个，重新生成均与当时一致。",
        "{issues} issued reports and {closings} closed years come out as they were.",
    ),
    "organs": ("机关数", "Organs"),
    "total": ("合计", "Total"),
    "between": ("机构承接移交，不重复计", "Passed on by succession, counted once"),
    "issued-word": ("印发", "Issued"),
    "changed-since": ("印发后变动", "Changed since"),
    "unseen-above": ("未计入上级报告", "Not in the upper report"),
    "cells-count": ("{count} 个数字", "{count} figures"),
    "lack-a-report": (
        "{count} 个机关没有已印发的报告：{organs}",
        "{count} organs have issued no report: {organs}",
    ),
    "changed-after-issue": (
        "{count} 个机关的数字在其报告印发后有变动：{organs}",
        "The figures of {count} organs have changed since their reports were issued: {organs}",
    ),
    "not-in-the-upper": (
        "{count} 个机关后来的变动没有计入已印发的上级报告：{organs}",
        "Later changes of {count} organs are not in the upper report as issued: {organs}",
    ),
    "drill-down": (
        "再往下：ledger breakdown {year} {addresses} --organ 下级代码；到事件：ledger trace {year} {address} --organ 机关代码",
        "Further down: `ledger breakdown {year} {addresses} --organ CODE`; to the events: `ledger trace {year} {address} --organ CODE`",
    ),
    "never-issued": ("尚未印发。", "Not issued yet."),
    "replaces": ("取代", "Replaces"),
    "kind": ("性质", "Kind"),
    "changed-count": ("变动数字", "Changes"),
    "first-issue": ("印发", "issued"),
    "drafted": (
        "已起草（事件 {id}）。下一步：ledger check {period} --record 核对并固定内容。",
        "Drafted (event {id}). Next: `ledger check {period} --record` checks it and fixes what it says.",
    ),
    "waived-now": (
        "已记录说明（事件 {id}），请再核对一次：ledger check {period} --record。",
        "Recorded (event {id}); check once more: `ledger check {period} --record`.",
    ),
    "check-recorded": (
        "已记录核对（事件 {id}），内容固定在位置 {position}，摘要 {digest}。下一步：由起草人以外的人 ledger approve {period}。",
        "Check recorded (event {id}); the content is fixed at position {position}, digest {digest}. Next: a person who did not draft it runs `ledger approve {period}`.",
    ),
    "approved": (
        "已批准（事件 {id}），摘要 {digest}。下一步：ledger issue {period}。",
        "Approved (event {id}), digest {digest}. Next: `ledger issue {period}`.",
    ),
    "issued": (
        "已印发（事件 {id}），依据位置 {position}，摘要 {digest}。",
        "Issued (event {id}) from position {position}, digest {digest}.",
    ),
    "closed": (
        "{period} 已结账（事件 {id}），转入下一年度：",
        "{period} is closed (event {id}); it hands over:",
    ),
    "nothing-handed-over": ("没有任何结余。", "nothing."),
    "late-entry": (
        "晚记：事件 {id}（{on}）发生在已于 {closed} 结账的 {year} 年。变动见 ledger diff {year} --from closed。",
        "Late entry: event {id} ({on}) took effect in {year}, which was closed on {closed}. `ledger diff {year} --from closed` shows what changed.",
    ),
    "sections-to-write": (
        "可写的部分（ledger draft {period} 代码=文字）：",
        "Sections to write (`ledger draft {period} id=text`):",
    ),
    "section": ("部分", "Section"),
    "text": ("文字", "Text"),
    "differs": ("与台账不符", "Differs from the ledger"),
    "published": ("公布", "Published"),
    "in-ledger": ("台账", "Ledger"),
    "all-equal": (
        "公布的 {count} 个数字与台账一致。",
        "All {count} published figures equal the ledger's.",
    ),
    "recorded-lines": (
        "已记录 {recorded} 个事件；{again} 个此前已记录，未重复。",
        "{recorded} events recorded; {again} were recorded before and not repeated.",
    ),
    "nothing-recorded": (
        "未记录任何内容：{count} 处有误。",
        "Nothing was recorded: {count} problems.",
    ),
    "some-refused": (
        "另有 {count} 处有误，所在各行未记录：",
        "{count} problems; the lines they stand on are not recorded:",
    ),
    "line": ("第 {line} 行", "line {line}"),
    "recorded-event": ("已记录：", "Recorded: "),
    "recorded-again": ("此前已记录，未重复：", "Recorded before, not repeated: "),
    "rebuilt": (
        "已由 {events} 个事件重建 {facts} 条事实。",
        "{facts} facts rebuilt from {events} events.",
    ),
    "verified": (
        "已核验 {events} 个事件：日志完整，事实与日志一致。",
        "{events} events verified: the journal is whole, the facts agree with it.",
    ),
    "faults": ("发现 {count} 处不符：", "{count} faults:"),
    "migrated": (
        "{database} 的结构已是最新。",
        "The tables of {database} are at the newest version.",
    ),
    "demo-note": (
        "演示说明：机关、年度和合计数字取自真实的 2020 年度报告；"
        "报告只有合计，单个事件系为演示编写，并非真实记录。",
        "About this demo: the organ, the year and the totals are those of a real report of 2020. The "
        "report gives totals only; the single acts behind them are illustrative, not real records.",
    ),
    "demo-next": (
        "试一试：\n  ledger --database {url} trace 2020 {address}\n"
        "  ledger --database {url} check 2020",
        "Try:\n  ledger --database {url} --lang en trace 2020 {address}\n"
        "  ledger --database {url} --lang en check 2020",
    ),
    "fields": ("各项", "Fields"),
    "required": ("必填", "required"),
    "codes": ("代码", "Codes"),
    "scope": ("范围", "Scope"),
    "years": ("适用年度", "Years"),
    "national": ("全国", "national"),
    "local": ("地方", "local"),
    "onwards": ("起", "onwards"),
    "name": ("名称", "Name"),
    "code": ("代码", "Code"),
    "parent": ("上级", "Under"),
    "row": ("项目", "Item"),
    "unit": ("单位", "Unit"),
    "from-to": ("自位置 {first} 至位置 {last}", "From position {first} to position {last}"),
    "old": ("原数", "Old"),
    "new": ("新数", "New"),
    "changed-figures": ("变动的数字", "Figures that changed"),
    "causes": ("原因（位置：增减）", "Causes (position: change)"),
    "causes-of-change": ("造成变动的事件", "The events that changed them"),
    "cause": ("性质", "Kind"),
    "amends": ("更正或作废的事件", "Corrects or voids"),
    "cause-new": ("新记录", "new"),
    "cause-late": ("补录", "late entry"),
    "cause-correction": ("更正", "correction"),
    "cause-voiding": ("作废", "voiding"),
    "changed": (
        "{cells} 个数字变动，由 {events} 个事件造成；每个数字的各项原因相加等于其差，其余数字未变。",
        "{cells} figures changed, through {events} events. The causes of each sum to its difference; "
        "no other figure changed.",
    ),
    "nothing-changed": ("没有数字变动。", "No figure changed."),
    "more-causes": ("……另 {count} 项", "… and {count} more"),
    "crosswalk": ("{before} 与 {after} 对照", "{before} and {after} compared"),
    "same-cells": (
        "{count} 个数字在两种格式中地址相同、统计的内容也相同，此处不列。",
        "{count} figures have the same address in both editions and count the same; they are not "
        "listed here.",
    ),
    "other-address": ("内容相同，地址不同", "The same content at another address"),
    "sums": ("等于若干数字之和", "Equal to a sum"),
    "without": ("在 {edition} 中没有对应的数字", "Without an equivalent in {edition}"),
    "only-part-of": ("只是其中一部分", "Only a part of"),
    "side-by-side": (
        "同一期间、同样的事件，两种格式的数字（均为零的不列）",
        "One period from the same events by both editions (zeros are left out)",
    ),
    "preview": (
        "预览，未记录任何内容：{recorded} 个事件将在位置 {position} 之后记录；{again} 个此前已记录。",
        "A preview, nothing is recorded: {recorded} events would follow position {position}; {again} "
        "were recorded before.",
    ),
    "would-change-nothing": ("不会改变任何数字。", "No figure would change."),
    "would-break": ("将不再成立", "Would no longer hold"),
    "would-mend": ("将重新成立（所列为现在的数字）", "Would hold again (as it stands now)"),
    "counted-there": ("它计入这个数字：{share}。", "It is counted in this figure: {share}."),
    "not-counted-there": ("它没有计入这个数字：", "It is not counted in this figure:"),
    "reason": ("原因", "Reason"),
    "fact": ("事实", "Fact"),
    "not-stated": ("未注明", "not stated"),
    "guide-sheet": (
        "填表说明",
        "How to fill in",
    ),
    "codes-sheet": (
        "代码表",
        "Codes",
    ),
    "guide-title": (
        "填表说明",
        "How to fill in this workbook",
    ),
    "guide-1": (
        "一张工作表填一类事件，一行填一件事；用不到的工作表空着即可，不必删除。",
        "Each sheet is for one kind of event, each row for one thing that happened. Leave the sheets that you do not need.",
    ),
    "guide-2": (
        "深色标题带 * 的列必须填写，浅色的可以不填；把鼠标停在标题上可看说明。标题和示例行已锁定。",
        "Columns with a dark heading and * are required, the light ones are not; rest the mouse on a heading for its note. Headings and example are locked.",
    ),
    "guide-3": (
        "示例行不会导入，请从它下面一行开始填写。",
        "The example row is not imported; begin in the row below it.",
    ),
    "guide-4": (
        "有下拉箭头的格从列表选择；列表中各项的说明和依据见“代码表”。",
        "Choose from the list where there is an arrow; the sheet of codes explains each entry and its source.",
    ),
    "guide-5": (
        "日期写成 2020-03-05、2020/3/5 或 2020年3月5日，年月日都要写全。",
        "Write dates as 2020-03-05 or 2020/3/5, with year, month and day.",
    ),
    "guide-6": (
        "金额按标题的单位填写（元）；数字写“数量”列的，计件的填件数，计金额的写明单位，如 12.5万元。",
        "Write amounts in the unit of the heading (yuan). In the column Quantity write a count, or an amount with its unit, such as 12.5万元.",
    ),
    "guide-7": (
        "不得填写姓名、身份证号、手机号等个人信息；自用的内容写在最后一列“备注（不导入）”。",
        "No names, identity or telephone numbers, or other personal data. What is your own goes into the last column, which is not imported.",
    ),
    "guide-8": (
        "填好后用 ledger import 导入：有一处错误则全部不导入，并逐格说明原因；同一文件导入两次不会重复记录。",
        "Import it by `ledger import`. If anything is wrong, nothing is recorded and each bad cell is named. Importing a file twice records nothing twice.",
    ),
    "guide-9": (
        "已导入的行再改动，会成为另一个事件；改正已记录的事件请用“事件更正”。",
        "A row that is changed after its import is another event; correct a recorded event by “Event corrected”.",
    ),
    "entry-hint": (
        "带 * 的必填；示例行不会导入。",
        "* is required; the example is not imported.",
    ),
    "example-stays": (
        "示例，不导入",
        "An example",
    ),
    "what-it-tells": (
        "填写什么",
        "What it tells",
    ),
    "sheet": (
        "工作表",
        "Sheet",
    ),
    "explained": (
        "说明与依据",
        "Explanation and source",
    ),
    "page-of": (
        "第 {page} 页，共 {pages} 页",
        "Page {page} of {pages}",
    ),
    "must": (
        "必填。",
        "Required.",
    ),
    "may": (
        "可以不填。",
        "May be left blank.",
    ),
    "yes": (
        "是",
        "Yes",
    ),
    "no": (
        "否",
        "No",
    ),
    "hint-subject": (
        "填台账中的编号，用字母、数字、“-”“_”“/”“.”，如 2020-0001。",
        "The number in the ledger, in letters, digits and - _ / . such as 2020-0001.",
    ),
    "hint-identifier": (
        "",
        "",
    ),
    "hint-text": (
        "",
        "",
    ),
    "hint-date": (
        "请填完整日期，如 2020-03-05。",
        "Write a whole date, such as 2020-03-05.",
    ),
    "hint-integer": (
        "请填整数。",
        "Write a whole number.",
    ),
    "hint-quantity": (
        "计件的填件数；计金额的写明单位，如 12.5万元。",
        "A count; or an amount with its unit, such as 12.5万元.",
    ),
    "hint-money": (
        "单位为元，请填数字，最多两位小数。",
        "In yuan: a number with at most two decimals.",
    ),
    "hint-code": (
        "请从列表中选择。",
        "Choose from the list.",
    ),
    "hint-codes": (
        "从列表选择一项；几项的，用顿号“、”分开填写。",
        "Choose from the list; write several with a comma between them.",
    ),
    "hint-boolean": (
        "请填“是”或“否”。",
        "Write Yes or No.",
    ),
    "hint-changes": (
        "一行一项，写作“名称=值”，如 channel=online；金额写明单位；等号后空着表示删去该项。",
        "One a line, written name=value, such as channel=online; amounts with their unit; nothing behind = removes the field.",
    ),
    "template-made": (
        "已生成 {path}：{count} 类事件。填好后用 ledger import {path} 导入。",
        "Made {path}: {count} kinds of event. Fill it in and run `ledger import {path}`.",
    ),
    "reading": (
        "读取",
        "Reading",
    ),
    "recording": (
        "记录",
        "Recording",
    ),
    "in-cell": (
        "工作表“{sheet}”{cell}",
        "sheet {sheet}, {cell}",
    ),
    "in-row": (
        "工作表“{sheet}”第 {line} 行",
        "sheet {sheet}, row {line}",
    ),
    "in-sheet": (
        "工作表“{sheet}”",
        "sheet {sheet}",
    ),
    "marked": (
        "标出错误的副本已写入 {path}：{count} 格。",
        "A copy with the bad cells marked was written to {path}: {count} cells.",
    ),
    "marked-values": (
        "标出错误的副本已写入 {path}：{count} 格。原文件较大或者写法特殊，副本只保留单元格的值。",
        "A copy with the bad cells marked was written to {path}: {count} cells. The file is large or peculiar, so the copy keeps only the values of cells.",
    ),
    "problems-sheet": ("问题清单", "Problems"),
    "problems-title": ("问题清单：{count} 格", "Problems: {count} cells"),
    "mapping-made": (
        "已起草对照文件 {path}：对应 {placed} 列，待处理 {unplaced} 列。请逐项核对，把 confirmed 改为 true（或删去），再用 ledger import --mapping {path} 导入。",
        "Drafted the mapping {path}: {placed} columns placed, {unplaced} not. Check each entry, set confirmed to true (or remove it), then run `ledger import --mapping {path}`.",
    ),
}

YES_OR_NO = (("否", "no"), ("是", "yes"))

REASONS: dict[str, tuple[str, str]] = {
    "state": (
        "它说的是“{found}”，这个数字统计的是“{allowed}”。",
        "It is of {found}; the figure counts {allowed}.",
    ),
    "dimension": (
        "{dimension}是“{found}”，这个数字只统计“{allowed}”。",
        "{dimension} is {found}; the figure counts only {allowed}.",
    ),
    "entered-before": (
        "它自 {since} 起，早于 {day}；这个数字只统计从该日起进入此状态的。",
        "It began on {since}, before {day}; the figure counts only what began on that day or later.",
    ),
    "entered-after": (
        "它自 {since} 起；这个数字只统计 {day} 之前进入此状态的。",
        "It began on {since}; the figure counts only what began before {day}.",
    ),
    "ended-before": (
        "它到 {until} 已经结束；这个数字只统计持续到 {day} 的。",
        "It had ended on {until}; the figure counts only what lasted until {day}.",
    ),
    "organ": (
        "它属于机关“{found}”，这个数字统计的是“{allowed}”。",
        "It belongs to {found}; the figure is that of {allowed}.",
    ),
    "cancels": (
        "它在这个数字中一加一减，相抵为零。",
        "The figure adds it and takes it off again, which makes zero.",
    ),
    "superseded": (
        "它曾计入这个数字（{share}），自位置 {at} 起被“{type}”（事件 {event}）改变。",
        "It was counted there ({share}) until position {at}: {type} (event {event}) changed it.",
    ),
    "voided": (
        "它被“{type}”（事件 {event}，位置 {at}）作废，不再计入任何数字。",
        "{type} (event {event}, position {at}) voided it; it is counted nowhere any more.",
    ),
    "no-fact": (
        "这个事件本身不产生可统计的内容。",
        "By itself this event makes nothing that is counted.",
    ),
}

FAULTS: dict[str, tuple[str, str]] = {
    "gap": (
        "位置 {place}：位置不连续，此处应为 {expected}，有事件被删去。",
        "Position {place}: positions are not contiguous, {expected} was expected; events are missing.",
    ),
    "unreadable": (
        "位置 {place}：事件无法读取（{found}）。",
        "Position {place}: the event cannot be read ({found}).",
    ),
    "column": (
        "位置 {place}：该列为“{found}”，事件本身是“{expected}”。",
        "Position {place}: the column says {found}, the event itself {expected}.",
    ),
    "backwards": (
        "位置 {place}：记录时间早于前一事件。",
        "Position {place}: recorded before the event ahead of it.",
    ),
    "sequence": (
        "位置 {place}：在其对象历史中的次序为 {found}，应为 {expected}。",
        "Position {place}: it is number {found} in its subject's history; {expected} was expected.",
    ),
    "head": (
        "日志末尾应为位置 {expected}，实际到 {found}。",
        "The journal should end at position {expected}; it ends at {found}.",
    ),
    "facts": (
        "事实共 {found} 条，由日志得出的是 {expected} 条。可用 ledger rebuild 重建。",
        "There are {found} facts; the journal gives {expected}. `ledger rebuild` mends it.",
    ),
    "issued-edition": (
        "位置 {place} 印发的报告：其格式此后有改动，现为 {found}，印发时为 {expected}。已用过的格式不得改动，请恢复原文件，新格式另立文件夹。",
        "The report issued at position {place}: its edition has been altered since, {found} now and {expected} then. An edition in use must not be altered; restore its files and give a new form a folder of its own.",
    ),
    "issued-not-drawn": (
        "位置 {place} 印发的报告：无法重新生成（{found}）。",
        "The report issued at position {place} cannot be drawn again ({found}).",
    ),
    "issued-cell": (
        "印发的报告，位置和数字 {place}：由日志得出 {found}，印发时为 {expected}。",
        "Issued report, position and figure {place}: the journal gives {found}, it was issued as {expected}.",
    ),
    "issued-digest": (
        "位置 {place} 印发的报告：重新生成的摘要为 {found}，印发时为 {expected}。",
        "The report issued at position {place}: drawn again its digest is {found}; it was issued as {expected}.",
    ),
    "closed-balances": (
        "位置 {place} 的年度结账：由日志得出的结余为 {found}，结账时为 {expected}。",
        "The closing at position {place}: the journal gives the balances {found}; closed were {expected}.",
    ),
    "fact": (
        "事实 {place}：存储的是 {found}，由日志得出的是 {expected}。可用 ledger rebuild 重建。",
        "Fact {place}: stored is {found}, the journal gives {expected}. `ledger rebuild` mends it.",
    ),
}


def say(language: str, phrase: str, **values: object) -> str:
    """A phrase in a language."""
    return PHRASES[phrase][language == "en"].format(**values)


def reason(language: str, code: str, **values: object) -> str:
    """Why an event is not counted in a figure."""
    return REASONS[code][language == "en"].format(**values)


def fault(language: str, what: str, **values: object) -> str:
    """The sentence of a fault that verification found."""
    return FAULTS[what][language == "en"].format(**values)
