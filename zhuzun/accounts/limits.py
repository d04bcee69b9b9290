"""How long a session may idle (SESSION_IDLE_SECONDS) and last (SESSION_COOKIE_AGE), and why one ended."""

from datetime import datetime

from django.conf import settings

STARTED, SEEN = "started_at", "seen_at"
WHY = "signed_out_because"
STEP = 60  # seconds between two notes of «seen», so that not every page writes the session

IDLE, AGE, ENDED, PASSWORD = "idle", "age", "ended", "password"

REASONS = {IDLE: "长时间未操作，自动退出", AGE: "已达最长登录时间，自动退出"}  # for the trail


def begin(session, now: datetime) -> None:
    """A person signed in: the session counts from here."""
    session[STARTED] = session[SEEN] = now.timestamp()


def why_over(session, now: datetime) -> str:
    """Whether the session ran out: `IDLE`, `AGE`, or nothing."""
    moment = now.timestamp()
    if moment - session.get(SEEN, 0) > settings.SESSION_IDLE_SECONDS:
        return IDLE
    return AGE if moment - session.get(STARTED, 0) > settings.SESSION_COOKIE_AGE else ""


def touch(session, now: datetime) -> None:
    """Note that the person is there."""
    moment = now.timestamp()
    if moment - session.get(SEEN, 0) > STEP:
        session[SEEN] = moment


def sentence(why: str) -> str:
    """What the sign-in page tells somebody whose session ended."""
    minutes, hours = settings.SESSION_IDLE_SECONDS // 60, settings.SESSION_COOKIE_AGE // 3600
    sentences = {
        IDLE: f"您已超过 {minutes} 分钟没有操作，为安全起见已退出，请重新登录。",
        AGE: f"本次登录已满 {hours} 小时，为安全起见已退出，请重新登录。",
        ENDED: "您的账号已停用或到期，如需继续使用，请联系安全管理员。",
        PASSWORD: "您的密码已修改或重置，请用新密码重新登录。",
    }
    return sentences.get(why, "")
