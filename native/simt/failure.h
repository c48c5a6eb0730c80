// How every driver function reports a failure: a CUDA error code, and a sentence for people that the extra
// function stic_simt_last_message() returns.
#pragma once

#include <string>

#include "cuda_types.h"

namespace simt {

// Keeps the sentence (in printf's manner) and returns the code.
CUresult fail(CUresult code, const char* format, ...) __attribute__((format(printf, 2, 3)));

// The latest sentence of the process; empty before the first failure.
std::string lastMessage();

// The name of a code without its prefix CUDA_ERROR_, and its meaning; null for numbers that are no code.
const char* errorName(CUresult code);
const char* errorText(CUresult code);

// The code of a name with or without the prefix; false if there is none.
bool errorByName(const std::string& name, CUresult* code);

}  // namespace simt
