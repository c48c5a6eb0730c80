// stic-peers [threads] [repetitions]: the products of kernels/conv, kernels/dense and kernels/gram on the
// CPU's driver against OpenBLAS and oneDNN (its own blocked formats, reorders not counted) on the same shapes
// and threads. Ours and the peer's runs alternate in one process; the ratio is the median of (peer's time /
// our time) over the pairs, so more than 1 means that ours is faster; the speedup is ours on one thread /
// ours on all of them. Results are compared before anything is measured.
#include <cblas.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <random>

#include "dnnl.hpp"
#include "kernel_launch.h"

namespace {

using Floats = std::vector<float>;
using Work = std::function<void()>;

int threads = 1, repetitions = 21;

Floats randomFloats(size_t count) {
  static std::mt19937 generator(1);
  std::uniform_real_distribution<float> distribution(-1, 1);
  Floats values(count);
  for (float& value : values) value = distribution(generator);
  return values;
}

double milliseconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[(size_t)(q * (double)(values.size() - 1) + 0.5)];
}

void compare(const std::string& name, double flops, const Work& ours, const Work& peer) {
  std::vector<double> ourTimes, peerTimes, ratios, speedups;
  ours(), peer();
  for (int i = 0; i < repetitions; ++i) {
    ourTimes.push_back(milliseconds(ours));
    peerTimes.push_back(milliseconds(peer));
    ratios.push_back(peerTimes.back() / ourTimes.back());
    stic_simt_set_workers(1);
    speedups.push_back(milliseconds(ours) / ourTimes.back());
    stic_simt_set_workers(threads);
  }
  const double our = quantile(ourTimes, 0.5), other = quantile(peerTimes, 0.5);
  printf("%-46s %9.3f %8.1f %9.3f %8.1f   %5.2f [%.2f, %.2f] %7.2f\n", name.c_str(), our, flops / our / 1e6,
         other, flops / other / 1e6, quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75),
         quantile(speedups, 0.5));
  fflush(stdout);
}

void requireEqual(const std::string& name, const Floats& ours, const Floats& peer, double terms) {
  for (size_t i = 0; i < ours.size(); ++i)
    if (!(std::fabs(ours[i] - peer[i]) <= 1e-5 * std::sqrt(terms) + 1e-6 * terms)) {
      fprintf(stderr, "%s: element %zu is %g here and %g there\n", name.c_str(), i, ours[i], peer[i]);
      exit(1);
    }
}

void matrixProduct(Module& module, int n) {
  const Floats a = randomFloats((size_t)n * n), b = randomFloats((size_t)n * n);
  Floats expected((size_t)n * n);
  const Buffer A(a), B(b), C((size_t)n * n);
  const Work ours = [&] {
    module.run("matrix_product_nn", n, n, 1, C.address(), A.address(), B.address(), n, n, n, 0LL, 0LL, 1.0f);
  };
  const Work peer = [&] {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0,
                expected.data(), n);
  };
  const std::string name = "matrix product " + std::to_string(n) + " (OpenBLAS)";
  ours(), peer();
  requireEqual(name, C.values(), expected, n);
  compare(name, 2.0 * n * n * n, ours, peer);
}

void gram(Module& module, int batch, int channels, int positions) {
  const size_t map = (size_t)channels * positions, square = (size_t)channels * channels;
  const Floats f = randomFloats(batch * map);
  Floats expected(batch * square);
  const Buffer F(f), G(batch * square);
  const Work ours = [&] {
    module.run("gram_matrix", channels, channels, batch, G.address(), F.address(), channels, positions, 1.0f);
  };
  const Work peer = [&] {
    for (int b = 0; b < batch; ++b)
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, channels, channels, positions, 1, &f[b * map],
                  positions, &f[b * map], positions, 0, &expected[b * square], channels);
  };
  const std::string name = "Gram N" + std::to_string(batch) + " C" + std::to_string(channels) + " HW" +
                           std::to_string(positions) + " (OpenBLAS sgemm)";
  ours(), peer();
  requireEqual(name, G.values(), expected, positions);
  compare(name, 2.0 * (double)(batch * square) * positions, ours, peer);
}

struct Convolution {
  int images, channels, size, filters, filterSize, stride, padding;

  int outputSize() const { return (size + 2 * padding - filterSize) / stride + 1; }
  long long pixels() const { return (long long)images * outputSize() * outputSize(); }
  int taps() const { return channels * filterSize * filterSize; }
  double flops() const { return 2.0 * (double)pixels() * filters * taps(); }
  std::string name(const char* product) const {
    return std::string(product) + " N" + std::to_string(images) + " C" + std::to_string(channels) + " " +
           std::to_string(size) + "x" + std::to_string(size) + " K" + std::to_string(filters) + " " +
           std::to_string(filterSize) + "x" + std::to_string(filterSize) + " s" + std::to_string(stride) +
           " (oneDNN)";
  }
};

// oneDNN's three products in the formats that it chooses itself.
class Peer {
 public:
  using Memory = dnnl::memory;
  using Descriptor = dnnl::memory::desc;

  explicit Peer(const Convolution& c)
      : engine_(dnnl::engine::kind::cpu, 0),
        stream_(engine_),
        strides_{c.stride, c.stride},
        padding_{c.padding, c.padding} {
    x_ = {c.images, c.channels, c.size, c.size};
    w_ = {c.filters, c.channels, c.filterSize, c.filterSize};
    y_ = {c.images, c.filters, c.outputSize(), c.outputSize()};
  }

  Work forward(const Floats& x, const Floats& w, Memory& y) {
    const auto pd = forwardDescriptor();
    y = Memory(pd.dst_desc(), engine_);
    return work(dnnl::convolution_forward(pd), {{DNNL_ARG_SRC, place(x, x_, pd.src_desc())},
                                                {DNNL_ARG_WEIGHTS, place(w, w_, pd.weights_desc())},
                                                {DNNL_ARG_DST, y}});
  }

  Work backwardData(const Floats& dy, const Floats& w, Memory& dx) {
    const dnnl::convolution_backward_data::primitive_desc pd(
        {dnnl::algorithm::convolution_direct, any(x_), any(w_), any(y_), strides_, padding_, padding_},
        engine_, forwardDescriptor());
    dx = Memory(pd.diff_src_desc(), engine_);
    return work(dnnl::convolution_backward_data(pd), {{DNNL_ARG_DIFF_DST, place(dy, y_, pd.diff_dst_desc())},
                                                      {DNNL_ARG_WEIGHTS, place(w, w_, pd.weights_desc())},
                                                      {DNNL_ARG_DIFF_SRC, dx}});
  }

  Work backwardFilter(const Floats& dy, const Floats& x, Memory& dw) {
    const dnnl::convolution_backward_weights::primitive_desc pd(
        {dnnl::algorithm::convolution_direct, any(x_), any(w_), any(y_), strides_, padding_, padding_},
        engine_, forwardDescriptor());
    dw = Memory(pd.diff_weights_desc(), engine_);
    return work(dnnl::convolution_backward_weights(pd),
                {{DNNL_ARG_DIFF_DST, place(dy, y_, pd.diff_dst_desc())},
                 {DNNL_ARG_SRC, place(x, x_, pd.src_desc())},
                 {DNNL_ARG_DIFF_WEIGHTS, dw}});
  }

  // A result in the packed order of our tensors.
  Floats packed(Memory& result) {
    const Memory::dims dims = result.get_desc().dims();
    Floats values((size_t)(dims[0] * dims[1] * dims[2] * dims[3]));
    Memory target(plain(dims), engine_, values.data());
    dnnl::reorder(result, target).execute(stream_, result, target);
    stream_.wait();
    return values;
  }

 private:
  static Descriptor any(const Memory::dims& dims) {
    return {dims, Memory::data_type::f32, Memory::format_tag::any};
  }
  static Descriptor plain(const Memory::dims& dims) {
    return {dims, Memory::data_type::f32, Memory::format_tag::abcd};
  }

  dnnl::convolution_forward::primitive_desc forwardDescriptor() const {
    return {{dnnl::prop_kind::forward_training, dnnl::algorithm::convolution_direct, any(x_), any(w_),
             any(y_), strides_, padding_, padding_},
            engine_};
  }

  Memory place(const Floats& values, const Memory::dims& dims, const Descriptor& format) {
    Memory source(plain(dims), engine_, const_cast<float*>(values.data())), target(format, engine_);
    dnnl::reorder(source, target).execute(stream_, source, target);
    stream_.wait();
    return target;
  }

  Work work(dnnl::primitive primitive, std::unordered_map<int, Memory> arguments) {
    return [this, primitive, arguments] { primitive.execute(stream_, arguments), stream_.wait(); };
  }

  dnnl::engine engine_;
  mutable dnnl::stream stream_;
  Memory::dims strides_, padding_, x_, w_, y_;
};

void convolution(Module& module, const Convolution& c) {
  const Floats x = randomFloats((size_t)c.images * c.channels * c.size * c.size);
  const Floats w = randomFloats((size_t)c.filters * c.taps()),
               dy = randomFloats((size_t)c.pixels() * c.filters);
  const Buffer X(x), W(w), DY(dy), Y(dy.size()), DX(x.size()), DW(w.size()), workspace(64 * w.size());
  Peer peer(c);
  Peer::Memory y, dx, dw;
  const auto test = [&](const char* product, const Buffer& ours, Peer::Memory& theirs, double terms,
                        const Work& our, const Work& other) {
    our(), other();
    requireEqual(c.name(product), ours.values(), peer.packed(theirs), terms);
    compare(c.name(product), c.flops(), our, other);
  };

  test(
      "forward", Y, y, c.taps(),
      [&] {
        module.run("convolution_forward", c.pixels(), c.filters, 1, Y.address(), X.address(), W.address(),
                   CUdeviceptr(0), CUdeviceptr(0), c.images, c.channels, c.size, c.size, c.filters,
                   c.filterSize, c.filterSize, c.stride, c.padding, 1.0f);
      },
      peer.forward(x, w, y));

  const long long side = (c.size + c.stride - 1) / c.stride;
  test(
      "data", DX, dx, c.filters * c.filterSize * c.filterSize,
      [&] {
        module.run("convolution_backward_data", c.images * side * side, c.channels, c.stride * c.stride,
                   DX.address(), DY.address(), W.address(), c.images, c.channels, c.size, c.size, c.filters,
                   c.filterSize, c.filterSize, c.stride, c.padding);
      },
      peer.backwardData(dy, w, dx));

  // The same split as org.stic.kernels.Convolution chooses.
  const long long useful = std::max(1LL, (1LL << 21) / (long long)w.size());
  const long long wanted = std::max(1LL, std::min(c.pixels() / 512, std::min(64LL, useful)));
  const int perSplit = (int)((c.pixels() + wanted - 1) / wanted),
            splits = (int)((c.pixels() + perSplit - 1) / perSplit);
  test(
      "filter", DW, dw, (double)c.pixels(),
      [&] {
        module.run("convolution_backward_filter", c.filters, c.taps(), splits,
                   splits == 1 ? DW.address() : workspace.address(), DY.address(), X.address(), c.images,
                   c.channels, c.size, c.size, c.filters, c.filterSize, c.filterSize, c.stride, c.padding,
                   perSplit);
        if (splits > 1)
          module.run("convolution_backward_filter_sum", (long long)w.size(), 1, 1, DW.address(),
                     workspace.address(), (int)w.size(), splits);
      },
      peer.backwardFilter(dy, x, dw));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) threads = atoi(argv[1]);
  if (argc > 2) repetitions = atoi(argv[2]);
  Module module(STIC_LIB_DIR);
  check((CUresult)stic_simt_set_workers(threads), "stic_simt_set_workers");
  openblas_set_num_threads(threads);
  omp_set_num_threads(threads);
  printf("%d threads, %s, medians of %d alternating pairs\n", threads, fastestImage(), repetitions);
  printf("%-46s %9s %8s %9s %8s   %s\n", "", "ours ms", "GFLOP/s", "peer ms", "GFLOP/s",
         "ratio [quartiles]  speedup");
  matrixProduct(module, 1024);
  gram(module, 32, 128, 1024);
  convolution(module, {32, 64, 32, 64, 3, 1, 1});
  for (int images : {75, 168})
    for (const Convolution& layer :
         {Convolution{images, 1, 28, 16, 4, 2, 1}, Convolution{images, 16, 14, 32, 4, 2, 1},
          Convolution{images, 32, 7, 64, 3, 1, 1}, Convolution{images, 64, 7, 64, 4, 2, 1}})
      convolution(module, layer);
  return 0;
}
