"""Messages to hand."""

import pytest

from tests import factories
from zhuzun.notices import services

LINK = "/pairing/"


@pytest.fixture
def tell(world):
    """Put a message into an inbox: 香洲区's unless told otherwise."""

    def act(title="请补充说明", **more):
        facts = {"to": world.xiangzhou, "text": "务川一行较上月增长较多。", "link": LINK, "kind": "returned"}
        return services.notify(title=title, **{**facts, "now": factories.NOW, **more})

    return act


@pytest.fixture
def remind(world):
    """Remind 香洲区 about its county pairing, by the schedule unless told otherwise."""

    def act(**more):
        facts = {
            "subject": world.zhengan_pairing,
            "step": "due",
            "label": "到期当日",
            "to": world.xiangzhou,
            "title": "2026年10月月报今天截止",
            "text": "尚未报送，请于今天 24:00 前报送。",
            "link": LINK,
            "actor": None,
            "now": factories.NOW,
        }
        return services.remind_once(**{**facts, **more})

    return act
