// adam: Adam (Kingma & Ba 2015) with clipping by the global norm and decoupled weight decay (Loshchilov &
// Hutter 2019):
//   g = clip g,  m = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g^2,
//   p -= rate (m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon) + decay p),  t = counter[0] + 1
// x extent n. hyper: optimizer.cuh. 28 bytes per element.
#include "elementwise.cuh"
#include "math.cuh"
#include "optimizer.cuh"

namespace adam_kernels {

// 1 - beta^t without cancellation when beta is near 1; beta = 0 gives 1.
__device__ __forceinline__ float bias_correction(float beta, float t) {
  return -math::expm1(t * math::log(beta));
}

}  // namespace adam_kernels

extern "C" __global__ void adam(float* parameters, float* mean, float* variance, const float* gradients,
                                const float* norm, const float* hyper, const unsigned int* counter,
                                long long n) {
  const float t = (float)(int)counter[0] + 1.0f, clip = optimizer::clip(hyper, norm[0]);
  const float beta1 = hyper[optimizer::BETA1], beta2 = hyper[optimizer::BETA2],
              epsilon = hyper[optimizer::EPSILON];
  const float rate = hyper[optimizer::RATE], keep = 1.0f - rate * hyper[optimizer::WEIGHT_DECAY];
  const float step = rate / adam_kernels::bias_correction(beta1, t);
  const float unbias = 1.0f / adam_kernels::bias_correction(beta2, t);
  elementwise::for_each(n, [=](long long i) {
    const float g = clip * gradients[i];
    const float m = fmaf(beta1, mean[i], (1.0f - beta1) * g),
                v = fmaf(beta2, variance[i], (1.0f - beta2) * g * g);
    mean[i] = m;
    variance[i] = v;
    parameters[i] = fmaf(keep, parameters[i], -step * m / (sqrtf(v * unbias) + epsilon));
  });
}
ELEMENTWISE_KERNEL(adam)
