// Per row of in[rows, columns], stable through the row maximum m:
//   log_sum_exp       out[r]    = m + ln sum_k e^(in[r,k] - m)
//   softmax           out[r,k]  = e^(in[r,k] - m) / sum_j e^(in[r,j] - m)
//   log_softmax       out[r,k]  = in[r,k] - logsumexp(in[r])
//   softmax_gradient  dx[r,k]   = y[r,k] (dy[r,k] - sum_j dy[r,j] y[r,j]),  y = softmax(x)
// A block per row, x extent rows. 8 bytes per element (4 for log_sum_exp, 12 for the gradient).
#include "loss.cuh"

extern "C" __global__ void log_sum_exp(float* out, const float* in, int columns) {
  const float value = loss::log_sum_exp(in + (long long)blockIdx.x * columns, columns);
  if (threadIdx.x == 0) out[blockIdx.x] = value;
}
SIMT_KERNEL(log_sum_exp, loss::THREADS, 1, 1, 1)

extern "C" __global__ void softmax(float* out, const float* in, int columns) {
  const float* x = in + (long long)blockIdx.x * columns;
  float* y = out + (long long)blockIdx.x * columns;
  const loss::Normaliser norm = loss::normaliser(x, columns);
  const float share = 1.0f / norm.sum;
  SIMT_TILE_LOOP(k, 0, columns) y[k] = math::exp(x[k] - norm.maximum) * share;
}
SIMT_KERNEL(softmax, loss::THREADS, 1, 1, 1)

extern "C" __global__ void log_softmax(float* out, const float* in, int columns) {
  const float* x = in + (long long)blockIdx.x * columns;
  float* y = out + (long long)blockIdx.x * columns;
  const loss::Normaliser norm = loss::normaliser(x, columns);
  const float log_sum = math::log(norm.sum);
  SIMT_TILE_LOOP(k, 0, columns) y[k] = (x[k] - norm.maximum) - log_sum;
}
SIMT_KERNEL(log_softmax, loss::THREADS, 1, 1, 1)

extern "C" __global__ void softmax_gradient(float* in_gradient, const float* out_gradient, const float* out,
                                            int columns) {
  const long long row = (long long)blockIdx.x * columns;
  const float* dy = out_gradient + row;
  const float* y = out + row;
  float* dx = in_gradient + row;
  const float inner = reduce::sum<loss::THREADS>(columns, [=](long long k) { return dy[k] * y[k]; });
  SIMT_TILE_LOOP(k, 0, columns) dx[k] = y[k] * (dy[k] - inner);
}
SIMT_KERNEL(softmax_gradient, loss::THREADS, 1, 1, 1)
