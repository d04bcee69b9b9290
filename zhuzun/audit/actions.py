"""What each act in the trail is called in Chinese.

A code is `subject.act`; the label is short enough for a list and reads on after a name: «张三 终止结对 JD2021-0003».
Every code that the code base writes stands here, and none besides: a test reads the sources.
"""

ACTIONS: dict[str, str] = {
    # signing in, and the identity a person acts in
    "signin": "登录",
    "signin.failed": "登录失败",
    "signin.locked": "登录被锁定",
    "signout": "退出登录",
    "identity.choose": "切换身份",
    # accounts and roles
    "account.open": "开户",
    "account.correct": "更正账号信息",
    "account.end": "停用账号",
    "account.reopen": "启用账号",
    "role.give": "授予角色",
    "role.correct": "更正角色起止日期",
    "role.end": "终止角色",
    "password.reset": "重置密码",
    "password.change": "修改密码",
    # exceptional grants
    "grant.give": "给予临时授权",
    "grant.end": "终止临时授权",
    # files in and out
    "export": "导出",
    "job.start": "发起后台任务",
    "job.repeat": "重试后台任务",
    "import.upload": "上传待导入文件",
    "import.confirm": "确认导入",
    "import.discard": "放弃导入",
    "roster.import": "导入花名册",
    "reminder.send": "发出提醒",
    "attachment.add": "上传附件",
    "attachment.withdraw": "撤下附件",
    # official papers
    "paperplan.change": "修改公文起草安排",
    "paper.draft": "拟稿",
    "paper.change_head": "修改公文要素",
    "paper.write": "修改正文",
    "paper.choose": "选定列入内容",
    "paper.address": "修改主送、抄送",
    "paper.ask_cosigners": "设置会签单位",
    "paper.cosign": "登记会签",
    "paper.submit": "送核稿",
    "paper.recall": "撤回修改",
    "paper.check": "核稿同意",
    "paper.cosigned": "会签完毕",
    "paper.sign": "签发",
    "paper.sign_outside": "登记线下签发",
    "paper.return": "退回公文修改",
    "paper.review": "复核通过",
    "paper.number": "登记编号",
    "paper.print": "印制用印",
    "paper.issue": "印发",
    "paper.file": "归档",
    "paper.void": "作废",
    "paper.revoke": "撤销",
    "paper.repeal": "废止",
    "paper.receive": "签收公文",
    "paper.reply": "回复公文",
    "paper.serve_outside": "登记线下送达",
    # papers of others
    "incoming.register": "登记来文",
    "incoming.correct": "更正来文登记",
    "incoming.distribute": "分送来文",
    "incoming.close": "来文办结归档",
    "incoming.strike": "来文登记作废",
    "identity.change": "修改发文身份",
    # rows kept up in the admin site
    "record.add": "新增",
    "record.change": "修改",
    # bodies and their contacts
    "organisation.register": "登记结对单位",
    "organisation.rename": "单位更名",
    "organisation.close": "撤销单位",
    "contact.add": "登记联系人",
    "contact.end": "停用联系人",
    "contact.correct": "更正联系人",
    "schedule.change": "调整后台任务时间",
    # the calendar of working days
    "calendar.load": "载入工作日历",
    "calendar.set_day": "登记工作日历",
    "calendar.clear_day": "恢复工作日历",
    "calendar.enter_year": "录入年度放假安排",
    # the policy and its ledger
    "policy.load": "导入政策数据",
    "tasks.set_responsibility": "设置牵头、配合单位",
    "tasks.end_responsibility": "终止牵头、配合",
    "tasks.enter_document": "登记接续文件",
    "tasks.enter_paragraphs": "录入条文",
    "tasks.enter_area": "登记任务领域",
    "tasks.enter_duties": "登记保障职责",
    # report plans and periods
    "plan.save": "设置报送任务",
    "source.save": "设置数源",
    "plan.activate": "启用报送任务",
    "plan.stop": "停用报送任务",
    "period.open": "开启报告期",
    "period.move": "调整截止日期",
    "period.excuse": "免报",
    "period.add_body": "增加报送单位",
    "period.propose": "拟定稿",
    "period.withdraw": "撤回拟定稿",
    "period.check": "科室审核汇总",
    "period.refuse": "汇总退回经办",
    "period.approve": "审定定稿",
    "period.send_back": "汇总退回重核",
    "period.send_up": "登记上报省",
    # progress reports
    "opening.import": "导入上线前数据",
    "report.start": "开始填报",
    "report.fill": "填报数据",
    "report.assign": "分工",
    "report.unlock": "打开报表部分修改",
    "report.send_to_sign": "送本单位审签",
    "report.give_back": "退回本单位经办",
    "report.take_back": "撤回送审",
    "report.file": "审签并报送",
    "report.file_signed": "线下审签后报送",
    "report.file_plain": "报送",
    "report.file_for": "代录报送",
    "report.recall": "撤回报表",
    "report.pass_on": "经办审核，送科室负责人",
    "report.accept": "审核通过",
    "report.accept_head": "科室审核通过",
    "report.accept_own": "审核通过本局报表",
    "report.return": "退回修改",
    "report.return_head": "科室退回修改",
    "report.return_own": "退回本局报表",
    "report.head_to_officer": "退回经办复核",
    "report.reopen": "退回重报",
    "report.opinion": "填写前方意见",
    "report.extend": "批准延期",
    "extension.ask": "申请延期",
    "extension.approve": "同意延期",
    "extension.refuse": "不同意延期",
    # the other side's check
    "check.confirm": "核对无误",
    "check.dispute": "提出异议",
    "check.behalf": "代录核对结果",
    "check.settle": "裁定异议",
    # chasing
    "chase.send": "催报",
    "chase.copy": "复制催报名单",
    "chase.names": "确定通报名单",
    # corrections of frozen figures
    "correction.ask": "申请更正",
    "correction.sign": "审签更正申请",
    "correction.sign_on_paper": "线下审签更正申请",
    "correction.approve": "审定更正",
    "correction.refuse": "不予更正",
    # agreements and yearly targets
    "agreement.add": "登记协作协议",
    "agreement.sign": "登记协议签订",
    "agreement.revise": "修订协作协议",
    "target.set": "设置年度目标",
    # pairings
    "pairing.add": "建立结对",
    "pairing.end": "终止结对",
    "pairing.replace": "接续结对",
    "pairing.correct": "更正结对",
}

# Acts whose «reason» is the document that made them (依据), not a motive (原因).
BY_DOCUMENT = frozenset({"pairing.add", "organisation.rename"})


def label_of(action: str) -> str:
    """The act in Chinese; an act of a later version that this one does not know shows as 其他操作."""
    return ACTIONS.get(action, "其他操作")


def choices() -> list[tuple[str, str]]:
    """For a filter, in the order of the table."""
    return list(ACTIONS.items())
