"""The fixed words around figures, in zh-CN and en."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")

PHRASES: dict[str, tuple[str, str]] = {
    "edition": ("格式", "Edition"),
    "organ": ("机关", "Organ"),
    "ledger": ("政府信息公开台账", "Disclosure ledger"),
    "serving": (
        "页面已打开：{address}（Ctrl-C 结束）",
        "The pages are open: {address} (Ctrl-C ends)",
    ),
    "first-link": (
        "还没有管理员。用这个一次性链接设置第一个密码（24 小时内有效）：\n  {address}",
        "There is no administrator yet. Set the first password by this one-time link (it holds for 24 "
        "hours):\n  {address}",
    ),
    "skip": ("跳到正文", "Skip to the content"),
    "navigation": ("导航", "Navigation"),
    "reports": ("报告", "Reports"),
    "to-record": ("记录", "Record"),
    "desk": ("工作台", "Desk"),
    "colon": ("：", ": "),
    "hint-amount": (
        "填数字并选择单位，最小到分。",
        "A number and its unit; fen (0.01 yuan) at the least.",
    ),
    "choose": ("— 请选择 —", "— choose —"),
    "law": ("依据：", "Legal source: "),
    "record-hint": (
        "选择要记录的事项。已有申请、文件等的后续步骤，请先打开该对象，从那里进入。",
        "Choose what to record. For the next step of an application, document or other case, open the case and go on from there.",
    ),
    "import-a-file": ("也可以导入文件。", "Files can be imported too."),
    "find-a-case": ("查找对象", "Find a case"),
    "find": ("查找", "Find"),
    "what-follows": ("后续步骤", "What may follow"),
    "not-recorded-yet": ("没有记录任何内容，请更正：", "Nothing was recorded. Correct:"),
    "previewed": ("预览", "Preview"),
    "optional-fields": ("可以不填", "May be left blank"),
    "paper-and-id": ("来源和编号（可以不填）", "Source and id (may be left blank)"),
    "paper-alone": ("来源", "Source"),
    "why-amended": ("何时、为何", "When and why"),
    "day-of-amendment": ("更正或者作废的日期", "Date of the correction or voiding"),
    "paper-needed": ("来源（至少填一项）和编号", "Source (at least one of its fields) and id"),
    "preview-it": ("预览", "Preview"),
    "record-it": ("记录", "Record"),
    "what-they-rest-on": ("各项的含义和依据", "What each means and rests on"),
    "confidence-H": ("", ""),
    "confidence-M": ("（实务做法，未见官方明文）", "(practice; no official text was seen)"),
    "confidence-L": ("（推断）", "(an inference)"),
    "moves-others-too": (
        "还会改变其他机关的数字，您没有查看的权限。",
        "Figures of other organs would change too; you may not see them.",
    ),
    "held-by": ("办理机关：", "Held by: "),
    "recorded-now": (
        "已记录：{title}（{on}），位置 {position}",
        "Recorded: {title} ({on}), position {position}",
    ),
    "late-in-the-case": (
        "{year} 年度已经结账：这个事件作为结账后的补记保存，差异可在报告中查看。",
        "The year {year} was closed already: the event stands as recorded after the closing, and the report shows the difference.",
    ),
    "no-standing-facts": ("现在不计入任何统计。", "Nothing of it is counted now."),
    "next-steps": ("下一步", "Next steps"),
    "no-next-steps": ("没有后续步骤。", "Nothing may follow."),
    "step-opens": ("此后可以：{steps}。", "Then possible: {steps}."),
    "step-ends": ("此后不再：{steps}。", "No longer possible: {steps}."),
    "amend": ("更正", "Amend"),
    "correct-it": ("更正", "Correct"),
    "void-it": ("作废", "Void"),
    "corrected-mark": ("已更正", "corrected"),
    "voided-mark": ("已作废", "voided"),
    "search": ("查找", "Search"),
    "search-what": ("编号、名称、文号、事件", "number, title, document, event"),
    "import": ("导入", "Import"),
    "open-cases": ("未办结：{kind}（{count}）", "Open: {kind} ({count})"),
    "due-hint": (
        "《政府信息公开条例》第三十三条：不能当场答复的，自收到申请之日起20个工作日内答复；经批准可以延长，最长不超过20个工作日；征求第三方和其他机关意见的时间不计算在内。工作日随每年的放假调休安排而定，台账没有这份日历，所以只列出已过的日历天数，不推算到期日。",
        "Article 33 of the Regulation: what cannot be answered on the spot is answered within 20 working days of receipt; with approval at most 20 working days more; the time of consulting third parties and other organs is left out. Working days follow each year's notice of holidays, a calendar that the ledger does not have: it shows the calendar days gone by and works out no due date.",
    ),
    "days-open": ("已过天数（日历日）", "Days gone by (calendar)"),
    "last-step": ("最近一步", "Last step"),
    "more-open": ("另有 {count} 件较新的没有列出。", "{count} newer ones are not listed."),
    "none": ("没有。", "None."),
    "failing-checks": ("{year} 年度不成立的勾稽关系", "Constraints of {year} that do not hold"),
    "report-of": ("{year} 年度报告", "The report of {year}"),
    "open-reports": ("起草中的报告", "Reports in draft"),
    "stage-drafted": ("起草中", "drafted"),
    "stage-checked": ("已核对", "checked"),
    "stage-approved": ("已批准", "approved"),
    "recorded-lately": ("最近记录", "Recorded lately"),
    "no-organ-yet": (
        "台账中还没有您所属的机关。",
        "No organ of yours is registered in the ledger yet.",
    ),
    "called-so": ("编号相符的对象", "Cases of this number"),
    "looked-through": (
        "已查找位置 {first} 至 {last}，最新的在前。",
        "Positions {first} to {last} were looked through, the newest first.",
    ),
    "earlier": ("更早的", "Earlier"),
    "import-hint": (
        "工作簿（xlsx）、csv 或者每行一个事件的 JSON，不超过 {limit} MB。有一处不对就全部不记录，除非选择只记录正确的行；重复导入同一文件不会重复记录。",
        "A workbook (xlsx), csv, or JSON with one event a line, of {limit} MB at most. If anything is wrong nothing is recorded, unless only the valid rows are asked for; importing a file again records nothing twice.",
    ),
    "file-to-import": ("文件", "File"),
    "drop-hint": ("也可以把文件拖到这里。", "A file may be dropped here too."),
    "type-of-plain": ("没有写明类型的表是哪类事件", "The type of a plain table"),
    "organ-of-plain": ("没有写明机关的行属于哪个机关", "The organ of rows that name none"),
    "as-the-file-says": ("— 以文件为准 —", "— as the file says —"),
    "only-valid": ("只记录正确的行", "Record only the rows that are right"),
    "check-it": ("检查，不记录", "Check, record nothing"),
    "mark-it": ("下载标出错误的副本", "Download a marked copy"),
    "import-it": ("导入", "Import"),
    "import-tried": (
        "没有记录任何内容：有 {count} 处需要更正。",
        "Nothing was recorded: {count} things need to be corrected.",
    ),
    "import-would": (
        "没有发现问题，也没有记录任何内容：可以导入 {recorded} 个事件，另有 {again} 个此前已记录。",
        "Nothing is wrong, and nothing was recorded: {recorded} events can be imported; {again} were recorded before.",
    ),
    "import-done": (
        "已记录 {recorded} 个事件，另有 {again} 个此前已记录。",
        "{recorded} events were recorded; {again} were recorded before.",
    ),
    "import-partly": (
        "已记录 {recorded} 个事件，另有 {again} 个此前已记录；{count} 处有问题的没有记录。",
        "{recorded} events were recorded; {again} were recorded before; {count} things are wrong and were left out.",
    ),
    "import-refused": (
        "没有记录任何内容：有 {count} 处需要更正。",
        "Nothing was recorded: {count} things need to be corrected.",
    ),
    "see-events": ("查看事件", "See the events"),
    "cell-or-line": ("单元格或行", "Cell or line"),
    "heading": ("标题", "Heading"),
    "more-wrong": ("另有 {count} 处，见标出错误的副本。", "{count} more are in the marked copy."),
    "templates": ("供填写的模板", "Templates to fill in"),
    "download": ("下载", "Download"),
    "other-language": ("English", "中文"),
    "sign-in": ("登录", "Sign in"),
    "sign-out": ("退出", "Sign out"),
    "refused": ("无法完成", "This cannot be done"),
    "to-the-report": ("回到报告", "Back to the report"),
    "table": ("表格", "Table"),
    "open": ("打开", "Open"),
    "issued-reports": ("已印发的报告", "Issued reports"),
    "no-reports": ("还没有已印发的报告。", "No report has been issued yet."),
    "as-known": ("所知截至", "As known"),
    "now": ("现在", "now"),
    "as-issued": ("印发时", "when issued"),
    "as-at-day": ("或某日结束时", "or at the end of"),
    "show": ("查看", "Show"),
    "state-issued": ("印发的报告，依据位置 {position}", "As issued, from position {position}"),
    "state-at": ("截至 {at} 所知，位置 {position}", "As known at {at}, position {position}"),
    "state-now": ("截至现在所知，位置 {position}", "As known now, position {position}"),
    "count-changed-since": (
        "自位置 {since} 以来有 {count} 个数字变动",
        "{count} figures have changed since position {since}",
    ),
    "was-before": ("原为 {old}，变动 {change}", "was {old}, changed by {change}"),
    "changed-mark": ("变", "chg"),
    "breach-mark": ("勾", "≠"),
    "constraints": ("勾稽关系", "Constraints"),
    "all-hold": ("全部成立。", "All of them hold."),
    "check-in-full": ("核对结果", "The check in full"),
    "by-organ": ("按机关分列", "By organ"),
    "figures": ("数字", "Figures"),
    "previous": ("上一个", "Previous"),
    "next": ("下一个", "Next"),
    "close-inspector": ("关闭", "Close"),
    "what-changed": ("变动", "What changed"),
    "changed-from": (
        "自位置 {since} 起，由 {old} 变为 {new}，原因：",
        "From {old} to {new} since position {since}, through:",
    ),
    "more-facts": (
        "另有 {count} 条，见 json 或 xlsx。",
        "{count} more are in the json and the xlsx.",
    ),
    "also-feeds": ("这些事实还计入", "These facts also feed"),
    "with-below": ("含下级机关", "with the organs below"),
    "position": ("截至位置", "As at position"),
    "cases": ("件", "cases"),
    "received": ("新收", "received"),
    "decided": ("办结", "decided"),
    "pending": ("结转", "carried over"),
    "outcomes-chart": (
        "{period}政府信息公开申请办理结果（件）",
        "Decisions on applications, {period} (cases)",
    ),
    "trend-chart": (
        "{first}至{last}政府信息公开申请（件）",
        "Applications, {first} to {last} (cases)",
    ),
    "charts": ("附：图表", "Annex: charts"),
    "yuan": ("元", "yuan"),
    "about": ("说明", "About"),
    "predicate": ("计数条件", "What it counts"),
    "sum-of": ("{caption}合计", "{caption}, added up"),
    "known-from": ("自位置（起知）", "Known from position"),
    "known-until": ("至位置（止知）", "Known until position"),
    "type-code": ("类型代码", "Type code"),
    "paper-reference": ("文号", "Reference"),
    "paper-title": ("来源文件", "Title of source"),
    "paper-digest": ("来源摘要", "Digest of source"),
    "paper-url": ("来源网址", "URL of source"),
    "recorded-utc": ("记录时间（UTC）", "Recorded (UTC)"),
    "digest": ("摘要", "Digest"),
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
    "go-on-after": (
        "……还有更多，可用 --after {position} 接着列出，或用 --limit 0 全部列出。",
        "… and more: go on by --after {position}, or list all by --limit 0.",
    ),
    "no-events-found": ("没有符合条件的事件。", "No event answers to this."),
    "all-events": ("全部", "all"),
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
    "overdrawn": (
        "期初余额不足：写明由该日余额计入的案件，多于余额申报的数。请更正余额或案件的余额日期。",
        "Overdrawn balances: more cases name the balance of this day than it counted. Correct the balance, or the day that a case names.",
    ),
    "balance-stated": ("余额", "Stated"),
    "cases-named": ("案件", "Cases"),
    "straddling": (
        "提示：以下申报的期间超出本期；申报不能拆分，全部计在最后一日",
        "Note: these statements cover more than the period; a statement cannot be divided and counts "
        "whole on its last day",
    ),
    "counted": ("是否计入本期", "Counted in the period"),
    "waived": ("已说明", "waived"),
    "waiver-note": (
        "关于“{message}”：本年度不符，原因是{reason}（{by}）。",
        "Of “{message}”: it does not hold this year, because: {reason} ({by}).",
    ),
    "carried-note": (
        "{figure}：上年报告（{on} 印发）为 {issued}，现据台账为 {known}",
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
    "restated-figure": (
        "更正：{figure}，由 {old} 改为 {new}。",
        "Restated: {figure}, from {old} to {new}.",
    ),
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
    "text": ("文字", "Text"),
    "differs": ("与台账不符", "Differs from the ledger"),
    "published": ("公布", "Published"),
    "in-ledger": ("台账", "Ledger"),
    "all-equal": (
        "公布的 {count} 个数字与台账一致。",
        "All {count} published figures equal the ledger's.",
    ),
    "file": ("文件", "File"),
    "certain": ("确定", "certain"),
    "likely": ("大致确定", "likely"),
    "unsure": ("不确定", "unsure"),
    "not-told": ("没有写明", "not told"),
    "labels-of-others": (
        "另有其他格式的栏目名称：{labels}",
        "Labels of other forms stand in it too: {labels}",
    ),
    "table-read": (
        "{name}（{sure}，{all} 格中找到 {placed} 格）",
        "{name} ({sure}; {placed} of {all} cells found)",
    ),
    "in-prose": ("正文中的数字", "Numbers in the text"),
    "number": ("数字", "Number"),
    "section": ("部分", "Section"),
    "sentence": ("所在句子", "Sentence"),
    "without-place": ("没有放到任何一格的内容", "What could not be placed"),
    "why": ("原因", "Why"),
    "adopted": (
        "已采用：机关 {organ} 的 {year} 年度报告（{name}）记录为 {events} 个事件，来源为该文件。",
        "Adopted: the report of {organ} for {year} ({name}) is recorded as {events} events, with the "
        "file as their source.",
    ),
    "adopted-again": (
        "此前已采用：机关 {organ} 的 {year} 年度报告（{name}），未重复。",
        "Adopted before, not repeated: the report of {organ} for {year} ({name}).",
    ),
    "would-adopt": (
        "预览，未记录任何内容：机关 {organ} 的 {year} 年度报告（{name}）将记录为 {events} 个事件。",
        "A preview, nothing is recorded: the report of {organ} for {year} ({name}) would be {events} "
        "events.",
    ),
    "come-out": (
        "台账按格式 {edition} 得出的数字，有 {equal} 格与所印相同（空白格相当于零）。",
        "By the edition {edition} the ledger gives {equal} cells as they are printed (a blank one "
        "stands for zero).",
    ),
    "as-printed": ("所印", "Printed"),
    "broken-equations": ("报告自身不成立的勾稽关系", "Equations that the report itself breaks"),
    "not-as-printed": (
        "以下各格不能照所印得出，台账不作改动",
        "These cells cannot come out as printed; the ledger does not bend anything",
    ),
    "not-adopted": ("以下各格没有采用", "These cells were not adopted"),
    "in-part": ("工作表“{at}”", "sheet {at}"),
    "on-page": ("第 {at} 页", "page {at}"),
    "in-table": ("第 {at} 个表", "table {at}"),
    "in-row": ("第 {at} 行", "row {at}"),
    "in-sheet-row": ("工作表“{sheet}”第 {line} 行", "sheet {sheet}, row {line}"),
    "in-column": ("第 {at} 列", "column {at}"),
    "in-paragraph": ("第 {at} 段", "paragraph {at}"),
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
        "已核验 {events} 个事件：字节、哈希树和 {checkpoints} 个检查点相符，日志完整，事实与日志一致。",
        "{events} events verified: bytes, tree and {checkpoints} checkpoints agree, the journal is whole, the facts agree with it.",
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
    "successor": ("承继机关", "Succeeded by"),
    "row": ("项目", "Item"),
    "catalogue-title": (
        "{organ}{period}公文类信息目录",
        "{organ}: catalogue of official documents, {period}",
    ),
    "document-number": ("文号", "Document number"),
    "document-kind": ("种类", "Kind"),
    "made-on": ("生成日期", "Date made"),
    "published-on": ("公开日期", "Published on"),
    "attribute": ("公开属性", "Disclosure attribute"),
    "classified": ("是否涉密", "Classified"),
    "class": ("类别", "Class"),
    "summary": ("内容概述", "Summary"),
    "later-changes": ("制发后的变动", "What became of them"),
    "change": ("变动", "Change"),
    "re-evaluated": (
        "公开属性由“{before}”改为“{after}”",
        "re-evaluated from {before} to {after}",
    ),
    "repealed": ("废止", "repealed"),
    "no-documents": (
        "本期没有公文的“文件制发”记录。",
        "No official document is recorded as made in the period.",
    ),
    "unmade-documents": (
        "本期公开而没有制发记录的公文：生成日期、公开属性不详，不列入目录，也不计入合计",
        "Published in the period, with no record of their making: date and attribute are unknown, so "
        "they are neither entries nor in the totals",
    ),
    "stated-documents": (
        "另有按数量申报的 {quantity} 件（{subject}，位置 {positions}），不能逐件列出，计入合计。",
        "Besides, {quantity} are stated as a number only ({subject}, position {positions}): not "
        "listed, but in the totals.",
    ),
    "totals": ("按公开属性合计", "Totals by disclosure attribute"),
    "made-with": ("制发时", "When made"),
    "standing-with": ("所列现行有效，按现在的属性", "Of those listed, in force as they stand"),
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
    "reports-judged": ("各机关的报告", "The reports"),
    "cells-read": ("读到的格数", "Cells read"),
    "errors": ("错误", "Errors"),
    "warnings": ("提示", "Warnings"),
    "no-form": ("没有读到表格", "no table found"),
    "beside-last-year": ("与上年报告对照", "Compared with last year's"),
    "printed-there": ("报告所写", "The report says"),
    "against": ("应为或与之矛盾", "Should be, or stands against it"),
    "what-is-wrong": ("问题", "What is wrong"),
    "rule": ("规则", "Rule"),
    "nothing-found": (
        "没有发现问题（正文中认出 {statements} 个与表格对应的数字）。",
        "Nothing was found (the prose states {statements} figures of the tables).",
    ),
    "found": ("发现 {errors} 个错误、{warnings} 项提示。", "{errors} errors, {warnings} warnings."),
    "comma": ("，", ", "),
    "with-remark": ("{text}（{remark}）", "{text} ({remark})"),
    "at-page": ("第 {number} 页", "page {number}"),
    "at-table": ("表 {number}", "table {number}"),
    "at-row": ("第 {number} 行", "row {number}"),
    "at-paragraph": ("第 {number} 段", "paragraph {number}"),
    "findings-title": ("年度报告核对结果", "Annual reports checked"),
    "findings": ("全部问题", "Findings"),
    "never-signed": (
        "还没有签过检查点：能随意写数据库的人可以改写一切而不留痕迹。请运行 ledger checkpoint 并把结果交到外面。",
        "No checkpoint was ever signed: whoever may write to the database could have rewritten all of it. Run `ledger checkpoint` and give the result away.",
    ),
    "key-id": ("编号", "Id"),
    "key-use": ("用途", "Use"),
    "public-key": ("公钥", "Public key"),
    "key-signs": ("签名", "signs"),
    "key-retired": ("已停用，仍可核验", "retired, still verifies"),
    "key-witness": ("受信任的见证", "trusted witness"),
    "keys-in": (
        "密钥文件夹：{folder}。公钥请交给将来要核对的人；私钥（.key）只留在此处并另行备份。",
        "Folder: {folder}. Give the public keys to whoever is to check later; the secret ones (.key) "
        "stay here, with a backup of their own.",
    ),
    "backed-up": (
        "已备份 {events} 个事件到 {path}。密钥不在其中，请另行备份。",
        "{events} events backed up to {path}. The keys are not in it; back them up apart.",
    ),
    "restored": (
        "已恢复 {events} 个事件，其中 {signed} 个与签过的检查点相符。",
        "{events} events restored; {signed} of them agree with what was signed.",
    ),
    "followed": (
        "接收了 {events} 个签过的事件；副本现有 {last} 个。",
        "{events} signed events taken in; the copy has {last}.",
    ),
    "bundle-title": ("{title}：可核验的数字", "{title}: figures that can be checked"),
    "bundle-lead": (
        "以下数字由台账截至位置 {position} 的事件算出。它们背后的 {events} 个事件附在 events/ 中，并证明在“{origin}”签署的 {size} 个事件之中。完整报告见 report.html。",
        "These figures are counted from the events of the ledger as at position {position}. The {events} events behind them lie in events/, with the proof that they stand among the {size} that {origin} signed. The whole report is report.html.",
    ),
    "bundle-check": (
        "不需要台账即可核验，只需要 Python 3.11 以上和 cryptography。公钥请从可靠途径取得，不要只信本文件所载的：",
        "It can be checked without the ledger, by Python 3.11 or newer and cryptography. Get the public key from a source that can be relied on, rather than from this file:",
    ),
    "bundle-note": (
        "核验证明这些事件确在台账之中、数字由它们算出。是否另有事件也应计入，只有核验整个日志才能知道。事件中没有申请人的个人信息。",
        "The check proves that these events stand in the ledger and give these figures. Whether other events belong to the figures too, only the whole log tells. No applicant's personal data is in any event.",
    ),
    "checkpoint": ("检查点", "Checkpoint"),
    "public-keys": ("公钥", "Public keys"),
    "bundled": (
        "已写入 {path}：{cells} 个数字、{events} 个事件，以 {size} 个事件的检查点证明。",
        "{path} written: {cells} figures and {events} events, proved by the checkpoint of {size} events.",
    ),
    "proof-holds": (
        "证明成立：事件 {event}（位置 {position}）在“{origin}”签署的 {size} 个事件之中。",
        "The proof holds: event {event} (position {position}) stands among the {size} events that "
        "{origin} signed.",
    ),
    "proof-fails": (
        "证明不成立：事件的字节、位置或路径与检查点的根不符。",
        "The proof does not hold: bytes, position or path do not lead to the root of the checkpoint.",
    ),
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
    "passed-within": (
        "它只是由“{from_}”转到承继机关“{to}”，这个数字包含两个机关，不重复计。",
        "It only passed from {from_} to its successor {to}; the figure is of both and counts it once.",
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


def say(language: str, phrase: str, **values: object) -> str:
    """A phrase in a language."""
    return PHRASES[phrase][language == "en"].format(**values)


def reason(language: str, code: str, **values: object) -> str:
    """Why an event is not counted in a figure."""
    return REASONS[code][language == "en"].format(**values)
