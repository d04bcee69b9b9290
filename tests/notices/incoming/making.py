"""Makes papers of others for tests, through the services."""

from datetime import date

from tests import factories
from zhuzun.notices.incoming.kinds import Handling
from zhuzun.notices.incoming.services import registering, serving

NOW = factories.NOW
# A whole PDF without text, as a scanner makes it.
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
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
