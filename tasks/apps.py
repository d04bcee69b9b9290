"""The policy ledger and the indicator catalogue."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """主要任务."""

    name = "tasks"
    label = "tasks"
    verbose_name = "主要任务"

    def ready(self):
        """Navigation, the note on the policy's term, and what a body's own page says of its tasks."""
        from pairing import agreements
        from tasks import events, moves, of_body, target_tables, terms, waiting
        from tasks.papers import sections as paper_sections
        from tasks.services import checks, targets, telling
        from zhuzun.organisations import sections
        from zhuzun.periods import changes
        from zhuzun.ui import navigation, notes

        group, reading = "任务与指标", "tasks.view_ledger"
        navigation.add(group, "主要任务", "tasks:areas", "list-details", reading, 10)
        navigation.add(group, "责任矩阵", "tasks:matrix", "table", reading, 20)
        navigation.add(group, "我单位的职责", "tasks:mine", "target", reading, 30)
        navigation.add(group, "措施清单", "tasks:measures", "list-check", reading, 40)
        navigation.add(group, "指标目录", "tasks:indicators", "chart-bar", "tasks.view_indicator", 50)
        navigation.add(group, "政策文件", "tasks:documents", "file-text", reading, 60)
        reports = "进展报送"
        # In the order in which the office works: collect, review, check, chase, compile and freeze, set up.
        navigation.add(reports, "报送进度", "tasks:board", "chart-bar", "tasks.view_board", 10)
        navigation.add(reports, "进展报告", "tasks:reports", "list-details", "tasks.view_report", 20)
        navigation.add(reports, "待我审签", "tasks:signing", "pencil", "tasks.sign_report", 30)
        navigation.add(reports, "待审核", "tasks:review", "checks", waiting.REVIEWERS, 40)
        navigation.add(reports, "待填前方意见", "tasks:opinions", "message-circle", "tasks.give_opinion", 50)
        navigation.add(reports, "数据核对", "tasks:checks", "clipboard-check", "tasks.view_check", 60)
        navigation.add(reports, "异议裁定", "tasks:disputes", "scale", "tasks.settle_dispute", 70)
        navigation.add(reports, "延期申请", "tasks:extensions", "calendar-event", "tasks.decide_extension", 80)
        navigation.add(reports, "催报记录", "tasks:reminders", "clock", "tasks.view_reminders", 90)
        navigation.add(reports, "汇总和定稿", "tasks:periods", "lock", "tasks.view_compiled", 100)
        navigation.add(reports, "更正", "tasks:corrections", "edit", "tasks.view_correction", 110)
        navigation.add(reports, "年度目标", "tasks:targets", "timeline", "tasks.view_target", 120)
        navigation.add(reports, "报送任务", "tasks:plans", "calendar-time", "tasks.view_plan", 130)
        navigation.add(reports, "公文起草安排", "tasks:paper_plans", "file-text", "tasks.view_plan", 135)
        navigation.add(reports, "数源", "tasks:sources", "target", "tasks.view_plan", 140)
        navigation.add(reports, "上线前数据", "tasks:opening_figures", "table-import", "tasks.import_opening", 150)
        changes.register(moves.would_move)
        events.filed.append(checks.open_sheets)
        agreements.revised.append(targets.copy_targets)
        agreements.sections.append(target_tables.of_agreement)
        telling.connect()
        paper_sections.register()
        notes.add(terms.note)
        sections.add(of_body.section)
