// Warp operations. A lane that arrives waits for the live lanes of its mask; the last one computes all
// results.
#include "banks.h"
#include "block.h"
#include "sanitizer.h"

namespace simt {

namespace {

const char* nameOf(WarpOperation operation) {
  switch (operation) {
    case WarpOperation::SYNC:
      return "__syncwarp";
    case WarpOperation::SHUFFLE:
      return "a shuffle";
    case WarpOperation::BALLOT:
      return "__ballot_sync";
    case WarpOperation::ANY:
      return "__any_sync";
    case WarpOperation::ALL:
      return "__all_sync";
    case WarpOperation::ACCESS:
      return "an access to shared memory";
  }
  return "";
}

// Calls body(lane) for each lane of the mask.
template <class Body>
void forEachLane(uint32_t lanes, Body body) {
  for (; lanes; lanes &= lanes - 1) body(static_cast<unsigned>(__builtin_ctz(lanes)));
}

}  // namespace

uint64_t Block::warpOperation(WarpOperation operation, uint32_t mask, uint64_t value, int source) {
  if (count_ == 1) return value;
  const unsigned lane = current_ % 32;
  const unsigned number = current_ / 32;
  Warp& warp = warps_[number];
  warp.operation[lane] = operation;
  warp.mask[lane] = mask;
  warp.source[lane] = source;
  warp.value[lane] = value;
  const uint32_t group = (mask | 1u << lane) & live_.warp(number);
  if (launch_->checked) checkWarpArrival(warp, lane, group);
  sanitizer::release(&warp);
  warp.arrived |= 1u << lane;
  if (complete(warp, lane, group)) {
    completeWarp(number, group);
    yield();
  } else {
    ready_.remove(current_);
    const int next = pickNear();
    if (next < 0) deadlock();
    switchTo(static_cast<unsigned>(next));
  }
  sanitizer::acquire(&warp);
  return warp.result[lane];
}

// True if all lanes of the group wait in the lane's own operation. A lane of the group may well wait in
// another one first, with lanes of another mask.
bool Block::complete(const Warp& warp, unsigned lane, uint32_t group) {
  if ((warp.arrived & group) != group) return false;
  bool same = true;
  forEachLane(group, [&](unsigned other) {
    same &= warp.mask[other] == warp.mask[lane] && warp.operation[other] == warp.operation[lane];
  });
  return same;
}

// Prefers the calling thread's own warp, whose lanes it waits for.
int Block::pickNear() {
  if (launch_->schedule.order != Order::FORWARD) return pick();
  const uint32_t lanes = ready_.warp(current_ / 32);
  if (!lanes) return pick();
  const uint32_t later = lanes & ~((2u << current_ % 32) - 1);
  return static_cast<int>(current_ / 32 * 32) + __builtin_ctz(later ? later : lanes);
}

void Block::completeWarp(unsigned number, uint32_t group) {
  Warp& warp = warps_[number];
  uint32_t ballot = 0;
  forEachLane(group, [&](unsigned lane) { ballot |= (warp.value[lane] != 0 ? 1u : 0u) << lane; });
  if (warp.operation[__builtin_ctz(group)] == WarpOperation::ACCESS)
    Banks::instance().count(launch_->kernel->name, warp.value, group,
                            static_cast<unsigned>(warp.source[__builtin_ctz(group)]));
  forEachLane(group, [&](unsigned lane) {
    switch (warp.operation[lane]) {
      case WarpOperation::SYNC:
        break;
      case WarpOperation::SHUFFLE: {
        const auto from = static_cast<unsigned>(warp.source[lane]);
        warp.result[lane] = warp.value[group >> from & 1 ? from : lane];
        break;
      }
      case WarpOperation::BALLOT:
        warp.result[lane] = ballot;
        break;
      case WarpOperation::ANY:
        warp.result[lane] = ballot != 0;
        break;
      case WarpOperation::ALL:
        warp.result[lane] = ballot == group;
        break;
      case WarpOperation::ACCESS:
        break;
    }
  });
  warp.arrived &= ~group;
  ready_.insertWarp(number, group);
}

// A lane has exited: others may have waited for it alone.
void Block::completeAfterExit(unsigned number) {
  Warp& warp = warps_[number];
  const uint32_t exited = 1u << current_ % 32;
  forEachLane(warp.arrived, [&](unsigned lane) {
    if (!(warp.arrived >> lane & 1) || !(warp.mask[lane] & exited)) return;
    if (launch_->checked)
      abandon(CUDA_ERROR_LAUNCH_FAILED, "the thread exited, but lane %u waits for it in %s with mask 0x%08x",
              lane, nameOf(warp.operation[lane]), warp.mask[lane]);
    const uint32_t group = warp.mask[lane] & live_.warp(number);
    if (complete(warp, lane, group)) completeWarp(number, group);
  });
}

// Checked mode: CUDA leaves these undefined.
void Block::checkWarpArrival(const Warp& warp, unsigned lane, uint32_t group) {
  const char* name = nameOf(warp.operation[lane]);
  const uint32_t mask = warp.mask[lane];
  const int source = warp.source[lane];
  if (!(mask >> lane & 1))
    abandon(CUDA_ERROR_LAUNCH_FAILED, "%s with mask 0x%08x is called by lane %u outside the mask", name, mask,
            lane);
  if (warp.operation[lane] == WarpOperation::SHUFFLE && !(group >> source & 1))
    abandon(CUDA_ERROR_LAUNCH_FAILED,
            "%s with mask 0x%08x reads lane %d, which has exited or is outside the mask", name, mask, source);
  forEachLane(warp.arrived & group, [&](unsigned other) {
    const bool waitsForLane = warp.mask[other] >> lane & 1;
    if (!waitsForLane || (warp.operation[other] == warp.operation[lane] && warp.mask[other] == mask)) return;
    abandon(CUDA_ERROR_LAUNCH_FAILED, "%s with mask 0x%08x, but lane %u waits in %s with mask 0x%08x", name,
            mask, other, nameOf(warp.operation[other]), warp.mask[other]);
  });
}

}  // namespace simt

uint64_t simt_warp(simt::WarpOperation operation, unsigned int mask, uint64_t value, int source) {
  return simt_thread.block->warpOperation(operation, mask, value, source);
}

void simt_shared_access(const void* address, int bytes) {
  simt_thread.block->warpOperation(simt::WarpOperation::ACCESS, 0xffffffffu,
                                   reinterpret_cast<uintptr_t>(address), bytes);
}

unsigned int simt_live_lanes() { return simt_thread.block->liveLanes(); }

int simt_lane() { return simt_thread.block->lane(); }
