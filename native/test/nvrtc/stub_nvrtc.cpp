// A stand-in for NVIDIA's NVRTC with its exact functions, for tests where there is none. It compiles
// nothing: the "cubin" is the file that STIC_STUB_CUBIN names, or else four letters and an echo of all that
// was handed in. It refuses sm_99.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace {
struct Program {
  std::string echo;
  std::string log;
  std::string cubin;
};

int content(const std::string& text, char* place) {
  memcpy(place, text.data(), text.size());
  return 0;
}
}  // namespace

extern "C" {
int nvrtcVersion(int* major, int* minor) {
  *major = 13;
  *minor = 7;
  return 0;
}

int nvrtcCreateProgram(Program** program, const char* source, const char* name, int headers,
                       const char* const* contents, const char* const* names) {
  *program = new Program;
  (*program)->echo = std::string("name ") + name + "\n" + source;
  for (int i = 0; i < headers; ++i)
    (*program)->echo += std::string("header ") + names[i] + " " + std::to_string(strlen(contents[i])) + "\n";
  return 0;
}

int nvrtcCompileProgram(Program* program, int options, const char* const* texts) {
  for (int i = 0; i < options; ++i) {
    program->echo += std::string("option ") + texts[i] + "\n";
    if (strstr(texts[i], "sm_99")) {
      program->log = "this stub knows no sm_99\n";
      return 5;
    }
  }
  program->cubin =
      "\x7f"
      "ELF\n" +
      program->echo;
  if (const char* file = getenv("STIC_STUB_CUBIN")) {
    std::ifstream stream(file, std::ios::binary);
    program->cubin.assign(std::istreambuf_iterator<char>(stream), {});
  }
  fprintf(stderr, "stub compiled\n");
  return 0;
}

int nvrtcGetProgramLogSize(Program* program, size_t* size) {
  *size = program->log.size() + 1;
  return 0;
}
int nvrtcGetProgramLog(Program* program, char* place) { return content(program->log + '\0', place); }
int nvrtcGetCUBINSize(Program* program, size_t* size) {
  *size = program->cubin.size();
  return 0;
}
int nvrtcGetCUBIN(Program* program, char* place) { return content(program->cubin, place); }

int nvrtcDestroyProgram(Program** program) {
  delete *program;
  *program = nullptr;
  return 0;
}
}
