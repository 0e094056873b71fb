"""The words between verbs and paths as data, several languages: prepositions, negations, conjunctions, fillers."""

from __future__ import annotations

from planlint.dialects.prose.tables import words

PLACES = words(
    "в во на in to into at inside within under on onto across throughout trong vào en dans à im in den zu auf em al a "
    "via di pada ke"
)
"""Prepositions that attach a path to the verb."""

CJK_PLACES = ["於", "于", "在", "到", "至", "中"]
"""Their kin in Chinese."""

NEGATIONS = (
    "(?:do|does|should|must|may|can|will|shall)(?: not|n't|n’t)|never|cannot|can't|avoid|without|no|"
    "nicht|ohne|nunca|no se debe|ne pas|sans|sem|não|không|đừng|не|без|нельзя"
)

CJK_NEGATIONS = ["不要", "不得", "不可", "请勿", "請勿", "禁止", "勿", "不能", "避免", "無需", "无需", "不需"]

UNTOUCHED = "unchanged|untouched|intact|alone|as[- ]is|unmodified"
"""Said of what must stay as it is."""

SUBORDINATORS = words(
    "because since which that where when while unless until so "
    "whether whose although though wherever whenever if before after once such how why what "
    "чтобы если когда после который которая которые porque cuando parce weil damit wenn"
)
"""Words that open a clause about something else than the work itself."""

HEAD_KEEPERS = words(
    "also then now next first finally please must should shall will can need needs to by and or optionally "
    "possibly "
    "conditionally manually only just but simply fully properly always carefully we you i let's lastly afterwards "
    "second third thoroughly briefly again explicitly y et und e ou oder either both locally"
)
"""Words after which a verb may still begin its clause."""

FILLERS = words(
    "the a an new existing file files folder directory module "
    "script component both all this these its your our empty "
    "root following class page config package el la los las un una le les une der die das den ein "
    "eine o os as um uma "
    "archivo fichier datei arquivo placeholder skeleton stub main shared and or"
)
"""Words that may stand between a verb and the path that is its object."""
