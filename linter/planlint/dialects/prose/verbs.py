"""The words that decide what happens to a file, as data: one table per role, several languages.

A table holds base forms; regular English inflections (`creates`, `creating`) are derived. Words of languages without
spaces are found as parts of the text.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import cache

from planlint.dialects.prose.tables import words


class Role(Enum):
    """What a verb does to the path it governs."""

    CREATE = auto()
    """The object comes into being: create, scaffold."""
    ADD = auto()
    """Something is put there; the file may exist: add, implement, write."""
    MODIFY = auto()
    """Something that exists is changed."""
    DELETE = auto()
    MOVE = auto()
    """move, rename: the direct object goes, the target comes."""
    COPY = auto()
    EXTRACT = auto()
    """Taken `from` one file `into` another; both change."""
    EXPORT = auto()
    """`from` names the file that changes."""
    USE = auto()
    """use, import, call: reads its object, but "use X in <path>" changes the path."""
    CHECK = auto()
    """verify, test: reads, but a test file it takes place *in* is the work product."""
    READ = auto()
    """read, run, see: never writes."""
    OPEN = auto()
    """Says nothing about who writes: ensure, keep."""

    @property
    def writes(self) -> bool:
        """Whether what the verb governs changes."""
        return self in _WRITING


_WRITING = frozenset({Role.CREATE, Role.ADD, Role.MODIFY, Role.DELETE, Role.MOVE, Role.COPY, Role.EXTRACT, Role.EXPORT})

ENGLISH: dict[Role, str] = {
    Role.CREATE: "create scaffold generate initialize initialise bootstrap re-create recreate regenerate "
    "re-generate author draft init",
    Role.ADD: "add implement write build introduce define set setup configure declare establish develop make provide "
    "produce prepare put place insert include embed document record persist store save capture log "
    "stub mock seed design fetch download "
    "compose construct summarise summarize support handle enable install publish emit output cover specify render "
    "describe explain outline ignore backport",
    Role.MODIFY: "update modify edit refactor extend fix wire register change adjust adapt append prepend "
    "rewrite enhance improve expand "
    "widen bump upgrade downgrade migrate convert replace rework clean cleanup simplify optimize "
    "optimise harden polish patch correct "
    "integrate connect hook mount inject amend augment revise tweak restructure reorganize "
    "reorganise rebrand restyle "
    "tighten relax annotate mark switch swap toggle disable enforce guard decorate wrap instrument "
    "normalize normalise align "
    "finalize finalise complete unify consolidate touch alter overwrite dedupe deduplicate inline "
    "localize localise rebuild resolve "
    "strip trim unregister uncomment comment merge split format lint-fix repoint re-point "
    "generalize parameterize parametrize "
    "re-implement reimplement lower reduce redesign revert "
    "restore thread plumb hoist narrow flip populate fill rewire retrofit",
    Role.DELETE: "delete remove drop erase retire purge",
    Role.MOVE: "move rename relocate",
    Role.COPY: "copy duplicate clone vendor translate promote port",
    Role.EXTRACT: "extract factor",
    Role.EXPORT: "export re-export reexport expose",
    Role.USE: "use apply link import call reuse re-use consume invoke leverage utilize utilise",
    Role.CHECK: "verify validate check test assert confirm",
    Role.READ: "read see review inspect run execute compare examine study consult refer reference mirror "
    "follow analyze analyse "
    "audit investigate understand look open explore observe re-run rerun cite measure profile smoke-test walk "
    "re-verify skim scan grep search watch cd go navigate browse find locate identify determine "
    "enumerate",
    Role.OPEN: "ensure keep leave decide consider discuss note remember prefer depend wait",
}

PAST: dict[str, Role] = {
    **dict.fromkeys(("created",), Role.CREATE),
    **dict.fromkeys(("added", "implemented", "built", "wrote"), Role.ADD),
    **dict.fromkeys(("updated", "fixed", "refactored", "replaced", "rewired", "enhanced", "extended"), Role.MODIFY),
    **dict.fromkeys(("removed", "deleted"), Role.DELETE),
    **dict.fromkeys(("moved", "renamed"), Role.MOVE),
}
"""What bullets below a finished task begin with: "Created `src/a.ts`"."""

AMBIGUOUS = words(
    "test tests check review reference import imports use uses run open search watch scan look call calls log store "
    "profile measure study audit note lint format set place cover mark link guard patch seed mock stub hook wrap "
    "support output design build comment complete change changes fix fixes update updates export exports switch drop "
    "copy move split merge thread flip fill put record document documents format clean apply publish index query "
    "report compare follow walk keep wait leave decide consider render handle port narrow strip trim toggle swap "
    "confirm inspect go bump connect mount register define declare store save include expose observe extract"
)
"""Forms that are nouns or adjectives as well; in the middle of a list they need an object to count as verbs."""

MANY_LANGUAGES: dict[Role, str] = {
    Role.CREATE: "создать сгенерировать инициализировать crear crea créer crée créez erstelle erstellen anlegen "
    "criar crie generar génère générer "
    "rédiger rédige rédigez redactar redacta redigir redija verfasse verfassen buat tạo",
    Role.ADD: "добавить реализовать написать внедрить añadir agregar añade agrega implementar implementa "
    "escribir escribe ajouter ajoute ajoutez "
    "implémenter implémente "
    "écrire configurer hinzufügen füge implementiere implementieren schreibe schreiben adicionar adicione implemente "
    "escrever escreva configurar configura definir define "
    "développer développe desarrollar desarrolla desenvolver desenvolva entwickle entwickeln "
    "construire construis construir construye construa baue bauen incluir incluye inclua "
    "ergänze ergänzen tambahkan tambah implementasikan definisikan tampilkan tulis thêm viết triển",
    Role.MODIFY: "обновить изменить исправить расширить доработать подключить вынести actualizar actualiza "
    "registrar registra registre conectar conecta "
    "modificar modifica editar edita corregir corrige modifier modifie "
    "mettre modifiez corriger aktualisiere aktualisieren ändere ändern bearbeite bearbeiten "
    "erweitere erweitern anpassen "
    "atualizar atualize modifique corrigir corrija edite "
    "étendre étends extender extiende estender estenda "
    "intégrer intègre integrar integra integre integriere integrieren "
    "remplacer remplace reemplazar reemplaza substituir substitua ersetze ersetzen adapter adapte adaptar passe "
    "refactoriser refactorise refactorizar refactoriza refatorar refatore perbarui ubah modifikasi ganti integrasikan "
    "hubungkan sesuaikan "
    "montar monta monte conectar conecta enlazar enlaza registrar registra ligar liga brancher branche "
    "einbinden binde sửa cập chỉnh",
    Role.DELETE: "удалить убрать eliminar elimina borrar supprimer supprime lösche löschen entferne entfernen "
    "remover remova excluir "
    "xóa xoá hapus",
    Role.MOVE: "mover mueve renombrar déplacer renommer verschiebe verschieben umbenennen renomear mova",
    Role.CHECK: "проверить убедиться verificar verifica validar valida comprobar comprueba probar vérifier "
    "vérifie valider tester "
    "prüfe prüfen kiểm "
    "überprüfen validiere testen testar verifikasi validasi uji periksa",
    Role.READ: "запустить прогнать прочитать изучить просмотреть выполнить leer lee revisar revisa consultar "
    "ejecutar ejecuta lire consulter exécuter exécute lies lesen "
    "siehe ausführen "
    "ler leia veja rever executar execute đọc xem chạy jalankan baca tinjau",
}

CJK_BEFORE: dict[Role, str] = {
    Role.CREATE: "创建 創建 新建 建立 生成 產生 初始化",
    Role.ADD: "添加 新增 加入 实现 實作 實現 编写 編寫 撰寫 撰写 定义 定義 配置 "
    "設定 设置 設置 補齊 补齐 封裝 封装 增加 安裝 安装 写入 寫入 補上 "
    "提供",
    Role.MODIFY: "修改 更新 编辑 編輯 重构 重構 扩展 擴充 擴展 修复 修復 修正 调整 "
    "調整 補強 补强 加強 加强 強化 强化 注册 註冊 替换 替換 串接 接入 整合 接線 优化 優化 完善 改为 "
    "改為",
    Role.DELETE: "删除 刪除 移除",
    Role.MOVE: "移动 移動 重命名 重新命名 搬移",
    Role.CHECK: "验证 驗證 检查 檢查 确认 確認 校验",
    Role.USE: "使用 呼叫 調用 调用 引用 匯入",
    Role.READ: "参考 參考 参照 參照 查看 阅读 閱讀 遵循 运行 運行 执行 執行 對照 对照 读取 讀取",
}
"""Chinese verbs: they stand before the path, as in English."""

CJK_AFTER: dict[Role, str] = {
    Role.CREATE: "作成 新規作成 生成 新設 생성 만든 만들",
    Role.ADD: "追加 実装 定義 記述 明記 記載 設定 構築 構成 配置 用意 提供 記録 追記 出力 保存 導入 整備 管理 書き込 "
    "설정 추가 구현 작성 정의 구성 제공 구축 개발 저장 기록",
    Role.MODIFY: "更新 変更 修正 編集 登録 拡張 統合 接続 改修 改善 最適化 リファクタリング リファクタ 置換 置き換え "
    "反映 適用 組み込 移行 移動 整理 抽出 수정 변경 업데이트 등록 편집 확장 통합 연결 개선 적용 이동 "
    "분리 이전 반영 정리 교체 전환 리팩터링 리팩토링 최적화 갱신 포함",
    Role.DELETE: "削除 除去 삭제 제거",
    Role.CHECK: "確認 検証 テスト 検査 확인 검증 테스트",
    Role.READ: "参照 読 実行 準拠 基づ 参考 利用 使用 使っ 用い 従 比較 レビュー インポート import 임포트 "
    "참고 참조 읽 실행 따라 사용",
}
"""Japanese and Korean verbs: they stand after the path and its particle (`x.ts を更新`), at the end of the clause."""

OBJECT_VERBS = words(
    "resolve mark cover support handle mock stub log render output "
    "place put set design declare embed include insert save summarise summarize describe explain outline ignore "
    "store persist capture note register wire mount connect integrate hook inject export expose "
    "wrap enable configure "
    "seed publish emit save annotate thread plumb"
)
"""Verbs that do something with their object somewhere else: "wire `a.ts` into `b.ts`" changes b.ts only."""

DONE_FROM = words("call invoke trigger dispatch emit send fire publish raise")
"""Verbs behind which "from" says where it is done: "call `load` from main.py" changes main.py."""

SUBSTITUTING = words("change replace switch swap update rename convert")
"""Verbs of "change X to Y", where two patterns may be text rather than files."""

TURNING = words("rewrite convert transform turn")
"""Verbs of "rewrite X into Y", which make Y from X where both are files."""

DOCUMENTING = words(
    "document record update note capture log mark append tick add write amend save define refine finalize finalise "
    "summarise summarize describe explain outline normalize normalise generate revise reword rewrite edit "
    "更新 補齊 补齐 補上 建立 記錄 记录 記述 追加 新增 加入 增加 撰寫 撰写 修改 修正"
)
"""Verbs that may take the plan's own documents as their target ("record results in research.md")."""


def is_one_of(word: str, bases: frozenset[str]) -> bool:
    """Whether `word` is a form (`wires`, `wiring`) of one of the base forms `bases`."""
    return word in bases or any(word in _forms(base) for base in bases if base[:2] == word[:2])


@cache
def english_verbs() -> dict[str, Role]:
    """Every form of every verb written with letters: `create`, `creates`, `creating`, `crear` ..."""
    forms: dict[str, Role] = {}
    for role, table in MANY_LANGUAGES.items():
        forms.update(dict.fromkeys(table.split(), role))
    for role, table in ENGLISH.items():
        for word in table.split():
            for form in _forms(word):
                forms[form] = role
    return forms


@cache
def foreign_verbs() -> frozenset[str]:
    """The verbs of languages other than English that are written with letters."""
    return frozenset(form for table in MANY_LANGUAGES.values() for form in table.split())


def _forms(word: str) -> tuple[str, ...]:
    if word.endswith("y") and word[-2] not in "aeo":
        return word, word[:-1] + "ies", word + "ing"
    if word.endswith("e"):
        return word, word + "s", word[:-1] + "ing"
    doubled = word + word[-1] + "ing" if word in _DOUBLING else word + "ing"
    return word, word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s"), doubled


_DOUBLING = words("set put run drop swap strip trim wrap plumb stub log scan skim grep flip bump split cut")
