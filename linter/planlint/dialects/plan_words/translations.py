"""What plans in other languages call the fields of a task: alternatives for patterns that match a whole label.

The English words differ from dialect to dialect; these stand for the same field everywhere.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    "off_limits": (
        r"禁止(?:修改|触碰|改动)(?:文件)?|(?:不要|不得|请勿|不可)(?:修改|触碰|改动)|変更禁止|触らない(?:ファイル)?|変更しない"
        r"|수정 금지|nicht (?:ändern|anfassen)|ne pas (?:modifier|toucher)|no (?:tocar|modificar)"
        r"|não (?:tocar|modificar|alterar)|không (?:được )?(?:sửa|chạm vào|đụng vào)|не (?:трогать|менять)"
    ),
    "creates": (
        r"新建(?:文件)?|创建(?:文件)?|新增(?:文件)?|作成|新規(?:ファイル)?|생성|neue? dateien|neu|anlegen|erstellen"
        r"|fichiers à créer|créer|archivos (?:nuevos|a crear)|crear|criar|tạo(?: mới)?|создать"
    ),
    "modifies": (
        r"修改(?:文件)?|变更(?:文件)?|変更(?:ファイル)?|수정(?: ?파일)?|변경 ?파일|(?:zu )?ändern|fichiers à modifier"
        r"|modifier|archivos a modificar|modificar|sửa|изменить"
    ),
    "deletes": r"删除|削除|삭제|löschen|supprimer|eliminar|xóa|удалить",
    "reads": (
        r"只读|参考|参照|読み取り専用|참고|nur lesen|lecture seule|solo lectura|somente leitura|chỉ đọc|только чтение"
    ),
    "writes": (
        r"(?:涉及|相关|目标)?文件|位置|위치|文件位置|(?:主要)?写入范围"
        r"|檔案|(?:対象)?ファイル|파일|(?:betroffene )?dateien|fichiers?|archivos?|ficheros?"
        r"|arquivos?|tệp(?: tin)?|tập tin|файлы?"
    ),
    "owns": (
        r"(?:负责|负责的|独占|所有)(?:文件|目录|范围)"
        r"|(?:只能|仅可|仅能)(?:碰|改|动|修改)的?(?:文件|目录|范围)"
        r"|(?:担当|所有)(?:ファイル|ディレクトリ|範囲)|담당 ?파일"
        r"|(?:eigene|zuständige) dateien|fichiers attribués|tệp phụ trách"
        r"|(?:archivos|rutas|directorios|carpetas) (?:propi[oa]s|asignad[oa]s)"
    ),
    "depends_on": (
        r"等待|wartet auf|nach|attend|après|espera a|después de|aguarda|depois de|待ち|대기"
        r"|依赖(?:于|项)?|依賴|前置(?:任务)?|依存(?:関係|先)?|의존성?|abhängig(?: von)?|abhängigkeit(?:en)?|dépend de"
        r"|dépendances?|depende de|dependencias?|dependências?|phụ thuộc(?: vào)?|зависит от|зависимости"
    ),
    "parallel": (
        r"可?(?:并行|並行)|並列(?:可)?|병렬|parallelisierbar|en parallèle|en paralelo|em paralelo|song song|параллельно"
    ),
    "owner": r"负责人|担当者?|담당|zuständig|responsable|responsável|phụ trách|ответственный",
    "verify": r"验证|验收(?:标准)?|検証|검증|prüfung|vérification|verificación|verificação|kiểm tra|xác minh|проверка",
    "task": r"任务|任務|タスク|작업|aufgabe|tâche|tarea|tarefa|nhiệm vụ|задача",
    "agent": (
        r"(?:子)?代理|(?:子)?智能体|(?:子)?智能體|(?:サブ)?エージェント|(?:서브)?에이전트|(?:sub)?agente|sous-agent|(?:суб)?агент"
    ),
    "wave": r"波次|批次|阶段|階段|フェーズ|welle|phase|vague|ola|onda|đợt|этап",
    "branch": r"分支|ブランチ|브랜치|zweig|branche|rama|nhánh|ветка",
}
"""Name of a field to its words in Chinese, Japanese, Korean, German, French, Spanish, Portuguese, Vietnamese and
Russian."""
