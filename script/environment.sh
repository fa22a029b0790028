# Read by the other scripts: makes .venv with what is pinned, and does nothing when that is done already.

die() {
    printf '%s\n' "$1" >&2
    exit 1
}

find_python() {
    for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if command -v "$python" >/dev/null 2>&1 &&
            "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return
        fi
    done
    die "Python 3.11 or newer is needed: install it, for example from https://www.python.org/downloads/."
}

# make_environment requirements.txt [requirements-dev.txt]: the last file names everything to install.
make_environment() {
    for requirements in "$@"; do :; done
    wanted=$(cat "$@" | cksum)
    stamp=".venv/installed-$requirements"
    if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    [ -w . ] || die "The folder $PWD cannot be written by this user: change its owner, or copy it elsewhere."
    if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        find_python
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            die "Python's venv module is missing: install it, for example with: apt-get install python3-venv"
        echo "Making .venv with $("$python" --version) ..."
        "$python" -m venv --clear .venv || die "The folder .venv could not be made in $PWD."
    fi
    echo "Installing $requirements (once) ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input -r "$requirements" ||
        die "The packages in $requirements could not be installed: the first start needs a network."
    cat requirements.txt | cksum >".venv/installed-requirements.txt"
    printf '%s\n' "$wanted" >"$stamp"
}
