"""Which names belong to files: the only place where the path algebra guesses what a name means."""

from __future__ import annotations

_SUFFIXES = """
adoc astro avif bash bat bmp bz2 c cc cfg cjs clj cmd conf cpp cs csproj css csv cts cu cxx dart db diff doc docx ejs
el elm env erb erl eslintrc ex exe exs fish fs fsx gif go gql gradle graphql groovy gz h haml hbs hcl hh hpp hs htm
html ico ini ipynb jar java jl jpeg jpg js json json5 jsonc jsonl jsx key kt kts less lock log lua m4 map md mdc mdx
mjs mk ml mli mm mov mp3 mp4 mts ndjson nim nix otf parquet patch pdf pem php pl plist pm png po prisma properties
proto ps1 psd pug py pyi pyx r rake rb rlib rs rst sass scala scss sh sln snap sol sql sqlite svelte svg swift tar tex
tf tfvars tgz toml ts tsv tsx ttf txt vb vue wasm wav webm webp whl woff woff2 xls xlsx xml yaml yml zig zip zsh
"""

_NAMES = """
.babelrc .clang-format .coveragerc .dockerignore .editorconfig .env .eslintignore .eslintrc .flake8 .gitattributes
.gitignore .gitkeep .gitmodules .mailmap .mcp.json .npmignore .npmrc .nvmrc .prettierignore .prettierrc .python-
version .tool-versions AUTHORS BUILD CHANGELOG CODEOWNERS CONTRIBUTING COPYING Containerfile Dockerfile GNUmakefile
Gemfile Jenkinsfile Justfile LICENSE MANIFEST.in Makefile NOTICE Pipfile Procfile README Rakefile TODO VERSION
Vagrantfile WORKSPACE commit-msg go.mod go.sum go.work justfile makefile post-checkout post-commit post-merge pre-commit
pre-push pre-rebase prepare-commit-msg py.typed
"""

FILE_SUFFIXES = frozenset(_SUFFIXES.split())
"""Suffixes (lower case, without the dot) that practically only files carry. `io`, `com`, `net` and the capitalised
parts of .NET project names are left out on purpose: directories are called `k8s.io` or `Acme.Api`."""

FILE_NAMES = frozenset(_NAMES.split())
"""Names without a telling suffix that are files in practice, as written."""


def looks_like_file(name: str) -> bool:
    """Whether a last segment such as `auth.ts`, `Makefile` or `.gitignore` names a file rather than a directory.

    A suffix counts in lower case or all in capitals (`README.MD`), so that `System.Text.Json` stays a directory.
    `False` means "may be either".
    """
    stem, _, suffix = name.rpartition(".")
    if stem and (suffix in FILE_SUFFIXES or (suffix.isupper() and suffix.lower() in FILE_SUFFIXES)):
        return True
    return name in FILE_NAMES or name.startswith(".env.")
