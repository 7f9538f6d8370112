# To be sourced: installing Debian packages when this user may.

# True when apt-get exists and may be used without a question.
may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# install_packages NAME...: quiet; the log is shown only when it fails.
install_packages() {
    mkdir -p build
    echo "Installing $* with apt-get (log: build/apt.log)"
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
           $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
         } >build/apt.log 2>&1 </dev/null
    then
        tail -n 5 build/apt.log >&2
        return 1
    fi
}
