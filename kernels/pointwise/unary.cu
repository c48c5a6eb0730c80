// unary_f_k:   out[i] = f^(k)(in[i])
// scaled_f_k:  out[i] = multiplier[i] * f^(k)(in[i]), the gradient of f (k = 1) and of its gradients
// k-th derivatives of smooth functions, k = 0..3; those that are constant or equal to another entry are not
// here (UnaryFunction knows). 8 or 12 bytes per element. out may be in or multiplier. Accuracy of the
// functions: math.cuh.
#include "elementwise.cuh"
#include "math.cuh"

namespace unary {

constexpr float LEAK = 0.2f;

__device__ __forceinline__ float identity_0(float x) { return x; }
__device__ __forceinline__ float negate_0(float x) { return -x; }
__device__ __forceinline__ float square_0(float x) { return x * x; }
__device__ __forceinline__ float square_1(float x) { return x + x; }
__device__ __forceinline__ float absolute_0(float x) { return math::absolute(x); }
__device__ __forceinline__ float absolute_1(float x) { return x > 0.0f ? 1.0f : (x < 0.0f ? -1.0f : x); }
__device__ __forceinline__ float leaky_relu_0(float x) { return x < 0.0f ? LEAK * x : x; }
__device__ __forceinline__ float leaky_relu_1(float x) { return x > 0.0f ? 1.0f : LEAK; }
__device__ __forceinline__ float relu_0(float x) { return x < 0.0f ? 0.0f : x; }
__device__ __forceinline__ float relu_1(float x) { return x > 0.0f ? 1.0f : 0.0f; }
__device__ __forceinline__ float square_root_0(float x) { return sqrtf(x); }
__device__ __forceinline__ float square_root_1(float x) { return 0.5f / sqrtf(x); }
__device__ __forceinline__ float square_root_2(float x) { return -0.25f / (x * sqrtf(x)); }
__device__ __forceinline__ float square_root_3(float x) { return 0.375f / (x * x * sqrtf(x)); }
__device__ __forceinline__ float reciprocal_0(float x) { return 1.0f / x; }
__device__ __forceinline__ float reciprocal_1(float x) { return -1.0f / (x * x); }
__device__ __forceinline__ float reciprocal_2(float x) { return 2.0f / (x * x * x); }
__device__ __forceinline__ float reciprocal_3(float x) { return -6.0f / (x * x * (x * x)); }
__device__ __forceinline__ float exponential_0(float x) { return math::exp(x); }
__device__ __forceinline__ float logarithm_0(float x) { return math::log(x); }
// The following take e = e^-|x|, too.
__device__ __forceinline__ float softplus_0(float x, float e) { return math::softplus(x, e); }

// With s = sigma(x), p = s (1 - s):  s' = p, p' = p (1 - 2 s), p'' = p (1 - 6 p).
__device__ __forceinline__ float sigmoid_0(float x, float e) { return math::sigmoid(x, e); }
__device__ __forceinline__ float sigmoid_1(float x, float e) { return math::sigmoid_with_slope(x, e).slope; }
__device__ __forceinline__ float sigmoid_2(float x, float e) {
  const math::Sigmoid s = math::sigmoid_with_slope(x, e);
  return s.slope * fmaf(-2.0f, s.value, 1.0f);
}
__device__ __forceinline__ float sigmoid_3(float x, float e) {
  const float p = math::sigmoid_with_slope(x, e).slope;
  return p * fmaf(-6.0f, p, 1.0f);
}

// silu(x) = x s, and the product rule on the lines above.
__device__ __forceinline__ float silu_0(float x, float e) { return x * math::sigmoid(x, e); }
__device__ __forceinline__ float silu_1(float x, float e) {
  const math::Sigmoid s = math::sigmoid_with_slope(x, e);
  return fmaf(x, s.slope, s.value);
}
__device__ __forceinline__ float silu_2(float x, float e) {
  const math::Sigmoid s = math::sigmoid_with_slope(x, e);
  return s.slope * fmaf(x, fmaf(-2.0f, s.value, 1.0f), 2.0f);
}
__device__ __forceinline__ float silu_3(float x, float e) {
  const math::Sigmoid s = math::sigmoid_with_slope(x, e);
  return s.slope * fmaf(x, fmaf(-6.0f, s.slope, 1.0f), 3.0f * fmaf(-2.0f, s.value, 1.0f));
}

// With t = tanh x: t' = d = 1 - t^2 = 4 sigma'(2 x), which does not cancel.
__device__ __forceinline__ float tanh_0(float x) { return math::tanh(x); }
__device__ __forceinline__ float tanh_1(float x) { return 4.0f * math::sigmoid_with_slope(x + x).slope; }
__device__ __forceinline__ float tanh_2(float x) { return -2.0f * math::tanh(x) * tanh_1(x); }
__device__ __forceinline__ float tanh_3(float x) {
  const float d = tanh_1(x);
  return d * fmaf(-6.0f, d, 4.0f);
}

}  // namespace unary

#define UNARY(function)                                                                              \
  extern "C" __global__ void unary_##function(float* out, const float* in, long long n) {            \
    elementwise::for_each(n, [=](long long i) { out[i] = unary::function(in[i]); });                 \
  }                                                                                                  \
  ELEMENTWISE_KERNEL(unary_##function)                                                               \
  extern "C" __global__ void scaled_##function(float* out, const float* multiplier, const float* in, \
                                               long long n) {                                        \
    elementwise::for_each(n, [=](long long i) { out[i] = multiplier[i] * unary::function(in[i]); }); \
  }                                                                                                  \
  ELEMENTWISE_KERNEL(scaled_##function)

#define UNARY_OF_EXPONENTIAL(function)                                                                  \
  extern "C" __global__ void unary_##function(float* out, const float* in, long long n) {               \
    elementwise::for_each_exponential(                                                                  \
        n, in, [=](long long i, float x, float e) { out[i] = unary::function(x, e); });                 \
  }                                                                                                     \
  ELEMENTWISE_KERNEL(unary_##function)                                                                  \
  extern "C" __global__ void scaled_##function(float* out, const float* multiplier, const float* in,    \
                                               long long n) {                                           \
    elementwise::for_each_exponential(                                                                  \
        n, in, [=](long long i, float x, float e) { out[i] = multiplier[i] * unary::function(x, e); }); \
  }                                                                                                     \
  ELEMENTWISE_KERNEL(scaled_##function)

UNARY(identity_0)
UNARY(negate_0)
UNARY(square_0)
UNARY(square_1)
UNARY(absolute_0)
UNARY(absolute_1)
UNARY(leaky_relu_0)
UNARY(leaky_relu_1)
UNARY(relu_0)
UNARY(relu_1)
UNARY(square_root_0)
UNARY(square_root_1)
UNARY(square_root_2)
UNARY(square_root_3)
UNARY(reciprocal_0)
UNARY(reciprocal_1)
UNARY(reciprocal_2)
UNARY(reciprocal_3)
UNARY(exponential_0)
UNARY(logarithm_0)
UNARY_OF_EXPONENTIAL(softplus_0)
UNARY_OF_EXPONENTIAL(sigmoid_0)
UNARY_OF_EXPONENTIAL(sigmoid_1)
UNARY_OF_EXPONENTIAL(sigmoid_2)
UNARY_OF_EXPONENTIAL(sigmoid_3)
UNARY_OF_EXPONENTIAL(silu_0)
UNARY_OF_EXPONENTIAL(silu_1)
UNARY_OF_EXPONENTIAL(silu_2)
UNARY_OF_EXPONENTIAL(silu_3)
UNARY(tanh_0)
UNARY(tanh_1)
UNARY(tanh_2)
UNARY(tanh_3)
