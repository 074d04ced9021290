"""The house rules, kept by the suite: imports, file length, one home per product, one error tree, clean words."""

import ast
import builtins
import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from ingest import errors
from ingest.errors import MetrologyError

ROOT = Path(__file__).parent.parent
FOLDERS = ("ingest", "vectorstore", "bot", "eval", "ui")  # imports point left
JOINT = Path("ui/cli.py")  # the one place that joins concrete parts
OVER_HTTP = ("ui.page", "ui.widget")  # know the bot over HTTP alone
TRAINING = (
    Path("vectorstore/training"),
    Path("eval/judge"),
    Path("eval/entail"),
    Path("eval/student"),
)  # make the model files; torch answers no question
LINES_MAX = 250
SKIPPED = {".venv", ".git", "node_modules", "build", "dist", "data"}
# one home each; a product that nothing imports yet has none
PRODUCTS = {
    "axe_playwright_python",
    "brotli",
    "charset_normalizer",
    "chromadb",
    "cryptography",
    "defusedxml",
    "docx",
    "gb2260_v2",
    "gradio",
    "jieba",
    "langchain_core",
    "langchain_openai",
    "PIL",
    "limits",
    "mcp",
    "onnxruntime",
    "opentelemetry",
    "openai",
    "opencc",
    "pypdfium2",
    "rapidocr",
    "selectolax",
    "redis",
    "reportlab",
    "rjieba",
    "sentence_transformers",
    "torch",
    "uvicorn",
}


def relative(path: Path) -> Path:
    return path.relative_to(ROOT)


@cache
def all_files() -> tuple[Path, ...]:
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in SKIPPED and not name.endswith("_cache")]
        found += [Path(folder, name) for name in names]
    return tuple(sorted(found))


def files(*suffixes: str) -> list[Path]:
    return [path for path in all_files() if path.suffix in suffixes]


PYTHON = files(".py")
CODE = [path for path in PYTHON if relative(path).parts[0] in FOLDERS]


@cache
def imported_modules(path: Path) -> set[str]:
    """Full names of all modules a file imports, those inside functions and type-checking blocks too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno} imports relatively. Write the full name."
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "import_module":
            found |= {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
    return found


def imported_folders(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imported_modules(path)} & {*FOLDERS, "tests"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(relative(path)))
def test_imports_point_left(path: Path) -> None:
    if relative(path) == JOINT:
        return
    own = relative(path).parts[0]
    wrong = imported_folders(path) - set(FOLDERS[: FOLDERS.index(own) + 1])
    assert not wrong, f"{relative(path)} imports {wrong}; a folder imports only folders to its left"


def dotted(path: Path) -> str:
    return ".".join(relative(path).with_suffix("").parts)


@cache
def import_graph() -> dict[str, set[str]]:
    names = {dotted(path): path for path in CODE}
    return {name: imported_modules(path) & set(names) - {name} for name, path in names.items()}


def page_files() -> set[str]:
    """What the page and the widget are made of, directly or through others."""
    graph = import_graph()
    found: set[str] = set()
    waiting = [name for name in graph if name.startswith(OVER_HTTP)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def test_page_and_widget_know_the_bot_over_http_alone() -> None:
    assert {name for name in page_files() if not name.startswith("ui")} == set()


def test_no_module_imports_round() -> None:
    """No cycle among the files of the folders, imports inside functions counted."""
    graph = import_graph()
    while graph:
        leaves = {name for name, targets in graph.items() if not targets & set(graph)}
        assert leaves, f"These files import each other in a circle: {sorted(graph)}"
        graph = {name: targets for name, targets in graph.items() if name not in leaves}


# inside bot/ each part imports only those before it, so that there is no circle and checking knows no writing
PARTS = ("question", "retrieve", "judge", "answer", "ask", "check", "write", "records", "export", "api")


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_the_bot_point_one_way(part: str) -> None:
    later = {f"bot.{name}" for name in PARTS[PARTS.index(part) + 1 :]}
    own = [path for path in CODE if f"{dotted(path)}.".startswith(f"bot.{part}.")]
    wrong = {dotted(path): found for path in own if (found := set(map(part_of, imported_modules(path))) & later)}
    assert own
    assert not wrong


def part_of(module: str) -> str:
    """bot.judge.model → bot.judge."""
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(relative(path)))
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LINES_MAX, f"{relative(path)} has {lines} lines, more than {LINES_MAX}. Split it."


def homes_of(products: set[str]) -> set[str]:
    answering = [path for path in CODE if not set(TRAINING) & set(relative(path).parents)]
    return {str(relative(path)) for path in answering if {m.split(".")[0] for m in imported_modules(path)} & products}


@pytest.mark.parametrize("product", sorted(PRODUCTS))
def test_a_product_is_imported_in_one_place(product: str) -> None:
    homes = sorted(homes_of({product}))
    assert len(homes) <= 1, f"{product} is imported in {homes}; one file meets it and the rest do not know it"


# why each: products that stand for one port share its home
SHARED_HOMES = [("torch", "sentence_transformers"), ("jieba", "rjieba")]


@pytest.mark.parametrize("products", SHARED_HOMES, ids="-".join)
def test_products_of_one_port_share_a_home(products: tuple[str, str]) -> None:
    homes = homes_of(set(products))
    assert len(homes) <= 1, f"{products} are imported in {sorted(homes)}"


def exception_classes(path: Path) -> list[str]:
    """Classes of a file that are, by the names of their bases, exceptions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    standard = {
        name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)
    }
    known = standard | {name for name, one in vars(errors).items() if isinstance(one, type)}
    found: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
            if bases & (known | set(found)) or any(base.endswith(("Error", "Exception")) for base in bases):
                found.append(node.name)
    return found


ERRORS = [(path, name) for path in CODE for name in exception_classes(path)]
PAGE_ERRORS = [(path, name) for path, name in ERRORS if dotted(path) in page_files()]
PIPELINE_ERRORS = [one for one in ERRORS if one not in PAGE_ERRORS]


@pytest.mark.parametrize(("path", "name"), PIPELINE_ERRORS, ids=[name for _, name in PIPELINE_ERRORS])
def test_every_error_is_of_the_one_tree(path: Path, name: str) -> None:
    module = import_module(dotted(path))
    assert issubclass(getattr(module, name), MetrologyError), f"{relative(path)}: {name} is outside the error tree"


def test_errors_of_the_page_have_one_root() -> None:
    """The page imports no other folder, so its errors cannot hang in the tree: they are one small tree of their own."""
    classes = [getattr(import_module(dotted(p)), name) for p, name in PAGE_ERRORS]
    roots = {one.__name__ for one in classes if not any(other in classes for other in one.__mro__[1:])}
    assert len(roots) <= 1, f"The errors of the page have several roots: {sorted(roots)}"


def test_the_tree_is_drawn_at_the_top_of_its_file() -> None:
    drawn = errors.__doc__ or ""
    missing = [name for path, name in ERRORS if path.name == "errors.py" and name not in drawn]
    assert missing == []
    assert len([name for path, name in ERRORS if path.name == "errors.py"]) >= 10, "the finder of errors finds them"


def test_shipped_code_does_not_lean_on_the_tests() -> None:
    assert not [str(relative(path)) for path in CODE if "tests" in imported_folders(path)]


@pytest.mark.parametrize("module", ["ingest.load", "ingest.errors"])
def test_reading_documents_needs_no_store_and_no_model(module: str) -> None:
    """In a fresh interpreter: what stands left must not pull in what stands right."""
    program = f"import sys, {module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"chromadb", "gradio", "torch", "sentence_transformers", "fastapi"} & set(run.stdout.split())
