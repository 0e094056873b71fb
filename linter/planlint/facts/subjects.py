"""What a task is about: the telling words of its title and of the files it writes."""

from __future__ import annotations

from planlint.facts.sides import headline
from planlint.facts.words import name_parts, words
from planlint.model import Task

_GENERIC = words(
    """
    a about across add adding agent all allow an and any api app application apply as asset async at auto back backend
    base basic be better build builder built by call can change check class client code common complete component
    config configuration connect context core create creation css data database db default define definition design
    dialog display dto each edit element enable end endpoint error every existing export expose extend extension
    feature field file fix flow follow for form from frontend full function general generate get global group handle
    handler hook html http implement implementation import in index init initial integrate integration interface into
    is issue item its javascript js json layer layout lib library list load local logic main make manage management
    manager merge migration mock modal model module monorepo mvp native need new next node of on one only option or
    order other our overall own package page part per phase plan platform post prisma private process project property
    provide public python query react read record refactor remove render request resolver resource response rest
    result return root route router rule run save schema screen script server service set setup share shared show side
    simple single sql src stage start state static step store story structure style support svelte sync system table
    task tech template test that the this time to tool track type typescript typing ui unit update use using util
    utility v1 v2 validate validation value version via view vue web widget with work workflow wrapper write
    """
)
"""Words that say nothing about which feature a task is about."""

_COMMON = words("user account admin customer owner")

_PARTS = words(
    """
    a action adapter add all and api app application args async at backend base body button card client collection
    column common component config configuration constant container content context control controller core create css
    dal data database db default delete demo detail dialog dto edit editor endpoint entity enum env error example export
    express extension factory fetch field find fixture footer form frontend function general get global handler header
    helper home hook html http i18n icon id import index info init input interface internal item js json layer layout
    lib library link list loading local logger loader main manage manager map mapper menu middleware migrate migration
    mixin mobile mock modal model module mutation nav navigation new of overview package page panel parser part picker
    platform prisma private provider public query reducer remove render repo repository request resolver resource
    response result rest root route router rpc run save schema screen script seed select selector serializer server
    service setup shared show slice slug src state static store story style sub subscription summary table tab template
    test the theme thunk type typing ui update use util utility v1 v2 validate validation validator value version view
    viewmodel vm web widget with wrapper write
    """
)
"""Words in a file's name that say which part of a feature it is, not which feature."""


def is_weak(word: str) -> bool:
    """Whether many unrelated features share the word (`user`, `order`, `project`): one alone makes no subject."""
    return word in _COMMON or word in _GENERIC


def subject_of(task: Task) -> frozenset[str]:
    """The telling words of a task: from its headline and from the names of the files it writes, singular."""
    found = set(name_parts(headline(task)))
    stems: set[str] = set()
    for scope in task.writes:
        parts = [part for part in scope.path.replace("\\", "/").split("/") if part]
        for part in parts[-2:]:
            found.update(name_parts(part.split(".", 1)[0]))
        stems |= stem_of(scope.path)
    return frozenset(word for word in found if len(word) > 2 and word not in _GENERIC and not word.isdigit()) | stems


def stem_of(path: str) -> frozenset[str]:
    """What a file is about by its own name: `order` for `orders.ts`, `OrderForm.vue` and `orders/page.tsx` alike.

    In file names, unlike in sentences, `order` or `post` is a thing. Empty where the name, and the directory of a file
    that is merely called `index` or `page`, only says which part of a feature it is.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    for part in reversed(parts[-2:]):
        stem = part.split(".", 1)[0] if part is parts[-1] else part
        found = frozenset(word for word in name_parts(stem) if word not in _PARTS and not word.isdigit())
        if found:
            return found
    return frozenset()
