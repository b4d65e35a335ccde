# shellcheck shell=sh
# Sourced by the scripts beside it. Needs nothing but Python 3.11 or newer.

# use_venv NAME EXTRAS [OTHERWISE]: make the virtual environment NAME in the repository with the
# project, in editable form, and its EXTRAS ("" or "[dev]") installed, or those OTHERWISE if that
# fails. It is used again until pyproject.toml, the folder or the Python changes. Afterwards $bin is
# the folder of its programs.
use_venv() {
    venv=$PWD/$1
    bin=$venv/bin
    python=$(find_python) || return 1
    stamp=$("$python" -c '
import hashlib, pathlib, sys
print(hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest(), sys.version, *sys.argv[1:])
' "$venv" "$2")
    if [ "$(cat "$venv/stamp" 2>/dev/null)" = "$stamp" ]; then
        return 0
    fi
    echo "making the virtual environment $1 (only this time) ..." >&2
    PIP_DISABLE_PIP_VERSION_CHECK=1
    PIP_ROOT_USER_ACTION=ignore
    export PIP_DISABLE_PIP_VERSION_CHECK PIP_ROOT_USER_ACTION
    "$python" -m venv --clear "$venv" &&
        { install_extras "$2" || { [ "${3:-}" ] && install_extras "$3"; }; } &&
        echo "$stamp" >"$venv/stamp"
}

install_extras() {
    "$bin/python" -m pip install -qq --prefer-binary --editable ".$1"
}

# use_test_venv: the one for tests; with $WITH_ORACLES, other systems are in it if they install.
use_test_venv() {
    use_venv .venv-test "[all,dev${WITH_ORACLES:+,oracles}]" '[all,dev]'
}

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return 0
        fi
    done
    echo "$0: needs Python 3.11 or newer with its venv module (on Debian: apt-get install python3-venv)" >&2
    return 1
}
