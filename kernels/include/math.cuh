// Elementary functions in single precision: branch-free, so that the host compiler vectorises the loop around
// them, and made of + - * / sqrt fmaf and integer operations only, so that a GPU runs the same arithmetic.
// Each states its error in units of the last place (ulp): the largest that a scan of every 257th float found,
// rounded up. NaN in gives NaN out. Sources of the polynomials: Cephes (S. Moshier), single precision, except
// where a series is named.
#pragma once
#include "simt.cuh"

namespace math {

__device__ __forceinline__ float infinity() { return __int_as_float(0x7f800000); }
__device__ __forceinline__ float not_a_number() { return __int_as_float(0x7fc00000); }

// e^x = mantissa * 2^k for x in [-86.6, 88.7]; the low bits of `shifted` hold k as an integer.
struct SplitExponential {
  float mantissa, shifted;
};
// x = r + k ln 2 with r in [-ln 2 / 2, ln 2 / 2].
struct ReducedArgument {
  float r, shifted;
};
__device__ __forceinline__ ReducedArgument reduce_exp(float x) {
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer in the low bits
  const float shifted = fmaf(x, 1.44269504088896341f, magic), k = shifted - magic;
  const float r = fmaf(k, -0.693359375f, x);
  return ReducedArgument{fmaf(k, 2.12194440e-4f, r), shifted};
}
__device__ __forceinline__ float exp_of_reduced(float r) {
  float p = 1.9875691500e-4f;
  p = fmaf(p, r, 1.3981999507e-3f);
  p = fmaf(p, r, 8.3334519073e-3f);
  p = fmaf(p, r, 4.1665795894e-2f);
  p = fmaf(p, r, 1.6666665459e-1f);
  p = fmaf(p, r, 5.0000001201e-1f);
  return fmaf(p * r, r, r) + 1.0f;
}
__device__ __forceinline__ SplitExponential split_exp(float x) {
  const ReducedArgument reduced = reduce_exp(x);
  return SplitExponential{exp_of_reduced(reduced.r), reduced.shifted};
}

// 2^(k + offset); unsigned, because NaN leaves anything in the low bits.
__device__ __forceinline__ float power_of_two(float shifted, unsigned int offset) {
  return __int_as_float((int)(((unsigned int)__float_as_int(shifted) + (127u + offset - 0x4b400000u)) << 23));
}

constexpr float LOWEST_EXPONENT = -86.643398f, HIGHEST_EXPONENT = 88.722839f;

// e^x, 2 ulp; infinity above 88.72, and 0 below -86.64 (2^-125), because subnormals cost a CPU a hundred
// cycles each. Written so that GCC finds one max, two compares and two blends; the more obvious clamp of x
// from both sides costs it six compares.
__device__ __forceinline__ float exp(float x) {
  const SplitExponential e = split_exp(LOWEST_EXPONENT > x ? LOWEST_EXPONENT : x);
  // 2 m times 2^(k - 1), because 2^k itself would overflow before e^x does.
  const float scaled = (e.mantissa + e.mantissa) * power_of_two(e.shifted, 0u - 1u);
  const float upper = x > HIGHEST_EXPONENT ? infinity() : scaled;
  return x < LOWEST_EXPONENT ? 0.0f : upper;
}

// The same for x <= 0, where nothing overflows.
__device__ __forceinline__ float exp_of_negative(float x) {
  const SplitExponential e = split_exp(LOWEST_EXPONENT > x ? LOWEST_EXPONENT : x);
  const float scaled = e.mantissa * power_of_two(e.shifted, 0u);
  return x < LOWEST_EXPONENT ? 0.0f : scaled;
}

// out[l] = e^x[l] of many x <= 0, the same bits, in stages: a loop over the whole chain of some 60 dependent
// cycles fills a processor's scheduler with waiting instructions; short loops leave room for the next lanes.
template <int N>
__device__ __forceinline__ void exp_of_negatives(const float (&x)[N], float (&out)[N]) {
  float shifted[N];
  SIMT_LANES
  for (int l = 0; l < N; ++l) {
    const ReducedArgument reduced = reduce_exp(LOWEST_EXPONENT > x[l] ? LOWEST_EXPONENT : x[l]);
    out[l] = reduced.r;
    shifted[l] = reduced.shifted;
  }
  SIMT_LANES
  for (int l = 0; l < N; ++l) out[l] = exp_of_reduced(out[l]);
  SIMT_LANES
  for (int l = 0; l < N; ++l) {
    const float scaled = out[l] * power_of_two(shifted[l], 0u);
    out[l] = x[l] < LOWEST_EXPONENT ? 0.0f : scaled;
  }
}

// e^x - 1 without cancellation near 0 (Taylor series below 1/2), 3 ulp.
__device__ __forceinline__ float expm1(float x) {
  float p = 1.0f / 8.0f;
  SIMT_UNROLL
  for (int k = 7; k >= 2; --k) p = fmaf(x * p, 1.0f, 1.0f) / (float)k;
  const float near = fmaf(x * p, x, x);
  return (x < 0.5f) & (x > -0.5f) ? near : exp(x) - 1.0f;
}

// ln x of a positive normal number, 2 ulp.
__device__ __forceinline__ float log_normal(float x) {
  const int bits = __float_as_int(x);
  const int e = (bits - 0x3f3504f3) >> 23;  // x = m * 2^e with m in [sqrt(1/2), sqrt(2))
  const float m = __int_as_float(bits - (int)((unsigned int)e << 23)) - 1.0f;
  const float z = m * m;
  float p = 7.0376836292e-2f;
  p = fmaf(p, m, -1.1514610310e-1f);
  p = fmaf(p, m, 1.1676998740e-1f);
  p = fmaf(p, m, -1.2420140846e-1f);
  p = fmaf(p, m, 1.4249322787e-1f);
  p = fmaf(p, m, -1.6668057665e-1f);
  p = fmaf(p, m, 2.0000714765e-1f);
  p = fmaf(p, m, -2.4999993993e-1f);
  p = fmaf(p, m, 3.3333331174e-1f);
  const float k = (float)e;
  float y = fmaf(k, -2.12194440e-4f, p * m * z);
  y = fmaf(-0.5f, z, y);
  return fmaf(k, 0.693359375f, m + y);
}

// ln x for every x, 2 ulp: subnormals, ln 0 = -inf, ln inf = inf, NaN below 0.
__device__ __forceinline__ float log(float x) {
  const bool subnormal = x < 1.17549435e-38f;
  const float scaled = subnormal ? x * 8388608.0f : x;
  const float y = log_normal(scaled) - (subnormal ? 15.9423851528f : 0.0f);
  const float special = x == 0.0f ? -infinity() : not_a_number();
  const float positive = x < infinity() ? y : x;
  return x > 0.0f ? positive : special;
}

// ln(1 + t) for t in [0, 1], 2 ulp: 2 artanh(t / (2 + t)) by its series, which loses nothing for small t.
__device__ __forceinline__ float log1p_unit(float t) {
  const float s = t / (2.0f + t), z = s * s;
  float p = 1.0f / 13.0f;
  p = fmaf(p, z, 1.0f / 11.0f);
  p = fmaf(p, z, 1.0f / 9.0f);
  p = fmaf(p, z, 1.0f / 7.0f);
  p = fmaf(p, z, 1.0f / 5.0f);
  p = fmaf(p, z, 1.0f / 3.0f);
  const float twice = s + s;
  return fmaf(twice * p, z, twice);
}

__device__ __forceinline__ float absolute(float x) { return __int_as_float(__float_as_int(x) & 0x7fffffff); }

// sigma(x) = 1 / (1 + e^-x) to 3 ulp and its slope sigma(x) (1 - sigma(x)) to 5, however small they are.
struct Sigmoid {
  float value, slope;
};
// From e = e^-|x|.
__device__ __forceinline__ Sigmoid sigmoid_with_slope(float x, float e) {
  const float large = 1.0f / (1.0f + e), small = e * large;
  return Sigmoid{x < 0.0f ? small : large, small * large};
}
__device__ __forceinline__ Sigmoid sigmoid_with_slope(float x) {
  return sigmoid_with_slope(x, exp_of_negative(-absolute(x)));
}
__device__ __forceinline__ float sigmoid(float x, float e) { return (x < 0.0f ? e : 1.0f) / (1.0f + e); }
__device__ __forceinline__ float sigmoid(float x) { return sigmoid(x, exp_of_negative(-absolute(x))); }

// ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|), 3 ulp, from e = e^-|x|.
__device__ __forceinline__ float softplus(float x, float e) { return (x < 0.0f ? 0.0f : x) + log1p_unit(e); }

// tanh x, 3 ulp: an odd polynomial near 0, (1 - e) / (1 + e) with e = e^-2|x| elsewhere.
__device__ __forceinline__ float tanh(float x) {
  const float a = absolute(x), e = exp_of_negative(-2.0f * a), far = (1.0f - e) / (1.0f + e), z = x * x;
  float p = -5.70498872745e-3f;
  p = fmaf(p, z, 2.06390887954e-2f);
  p = fmaf(p, z, -5.37397155531e-2f);
  p = fmaf(p, z, 1.33314422036e-1f);
  p = fmaf(p, z, -3.33332819422e-1f);
  const float near = fmaf(p * z, x, x);
  return a < 0.625f ? near : (x < 0.0f ? -far : far);
}

// sin and cos of 2 pi u for u in [0, 1): exact range reduction to an eighth turn. Absolute error 1e-7.
__device__ __forceinline__ void sincos_turns(float u, float* sine, float* cosine) {
  const float v = u * 4.0f;
  const int quadrant = (int)(v + 0.5f);
  const float r = (v - (float)quadrant) * 1.57079632679f, z = r * r;
  float s = fmaf(z, -1.9515295891e-4f, 8.3321608736e-3f);
  s = fmaf(s, z, -1.6666654611e-1f);
  s = fmaf(s * z, r, r);
  float c = fmaf(z, 2.443315711809948e-5f, -1.388731625493765e-3f);
  c = fmaf(c, z, 4.166664568298827e-2f);
  c = fmaf(c * z, z, fmaf(-0.5f, z, 1.0f));
  const bool swapped = quadrant & 1;
  const float a = swapped ? c : s, b = swapped ? s : c;
  *sine = quadrant & 2 ? -a : a;
  *cosine = (quadrant + 1) & 2 ? -b : b;
}

}  // namespace math
