"""Forms whose words or file may bear a 密级: once refused, nothing of them is shown again."""

from zhuzun.documents import secrecy


class Emptied(Exception):
    """A service refused for a 密级: the form is not shown again with what was typed."""

    def __init__(self, message):
        super().__init__()
        self.message = message


class Unclassified:
    """Mix in before a form page: a marked word or file empties the form, whatever else was wrong with it."""

    template_name = "notices/incoming/form.html"

    def post(self, request, *args, **kwargs):
        """First the words, also those that the form would send back as wrong."""
        try:
            secrecy.refuse_words(**self.typed())
            return super().post(request, *args, **kwargs)
        except (secrecy.Marked, Emptied) as refused:
            return self.render_to_response(self.get_context_data(form=self.get_form(), refusal=refused.message))

    def typed(self) -> dict:
        """{the field's Chinese word: what was typed, or the file's name}."""
        fields = self.get_form().fields
        words = {fields[name].label if name in fields else name: text for name, text in self.request.POST.items()}
        names = [file.name for file in self.request.FILES.values()]
        return words | {"文件名": " ".join(map(secrecy.bare_name, names))}

    def carry_out(self, form):
        """What the service finds, in the file say, is no error of a field either."""
        try:
            return super().carry_out(form)
        except secrecy.Marked as marked:
            raise Emptied(marked.message) from None
