from django.urls import path

from zhuzun.notices.incoming.views import lists, page, registering, serving

urlpatterns = [
    path("", lists.PaperList.as_view(), name="papers"),
    path("incoming/", lists.ReceiptRegister.as_view(), name="incoming_register"),
    path("incoming/new/", registering.Register.as_view(), name="incoming_new"),
    path("incoming/<int:pk>/", page.IncomingPage.as_view(), name="incoming"),
    path("incoming/<int:pk>/correct/", registering.Correct.as_view(), name="incoming_correct"),
    path("incoming/<int:pk>/attach/", registering.AddFile.as_view(), name="incoming_attach"),
    path("incoming/files/<uuid:pk>/withdraw/", registering.TakeDown.as_view(), name="incoming_file_withdraw"),
    path("incoming/<int:pk>/distribute/", serving.Distribute.as_view(), name="incoming_distribute"),
    path("incoming/<int:pk>/close/", registering.Close.as_view(), name="incoming_close"),
    path("incoming/<int:pk>/strike/", registering.Strike.as_view(), name="incoming_strike"),
    path("incoming/<int:pk>/remind/", serving.Remind.as_view(), name="incoming_remind"),
    path("incoming/deliveries/<int:pk>/receive/", serving.Receive.as_view(), name="incoming_delivery_receive"),
    path("incoming/deliveries/<int:pk>/reply/", serving.Reply.as_view(), name="incoming_delivery_reply"),
    path("incoming/deliveries/<int:pk>/outside/", serving.ServeOutside.as_view(), name="incoming_delivery_outside"),
]
