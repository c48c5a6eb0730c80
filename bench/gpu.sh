#!/usr/bin/env bash
# Tests and measures this machine's GPU in one call of at most nine minutes, from a bundle or a built checkout.
#
#   gpu.sh [--device cuda|cpu] [--out DIR] [PART...]
#
# Parts, all unless some are named; each has its own time limit, and one that fails does not stop the rest:
#   doctor      what is found here                    kernels     every kernel against its oracle, on this device
#   driver      conformance of the driver             sanitizer   compute-sanitizer: memcheck and racecheck
#   benchmarks  JMH with short settings               peers       PyTorch, in turn with ours
#   sass        instructions and resources of the kernels
# DIR is $OUT, else ./gpu-results. It gets result.json, a log for each part and what the parts write. Exit code: 0 if
# all parts passed or were skipped with a reason, 1 if one failed, 2 for wrong use.
set -uo pipefail

ALL=(doctor kernels driver benchmarks peers sanitizer sass)
declare -A LIMIT=([doctor]=30 [kernels]=150 [driver]=40 [benchmarks]=150 [peers]=90 [sanitizer]=60 [sass]=20)
MOST=540

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
device=cuda
out=${OUT:-$PWD/gpu-results}
parts=()
wrong() { echo "gpu.sh: $1" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    --device) [ $# -ge 2 ] || wrong "--device needs cuda or cpu"; device=$2; shift ;;
    --out) [ $# -ge 2 ] || wrong "--out needs a folder"; out=$2; shift ;;
    -*) wrong "unknown option $1; try --help" ;;
    *) [[ " ${ALL[*]} " == *" $1 "* ]] || wrong "unknown part $1; parts are ${ALL[*]}"; parts+=("$1") ;;
  esac
  shift
done
[[ $device == cuda || $device == cpu ]] || wrong "--device must be cuda or cpu, not $device"
[ ${#parts[@]} -gt 0 ] || parts=("${ALL[@]}")
mkdir -p "$out" || wrong "cannot make the folder $out"
out=$(cd "$out" && pwd)

# Where things are: a bundle brings its own Java.
if [ -d "$here/runtime" ]; then
  home=$here natives=$here/native tests=$here/tests/driver
  java=$here/runtime/bin/java working=$here/tests
  program="$here/lib/*" test_classes="$here/tests/*:$here/lib/*" bench_classes="$here/bench/*:$here/lib/*"
  # The launcher's rule: the C++ library of the bundle serves where the system has none.
  ls /{usr/,}lib{,64}{,/x86_64-linux-gnu}/libstdc++.so.6 2>/dev/null | grep -q . \
    || export LD_LIBRARY_PATH=$natives/fallback${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
else
  home=$(dirname "$here") working=$home/java
  natives=$home/native/target/lib tests=$home/native/target/cmake/test
  java=$(ls -d "${JAVA25_HOME:-/none}" /usr/lib/jvm/*25* /opt/java/*25* 2>/dev/null | head -1)/bin/java
  [ -x "$java" ] || wrong "no JDK 25 found; set JAVA25_HOME, or use a bundle, which brings its own"
  program="$home/java/target/stic-0.1.0.jar:$home/java/target/libraries/*"
  test_classes="$home/java/target/test-classes:$home/java/target/test-libraries/*:$program"
  bench_classes=$home/bench/target/benchmarks.jar
fi
options=(--enable-native-access=ALL-UNNAMED -Xmx2g -Djava.awt.headless=true -Djava.library.path="$natives"
  -Dstic.native.dir="$natives" -Dstic.home="$home" -Dstic.device="$device" -Dtests.device="$device")
skip() { echo "SKIPPED: $1"; return 77; }

run_doctor() {
  nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.sm,clocks.mem,power.draw,temperature.gpu \
    --format=csv 2>/dev/null
  "$java" "${options[@]}" -cp "$program" org.stic.cli.Main doctor
  "$java" "${options[@]}" -cp "$program" org.stic.cli.Main doctor --json >"$out/doctor.json"
  [ "$device" = cpu ] || grep -q '"device":"cuda","state":"usable"' "$out/doctor.json"
}

run_kernels() {
  (cd "$working" && "$java" "${options[@]}" -cp "$test_classes" org.stic.TestRun org.stic.cuda \
    org.stic.kernels org.stic.graph)
}

# The CPU's driver lies beside the tests; a GPU's is the system's.
run_driver() {
  local test failed=0
  unset STIC_TEST_IMAGE
  export STIC_TEST_IMAGES=$tests LD_LIBRARY_PATH=$natives
  if [ "$device" = cuda ]; then
    local library
    library=$(ldconfig -p 2>/dev/null | sed -n 's|^\s*libcuda.so.1 (.*x86-64.*) => ||p' | head -1)
    export LD_LIBRARY_PATH=${library:+$(dirname "$library"):}$natives/fallback STIC_TEST_IMAGE=$tests/test.fatbin
    [ -e "$STIC_TEST_IMAGE" ] || { skip "test.fatbin was not built: nvcc was not found"; return; }
  fi
  for test in "$tests"/driver_*_test; do
    echo "$(basename "$test")"
    "$test" || failed=1
  done
  return $failed
}

run_sanitizer() {
  local tool failed=0
  command -v compute-sanitizer >/dev/null || { skip "compute-sanitizer is not installed here"; return; }
  [ "$device" = cuda ] || { skip "compute-sanitizer watches GPUs only"; return; }
  for tool in memcheck racecheck; do
    (cd "$working" && timeout 30 compute-sanitizer --tool "$tool" --error-exitcode 9 --target-processes all \
      "$java" "${options[@]}" -cp "$test_classes" org.stic.TestRun org.stic.cuda.CopyTest org.stic.kernels.UnaryTest) \
      || failed=1
  done
  return $failed
}

run_benchmarks() {
  (cd "$out" && "$java" "${options[@]}" -cp "$bench_classes" org.openjdk.jmh.Main \
    'Bench(01|04|06|07|08|10).*' -p chains=64,1024 -p size=2048 -p images=64 -p batch=64 -p math=FP32,BF16 \
    -p shape=160x32x32/160x3/s1/p1,512x16x16/512x3/s1/p1 -p map=160x1024 \
    -f 1 -wi 1 -i 3 -w 200ms -r 300ms -foe false -rf json -rff "$out/jmh.json" \
    -jvmArgsAppend "-Dstic.device=$device") || return 1
  [ -s "$out/jmh.json" ] && ! grep -q "<failure>" "$out/benchmarks.log"
}

run_peers() {
  local python
  for python in python3 /usr/bin/python3 python; do
    if "$python" -c 'import torch, numpy' 2>/dev/null; then
      "$java" "${options[@]}" -cp "$bench_classes" org.stic.bench.Main peers --device "$device" --python "$python" \
        --peers torch,torch-graph --pairs 5 --seconds 0.03 --out "$out/peers.json" \
        steps gram langevin matrix-product convolutions
      return
    fi
  done
  skip "no Python with torch and numpy was found"
}

run_sass() {
  local report found=0
  for report in "$natives"/kernel-report.* "$(dirname "$natives")"/kernel-report.*; do
    [ -e "$report" ] && cp "$report" "$out/" && found=1
  done
  if command -v cuobjdump >/dev/null && [ -e "$natives/kernels.fatbin" ]; then
    cuobjdump -sass "$natives/kernels.fatbin" >"$out/kernels.sass" && cuobjdump -res-usage "$natives/kernels.fatbin" \
      >"$out/resources.txt" 2>&1 && found=1
  fi
  [ $found = 1 ] || skip "neither the build's report nor cuobjdump was found"
}

# Runs a part as a process group of its own, so that its limit ends all of it.
rows=()
failed=0
bounded() {
  local part=$1 left=$((MOST - SECONDS)) start=$SECONDS code state
  local limit=$((LIMIT[$part] < left ? LIMIT[$part] : left))
  printf '%s (at most %d s)\n' "$part" "$limit"
  if [ "$limit" -lt 5 ]; then
    code=124
  else
    set -m
    (run_"$part") >"$out/$part.log" 2>&1 &
    local child=$!
    (sleep "$limit"; touch "$out/.$part.late"; kill -TERM -- -$child; sleep 3; kill -KILL -- -$child) 2>/dev/null &
    local watch=$!
    wait $child 2>/dev/null
    code=$?
    kill -- -$watch 2>/dev/null
    wait $watch 2>/dev/null
    set +m
    [ ! -e "$out/.$part.late" ] || { code=124; rm -f "$out/.$part.late"; }
  fi
  case $code in 0) state=passed ;; 77) state=skipped ;; 124) state="over its limit" ;; *) state=failed ;; esac
  [ $code = 0 ] || [ $code = 77 ] || failed=1
  [ $code = 0 ] || tail -2 "$out/$part.log" 2>/dev/null | cut -c1-140 | sed 's/^/    /'
  rows+=("{\"part\": \"$part\", \"state\": \"$state\", \"seconds\": $((SECONDS - start)), \"exit\": $code}")
}
[[ " ${parts[*]} " != *" benchmarks "* ]] || rm -f "$out/jmh.json"
[[ " ${parts[*]} " != *" peers "* ]] || rm -f "$out/peers.json"
for part in "${parts[@]}"; do bounded "$part"; done

# The record: pieces of JSON that the parts wrote, put together.
json() { if [ -s "$out/$1" ]; then cat "$out/$1"; else echo null; fi; }
name=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -1)
[ "$device" = cuda ] || name=cpu
clocks=$(nvidia-smi --query-gpu=driver_version,clocks.sm,clocks.max.sm,power.draw,temperature.gpu --format=csv,noheader \
  2>/dev/null | head -1)
commit=$(cat "$home/COMMIT" 2>/dev/null || git -C "$home" rev-parse --short HEAD 2>/dev/null || echo unknown)
date=$(date -u +%Y-%m-%d)
{
  printf '{"schema": 1, "date": "%s", "commit": "%s", "device": "%s", "clocks": "%s",\n"parts": [' \
    "$date" "$commit" "${name:-none}" "$clocks"
  (IFS=,; printf '%s' "${rows[*]}")
  printf '],\n"doctor": '; json doctor.json
  printf ',\n"benchmarks": '; json jmh.json
  printf ',\n"peers": '; json peers.json
  printf '}\n'
} >"$out/result.json"
if [ ! -d "$here/runtime" ] && [ "$device" = cuda ] && [ -n "$name" ]; then
  results=$here/results/$(echo "$name" | tr 'A-Z ' 'a-z-')
  mkdir -p "$results" && cp "$out/result.json" "$results/$date-$commit.json"
fi

echo
printf '%-12s %-15s %s\n' part state seconds
for row in "${rows[@]}"; do
  echo "$row" | sed 's/.*"part": "\([^"]*\)", "state": "\([^"]*\)", "seconds": \([0-9]*\).*/\1|\2|\3/' \
    | while IFS='|' read -r a b c; do printf '%-12s %-15s %s\n' "$a" "$b" "$c"; done
done
[ ! -e "$out/peers.log" ] || grep -E '^subject|[0-9]x \(|absent: ' "$out/peers.log" || true
[ ! -e "$out/jmh.json" ] || grep -E '^(Benchmark|Bench[0-9][0-9A-Za-z.]+ )' "$out/benchmarks.log" | grep -v ':' | head -40
echo "results: $out/result.json"
exit $failed
