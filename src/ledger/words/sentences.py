"""The sentence of each problem, in zh-CN and en: what, where, why and what to do."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "not-permitted": {
        "zh-CN": "您没有在机关 {organ} 做这件事的权限。请向管理员申请相应的角色。",
        "en": "You have no permission to do this at the organ {organ}. Ask an administrator for the role.",
    },
    "sign-in-first": {
        "zh-CN": "请先登录，或者在 Authorization 头中给出 API 令牌（Bearer）。",
        "en": "Sign in first, or send an API token in the Authorization header (Bearer).",
    },
    "csrf": {
        "zh-CN": "这个表单已失效（可能重新登录过）。请返回上一页，刷新后重新提交；没有记录任何内容。",
        "en": "The form no longer holds (perhaps you signed in again). Go back, reload and send it once more; nothing was recorded.",
    },
    "not-amendable": {
        "zh-CN": "事件 {event} 不能更正或者作废：它已经作废，或者属于只能逐步办理的报告、年度。",
        "en": "The event {event} cannot be corrected or voided: it is voided already, or belongs to a report or year, which only go forward.",
    },
    "nothing-to-correct": {
        "zh-CN": "各项都与原来相同，没有可更正的内容。请修改需要更正的各项。",
        "en": "Every field is as it was, so there is nothing to correct. Change the fields that are wrong.",
    },
    "no-file-chosen": {
        "zh-CN": "没有选择文件。请选择要导入的文件。",
        "en": "No file was chosen. Choose the file to import.",
    },
    "no-such-page": {
        "zh-CN": "这里没有 {what}。请检查地址。",
        "en": "There is no {what} here. Check the address.",
    },
    "not-readable": {
        "zh-CN": "请求无法读取：{detail}。请按 /openapi.json 的说明更正。",
        "en": "The request cannot be read: {detail}. Correct it as /openapi.json describes.",
    },
    "not-an-object": {
        "zh-CN": "这不是一个事件：事件应是带有 type、organ、subject、occurred_on、data 的 JSON 对象。",
        "en": "This is not an event: an event is a JSON object with type, organ, subject, "
        "occurred_on and data.",
    },
    "what-to-record": {
        "zh-CN": "请写明事件类型、对象、--on 日期和 --organ 机关，或用 --json 文件。例：ledger record application.received application:2020-0001 --organ my-office --on 2020-03-05 applicant=natural-person channel=online",
        "en": "Name the type, the subject, --on a date and --organ, or give --json a file. Example: ledger record application.received application:2020-0001 --organ my-office --on 2020-03-05 applicant=natural-person channel=online",
    },
    "not-json": {
        "zh-CN": "无法读取：不是有效的 JSON（{detail}）。请检查引号、逗号和编码（应为 UTF-8）。",
        "en": "This is not valid JSON ({detail}). Check quotes, commas and the encoding (UTF-8).",
    },
    "unknown-type": {
        "zh-CN": "没有“{type}”这种事件。可用 ledger types 查看全部事件类型。",
        "en": "There is no event type {type}. `ledger types` lists them all.",
    },
    "unknown-version": {
        "zh-CN": "事件类型 {type} 没有这个格式版本；已有版本：{known}。",
        "en": "Event type {type} has no such version; known: {known}.",
    },
    "missing-field": {
        "zh-CN": "缺少必填项“{field}”，请补上。",
        "en": "The field {field} is required; add it.",
    },
    "unknown-field": {
        "zh-CN": "不认识“{field}”这一项，请删去或改名；此处可填：{known}。",
        "en": "The field {field} is not known here; remove or rename it. Known: {known}.",
    },
    "one-of-fields": {
        "zh-CN": "以下各项至少填一项：{fields}。",
        "en": "At least one of these fields is needed: {fields}.",
    },
    "not-a-code": {
        "zh-CN": "“{value}”不是可用的代码；可用代码：{known}。",
        "en": "{value} is not a known code; use one of: {known}.",
    },
    "not-a-date": {
        "zh-CN": "“{value}”不是有效日期；请写成 2020-03-05 这样的形式。",
        "en": "{value} is not a date; write it as 2020-03-05.",
    },
    "wrong-type": {
        "zh-CN": "“{value}”的类型不对，应为 {wanted}。",
        "en": "{value} is of the wrong type; it should be {wanted}.",
    },
    "wrong-form": {
        "zh-CN": "“{value}”的写法不对。{wanted}",
        "en": "{value} is not in the right form. {wanted_en}",
    },
    "too-small": {
        "zh-CN": "“{value}”太小，不能小于 {bound}。",
        "en": "{value} is too small; it cannot be below {bound}.",
    },
    "too-large": {
        "zh-CN": "“{value}”太大，不能大于 {bound}。",
        "en": "{value} is too large; it cannot be above {bound}.",
    },
    "personal-data": {
        "zh-CN": "内容形似公民身份号码、手机号码或电子邮箱。事件不可更改，不得写入个人信息，请改写。",
        "en": "This looks like an identity number, a mobile number or an e-mail address. An event "
        "can never be changed, so personal data must not enter it; word it otherwise.",
    },
    "invalid": {
        "zh-CN": "事件不符合“{type}”的格式。",
        "en": "The event does not fit the schema of {type}.",
    },
    "wrong-subject": {
        "zh-CN": "事件“{type}”的对象应写作“{kind}:编号”。",
        "en": "The subject of {type} must be written {kind}:number.",
    },
    "wrong-organ-subject": {
        "zh-CN": "机关自身事件的对象应为 organ:{organ}。",
        "en": "The subject of an organ's own event must be organ:{organ}.",
    },
    "not-in-one-year": {
        "zh-CN": "统计期间应在同一公历年度内，且截止日期不早于起始日期；跨年的请按年分开申报。",
        "en": "The period must lie within one calendar year and not end before it begins; "
        "state each year apart.",
    },
    "unknown-dimension": {
        "zh-CN": "“{state}”没有“{dimension}”这个口径；可用：{known}。",
        "en": "{state} has no dimension {dimension}; it has: {known}.",
    },
    "in-the-future": {
        "zh-CN": "发生日期 {on} 晚于今天（{today}，北京时间）。只记录已经发生的事。",
        "en": "{on} is after today ({today}, Beijing time). Only what has happened is recorded.",
    },
    "unknown-organ": {
        "zh-CN": "机关“{organ}”尚未登记。请先记录 organ.registered（对象 organ:{organ}）。",
        "en": "The organ {organ} is not registered. Record organ.registered for organ:{organ} first.",
    },
    "own-parent": {
        "zh-CN": "机关“{organ}”不能隶属于自己或自己的下级“{parent}”。",
        "en": "{organ} cannot be placed under itself or under an organ below it ({parent}).",
    },
    "organ-succeeded": {
        "zh-CN": "机关“{organ}”的职权自 {on} 起由“{successor}”承继。该日起的事项请用“{successor}”；此前的事项请核对日期。",
        "en": "{successor} stands in the place of {organ} from {on} on. Name {successor} for what happened on that day or later; check the date of what happened before.",
    },
    "own-successor": {
        "zh-CN": "机关“{organ}”不能由自己承继。只是更名的，请记录 organ.renamed。",
        "en": "{organ} cannot succeed itself. If only its name changed, record organ.renamed.",
    },
    "successor-not-yet": {
        "zh-CN": "“{successor}”自 {registered} 起才设立，不能在 {on} 承继“{organ}”。请核对两个日期。",
        "en": "{successor} exists from {registered} on and cannot succeed {organ} on {on}. Check both dates.",
    },
    "succeeds-later": {
        "zh-CN": "“{successor}”在 {on} 才承继“{organ}”，不能在该日或此前就被其他机关承继。请核对日期，或先更正前一次承继。",
        "en": "{successor} took over from {organ} only on {on} and cannot be succeeded on that day or before. Check the date, or correct the earlier succession first.",
    },
    "same-id": {
        "zh-CN": "编号 {id} 已用于另一个内容不同的事件（{type}，{subject}，{on}）。请换一个编号，"
        "或用 event.corrected 更正原事件。",
        "en": "The id {id} already stands for another event ({type}, {subject}, {on}). Use another "
        "id, or correct that event by event.corrected.",
    },
    "reserved-id": {
        "zh-CN": "编号 {id} 的写法留给系统编号，请换一个，或者不填。",
        "en": "The id {id} is written like those that the ledger makes; use another, or none.",
    },
    "happened-already": {
        "zh-CN": "{subject} 已有“{blocker_type}”（事件 {blocker}，{blocker_on}），不能再记一次。"
        "如原记录有误，请更正该事件。",
        "en": "{subject} already has {blocker_type} (event {blocker}, {blocker_on}); it cannot "
        "happen again. If that record is wrong, correct it.",
    },
    "closed-already": {
        "zh-CN": "“{type}”（{on}）不能发生在“{blocker_type}”（事件 {blocker}，{blocker_on}）之后。"
        "如原记录有误，请先更正或作废该事件。",
        "en": "{type} ({on}) cannot follow {blocker_type} (event {blocker}, {blocker_on}). If that "
        "record is wrong, correct or void it first.",
    },
    "followed-already": {
        "zh-CN": "“{type}”（{on}）不能记录：其后已有“{blocker_type}”（事件 {blocker}，{blocker_on}）。如原记录有误，请先更正或作废该事件。",
        "en": "{type} ({on}) cannot be recorded: {blocker_type} (event {blocker}, {blocker_on}) comes after it. If that record is wrong, correct or void it first.",
    },
    "cannot-follow": {
        "zh-CN": "这样一来，“{type}”（事件 {id}，{on}）与“{blocker_type}”（事件 {blocker}，{blocker_on}）不能并存。请先更正或作废其中之一。",
        "en": "With this, {type} (event {id}, {on}) and {blocker_type} (event {blocker}, {blocker_on}) would stand in each other's way. Correct or void one of them first.",
    },
    "there-already": {
        "zh-CN": "{subject} 已由机关“{holder}”办理，无需移送。",
        "en": "{subject} is with {holder} already; there is nothing to transfer.",
    },
    "organ-stays": {
        "zh-CN": "{subject} 的登记不能作废，因为其他记录以它为前提。登记有误请更正；机关撤并请记录 organ.succeeded。",
        "en": "The registration of {subject} cannot be voided, since other records rest on it. Correct what is wrong in it; record organ.succeeded where the organ was merged or abolished.",
    },
    "lasting": {
        "zh-CN": "{subject} 的记录不能更正或作废：报告的改动用更正稿，说明用 waive --withdraw 撤回；已结的账不重开，晚记的事件照常记录。",
        "en": "What is recorded of {subject} is neither corrected nor voided: a report is restated, a waiver withdrawn by waive --withdraw, and a closed year takes late entries as they are.",
    },
    "own-command": {
        "zh-CN": "“{type}”由台账算出，不能直接填报；请用 ledger {command}。",
        "en": "{type} is worked out by the ledger and not told to it; use `ledger {command}`.",
    },
    "nothing-to-restate": {
        "zh-CN": "报告尚未印发，没有可更正的；起草时不要填写更正性质和原因。",
        "en": "The report was not issued yet, so there is nothing to restate; draft it without a kind and reason.",
    },
    "restate-with-reason": {
        "zh-CN": "报告已于 {on} 印发（事件 {issue}）。起草更正稿请写明 --restates material（实质更正）或 editorial（文字更正），并用 --reason 写明原因。",
        "en": "The report was issued on {on} (event {issue}). To draft a restatement, say --restates material or editorial, and why by --reason.",
    },
    "nothing-drafted": {
        "zh-CN": "{subject} 没有待核对的稿；请先用 ledger draft 起草。",
        "en": "{subject} has no draft to check; draft it first by `ledger draft`.",
    },
    "no-such-waiver": {
        "zh-CN": "没有对“{constraint}”（{at}）的说明可以撤回。",
        "en": "There is no waiver of {constraint} ({at}) to withdraw.",
    },
    "not-checked": {
        "zh-CN": "{subject} 现在的稿尚未核对，或者核对后又有改动；请先用 ledger check --record 核对。",
        "en": "{subject} was not checked as it is now drafted; check it first by `ledger check --record`.",
    },
    "check-failed": {
        "zh-CN": "核对时有 {errors} 处错误，不能批准。请更正有误的事件，或者用 ledger waive 逐一说明，再核对一次。",
        "en": "The check found {errors} errors, so the report cannot be approved. Correct the events that are wrong, or waive each breach by `ledger waive`, and check again.",
    },
    "own-draft": {
        "zh-CN": "{person} 起草了这份报告，不能由本人批准；请由另一人批准（--by）。",
        "en": "{person} drafted this report and cannot approve it; another person must (--by).",
    },
    "not-approved": {
        "zh-CN": "{subject} 现在的内容尚未批准；请先核对并由起草人以外的人批准。",
        "en": "What {subject} says now was not approved; have it checked, and approved by a person who did not draft it.",
    },
    "figures-moved": {
        "zh-CN": "核对（位置 {position}）之后有 {count} 个数字变动，如 {addresses}。请再核对、批准一次；变动原因见 ledger diff {period} --from {position}。",
        "en": "Since the check at position {position}, {count} figures have changed, such as {addresses}. Check and approve again; `ledger diff {period} --from {position}` says why they changed.",
    },
    "same-as-issued": {
        "zh-CN": "更正稿与已印发的报告（事件 {issue}）完全相同，没有可更正的。",
        "en": "The draft says the same as the report that was issued (event {issue}); there is nothing to restate.",
    },
    "figures-are-material": {
        "zh-CN": "有 {count} 个数字与已印发的报告不同，如 {addresses}；改动数字属于实质更正，请用 --restates material 起草。",
        "en": "{count} figures differ from the report that was issued, such as {addresses}; a change of figures is material, so draft it with --restates material.",
    },
    "waive-with-reason": {
        "zh-CN": "说明“{constraint}”须用 --reason 写明原因；撤回说明用 --withdraw。",
        "en": "To waive {constraint}, say why by --reason; --withdraw takes a waiver back.",
    },
    "record-what-is-known": {
        "zh-CN": "--record 记录的是此刻所知的核对，不能与 --as-at 或 --published 同用。",
        "en": "--record records the check of what is known now; it does not go with --as-at or --published.",
    },
    "close-years": {
        "zh-CN": "{period} 不是年度；只有年度结账。",
        "en": "{period} is not a year; only years are closed.",
    },
    "not-recorded": {
        "zh-CN": "{address}：台账没有记录此项的事件，没有可以分解的数字。",
        "en": "{address}: the ledger has no events that tell this, so there is no figure to divide.",
    },
    "not-of-one-unit": {
        "zh-CN": "这些数字的单位不同，不能相加：{addresses}。",
        "en": "These figures are not of one unit and cannot be added: {addresses}.",
    },
    "no-such-section": {
        "zh-CN": "格式 {edition} 没有“{section}”这一部分；有：{sections}。",
        "en": "Edition {edition} has no section {section}; it has: {sections}.",
    },
    "no-such-reference": {
        "zh-CN": "文字中的“{{{address}}}”不是格式 {edition} 的数字。{hint}",
        "en": "{{{address}}} in the text is no figure of edition {edition}. {hint_en}",
    },
    "no-such-constraint": {
        "zh-CN": "格式 {edition} 没有勾稽关系“{constraint}”（{at}）；有：{constraints}。",
        "en": "Edition {edition} has no constraint {constraint} ({at}); it has: {constraints}.",
    },
    "year-not-over": {
        "zh-CN": "{period} 尚未结束（至 {last}），不能核对印发或者结账。",
        "en": "{period} is not over yet (it lasts until {last}), so it cannot be checked for issue or closed.",
    },
    "balance-overdrawn": {
        "zh-CN": "{period}：写明由 {days} 的期初余额计入的案件，多于余额申报的数，报告的数字因此有误。请更正余额或案件的余额日期；哪些余额，见核对的结果（ledger check {period}）。",
        "en": "{period}: more cases name the opening balance of {days} than it counted, so figures of the report are wrong. Correct the balance, or the day that a case names; the check (`ledger check {period}`) lists which.",
    },
    "closed-once": {
        "zh-CN": "{period} 已于 {on} 结账（事件 {event}）。晚记的事件照常记录，用 ledger diff {period} --from closed 查看。",
        "en": "{period} was closed on {on} (event {event}). Late entries are recorded as they are; `ledger diff {period} --from closed` shows them.",
    },
    "never-closed": {
        "zh-CN": "{organ} 的 {period} 尚未结账；请先用 ledger close。",
        "en": "{period} of {organ} was not closed; close it by `ledger close`.",
    },
    "balance-before": {
        "zh-CN": "{balance} 终了时本件已不在该状态，那一天的期初余额不可能已计入本件。",
        "en": "At the end of {balance} this one no longer stood, so the opening balance of that day cannot have counted it.",
    },
    "before-its-cause": {
        "zh-CN": "“{type}”的日期 {on} 早于“{blocker_type}”（事件 {blocker}，{blocker_on}）。"
        "请核对日期。",
        "en": "{type} is dated {on}, before {blocker_type} (event {blocker}, {blocker_on}). "
        "Check the dates.",
    },
    "never-happened": {
        "zh-CN": "{subject} 没有“{needed}”的记录，“{type}”（事件 {id}）无从说起。请先记录或保留它。",
        "en": "{subject} has no {needed}, which {type} (event {id}) needs. Record or keep it first.",
    },
    "no-such-event": {
        "zh-CN": "{subject} 没有编号为 {event} 的事件，无法更正或作废。可用 ledger history {subject} 查看。",
        "en": "{subject} has no event {event} to correct or void. See `ledger history {subject}`.",
    },
    "voided-already": {
        "zh-CN": "事件 {event} 已被 {blocker} 作废，不能再更正或作废。",
        "en": "The event {event} was already voided by {blocker}.",
    },
    "cannot-correct-void": {
        "zh-CN": "作废事件 {event} 不能更正；如作废有误，请作废该作废事件。",
        "en": "A voiding cannot be corrected; if it was wrong, void the voiding {event}.",
    },
    "another-organ's": {
        "zh-CN": "{subject} 由机关“{holder}”办理，“{organ}”不能记录。如系本机关另一件，请换一个编号。",
        "en": "{subject} is handled by {holder}; {organ} cannot record on it. If it is a matter of "
        "your own, number it otherwise.",
    },
    "balance-after": {
        "zh-CN": "发生日期 {on} 晚于期初余额的日期 {balance}，该余额不可能已计入本件。",
        "en": "It began on {on}, after the opening balance of {balance}, which so cannot have "
        "counted it.",
    },
    "file-too-large": {
        "zh-CN": "文件超过 {limit} MB，未读取。已公布的年度报告不会这么大，请核对文件。",
        "en": "The file is larger than {limit} MB and was not read. No published report is; check the file.",
    },
    "unpacks-too-large": {
        "zh-CN": "文件解压后超过 {limit} MB，未读取。请用办公软件打开核对，另存一份再试。",
        "en": "Unpacked, the file is larger than {limit} MB; it was not read. Open it in an office program, check it and save it anew.",
    },
    "too-many-members": {
        "zh-CN": "文件内部有 {limit} 个以上的部件，未读取。请用办公软件另存一份再试。",
        "en": "The file has more than {limit} parts inside; it was not read. Save it anew by an office program.",
    },
    "too-many-cells": {
        "zh-CN": "文件的单元格和段落超过 {limit} 个，未读取。请只保留年度报告本身。",
        "en": "The file has more than {limit} cells and paragraphs; it was not read. Keep only the report in it.",
    },
    "too-many-elements": {
        "zh-CN": "文件内部的元素超过 {limit} 个，未读取。请只保留年度报告本身，清除多余的格式后另存一份再试。",
        "en": "The file holds more than {limit} elements of markup; it was not read. Keep only the report in it, clear needless formatting and save it anew.",
    },
    "too-much-text": {
        "zh-CN": "文件的文字超过 {limit} 个字，未读取。请只保留年度报告本身。",
        "en": "The file has more than {limit} characters of text; it was not read. Keep only the report in it.",
    },
    "too-many-pages": {
        "zh-CN": "PDF 超过 {limit} 页，未读取。请只保留年度报告本身。",
        "en": "The PDF has more than {limit} pages; it was not read. Keep only the report in it.",
    },
    "too-deep": {
        "zh-CN": "文件的内容嵌套超过 {limit} 层，未读取。请用办公软件另存一份再试。",
        "en": "The file nests its contents more than {limit} deep; it was not read. Save it anew by an office program.",
    },
    "too-costly": {
        "zh-CN": "读取这个 PDF 超出了 {limit} 秒或内存限额，已停止。请用其他程序另存为 PDF 或 docx 再试。",
        "en": "Reading this PDF took more than {limit} seconds or the memory allowed, and was stopped. Save it as PDF or docx by another program.",
    },
    "broken-file": {
        "zh-CN": "文件已损坏或不是其应有的格式（{detail}）。请用办公软件打开并另存一份再试。",
        "en": "The file is damaged or not what it should be ({detail}). Open it in an office program and save it anew.",
    },
    "locked-file": {
        "zh-CN": "文件加了密码，无法读取。请先去除密码。",
        "en": "The file is locked by a password. Take the password off first.",
    },
    "old-office-file": {
        "zh-CN": "这是旧的 doc、xls、wps、rtf 格式，或加了密码的文件。请用办公软件另存为 docx 或 xlsx 再试。",
        "en": "This is an old doc, xls, wps or rtf file, or one with a password. Save it as docx or xlsx by an office program.",
    },
    "picture-file": {
        "zh-CN": "这是图片，其中没有文字可读。请提供 docx、xlsx、HTML、PDF（带文字）或纯文本。",
        "en": "This is a picture; there is no text in it. Hand in docx, xlsx, HTML, PDF with text, or plain text.",
    },
    "no-text": {
        "zh-CN": "PDF 中没有文字，可能是扫描件。请提供带文字的文件。",
        "en": "There is no text in the PDF; it may be a scan. Hand in a file with text.",
    },
    "pages-without-text": {
        "zh-CN": "第 {pages} 页没有文字，可能是扫描件，其内容没有读到。",
        "en": "Pages {pages} have no text and may be scans; what stands on them was not read.",
    },
    "unknown-file": {
        "zh-CN": "无法识别的文件。可以读取 docx、xlsx、HTML、PDF（带文字）和纯文本。",
        "en": "This is no file that can be read here. Readable are docx, xlsx, HTML, PDF with text, and plain text.",
    },
    "no-form-fits": {
        "zh-CN": "没有找到任何已知格式的表格（文件中有 {count} 个表），或者几种格式同样相符而年度不明。",
        "en": "No table of a known form was found (the file has {count} tables), or several forms fit alike and the year is not told.",
    },
    "nothing-to-adopt": {
        "zh-CN": "{name} 中没有找到已知格式的表格，无可采用。可先用 ledger read 查看读到了什么。",
        "en": "No table of a known form was found in {name}; there is nothing to adopt. See by `ledger read` what was read.",
    },
    "not-an-annual-report": {
        "zh-CN": "文件用的是 {edition}，不是年度报告的格式；只能采用年度报告。",
        "en": "The file follows {edition}, which is not the form of an annual report; only annual reports can be adopted.",
    },
    "which-year": {
        "zh-CN": "{name} 没有写明是哪一年度的报告，请用 --year 指明。",
        "en": "{name} does not say which year it is for; name it by --year.",
    },
    "another-year": {
        "zh-CN": "文件写明是 {printed} 年度的报告，不是 {year} 年。请核对。",
        "en": "The file says that it is the report for {printed}, not for {year}. Please check.",
    },
    "year-is-counted": {
        "zh-CN": "{year} 年在台账中已有记录（{addresses} 等 {count} 个数字不为零），再采用报告会重复统计。",
        "en": "The ledger has counted {year} already ({count} figures are not zero: {addresses} …); adopting a report would count it twice.",
    },
    "cannot-be-stated": {
        "zh-CN": "{address}（所印为“{text}”）不能单独申报：本台账没有与它对应的一项数量。",
        "en": "{address} (printed as {text}) cannot be stated by itself: no one quantity of the ledger stands for it.",
    },
    "below-zero": {
        "zh-CN": "{address} 印的是“{text}”，由此得出的数量小于零，不能申报。",
        "en": "{address} is printed as {text}, which makes a quantity below zero; that cannot be stated.",
    },
    "change-of-unknown": {
        "zh-CN": "{address} 印的是增减数“{text}”，而增减之前的数量没有读到。",
        "en": "{address} is printed as a change of {text}, and what it changed was not read.",
    },
    "no-whole-number": {
        "zh-CN": "{address} 印的是“{text}”，得不出一个确定的整数（件或分）。",
        "en": "{address} is printed as {text}, which gives no certain whole number (cases or fen).",
    },
    "table-not-known": {
        "zh-CN": "这个表不是所用格式中的表：“{text}”。",
        "en": "This is no table of the form: {text}",
    },
    "row-not-known": {
        "zh-CN": "这一行认不出是表中的哪一行，或者认不出各数字属于哪一列：“{text}”。",
        "en": "Which row of the table this is, or which columns its numbers belong to, cannot be told: {text}",
    },
    "which-column": {
        "zh-CN": "“{row}”一行的数字个数与列数不符，不知属于哪些列：“{text}”。",
        "en": "The values of the row {row} are not as many as its columns; which belong where cannot be told: {text}",
    },
    "over-columns": {
        "zh-CN": "“{text}”占了几列或几行，不知属于哪一格。",
        "en": "{text} stands over several columns or rows; which cell it belongs to cannot be told.",
    },
    "unreadable-cell": {
        "zh-CN": "{address} 印的是“{text}”，不是一个数字。",
        "en": "{address} is printed as {text}, which is not a number.",
    },
    "amount-without-unit": {
        "zh-CN": "{address} 印的是“{text}”，表中没有写明单位，不知是元还是万元。",
        "en": "{address} is printed as {text} without a unit; whether it is yuan or ×10,000 yuan cannot be told.",
    },
    "printed-unlike": {
        "zh-CN": "{address} 在文件中出现 {count} 次，内容不同；只采用栏目名称与表式最相符的一个，分不出的一个也不采用。",
        "en": "{address} stands in the file {count} times with unlike contents; only the one under the label most like the form's was taken, and none where that does not tell.",
    },
    "other-words": {
        "zh-CN": "“{printed}”按“{label}”读取。",
        "en": "{printed} was read as {label}.",
    },
    "cells-missing": {
        "zh-CN": "{all} 格中有 {count} 格没有找到。",
        "en": "{count} of {all} cells were not found.",
    },
    "rows-not-placed": {
        "zh-CN": "有的行数字个数与列数不符，未读取。",
        "en": "Rows whose values are not as many as the columns were not read.",
    },
    "number-wrapped": {
        "zh-CN": "“{text}”在窄格中分成几行，按一个数字读取。",
        "en": "{text} is broken over lines in a narrow cell; it was read as one number.",
    },
    "by-order": {
        "zh-CN": "没有与数字对齐的表头，各列按先后次序认定。",
        "en": "No headers stand over the values; their columns were told by their order.",
    },
    "unknown-database": {
        "zh-CN": "无法识别的数据库地址“{url}”。请用 sqlite:///文件路径 或 postgresql://… 。",
        "en": "The database address {url} is not known here. Use sqlite:///path or postgresql://….",
    },
    "no-ledger": {
        "zh-CN": "{database} 中还没有台账。用 ledger import 或 ledger record 记录第一个事件即可建立。",
        "en": "There is no ledger in {database} yet. The first `ledger import` or `ledger record` "
        "makes one.",
    },
    "older-ledger": {
        "zh-CN": "{database} 的结构是旧版（{found}，需要 {needed}）。请先备份，再运行 ledger migrate。",
        "en": "The tables of {database} are of an older version ({found}; {needed} is needed). "
        "Back it up, then run `ledger migrate`.",
    },
    "newer-ledger": {
        "zh-CN": "{database} 由更新版本的软件建立（{found}）。请升级本软件。",
        "en": "{database} was made by a newer version of this software ({found}). Upgrade it.",
    },
    "database-failed": {
        "zh-CN": "数据库操作失败：{detail}。请核对地址、权限和磁盘空间；未得到确认的记录可用同一编号重新提交，不会重复。",
        "en": "The database failed: {detail}. Check its address, permissions and disk space. What was not acknowledged can be sent again with the same id; it is never recorded twice.",
    },
    "broken-tree": {
        "zh-CN": "台账末尾保存的哈希与事件数量不符，数据库被改动过，未记录任何内容。请运行 ledger verify，并由备份恢复。",
        "en": "The hashes kept at the end of the ledger do not fit the number of its events: the database was altered, and nothing was recorded. Run `ledger verify`, and restore a backup.",
    },
    "too-large-event": {
        "zh-CN": "这个事件有 {size} 字节，超过 {limit} 字节。请缩短其内容，或分开记录。",
        "en": "This event has {size} bytes, more than {limit}. Shorten what it says, or record it in parts.",
    },
    "no-key": {
        "zh-CN": "{folder} 中没有可用于签名的密钥。请用 --keys 指明密钥文件夹，或设置 LEDGER_SIGNING_KEYS。",
        "en": "There is no key to sign with in {folder}. Name the folder of the keys by --keys, or set LEDGER_SIGNING_KEYS.",
    },
    "wrong-key-name": {
        "zh-CN": "“{name}”不能作为密钥名称：不得有空格和加号。例：ledger.example.gov.cn/disclosure",
        "en": "{name} cannot be the name of a key: it holds no blanks and no plus sign. Example: ledger.example.gov.cn/disclosure",
    },
    "no-such-key": {
        "zh-CN": "{folder} 中没有编号为 {id} 的签名密钥。可用 ledger keys 查看。",
        "en": "There is no signing key {id} in {folder}. `ledger keys` lists them.",
    },
    "last-key": {
        "zh-CN": "{id} 是唯一的签名密钥，不能停用。请先用 ledger keys --rotate 添加新密钥。",
        "en": "{id} is the only key that signs and cannot be retired. Add a new one first by `ledger keys --rotate`.",
    },
    "open-key": {
        "zh-CN": "密钥文件 {path} 可被他人读取，未使用。请确认没有泄露，再运行 chmod 600 {path}；如有疑问请更换密钥。",
        "en": "Others can read the key file {path}, so it is not used. If nobody did, run chmod 600 {path}; if in doubt, replace the key.",
    },
    "unreadable-key": {
        "zh-CN": "{what} 不是有效的密钥：{detail}。",
        "en": "{what} is not a key: {detail}.",
    },
    "another-ledgers-key": {
        "zh-CN": "这个台账以“{origin}”之名签过检查点，密钥的名称却是“{name}”。请用原来的密钥，或用 --keys 指明。",
        "en": "This ledger signed checkpoints as {origin}, but the key is named {name}. Use the key that it had; name its folder by --keys.",
    },
    "not-what-was-signed": {
        "zh-CN": "拒绝签名：台账（{size} 个事件）与此前签署的 {signed} 个事件的检查点（见 {place}）不一致。台账被改动、截断或恢复到了旧状态；或者这些密钥属于另一个台账。请运行 ledger verify。",
        "en": "Nothing is signed: the ledger ({size} events) does not agree with the checkpoint of {signed} events that was signed before (see {place}). It was altered, cut or restored to an older state; or these keys are another ledger's. Run `ledger verify`.",
    },
    "issued-not-signed": {
        "zh-CN": "{period} 的报告已印发（{id}），但随后的检查点未能签署或公布：{detail}。排除原因后运行 ledger checkpoint，不必重新印发。",
        "en": "The report of {period} is issued ({id}), but the checkpoint after it could not be signed or published: {detail}. Mend that and run `ledger checkpoint`; nothing need be issued again.",
    },
    "holds-no-checkpoint": {
        "zh-CN": "{what} 中没有可核对的检查点：{detail}。请给出检查点文件，或印有检查点的报告（JSON、网页、Word、Excel、PDF 或文本）。",
        "en": "{what} holds no checkpoint to verify against: {detail}. Give the file of a checkpoint, or an issued report that prints one (JSON, HTML, Word, Excel, PDF or text).",
    },
    "not-a-checkpoint": {
        "zh-CN": "{what} 不是有效的检查点：{detail}。",
        "en": "{what} is not a checkpoint: {detail}.",
    },
    "false-signature": {
        "zh-CN": "{size} 个事件的检查点上的签名是假的：{detail}。",
        "en": "A signature on the checkpoint of {size} events is false: {detail}.",
    },
    "not-signed-yet": {
        "zh-CN": "事件 {event}（位置 {position}）之后还没有签过检查点。请先运行 ledger checkpoint。",
        "en": "No checkpoint was signed since event {event} (position {position}). Run `ledger checkpoint` first.",
    },
    "not-a-bundle": {
        "zh-CN": "{what} 不是有效的审计包：{detail}。",
        "en": "{what} is not a bundle: {detail}.",
    },
    "not-a-proof": {
        "zh-CN": "{what} 不是有效的证明：{detail}。",
        "en": "{what} is not a proof: {detail}.",
    },
    "no-such-checkpoint": {
        "zh-CN": "台账只有 {last} 个事件，无法证明它由 {size} 个事件增长而来。",
        "en": "The ledger has {last} events; it cannot be shown to have grown out of {size}.",
    },
    "unknown-log": {
        "zh-CN": "本见证不认识台账“{origin}”。请用 --trust 给出它的公钥，公钥应从可靠途径取得。",
        "en": "This witness does not know the ledger {origin}. Give its public key, from a source that can be relied on, by --trust.",
    },
    "not-signed-by": {
        "zh-CN": "检查点（{size} 个事件）没有“{origin}”已知密钥的签名，不予采信。",
        "en": "The checkpoint of {size} events carries no signature by a key of {origin} that is known here; it is not believed.",
    },
    "witness-saw": {
        "zh-CN": "本见证上次见到的是 {seen} 个事件，请求却从 {old} 开始证明。请用 ledger checkpoint --since {seen} 重新生成请求。",
        "en": "This witness last saw {seen} events; the request proves from {old} on. Make it again by `ledger checkpoint --since {seen}`.",
    },
    "not-consistent": {
        "zh-CN": "拒绝见证：{size} 个事件的检查点不是由上次见到的 {seen} 个事件增长而来，历史被改写或截断。请保存这份请求作为证据。",
        "en": "Not witnessed: the checkpoint of {size} events did not grow out of the {seen} events seen last; the past was rewritten or cut. Keep this request as evidence.",
    },
    "unknown-witness": {
        "zh-CN": "这些签名不是受信任的见证对本台账检查点的签名。请用 ledger keys --trust 加入见证的公钥。",
        "en": "None of these is a signature of a trusted witness on a checkpoint of this ledger. Add its public key by `ledger keys --trust`.",
    },
    "file-failed": {
        "zh-CN": "读写 {path} 失败：{detail}。请核对路径、权限和磁盘空间。",
        "en": "Reading or writing {path} failed: {detail}. Check the path, permissions and disk space.",
    },
    "not-one-line": {
        "zh-CN": "事件“{line}…”的字节不是一行 JSON，不能导出。",
        "en": "The bytes of the event {line}… are not one line of JSON, so it cannot be exported.",
    },
    "cut-short": {
        "zh-CN": "文件不完整：末尾没有总数。未恢复任何内容。",
        "en": "The file is not whole: its last line is not the head. Nothing was taken in.",
    },
    "not-recorded-so": {
        "zh-CN": "位置 {position}：这样的事件不可能由台账记录（{detail}）。未接收该位置起的任何内容。",
        "en": "Position {position}: no ledger recorded such an event ({detail}). Nothing from there on was taken in.",
    },
    "not-as-signed": {
        "zh-CN": "到位置 {position} 为止的事件与 {size} 个事件的检查点不符：有事件被改动、删去或添加。未接收它们。",
        "en": "The events up to position {position} do not agree with the checkpoint of {size} events: some were altered, left out or added. They were not taken in.",
    },
    "not-an-empty-ledger": {
        "zh-CN": "台账中已有 {count} 个事件；恢复和跟随只写入空的台账，请用 --database 另指一个。",
        "en": "The ledger already holds {count} events; only an empty one can be restored into or made to follow. Name another by --database.",
    },
    "follow-whom": {
        "zh-CN": "请用 --key 给出要跟随的台账的公钥，公钥应从可靠途径取得。",
        "en": "Give the public key of the ledger to follow, from a source that can be relied on, by --key.",
    },
    "went-back": {
        "zh-CN": "停止跟随：那个台账现在只签到 {size} 个事件，此前已签过 {seen} 个。它被截断，或恢复到了旧状态。",
        "en": "Following stops: that ledger has signed {size} events now, and had signed {seen} before. It was cut, or restored to an older state.",
    },
    "tells-otherwise": {
        "zh-CN": "停止跟随：到位置 {position} 为止，所给的内容与此前签过的不同。历史被改写。",
        "en": "Following stops: up to position {position}, what is told is not what had been signed. The past was rewritten.",
    },
    "older-than-signed": {
        "zh-CN": "已恢复 {events} 个事件，但此前签过 {signed} 个（见 {place}）：最近的 {missing} 个不在这份备份中。",
        "en": "{events} events are restored, but {signed} had been signed (see {place}): the last {missing} are not in this backup.",
    },
    "rewritten-since": {
        "zh-CN": "已恢复 {events} 个事件，但与此前签过的检查点不符（见 {place}）：这份备份不是同一个台账，或被改动过。",
        "en": "{events} events are restored, but they do not agree with what had been signed (see {place}): this backup is of another ledger, or was altered.",
    },
    "follower-is-read-only": {
        "zh-CN": "这是另一个台账的副本，只能读取；记录请到原台账，新内容由 ledger follow 取得。",
        "en": "This is a copy of another ledger and can only be read. Record in that one; `ledger follow` brings what is new.",
    },
    "follower-signs-nothing": {
        "zh-CN": "这是另一个台账的副本，不签检查点：检查点由原台账签署，由 ledger follow 取得。可用 ledger witness 见证它。",
        "en": "This is a copy of another ledger and signs no checkpoints: that one signs, and `ledger follow` brings what it signed. `ledger witness` cosigns it.",
    },
    "no-such-file": {
        "zh-CN": "读不到文件 {path}：{detail}。请核对路径和权限。",
        "en": "The file {path} cannot be read: {detail}. Check the path and permissions.",
    },
    "needs-output": {
        "zh-CN": "{format} 格式的文件不能显示在屏幕上，请用 --output 指定文件，如 --output report.{format}。",
        "en": "{format} cannot be shown on a screen; name a file: --output report.{format}.",
    },
    "no-workbook-of": {
        "zh-CN": "{option} 的回答不是清单，没有 xlsx 格式；请用 text 或 json。",
        "en": "What {option} answers is not a list and has no xlsx; use text or json.",
    },
    "cannot-typeset": {
        "zh-CN": "无法排版为 PDF：{detail}。如有字体缺字，请用 --fonts 指定含该字的字体所在文件夹。",
        "en": "The PDF cannot be typeset: {detail}. Where a font lacks a character, name a folder with a font that has it: --fonts FOLDER.",
    },
    "cannot-write": {
        "zh-CN": "无法写入文件 {path}：{detail}。请核对路径、权限和磁盘空间，并关闭已打开此文件的程序。",
        "en": "The file {path} cannot be written: {detail}. Check the path, the permissions and the space on the disk, and close the program that has it open.",
    },
    "register-too-large": {
        "zh-CN": "文件超过 {limit} MB，未读取。请分成几个文件导入。",
        "en": "The file is larger than {limit} MB and was not read. Import it in several files.",
    },
    "too-many-sheets": {
        "zh-CN": "工作簿有 {limit} 张以上的工作表，未读取。请分成几个文件。",
        "en": "The workbook has more than {limit} sheets; it was not read. Split it into several files.",
    },
    "too-many-rows": {
        "zh-CN": "文件有 {limit} 行以上的内容，未导入。请分成几个文件导入。",
        "en": "The file has more than {limit} rows of contents; nothing was imported. Import it in several files.",
    },
    "too-many-lines": {
        "zh-CN": "文件超过 {limit} 行（空行也算），未导入。请删除多余的空行，或者分成几个文件导入。",
        "en": "The file has more than {limit} lines, blank ones counted; nothing was imported. Delete needless blank lines, or import it in several files.",
    },
    "old-workbook": {
        "zh-CN": "这是旧的 xls 或 et 格式，或者加了密码的文件。请用办公软件另存为 xlsx（去除密码）再试。",
        "en": "This is an old xls or et file, or one with a password. Save it as xlsx, without a password, by an office program.",
    },
    "not-a-workbook": {
        "zh-CN": "这不是工作簿。可以导入 xlsx、csv 和 JSON Lines；其他格式请另存为 xlsx。",
        "en": "This is no workbook. What can be imported are xlsx, csv and JSON Lines; save anything else as xlsx.",
    },
    "not-a-table": {
        "zh-CN": "文件不是文字，不能作为 csv 读取。请用办公软件另存为 xlsx 或 csv。",
        "en": "The file is no text and cannot be read as csv. Save it as xlsx or csv by an office program.",
    },
    "broken-text": {
        "zh-CN": "文件的文字编码有损坏之处（按 {encoding} 无法读完）。请用办公软件另存为 xlsx，或者 UTF-8 编码的 csv。",
        "en": "The encoding of the text is damaged (it cannot be read as {encoding} to its end). Save it as xlsx, or as csv in UTF-8.",
    },
    "broken-csv": {
        "zh-CN": "第 {line} 行附近的引号或分隔符不成对（{detail}），未导入。请用办公软件另存为 xlsx 或 csv。",
        "en": "Quotes or separators do not match near line {line} ({detail}); nothing was imported. Save the file as xlsx or csv by an office program.",
    },
    "macros-not-run": {
        "zh-CN": "文件含有宏；宏不会运行，只读取单元格的值。",
        "en": "The file holds macros; they are not run, only the values of cells are read.",
    },
    "links-not-followed": {
        "zh-CN": "文件含有指向其他文件的链接；链接不会打开，公式取文件中已存的值。",
        "en": "The file links to other files; they are not opened, formulas count by the values saved with them.",
    },
    "cell-error": {
        "zh-CN": "单元格是错误值 {value}。请改正公式，或者直接填写值。",
        "en": "The cell holds the error {value}. Mend its formula or write the value.",
    },
    "formula-without-value": {
        "zh-CN": "单元格的公式没有计算过，文件中没有它的值。请用办公软件打开、保存后再导入，或者直接填写值。",
        "en": "The formula of this cell was never calculated, so the file holds no value for it. Open and save the file in an office program, or write the value.",
    },
    "formula-as-text": {
        "zh-CN": "“{value}”是当作文字保存的公式。请填写值。",
        "en": "{value} is a formula kept as text. Write the value.",
    },
    "merged-across": {
        "zh-CN": "单元格横跨几列合并，不知属于哪一列。请取消合并，分别填写。",
        "en": "The cell is merged over several columns, so it cannot be told which it belongs to. Unmerge it and fill in each.",
    },
    "merged-number": {
        "zh-CN": "这个数字合并在几行上，不知各行是多少。请取消合并，逐行填写。",
        "en": "This number is merged over several rows, so it cannot be told how much of it is each row's. Unmerge it and fill in each row.",
    },
    "cell-missing": {
        "zh-CN": "“{label}”必须填写。",
        "en": "{label_en} is required; fill it in.",
    },
    "not-a-day": {
        "zh-CN": "“{value}”不是完整的日期；请写成 2020-03-05、2020/3/5、2020年3月5日 或 20200305。",
        "en": "{value} is not a whole date; write it as 2020-03-05, 2020/3/5, 2020年3月5日 or 20200305.",
    },
    "number-for-a-date": {
        "zh-CN": "“{value}”是数字，不是日期。如果原是日期，请将单元格格式改为“年-月-日”并核对。",
        "en": "{value} is a number and not a date. If it was a date, format the cell as year-month-day and check it.",
    },
    "date-partly-shown": {
        "zh-CN": "单元格只显示出日期的一部分，其中存的是 {value}，缺的部分是软件补上的。请将格式改为“年-月-日”并核对。",
        "en": "The cell shows only a part of the date; it holds {value}, of which the program filled in the rest. Format it as year-month-day and check it.",
    },
    "unlikely-day": {
        "zh-CN": "单元格显示为 {value}，多半是把数字当作日期显示了。请重新填写日期。",
        "en": "The cell shows {value}, most likely a number that is shown as a date. Write the date anew.",
    },
    "no-such-day": {
        "zh-CN": "“{value}”不是任何一天。请重新填写日期。",
        "en": "{value} is no day. Write the date anew.",
    },
    "not-a-number": {
        "zh-CN": "“{value}”不是数字。",
        "en": "{value} is not a number.",
    },
    "not-whole": {
        "zh-CN": "“{value}”不是整数。",
        "en": "{value} is not a whole number.",
    },
    "shown-otherwise": {
        "zh-CN": "单元格按百分比、缩放等格式显示，显示的与实际存的 {value} 不同。请改为常规格式并核对。",
        "en": "The cell is shown as a percentage or scaled, so that it shows other than the {value} that it holds. Format it as general and check it.",
    },
    "no-unit": {
        "zh-CN": "“{value}”没有单位，不知是元还是万元。请在标题写明，如“金额（万元）”，或者写在单元格中，如“12.5万元”。",
        "en": "{value} has no unit; whether it is yuan or ×10,000 yuan cannot be told. Name the unit in the heading, such as 金额（万元）, or in the cell, such as 12.5万元.",
    },
    "which-unit": {
        "zh-CN": "单位有几种说法：{units}。请只留一种。",
        "en": "The unit is named in several ways: {units}. Leave one of them.",
    },
    "half-a-unit": {
        "zh-CN": "“{value}”的单位不全。请写明元、万元或亿元。",
        "en": "The unit of {value} is not complete. Write 元, 万元 or 亿元.",
    },
    "other-money": {
        "zh-CN": "单元格的金额不是人民币。请折算为人民币填写。",
        "en": "The amount in this cell is not in renminbi. Convert it.",
    },
    "part-of-a-fen": {
        "zh-CN": "“{value}”不是整数分，金额最小到分。",
        "en": "{value} is not a whole number of fen (0.01 yuan), the least that an amount can be.",
    },
    "yes-or-no": {
        "zh-CN": "“{value}”应填“是”或“否”。",
        "en": "{value} should be yes or no.",
    },
    "not-in-the-list": {
        "zh-CN": "“{value}”不在可选的范围内；可填：{known}。",
        "en": "{value} is not in the list; it may be: {known_en}.",
    },
    "not-of-this-state": {
        "zh-CN": "统计状态“{state}”没有这个口径，请清空此格或者改正统计状态。",
        "en": "The state {state_en} has no such dimension; clear this cell or correct the state.",
    },
    "told-twice": {
        "zh-CN": "这一项已在另一列填写，请只填一处。",
        "en": "This field is filled in by another column already; fill in one of them.",
    },
    "part-missing": {
        "zh-CN": "编号由几列拼成，其中“{heading}”是空的。",
        "en": "The number is put together from several columns, and {heading} is blank.",
    },
    "number-for-a-text": {
        "zh-CN": "“{value}”是带小数或过长的数字，可能不是原来填写的样子。请将单元格格式改为文本后重新填写。",
        "en": "{value} is a number with decimals, or too long, and perhaps not what was typed. Format the cell as text and type it again.",
    },
    "turned-by-the-program": {
        "zh-CN": "此处应是文字，单元格里却是 {value}，可能被软件自动改成了日期或数字。请将单元格格式改为文本后重新填写。",
        "en": "Text is wanted here and the cell holds {value}; the program may have turned it into a date or number. Format the cell as text and type it again.",
    },
    "not-a-change": {
        "zh-CN": "“{value}”应写作“名称=值”，一行一项，如 applicant=natural-person。",
        "en": "{value} should be written name=value, one a line, such as applicant=natural-person.",
    },
    "two-readings": {
        "zh-CN": "“{value}”在不同事件中是不同的代码，请直接写代码。",
        "en": "{value} stands for different codes in different events; write the code.",
    },
    "hidden-row": {
        "zh-CN": "这一行被隐藏（可能还有其他行），不知是否应导入。请取消筛选和隐藏，或者删去这些行。",
        "en": "This row is hidden, and perhaps others are; whether they count cannot be told. Clear the filter and show them, or delete them.",
    },
    "example-altered": {
        "zh-CN": "这是示例行，但内容已被改动。如系真实记录，请在此格填写真实编号；否则删去此行。",
        "en": "This is the example row, and it was altered. If it is a real record, give it its real number here; else delete the row.",
    },
    "no-headings": {
        "zh-CN": "没有找到列标题。应有一行标题，其中有：{wanted}。",
        "en": "No headings were found. There should be a row of headings with: {wanted_en}.",
    },
    "heading-missing": {
        "zh-CN": "缺少“{label}”一列。",
        "en": "The column {label_en} is missing.",
    },
    "heading-twice": {
        "zh-CN": "“{heading}”一列出现了两次，不知以哪一列为准。请删去或改名其中一列。",
        "en": "The column {heading} stands there twice, and which counts cannot be told. Delete or rename one.",
    },
    "unknown-heading": {
        "zh-CN": "不认识“{heading}”一列。请改正标题；自用的内容请移到“备注（不导入）”列，机关自有台账的列请用对照文件（--mapping）。",
        "en": "The column {heading} is not known. Correct the heading; move what is your own to the column “Remarks (not imported)”, and use a mapping (--mapping) for a register of your own.",
    },
    "no-heading": {
        "zh-CN": "这里有内容，但所在列没有标题。请补上标题、删去内容，或者移到“备注（不导入）”列。",
        "en": "Something stands here in a column without a heading. Give it one, delete it, or move it to “Remarks (not imported)”.",
    },
    "unit-otherwise": {
        "zh-CN": "对照文件写的单位是 {unit}，“{heading}”的标题不是。请改正其中之一。",
        "en": "The mapping says the unit is {unit}, the heading {heading} says otherwise. Correct one of them.",
    },
    "mapped-unknown": {
        "zh-CN": "对照文件中 {type} 没有“{field}”这一项；可用：{known}。",
        "en": "In the mapping, {type} has no field {field}; it has: {known}.",
    },
    "mapped-missing": {
        "zh-CN": "对照文件没有写明 {type} 的“{label}”从哪里来。",
        "en": "The mapping does not say where {label_en} of {type} comes from.",
    },
    "newer-template": {
        "zh-CN": "这张工作表是按 {type} 的格式版本 {version} 制作的，本软件没有这个版本。请用 ledger template 重新生成。",
        "en": "This sheet was made for version {version} of {type}, which is not known here. Make a new one by `ledger template`.",
    },
    "no-such-sheet": {
        "zh-CN": "文件中没有对照文件所说的工作表“{sheet}”；有：{known}。",
        "en": "The file has no sheet {sheet}, which the mapping names; it has: {known}.",
    },
    "hidden-sheet": {
        "zh-CN": "这张工作表是隐藏的，没有导入。",
        "en": "This sheet is hidden and was not imported.",
    },
    "sheet-not-read": {
        "zh-CN": "这张工作表不是 ledger template 生成的，没有导入。",
        "en": "This sheet is not from `ledger template` and was not imported.",
    },
    "version-cell-missing": {
        "zh-CN": "这张工作表有模板的各列标题，但 A3 的版本单元格不见了或被改动，因此不能确定它记的是哪一版表。请在 A3 填回“{cell}”，或把各行复制到新生成的模板中（ledger template {type}）。",
        "en": "This sheet has the headings of a template, but its version cell, A3, is gone or changed, so it is not sure which version of which table it is. Write {cell} into A3 again, or copy the rows into a fresh template (`ledger template {type}`).",
    },
    "nothing-to-import": {
        "zh-CN": "文件中没有可以导入的工作表。请用 ledger template 生成的工作簿；一种事件的表可用 --type 指明类型，机关自有的台账可用 --mapping 对照。",
        "en": "The file has no sheet that can be imported. Use a workbook made by `ledger template`; name the type of a table of one kind of event by --type, or map a register of your own by --mapping.",
    },
    "rows-passed-over": {
        "zh-CN": "{count} 行没有导入，因为是小标题、重复的标题或者对照文件所列的合计行：第 {rows} 行。",
        "en": "{count} rows were not imported, being captions, repeated headings or sums that the mapping names: {rows}.",
    },
    "rows-again": {
        "zh-CN": "{count} 行与文件中另一行完全相同，只记录一次：第 {rows} 行。如确是两件事，请各填一个事件编号。",
        "en": "{count} rows say the same as another row of the file and are recorded once: {rows}. If they are two events, give each an event id.",
    },
    "too-many-problems": {
        "zh-CN": "问题超过 {limit} 处，其余没有再读。请先改正以上各处，同一种错误可能遍及全表。",
        "en": "There are more than {limit} problems, and no more was read. Mend these first; the same mistake may run through the whole sheet.",
    },
    "more-problems": {
        "zh-CN": "另有 {count} 处问题没有逐一列出。",
        "en": "{count} more problems are not listed one by one.",
    },
    "stopped-between-rows": {
        "zh-CN": "已记录 {recorded} 个事件，其余没有记录（工作簿按日期先后分批记录）。改正后重新导入同一文件即可，已记录的不会重复。",
        "en": "{recorded} events are recorded, the others are not (a workbook is recorded in parts, by date). Mend it and import the same file again: nothing is recorded twice.",
    },
    "nothing-to-map": {
        "zh-CN": "没有找到可以对应的列：表中应有一行标题，其中有与所指事件类型的日期相近的一列。请写明事件类型，如 ledger template application.received --mapping 文件。",
        "en": "No columns were found that could be mapped: there should be a row of headings, one of them like the date of the types named. Name the types, such as `ledger template application.received --mapping FILE`.",
    },
    "not-confirmed": {
        "zh-CN": "对照文件中“{field}”取自“{column}”尚未确认。核对后把 confirmed 改为 true 或删去。",
        "en": "In the mapping, {field} from {column} is not confirmed yet. Check it and set confirmed to true, or remove that line.",
    },
    "code-not-filled-in": {
        "zh-CN": "对照文件中“{value}”对应的代码还空着，请补上。",
        "en": "In the mapping, the code for {value} is still missing; fill it in.",
    },
    "headings-unplaced": {
        "zh-CN": "对照文件中还有没有处理的列：{headings}。请对应到某一项，或者移入 ignore。",
        "en": "The mapping still has columns that are not placed: {headings}. Place each, or move it to ignore.",
    },
    "only-of-workbooks": {
        "zh-CN": "对照文件、类型、机关和标注错误的副本（--mapping、--type、--organ、--marked）只用于工作簿和 csv。",
        "en": "A mapping, a type, an organ and a marked copy (--mapping, --type, --organ, --marked) are for workbooks and csv only.",
    },
    "no-organ": {
        "zh-CN": "台账中还没有登记任何机关。",
        "en": "No organ is registered in this ledger.",
    },
    "which-organ": {
        "zh-CN": "台账中有多个机关，请用 --organ 指明：{organs}。",
        "en": "The ledger has several organs; name one by --organ: {organs}.",
    },
    "no-such-organ": {
        "zh-CN": "没有机关“{organ}”。已登记的机关：{organs}。",
        "en": "There is no organ {organ}. Registered: {organs}.",
    },
    "which-subject": {
        "zh-CN": "有多个机关都有 {subject}，请写全：{subjects}。",
        "en": "Several organs have {subject}; write it in full: {subjects}.",
    },
    "no-such-subject": {
        "zh-CN": "没有 {subject} 的任何记录。",
        "en": "Nothing is recorded of {subject}.",
    },
    "unknown-event": {
        "zh-CN": "没有编号或位置为 {event} 的事件。",
        "en": "There is no event with the id or position {event}.",
    },
    "no-edition": {
        "zh-CN": "{year} 年没有可用的报告格式；可用 --edition 指定：{editions}。",
        "en": "No edition is made for {year}; choose one by --edition: {editions}.",
    },
    "no-such-edition": {
        "zh-CN": "没有报告格式“{edition}”；可用：{editions}。",
        "en": "There is no edition {edition}; there are: {editions}.",
    },
    "no-such-cell": {
        "zh-CN": "“{address}”不是本格式中的数字。{hint}",
        "en": "{address} is not a figure of this edition. {hint_en}",
    },
    "not-a-moment": {
        "zh-CN": "“{value}”既不是位置（如 1200），也不是时间（如 2021-01-31 或 2021-01-31T17:00+08:00）。",
        "en": "{value} is neither a position (such as 1200) nor a time (such as 2021-01-31 or "
        "2021-01-31T17:00+08:00).",
    },
    "turned-round": {
        "zh-CN": "起始位置 {first} 晚于截止位置 {last}。请把 --from 与 --to 对调。",
        "en": "The first position, {first}, comes after the last, {last}. Exchange --from and --to.",
    },
    "never-issued": {
        "zh-CN": "机关“{organ}”的 {period} 报告尚未在本台账中印发，无从与“issued”比较。请用 --from 指明位置或时间。",
        "en": "The report of {organ} for {period} was never issued from this ledger, so there is nothing to compare with. Name a position or a time by --from.",
    },
    "editions-or-positions": {
        "zh-CN": "比较两种格式时，数字截至同一位置：请只用 --to，不用 --from。",
        "en": "Two editions are compared as at one position: give --to only, without --from.",
    },
    "beyond-the-journal": {
        "zh-CN": "台账目前只到位置 {last}，没有位置 {value}。",
        "en": "The journal ends at position {last}; there is no position {value} yet.",
    },
    "no-such-trend": {
        "zh-CN": "不能画出自 {first} 至 {last} 的变化：两者须同为年度、季度或月份，起始期间不得晚于终了期间。",
        "en": "There is no trend from {first} to {last}: both must be years, quarters or months, and the first not later than the last.",
    },
    "no-chart": {
        "zh-CN": "格式 {edition} 没有按办理结果列出全部办结申请的表，画不出这种图表；请用 --edition 换一种格式。",
        "en": "The form {edition} has no table of all decided applications by outcome, so this chart cannot be drawn; name another form with --edition.",
    },
    "no-charts-in": {
        "zh-CN": "{format} 格式的报告不带图表；请用 html、docx、pdf，或用 ledger chart 单独生成图表文件。",
        "en": "A report as {format} has no charts; use html, docx or pdf, or make a picture with ledger chart.",
    },
    "not-a-period": {
        "zh-CN": "“{value}”不是年度、季度或月份；请写成 2020、2020-Q1（一至四季度为 Q1 至 Q4）或 2020-03。",
        "en": "{value} is not a year, a quarter or a month; write 2020, 2020-Q1 (Q1 to Q4) or 2020-03.",
    },
    "not-key-value": {
        "zh-CN": "“{value}”应写作 名称=值，如 applicant=natural-person。",
        "en": "{value} should be written name=value, such as applicant=natural-person.",
    },
    "not-empty": {
        "zh-CN": "{database} 中已有 {count} 个事件；演示只写入空的台账，请另指一个数据库。",
        "en": "{database} already holds {count} events; the demo fills only a fresh ledger. "
        "Name another database.",
    },
    "stopped-half-way": {
        "zh-CN": "第 {line} 行之前的各行已经记录，从该行起未记录。改正上述各行后重新导入同一文件即可，已记录的行不会重复。",
        "en": "The lines before line {line} are recorded, those from it on are not. Mend the lines named above and import the same file again: no line is recorded twice.",
    },
    "unreadable-figure": {
        "zh-CN": "{address}：读不懂“{value}”。请写成数字，金额可带 元 或 万元；空白格写 null。",
        "en": "{address}: {value} cannot be read as a figure. Write a number, money with 元 or 万元 if need be; null for a blank cell.",
    },
    "too-large-file": {
        "zh-CN": "这一行过长，超过 {limit} 字节。每行应是一个事件。",
        "en": "This line is longer than {limit} bytes. Each line should be one event.",
    },
    "not-last-year": {
        "zh-CN": "{file} 是 {year} 年度的报告，不是所核对报告（{years}）的上年报告。请用 --last-year 给出前一年度的报告。",
        "en": "{file} is a report for {year}, not the year before the reports to be checked ({years}). Give --last-year the report of the year before.",
    },
    "last-year-of-another": {
        "zh-CN": "{file} 是“{organ}”的报告，所核对的是“{organs}”的报告，不能作为上年报告对照。机关更名的，请核对标题。",
        "en": "{file} is the report of {organ}; those to be checked are of {organs}, so it cannot stand beside them as last year's. If the organ was renamed, look at the titles.",
    },
    "only-for-files": {
        "zh-CN": "{options} 只用于核对报告文件；核对本台账的年度时不用。请给出文件，例：ledger check 报告.docx。",
        "en": "{options} only goes with files of reports, not with a period of this ledger. Name files, such as ledger check report.docx.",
    },
    "only-for-periods": {
        "zh-CN": "{options} 只用于核对本台账的年度；核对报告文件时不用。",
        "en": "{options} only goes with a period of this ledger, not with files of reports.",
    },
    "files-or-period": {
        "zh-CN": "没有文件 {target}，它也不是一个年度；请给出一个年度（2020），或一个至多个报告文件。",
        "en": "There is no file {target}, nor is it a period. Name one period (2020), or one or more files of reports.",
    },
    "sign-in-failed": {
        "zh-CN": "用户名或密码不对。请重新输入；忘记密码请联系管理员取得一次性链接。",
        "en": "The name or the password is not right. Try again, or ask an administrator for a one-time link.",
    },
    "too-many-attempts": {
        "zh-CN": "登录失败次数过多。请等 {minutes} 分钟后再试。",
        "en": "Too many sign-ins failed. Wait {minutes} minutes and try again.",
    },
    "link-over": {
        "zh-CN": "这个一次性链接已用过或已过期。请管理员重新生成（ledger users 用户名 --link）。",
        "en": "This one-time link was used or has expired. Ask an administrator for a new one (ledger users NAME --link).",
    },
    "password-length": {
        "zh-CN": "密码应为 {least} 至 {most} 个字符。可以用几个不相干的词连成一句。",
        "en": "A password has {least} to {most} characters. A few unrelated words make a good one.",
    },
    "password-weak": {
        "zh-CN": "这个密码太容易猜到：不要包含用户名，也不要只重复几个字符。",
        "en": "This password is easy to guess: leave out the user name, and do not repeat a few characters.",
    },
    "not-a-grant": {
        "zh-CN": "“{value}”不是授权。请写成 角色@机关代码，所有机关写 *；角色：clerk、reviewer、publisher、auditor、administrator。例：clerk@my-office",
        "en": "{value} is not a grant. Write ROLE@ORGAN, with * for every organ; roles: clerk, reviewer, publisher, auditor, administrator. Example: clerk@my-office",
    },
    "grant-needed": {
        "zh-CN": "新用户至少要有一项授权。",
        "en": "A new user needs at least one role.",
    },
    "grant-not-held": {
        "zh-CN": "用户“{name}”没有授权 {grant}。可用 ledger users 查看现有授权。",
        "en": "The user {name} does not hold {grant}. `ledger users` lists what they hold.",
    },
    "not-a-user-name": {
        "zh-CN": "“{value}”不能作用户名：用 1 至 64 个文字、数字或 . @ - _，以文字或数字开头。",
        "en": "{value} cannot be a user name: 1 to 64 letters, digits or . @ - _, a letter or digit first.",
    },
    "user-known": {
        "zh-CN": "已有用户“{name}”。请换一个名称。",
        "en": "There is a user {name} already. Choose another name.",
    },
    "no-such-user": {
        "zh-CN": "没有用户“{name}”。可用 ledger users 查看全部用户。",
        "en": "There is no user {name}. `ledger users` lists them all.",
    },
    "not-an-email": {
        "zh-CN": "“{value}”不是电子邮件地址。",
        "en": "{value} is not an e-mail address.",
    },
    "email-known": {
        "zh-CN": "电子邮件地址“{value}”已属于另一用户；一个地址只能对应一人。",
        "en": "The e-mail address {value} belongs to another user; an address names one person only.",
    },
    "identity-known": {
        "zh-CN": "身份“{identity}”（{issuer}）已授予一名用户；一个身份只能对应一人。",
        "en": "The identity {identity} of {issuer} has been granted to a user already; an identity names one person only.",
    },
    "beyond-your-organs": {
        "zh-CN": "超出您管理的机关。请由管理相关机关的管理员办理。",
        "en": "This reaches beyond the organs that you administer. Ask an administrator of those organs.",
    },
    "token-days": {
        "zh-CN": "令牌的有效期应为 1 至 {most} 天。",
        "en": "A token holds for 1 to {most} days.",
    },
    "not-by-token": {
        "zh-CN": "不能用令牌再生成令牌。请登录后办理。",
        "en": "A token cannot make another token. Sign in to do it.",
    },
    "no-such-token": {
        "zh-CN": "没有令牌“{id}”，或它不归您管理。可用 ledger tokens 查看。",
        "en": "There is no token {id}, or it is not yours to revoke. `ledger tokens` lists them.",
    },
    "token-of-a-person": {
        "zh-CN": "“{name}”是自己登录的人，令牌由本人生成。程序请另建一个不设密码的用户。",
        "en": "{name} signs in as a person and makes their own tokens. Give a program a user of its own, without a password.",
    },
    "passwords-differ": {
        "zh-CN": "两次输入的密码不同。请重新输入。",
        "en": "The two passwords differ. Type them again.",
    },
    "oidc-failed": {
        "zh-CN": "统一身份认证没有成功（{detail}）。请重新登录；若仍不行，请管理员检查 LEDGER_OIDC_… 设置和认证服务器。",
        "en": "Signing in with the office's account failed ({detail}). Try again; if it goes on, have an administrator check the LEDGER_OIDC_… settings and the provider.",
    },
    "oidc-other-browser": {
        "zh-CN": "这次登录不是在这个浏览器里开始的，或已超过 10 分钟。请从登录页重新开始。",
        "en": "This sign-in was not begun in this browser, or more than 10 minutes ago. Begin again at the sign-in page.",
    },
    "identity-unknown": {
        "zh-CN": "统一身份认证成功，但管理员还没有给这个身份开通账户。请把以下内容交给管理员：ledger users 用户名 --identity {issuer} {subject}",
        "en": "The office's account is right, but no administrator has granted it access here. Hand this to an administrator: ledger users NAME --identity {issuer} {subject}",
    },
    "vault-busy": {
        "zh-CN": "密钥已删除，但 {path} 正被其他进程使用，日志中的残留尚未清空。请稍后再次清除。",
        "en": "The key is deleted, but others use {path}, and its log could not be emptied yet. Erase again in a moment.",
    },
    "vault-without-key": {
        "zh-CN": "{subject} 的申请人信息已无法解密：密钥不在密钥文件中。若刚恢复过备份，请同时恢复密钥文件；否则请清除。",
        "en": "What is kept of the applicant of {subject} cannot be opened: its key is not in the file of keys. If a backup was just restored, restore that file too; else erase it.",
    },
    "vault-unreadable": {
        "zh-CN": "{subject} 的申请人信息无法解密：主密钥不对，或数据被改动或挪动过。请核对 LEDGER_VAULT_KEY 或密钥文件。",
        "en": "What is kept of the applicant of {subject} does not open: the master key is another one, or the data was changed or moved. Check LEDGER_VAULT_KEY or the key's file.",
    },
    "not-a-vault-key": {
        "zh-CN": "{where} 不是主密钥：应为 32 字节的 base64。",
        "en": "{where} is not a master key: it should be 32 bytes in base64.",
    },
    "nothing-kept": {
        "zh-CN": "机关 {organ} 没有保存 {subject} 的申请人信息，无需清除。",
        "en": "The organ {organ} keeps nothing of the applicant of {subject}; there is nothing to erase.",
    },
    "erasure-unfinished": {
        "zh-CN": "{subject} 的申请人信息正在清除，尚未记入台账。请先再次执行清除，再保存新的信息。",
        "en": "The applicant of {subject} is being erased, and the journal has not been told yet. Erase again to finish, then keep the new data.",
    },
    "applicant-act": {
        "zh-CN": "请写 set、show 或 erase。例：ledger applicant application:2020-0001 show --organ my-office",
        "en": "Write set, show or erase. Example: ledger applicant application:2020-0001 show --organ my-office",
    },
}
