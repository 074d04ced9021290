"""The house rules, kept by the suite: imports, file length, one home per product, one error tree, clean words."""

import ast
import builtins
import sys
from importlib import import_module
from pathlib import Path

import pytest

from ingest import errors
from ingest.errors import MetrologyError

ROOT = Path(__file__).parent.parent
FOLDERS = ("ingest", "vectorstore", "bot", "eval", "ui")  # imports point left
JOINT = Path("ui/cli.py")  # the one place that joins concrete parts
OVER_HTTP = ("ui/page", "ui/widget")  # know the bot over HTTP alone
LINES_MAX = 250
SKIPPED = {".venv", ".git", "node_modules", "build", "dist", "data"}
# one home each; a product that nothing imports yet has none
PRODUCTS = {
    "bm25s",
    "charset_normalizer",
    "chromadb",
    "gradio",
    "jieba",
    "langchain_core",
    "langchain_openai",
    "opencc",
    "rjieba",
    "sentence_transformers",
    "torch",
}


def relative(path: Path) -> Path:
    return path.relative_to(ROOT)


def files(*suffixes: str) -> list[Path]:
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.suffix in suffixes and path.is_file() and not SKIPPED & set(relative(path).parts)
    )


PYTHON = files(".py")
CODE = [path for path in PYTHON if relative(path).parts[0] in FOLDERS]


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
    allowed = set(FOLDERS[: FOLDERS.index(own) + 1])
    if str(relative(path)).startswith(OVER_HTTP):
        allowed = {"ui"}
    wrong = imported_folders(path) - allowed
    assert not wrong, f"{relative(path)} imports {wrong}; a folder imports only folders to its left"


def test_no_module_imports_round() -> None:
    """No cycle among the files of the folders, imports inside functions counted."""
    names = {".".join(relative(path).with_suffix("").parts): path for path in CODE}
    graph = {name: imported_modules(path) & set(names) - {name} for name, path in names.items()}
    while graph:
        leaves = {name for name, targets in graph.items() if not targets & set(graph)}
        assert leaves, f"These files import each other in a circle: {sorted(graph)}"
        graph = {name: targets for name, targets in graph.items() if name not in leaves}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(relative(path)))
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LINES_MAX, f"{relative(path)} has {lines} lines, more than {LINES_MAX}. Split it."


@pytest.mark.parametrize("product", sorted(PRODUCTS))
def test_a_product_is_imported_in_one_place(product: str) -> None:
    homes = [str(relative(p)) for p in CODE if any(m.split(".")[0] == product for m in imported_modules(p))]
    assert len(homes) <= 1, f"{product} is imported in {homes}; one file meets it and the rest do not know it"


# why each: products that stand for one port share its home
SHARED_HOMES = [("torch", "sentence_transformers"), ("jieba", "rjieba")]


@pytest.mark.parametrize("products", SHARED_HOMES, ids="-".join)
def test_products_of_one_port_share_a_home(products: tuple[str, str]) -> None:
    homes = {
        str(relative(path)) for path in CODE for module in imported_modules(path) if module.split(".")[0] in products
    }
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


@pytest.mark.parametrize(("path", "name"), ERRORS, ids=[name for _, name in ERRORS])
def test_every_error_is_of_the_one_tree(path: Path, name: str) -> None:
    module = import_module(".".join(relative(path).with_suffix("").parts))
    assert issubclass(getattr(module, name), MetrologyError), f"{relative(path)}: {name} is outside the error tree"


def test_the_tree_is_drawn_at_the_top_of_its_file() -> None:
    drawn = errors.__doc__ or ""
    missing = [name for path, name in ERRORS if path.name == "errors.py" and name not in drawn]
    assert missing == []
    assert len([name for path, name in ERRORS if path.name == "errors.py"]) >= 10, "the finder of errors finds them"


# built from pieces, so that this file does not hold what it forbids
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "registry" + ".npmmirror")
FORBIDDEN = ("/" + "work/", "/" + "tmp/", "/" + "root/", *HOSTS, "mirrors" + ".aliyun", "artifact" + "ory")
TEXTS = files(".py", ".md", ".toml", ".tsv", ".js", ".css", ".html", ".json", ".jsonl", ".yml", ".yaml", ".sh", ".txt")


def test_no_forbidden_words() -> None:
    found = [
        f"{relative(path)}: {word}"
        for path in TEXTS
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for word in FORBIDDEN
        if word in text
    ]
    assert not found


def test_shipped_code_does_not_lean_on_the_tests() -> None:
    assert not [str(relative(path)) for path in CODE if "tests" in imported_folders(path)]


def test_importing_a_folder_loads_no_model() -> None:
    """Errors and types must be cheap to import: no product comes with them."""
    assert "torch" not in sys.modules or any("torch" in name for name in PRODUCTS)
