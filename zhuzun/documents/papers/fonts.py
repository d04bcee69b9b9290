"""The five faces of a paper: the office's own fonts where they are installed, free stand-ins otherwise.

fontconfig is asked in this process, with the same folders as the child that prints: the system's, and `share/fonts` of
the Python environment, where the set-up puts what Debian has only inside TeX.
"""

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from functools import cache

OWN_SHARE = os.path.join(sys.prefix, "share")
RARE = "Noto Serif CJK SC"  # for names that GB 2312 does not have: 桴㯊镇 大磏镇 东昇社区


@dataclass(frozen=True)
class Face:
    """`real` in the order of preference, then `stand_ins`; `bold` where only the stand-in's bold looks right.

    `printed`: how the real ones call themselves in a PDF.
    """

    name: str
    label: str
    real: tuple[str, ...]
    stand_ins: tuple[str, ...]
    package: str
    printed: tuple[str, ...]
    bold: bool = False

    @property
    def families(self) -> tuple[str, ...]:
        """Every font that may set it."""
        return self.real + self.stand_ins


_TEX = "texlive-lang-chinese"
FACES = (
    Face(
        "title",
        "小标宋",
        ("方正小标宋简体", "方正小标宋_GBK", "小标宋"),
        (RARE,),
        "fonts-noto-cjk",
        ("FZXiaoBiaoSong", "FZXBS"),
        bold=True,
    ),
    Face("fang", "仿宋", ("仿宋_GB2312", "仿宋"), ("FandolFang",), _TEX, ("FangSong",)),
    Face("kai", "楷体", ("楷体_GB2312", "楷体"), ("FandolKai", "AR PL KaitiM GB"), _TEX, ("KaiTi",)),
    Face("hei", "黑体", ("黑体",), ("Noto Sans CJK SC",), "fonts-noto-cjk", ("SimHei",)),
    Face("song", "宋体", ("宋体",), (RARE,), "fonts-noto-cjk", ("SimSun", "NSimSun")),
)


@dataclass(frozen=True)
class Found:
    """What sets a face on this machine; `family` is empty where nothing fits."""

    face: Face
    family: str

    @property
    def is_real(self) -> bool:
        """Whether it is the font that the standard names."""
        return self.family in self.face.real

    @property
    def weight(self) -> str:
        """A stand-in for 小标宋 has to be bold; the real one must not be."""
        return "bold" if self.face.bold and not self.is_real else "normal"

    @property
    def stack(self) -> str:
        """For CSS: the font, then what sets the signs that it lacks."""
        return ", ".join(f'"{name}"' for name in dict.fromkeys((self.family or RARE, RARE)))


def environment() -> dict[str, str]:
    """What the child that prints must have in its environment to see the same fonts."""
    return {"XDG_DATA_HOME": OWN_SHARE, "XDG_CACHE_HOME": os.path.join(OWN_SHARE, "cache")}


@cache
def found() -> dict[str, Found]:
    """Each face by name, with the font that sets it; asked once."""
    fonts = _Fontconfig.load()
    return {face.name: Found(face, _first(face.families, fonts)) for face in FACES}


LIBRARIES = {  # what WeasyPrint loads, and the package of Debian and Ubuntu that has it
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing_libraries() -> list[str]:
    """The packages of system libraries that are not there."""
    return [package for name, package in LIBRARIES.items() if _library(name) is None]


def can_subset() -> bool:
    """Whether HarfBuzz can cut fonts. Without it the same PDF takes twenty times as long, and nobody is told."""
    return _library("libharfbuzz-subset.so.0") is not None


def missing_packages() -> list[str]:
    """What the set-up has to bring: libraries, and a stand-in for each face that has no font."""
    bare = [one.face.package for one in found().values() if not one.family]
    return list(dict.fromkeys(missing_libraries() + bare))


def _first(families: tuple[str, ...], fonts: "_Fontconfig | None") -> str:
    return next((name for name in families if fonts is not None and fonts.has(name)), "")


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


class _Fontconfig:
    """The four calls of libfontconfig that answer: is a family of just this name installed?"""

    def __init__(self, library: ctypes.CDLL):
        self.call = library
        for name in ("FcInitLoadConfigAndFonts", "FcPatternCreate", "FcFontMatch"):
            getattr(library, name).restype = c_void_p
        library.FcConfigAppFontAddDir.argtypes = [c_void_p, c_char_p]
        library.FcPatternAddString.argtypes = [c_void_p, c_char_p, c_char_p]
        library.FcConfigSubstitute.argtypes = [c_void_p, c_void_p, c_int]
        library.FcDefaultSubstitute.argtypes = library.FcPatternDestroy.argtypes = [c_void_p]
        library.FcFontMatch.argtypes = [c_void_p, c_void_p, POINTER(c_int)]
        library.FcPatternGetString.argtypes = [c_void_p, c_char_p, c_int, POINTER(c_char_p)]
        self.config = library.FcInitLoadConfigAndFonts()
        library.FcConfigAppFontAddDir(self.config, os.path.join(OWN_SHARE, "fonts").encode())

    @classmethod
    def load(cls) -> "_Fontconfig | None":
        """Nothing on a machine without fontconfig."""
        library = _library("libfontconfig.so.1")
        return cls(library) if library else None

    def has(self, family: str) -> bool:
        """Whether the best match for the name bears the name."""
        asked = self.call.FcPatternCreate()
        self.call.FcPatternAddString(asked, b"family", family.encode())
        self.call.FcDefaultSubstitute(asked)
        match = self.call.FcFontMatch(self.config, asked, byref(c_int()))
        names = self._names(match) if match else []
        for pattern in (asked, match):
            if pattern:
                self.call.FcPatternDestroy(pattern)
        return family in names

    def _names(self, pattern: int) -> list[str]:
        names, value = [], c_char_p()
        while not self.call.FcPatternGetString(pattern, b"family", len(names), byref(value)):
            names.append(value.value.decode(errors="replace"))
        return names


if __name__ == "__main__":  # for .ci/setup
    print(" ".join(missing_packages()))  # noqa: T201
