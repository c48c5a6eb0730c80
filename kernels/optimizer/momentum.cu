// momentum: stochastic gradient descent with (heavy-ball) momentum, clipping by the global norm and weight
// decay as an L2 gradient:
//   velocity = b1 velocity + clip g + decay p,  p -= rate velocity
// x extent n. hyper: optimizer.cuh (BETA1 is the momentum). 20 bytes per element.
#include "elementwise.cuh"
#include "optimizer.cuh"

extern "C" __global__ void momentum(float* parameters, float* velocity, const float* gradients,
                                    const float* norm, const float* hyper, long long n) {
  const float clip = optimizer::clip(hyper, norm[0]), decay = hyper[optimizer::WEIGHT_DECAY];
  const float beta = hyper[optimizer::BETA1], rate = hyper[optimizer::RATE];
  elementwise::for_each(n, [=](long long i) {
    const float p = parameters[i], v = fmaf(beta, velocity[i], fmaf(clip, gradients[i], decay * p));
    velocity[i] = v;
    parameters[i] = fmaf(-rate, v, p);
  });
}
ELEMENTWISE_KERNEL(momentum)
