from django.urls import path

from zhuzun.notices.papers.views import drafting, files, lists, page, proposals, rounds, serving, steps

urlpatterns = [
    path("", lists.PaperList.as_view(), name="papers"),
    path("register/", lists.Register.as_view(), name="register"),
    path("identities/", lists.Identities.as_view(), name="identities"),
    path("identities/<slug:code>/", lists.IdentityChange.as_view(), name="identity"),
    path("new/", drafting.NewPaper.as_view(), name="paper_new"),
    path("<int:pk>/", page.PaperPage.as_view(), name="paper"),
    path("<int:pk>/paper.pdf", files.PaperPdf.as_view(), name="paper_pdf"),
    path("<int:pk>/paper.docx", files.PaperDocx.as_view(), name="paper_docx"),
    path("<int:pk>/head/", drafting.PaperHead.as_view(), name="paper_head"),
    path("<int:pk>/text/", drafting.PaperText.as_view(), name="paper_text"),
    path("<int:pk>/proposals/", proposals.Proposals.as_view(), name="paper_proposals"),
    path("<int:pk>/recipients/", drafting.Recipients.as_view(), name="paper_recipients"),
    path("<int:pk>/cosigners/", drafting.Cosigners.as_view(), name="paper_cosigners"),
    path("<int:pk>/enclose/", drafting.Enclose.as_view(), name="paper_enclose"),
    path("<int:pk>/sealed/", steps.SealedScan.as_view(), name="paper_sealed"),
    path("<int:pk>/remind/", serving.Remind.as_view(), name="paper_remind"),
    path("<int:pk>/rounds/<int:number>/", rounds.RoundPage.as_view(), name="paper_round"),
    path("<int:pk>/<slug:step>/", steps.StepPage.as_view(), name="paper_step"),
    path("cosigners/<int:pk>/", drafting.Cosign.as_view(), name="paper_cosign"),
    path("deliveries/<int:pk>/receive/", serving.Receive.as_view(), name="delivery_receive"),
    path("deliveries/<int:pk>/reply/", serving.Reply.as_view(), name="delivery_reply"),
    path("deliveries/<int:pk>/outside/", serving.ServeOutside.as_view(), name="delivery_outside"),
]
