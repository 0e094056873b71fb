"""Package managers: which files of a repository each keeps its dependencies in."""

from __future__ import annotations

from typing import NamedTuple


class Ecosystem(NamedTuple):
    """A package manager's files, by exact name; `*.suffix` stands for any file with that suffix."""

    name: str
    manifests: tuple[str, ...]
    locks: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    """What sentences call its packages, in lower case, where no other manager's are called so."""
    suffixes: tuple[str, ...] = ()
    """Source files whose project keeps its dependencies here, as far as the suffix alone tells."""


ECOSYSTEMS: tuple[Ecosystem, ...] = (
    Ecosystem(
        "npm",
        ("package.json",),
        ("package-lock.json", "npm-shrinkwrap.json"),
        ("npm package", "npm module", "npm dependency", "node package", "node module"),
        ("ts", "tsx", "mts", "js", "jsx", "mjs", "cjs", "vue", "svelte", "astro"),
    ),
    Ecosystem("pnpm", ("package.json", "pnpm-workspace.yaml"), ("pnpm-lock.yaml",)),
    Ecosystem("yarn", ("package.json",), ("yarn.lock",)),
    Ecosystem("bun", ("package.json",), ("bun.lock", "bun.lockb")),
    Ecosystem("deno", ("deno.json", "deno.jsonc"), ("deno.lock",)),
    Ecosystem(
        "uv", ("pyproject.toml",), ("uv.lock",), ("python package", "pypi package", "python dependency"), ("py",)
    ),
    Ecosystem("poetry", ("pyproject.toml",), ("poetry.lock",)),
    Ecosystem("pdm", ("pyproject.toml",), ("pdm.lock",)),
    Ecosystem("rye", ("pyproject.toml",), ("requirements.lock",)),
    Ecosystem("pixi", ("pixi.toml",), ("pixi.lock",)),
    Ecosystem("pipenv", ("Pipfile",), ("Pipfile.lock",)),
    Ecosystem(
        "pip",
        ("requirements.txt", "requirements-dev.txt", "requirements.in", "setup.py", "setup.cfg"),
        (),
        ("pip package",),
    ),
    Ecosystem("conda", ("environment.yml", "environment.yaml"), ("conda-lock.yml",), ("conda package",)),
    Ecosystem("cargo", ("Cargo.toml",), ("Cargo.lock",), ("crate", "rust crate", "cargo dependency"), ("rs",)),
    Ecosystem("go", ("go.mod", "go.work"), ("go.sum", "go.work.sum"), ("go module", "go dependency"), ("go",)),
    Ecosystem(
        "composer", ("composer.json",), ("composer.lock",), ("composer package", "composer dependency"), ("php",)
    ),
    Ecosystem("bundler", ("Gemfile",), ("Gemfile.lock",), ("gem", "ruby gem"), ("rb",)),
    Ecosystem("maven", ("pom.xml",), (), ("maven dependency",)),
    Ecosystem(
        "gradle",
        ("build.gradle.kts", "build.gradle", "settings.gradle", "settings.gradle.kts", "libs.versions.toml"),
        ("gradle.lockfile",),
        ("gradle dependency", "gradle plugin"),
        ("kt",),
    ),
    Ecosystem(
        "dotnet",
        ("Directory.Packages.props", "Directory.Build.props", "*.csproj", "*.fsproj"),
        ("packages.lock.json",),
        ("nuget package", "nuget dependency"),
    ),
    Ecosystem("swift", ("Package.swift",), ("Package.resolved",), ("swift package",), ("swift",)),
    Ecosystem("cocoapods", ("Podfile",), ("Podfile.lock",), ("pod", "cocoapod")),
    Ecosystem(
        "dart", ("pubspec.yaml",), ("pubspec.lock",), ("pub package", "flutter package", "dart package"), ("dart",)
    ),
    Ecosystem("mix", ("mix.exs",), ("mix.lock",), ("hex package", "hex dependency"), ("ex", "exs")),
    Ecosystem("conan", ("conanfile.txt", "conanfile.py"), ("conan.lock",)),
    Ecosystem("vcpkg", ("vcpkg.json",), ()),
    Ecosystem("nix", ("flake.nix",), ("flake.lock",)),
    Ecosystem("terraform", ("versions.tf",), (".terraform.lock.hcl",)),
)
"""Package managers, from each one's documentation. A manifest shared by several belongs to the first for messages."""

_BY_NAME = {entry.name: entry for entry in ECOSYSTEMS}
_BY_NOUN = {noun: entry.name for entry in ECOSYSTEMS for noun in entry.nouns}
_BY_SUFFIX = {suffix: entry.name for entry in ECOSYSTEMS for suffix in entry.suffixes}


def files_of(manager: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Manifests and lock files of a package manager by its name; two empty tuples when unknown."""
    entry = _BY_NAME.get(manager)
    return (entry.manifests, entry.locks) if entry is not None else ((), ())


def manager_by_noun(noun: str) -> str | None:
    """The manager whose packages are called `noun` (`crate`, `NuGet package`); None where several are."""
    return _BY_NOUN.get(" ".join(noun.lower().split()))


def manager_by_file(path: str) -> str | None:
    """The manager that a source file's project uses, as far as its suffix tells; None for Java, C and many others."""
    return _BY_SUFFIX.get(path.rpartition(".")[2])
