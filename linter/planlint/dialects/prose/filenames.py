"""What names of files look like: extensions, names without one, directories, and dotted names that are no files.

Data only. An extension is listed when people name such files in plans; the *ambiguous* ones also end expressions of
programming languages (`console.log`, `process.env`), so that a name without a directory needs more than the extension.
"""

from __future__ import annotations

from planlint.dialects.prose.tables import words
from planlint.source.regex import regex

CODE_EXTENSIONS = words(
    "ada adb ads asm astro awk bash bat c cc cjs clj cljc cljs cls cmd coffee cpp cr cs csh cshtml "
    "csproj css cts cu cuh cxx "
    "d dart ejs el elm erb erl ex exs f90 fish fs fsi fsproj fsx fxml gd glsl gleam go gql gradle "
    "graphql groovy h haml "
    "hbs heex hh hlsl hpp hrl hs htm html hx hxx ino ipynb java jinja jinja2 jl js json5 jsp jsx kt "
    "kts less lhs liquid "
    "lisp lua m mako metal mjs ml mli mm mojo mts mustache nim nix njk nu odin pas php phtml pl pm "
    "podspec proto ps1 psm1 "
    "psd1 pug purs py pyi pyx qml r R razor rake rb rbs rego res resi rkt rs ru s S sass sbt scala "
    "scm scss sh sln slim "
    "slnx sol sql st storyboard styl sv svelte svh swift tcl templ tf tfvars thrift toit ts tsx "
    "twig v vb vbproj vert vhd "
    "vhdl vue vy wat wgsl xaml xib xsl xslt zig zsh prisma bicep cue dhall feature frag hcl jsonnet "
    "libsonnet lean avdl "
    "avsc fbs capnp smithy tsp cypher plist entitlements pbxproj xcconfig xcscheme csv-metadata "
    "vcxproj props targets resx mk cmake m4"
)
"""Extensions of what people program in."""

DATA_EXTENSIONS = words(
    "adoc arb asciidoc avif bin bmp cer cfg cnf conf config crt css.map csv db dat desktop doc docx "
    "editorconfig env eot "
    "example feather fixture geojson gif golden gz har html icns ico ics ini jpeg jpg json jsonc "
    "jsonl key lock log map "
    "markdown md mdc mdx mo mp3 mp4 ndjson npmrc orc org otf parquet patch pdf pem pickle pkl png po pot ppt pptx "
    "properties puml rdf rst rtf sample schema service snap sqlite sqlite3 srt svg tar tex tgz "
    "template tmpl toml tsbuildinfo "
    "tpl tsv ttf ttl txt typ wasm wav webm webmanifest webp woff woff2 xcdatamodel xcstrings "
    "strings stringsdict xls xlsx xlf "
    "xml xsd yaml yml zip mmd drawio excalidraw onnx pt safetensors gguf lottie riv podfile diff "
    "timer socket dockerignore"
)
"""Extensions of texts, data, settings and pictures."""

EXTENSIONS = CODE_EXTENSIONS | DATA_EXTENSIONS

AMBIGUOUS_EXTENSIONS = words(
    "bin config data db doc env example feature fixture key lock log map sample schema service "
    "socket st state strings "
    "template text timer props targets patch res ru el res po d m s v r h c S R properties zip pt "
    "dat org test cr orc diff "
    "ex pl ml mo mm hs golden ads cls cmd ttl ics asm res key snap frag vert desktop"
)
"""Extensions that also are everyday members or words; see the module's docstring."""

ROOT_FILES = words(
    "AGENTS.md Brewfile build.gradle build.gradle.kts bun.lock bun.lockb Cargo.lock Cargo.toml "
    "CHANGELOG CHANGELOG.md "
    "CLAUDE.md vcpkg.json CMakeLists.txt CODE_OF_CONDUCT.md CODEOWNERS components.json "
    "composer.json composer.lock conftest.py CONTRIBUTING.md "
    "deno.json deno.lock Directory.Build.props Directory.Packages.props docker-compose.yaml "
    "docker-compose.yml "
    "compose.yaml compose.yml Dockerfile Dockerfile.dev flake.lock flake.nix GEMINI.md Gemfile "
    "Gemfile.lock global.json "
    "go.mod go.sum go.work Jenkinsfile jest.config.js jest.config.ts Justfile justfile lerna.json LICENSE LICENSE.md "
    "Makefile makefile MANIFEST.in mix.exs mkdocs.yml mypy.ini next.config.js next.config.mjs next.config.ts NOTICE "
    "nx.json package-lock.json package.json package.swift Package.swift playwright.config.ts pnpm-lock.yaml "
    "pnpm-workspace.yaml Podfile poetry.lock pom.xml postcss.config.js Procfile pubspec.lock "
    "pubspec.yaml pyproject.toml "
    "pytest.ini Rakefile README README.md renovate.json requirements.txt requirements-dev.txt "
    "RELEASE_NOTES.md HISTORY.md UPGRADING.md AUTHORS.md BACKLOG.md DECISIONS.md SPECIFICATION.md TODO.md "
    "fly.toml netlify.toml wrangler.toml wrangler.json wrangler.jsonc firebase.json firestore.rules "
    "firestore.indexes.json storage.rules render.yaml angular.json biome.json biome.jsonc rust-toolchain.toml "
    "bunfig.toml nest-cli.json eas.json samconfig.toml cdk.json serverless.yml skaffold.yaml sqlc.yaml buf.yaml "
    "pyrightconfig.json gradle.properties analysis_options.yaml melos.yaml Directory.Build.targets nuget.config "
    "rustfmt.toml clippy.toml alembic.ini manage.py noxfile.py sonar-project.properties "
    "ruff.toml SECURITY.md "
    "settings.gradle settings.gradle.kts setup.cfg setup.py tailwind.config.js tailwind.config.ts "
    "Taskfile.yml Tiltfile "
    "tox.ini tsconfig.json tsconfig.base.json turbo.json uv.lock Vagrantfile VERSION vercel.json "
    "vite.config.js vite.config.ts vitest.config.ts "
    "webpack.config.js yarn.lock"
)
"""Names that mean the file at the root of the repository when a plan writes no directory."""

_ROOT_CONFIG = regex(r"[\w-]+\.config\.(?:[cm]?[jt]s|json|mjs)|tsconfig(?:\.[\w-]+)?\.json|\.?\w+rc\.(?:[cm]?js|json)")


def is_root_config(name: str) -> bool:
    """Whether `name` is a tool's configuration (`eslint.config.js`), at the root unless a package has its own."""
    return _ROOT_CONFIG.fullmatch(name) is not None


_SETTINGS = regex(
    r"(?:[^*]*/)?(?:[\w.-]+\.(?:ini|cfg|conf|toml|ya?ml|json)|[\w-]+\.config\.[cm]?[jt]s|\.\w+rc(?:\.\w+)?|\.env(?:\.\w+)*)"
)


def is_settings(path: str) -> bool:
    """Whether a file holds nothing but settings, so that who configures it writes it."""
    return _SETTINGS.fullmatch(path) is not None


def is_root_file(name: str) -> bool:
    """Whether `name` without a directory means the file at the root of the repository."""
    return name in ROOT_FILES or is_root_config(name)


EXTENSIONLESS_FILES = words(
    "Brewfile BUILD Caddyfile Containerfile CODEOWNERS Dockerfile Gemfile Jenkinsfile Justfile "
    "justfile LICENSE Makefile "
    "makefile NOTICE Podfile Procfile Rakefile Tiltfile Vagrantfile VERSION WORKSPACE Fastfile "
    "Appfile Earthfile CHANGELOG "
    "Cartfile Pipfile Snakefile Makefile.am configure.ac go.mod go.sum go.work go.work.sum .env"
)
"""Names that are files although no extension says so."""

PROSE_CAPITALS = words("BUILD CHANGELOG LICENSE NOTICE VERSION WORKSPACE README")
"""Of those, the ones that are words too: outside of code they need a directory."""

DOT_FILES = words(
    ".babelrc .browserslistrc .bazelrc .clang-format .clang-tidy .coveragerc .cursorrules "
    ".dockerignore .editorconfig "
    ".env .envrc .eslintignore .eslintrc .flake8 .gitattributes .gitignore .gitkeep .gitmodules .golangci.yml "
    ".golangci.yaml .htaccess .lintstagedrc .markdownlint.json .mcp.json .npmignore .npmrc .nvmrc .planlint.toml "
    ".pre-commit-config.yaml .prettierignore .prettierrc .pylintrc .python-version .releaserc .rspec .rubocop.yml "
    ".ruby-version .stylelintrc .swiftlint.yml .tool-versions .travis.yml .vscodeignore .yarnrc "
    ".yarnrc.yml .zshrc .bashrc .dev.vars .firebaserc .nojekyll .node-version .mailmap .swcrc .vercelignore "
    ".gcloudignore .helmignore .nycrc .markdownlintignore"
)
"""Well-known hidden files; `.tsx` alone is an extension, not a file."""

DOT_DIRECTORIES = words(
    ".agents .aws .azure .cargo .changeset .circleci .claude .codex .config .cursor .devcontainer "
    ".docker .gemini .git "
    ".github .gitlab .gradle .gsd .husky .idea .kiro .maestro .next .planning .specify .storybook "
    ".taskmaster .vscode .well-known .windsurf"
)

STRONG_DIRECTORIES = words(
    "src lib libs apps packages crates cmd internal pkg specs tests test docs __tests__ __mocks__ "
    "node_modules Sources "
    "Tests include kitty-specs openspec"
)
"""First segments that make `x/y` a path even in running text."""

DIRECTORIES = (
    STRONG_DIRECTORIES
    | DOT_DIRECTORIES
    | words(
        "api app assets backend bin build client common components composables config configs "
        "controllers core data db "
        "deploy deployment dist domain e2e engine entities examples features fixtures frontend "
        "functions handlers helpers "
        "hooks i18n infra infrastructure integration integrations ios android jobs layouts linux "
        "locales macos middleware "
        "middlewares migrations mobile models modules pages plugins prisma public queries repositories "
        "resources routers "
        "routes rules sample samples schema schemas scripts sdk seeds server services shared skills "
        "spec static store "
        "stores styles supabase templates terraform theme tools types ui unit usecases utils validators "
        "views web widgets "
        "windows workers www agents commands benches benchmarks contracts checklists"
    )
)
"""Names of directories that plans use; a backticked `components/Button` is a path because of its first segment."""

OPPOSITES = (
    words("frontend backend client server"),
    words("docs tests test build config examples"),
    words("frontend backend mobile web desktop"),
    words("ios android web macos windows linux mobile"),
    words(
        "routes controllers services models views middleware repositories handlers hooks components pages types utils"
    ),
    words("api ui db web cli sdk"),
    words("lint test build typecheck format dev start deploy check"),
)
"""Words joined by a slash as alternatives (`client/server`) although each may be a directory."""

PRODUCTS = words(
    "alpine.js angular.js asp.net babylon.js backbone.js bun.sh chart.js d3.js day.js deck.gl discord.js draw.io "
    "ember.js express.js fabric.js fly.io hono.js htmx.js jquery.js knockout.js koa.js lit.js "
    "moment.js nest.js next.js "
    "node.js nuxt.js p5.js passport.js pdf.js phaser.js pixi.js plotly.js preact.js react.js require.js sequelize.js "
    "socket.io solid.js svelte.js tensorflow.js three.js transformers.js underscore.js vue.js "
    "web3.js ethers.js yjs.dev "
    "tone.js xterm.js prism.js highlight.js marked.js leaflet.js mapbox.js cal.com auth.js gatsby.js meteor.js "
    "electron.js remix.js astro.js fuse.js swagger.json.io viem.sh wagmi.sh crates.io npmjs.com "
    "pypi.org json.net ml.net"
)
"""Products whose names look like files, in lower case."""

CALL_MEMBERS = words(
    "res.json response.json request.json req.json ctx.json c.json r.json resp.json console.log logger.log math.log "
    "process.env import.meta.env meta.env os.environ event.key e.key array.map items.map "
    "system.text this.props asp.net "
    "e.g i.e a.k.a result.rs self.go"
)
"""Members of everyday objects whose last part is an extension too, in lower case."""

TOP_LEVEL_DOMAINS = words(
    "com org net io dev app ai co gov edu uk de fr jp cn tw us eu me info cloud tech xyz land run page site be tv gg so"
)

FILE_SYSTEM_ROOTS = words("home Users usr etc var opt tmp root mnt srv private Volumes workspaces workspace data")
"""First segments of absolute paths; any other leading slash without an extension is an endpoint or a route."""

MIME_TYPES = words("application audio font image message model multipart text video")

BRANCH_PREFIXES = words(
    "feat feature fix bugfix hotfix release chore refactor origin upstream refs heads codex claude dependabot wip "
    "actions"
)
"""First segments of branch names and of `owner/repository` names that no plan has as a directory."""

COMMANDS = words(
    "act alembic ansible astro bash bazel biome black brew buf bun bundle bunx cargo cat cd chmod "
    "clang cmake composer "
    "coverage cp curl cypress dart deno django-admin docker docker-compose dotnet drizzle-kit echo egrep eslint expo "
    "fastlane find flake8 flutter flyway fvm gh git go golangci-lint gradle gradlew grep head helm "
    "hatch http jest jq just "
    "k6 kill knip kubectl ls make mix mkdir mocha mv mvn mypy next nest ng nix node npm npx nx openspec openssl pdm "
    "php phpunit pip pip3 pipenv pkill playwright pnpm pod poetry prettier prisma psql pyright pytest python python3 "
    "rails rake rg rm rspec rubocop ruff ruby rustc rustup sed sh shellcheck specify sqlc sqlite3 supabase swift "
    "swiftlint tail task tee terraform tofu tree touch tox ts-node tsc tsx turbo uv uvicorn uvx "
    "vercel vite vitest wc "
    "wget xargs xcodebuild yamllint yarn zig ./gradlew ./mvnw ./scripts $ sudo time env source "
    "export mkdocs sphinx-build"
)
"""Programs: a code span of several words that begins with one of them is a command."""

DESIGN_DOCUMENTS = words(
    "spec.md plan.md research.md data-model.md quickstart.md tasks.md requirements.md design.md proposal.md epic.md "
    "constitution.md"
)
"""Base names of the documents that plans are made of; plans cite them much more often than they change them."""

TEST_FILE = regex(
    r"(?:^|/)(?:tests?|__tests__|specs?|e2e|Tests)/|(?:^|/)test_|[_.-](?:test|tests|spec|e2e)\.|Tests?\.\w+$|\.Tests/"
)
"""Paths of tests, and of what lies beside them: `tests/conftest.py`, `cart.spec.ts`, `CartTests.cs`."""
