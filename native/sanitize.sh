#!/bin/sh
# Builds the driver and its tests under each sanitizer and runs them: native/sanitize.sh [address|undefined|thread]...
# ThreadSanitizer is several times faster with clang, which is taken if it is there.
set -eu
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- address undefined thread
for sanitizer in "$@"; do
    build="target/sanitize-$sanitizer"
    compiler=${CXX:-g++}
    if [ "$sanitizer" = thread ] && [ -z "${CXX:-}" ]; then
        for candidate in clang++ clang++-19 clang++-18 clang++-17 clang++-16; do
            if command -v "$candidate" > /dev/null; then compiler=$candidate && break; fi
        done
    fi
    echo "== $sanitizer ($compiler)"
    cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" -DSTIC_SANITIZE="$sanitizer" \
        -DSTIC_LIB_DIR="$PWD/$build/lib" > /dev/null
    cmake --build "$build" --parallel 2 > "$build/build.log" 2>&1 || { cat "$build/build.log"; exit 1; }
    (cd "$build" && ctest --output-on-failure --no-tests=error)
done
