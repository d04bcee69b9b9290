"""The child process that sets pages. Started as a script by `press`, never imported; one order after the other.

An order is a line of JSON ({"sizes": [bytes of each draft], "seconds", "pages"}), then the drafts: whole HTML
documents, the second to be taken where the first does not come out (see `_comes_out`). The answer is a line of JSON,
then the PDF. The first order has to wait for the libraries; afterwards a paper takes some hundred milliseconds.

Nothing is opened while a page is set: the documents carry their styles and pictures, the fetcher refuses every address,
and a hook in the interpreter refuses connections, processes and files that are written.
"""

import gc
import json
import os
import resource
import select
import sys

IDLE_SECONDS = 600
MOST_PAPERS = 200  # then a fresh child takes over: what libraries keep does not grow
MOST_MEGABYTES = 700
_FORBIDDEN = ("subprocess.", "os.system", "os.fork", "os.exec", "os.posix_spawn", "os.remove", "os.rename", "socket.")


def refuse(event: str, arguments: tuple) -> None:
    """An audit hook: what setting a page never needs."""
    writes = event == "open" and isinstance(arguments[1], str) and any(sign in arguments[1] for sign in "wax+")
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def confine(megabytes: int) -> None:
    """The limits of memory and of written bytes; the time is set anew for each paper."""
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))


def allow(seconds: int) -> None:
    """So much work from now on; who needs more is ended by the kernel."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, resource.RLIM_INFINITY))


class Compositor:
    """WeasyPrint with its fonts, kept from paper to paper."""

    def __init__(self):
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        class Nothing(URLFetcher):
            def fetch(self, url, headers=None):
                raise ValueError("nothing is fetched")

        self.fetcher = Nothing(allowed_protocols=())
        self.html = weasyprint.HTML
        self.fonts = FontConfiguration()

    def compose(self, drafts: list[bytes], most_pages: int) -> tuple[dict, bytes]:
        """The first draft that comes out, as PDF/A-3b."""
        for draft in drafts:
            page = self.html(string=draft.decode(), url_fetcher=self.fetcher, base_url=None)
            document = page.render(font_config=self.fonts, pdf_variant="pdf/a-3b", full_fonts=False)
            if len(document.pages) > most_pages:
                return {"fault": "pages", "pages": len(document.pages)}, b""
            if draft is drafts[-1] or _comes_out(document):
                break
        return {"pages": len(document.pages)}, document.write_pdf(pdf_variant="pdf/a-3b")


def _comes_out(document) -> bool:
    """Whether the text ends on the page that bears the 版记 at its foot."""
    places = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    return places.get("end") == places.get("imprint", places.get("end"))


def main() -> None:
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints shall not stand between answers
    confine(int(sys.argv[1]))
    os.nice(int(sys.argv[2]))
    compositor = Compositor()
    sys.addaudithook(refuse)
    for _ in range(MOST_PAPERS):
        if not select.select([0], [], [], IDLE_SECONDS)[0]:
            return
        line = sys.stdin.buffer.readline()
        if not line:
            return
        order = json.loads(line)
        drafts = [sys.stdin.buffer.read(size) for size in order["sizes"]]
        allow(order["seconds"])
        answer(out, *attempt(compositor, drafts, order["pages"]))
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MOST_MEGABYTES * 1024:
            return


def attempt(compositor: Compositor, drafts: list[bytes], pages: int) -> tuple[dict, bytes]:
    """An error of the library, or the end of memory, is an answer too."""
    try:
        return compositor.compose(drafts, pages)
    except MemoryError:
        return {"fault": "memory"}, b""
    except Exception as error:  # whatever it is, the one who waits has to know
        return {"fault": "crash", "error": f"{type(error).__name__}: {error}"[:300]}, b""
    finally:
        gc.collect()


def answer(out, head: dict, body: bytes) -> None:
    """One line, then the bytes."""
    out.write(json.dumps({**head, "size": len(body)}).encode() + b"\n" + body)
    out.flush()


if __name__ == "__main__":
    main()
