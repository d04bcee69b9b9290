"""Makes papers of others for tests, through the services."""

from datetime import date

from tests import factories
from zhuzun.home.demo.scan import SCAN
from zhuzun.notices.incoming.kinds import Handling
from zhuzun.notices.incoming.services import registering, serving

NOW = factories.NOW
FACTS = {
    "source": "upper",
    "sender": "省乡村振兴局",
    "sender_number": "粤乡振〔2022〕8号",
    "title": "关于做好东西部协作数据报送工作的通知",
    "dated_on": date(2022, 3, 10),
    "received_on": date(2022, 3, 14),
    "urgency": "none",
    "answer_by": date(2022, 3, 31),
    "note": "",
}


def registered(actor, **more):
    """A paper that came in, with its scan."""
    return registering.register(actor=actor, now=NOW, **{**FACTS, "data": SCAN, "filename": "来文.pdf", **more})


def distributed(actor, bodies, *, part=Handling.READ, reply_by=None, opinion="", **more):
    """The same, with the bodies."""
    facts = {"bodies": bodies, "part": part, "reply_by": reply_by, "opinion": opinion}
    return serving.distribute(registered(actor, **more), actor=actor, now=NOW, **facts)
