#include "module.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "handles.h"
#include "late.h"
#include "memory.h"

using namespace simt;

CUmod_st::CUmod_st(CUcontext context_, void* library_, const Image* image_)
    : context(context_), library(library_), image(image_) {
  for (auto kernel = image->kernelsBegin; kernel != image->kernelsEnd; ++kernel)
    functions.push_back(Handles<CUfunc_st>::instance().create(this, image, *kernel));
}

CUmod_st::~CUmod_st() {
  for (CUfunction function : functions) Handles<CUfunc_st>::instance().destroy(function);
  for (void* global : globals) Memory::instance().release(global, MemoryKind::GLOBAL);
  dlclose(library);
}

namespace {

constexpr unsigned FATBIN_MAGIC = 0xBA55ED50;

#if defined(__x86_64__)
constexpr int MACHINE = EM_X86_64;
#else
constexpr int MACHINE = EM_AARCH64;
#endif

// A fatbin, cubin or PTX is meant for a real GPU.
CUresult checkHeader(const void* image, const char* function) {
  unsigned magic;
  memcpy(&magic, image, sizeof magic);
  if (magic == FATBIN_MAGIC)
    return fail(CUDA_ERROR_NO_BINARY_FOR_GPU, "%s: the image is a fatbin for GPUs; this device needs %s",
                function, "a kernel image made for its processor");
  if (memcmp(image, ELFMAG, SELFMAG) != 0)
    return fail(CUDA_ERROR_INVALID_IMAGE, "%s: the image is no kernel image (no ELF header)", function);
  Elf64_Ehdr header;
  memcpy(&header, image, sizeof header);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_type != ET_DYN)
    return fail(CUDA_ERROR_INVALID_IMAGE, "%s: the image is no 64-bit shared library", function);
  if (header.e_machine != MACHINE)
    return fail(CUDA_ERROR_NO_BINARY_FOR_GPU, "%s: the image is for another processor (ELF machine %d)",
                function, header.e_machine);
  return CUDA_SUCCESS;
}

// cuModuleLoadData is given no size: the section table, which linkers put last, tells where the file ends.
size_t sizeOf(const void* image) {
  Elf64_Ehdr header;
  memcpy(&header, image, sizeof header);
  return header.e_shoff + size_t{header.e_shentsize} * header.e_shnum;
}

// A file in memory that dlopen can open. write() refuses unreadable memory with an error where a copy would
// crash.
int memoryFile(const void* image, size_t bytes) {
  const int file = memfd_create("kernels", MFD_CLOEXEC);
  const char* data = static_cast<const char*>(image);
  for (size_t written = 0; file >= 0 && written < bytes;) {
    const ssize_t count = write(file, data + written, bytes - written);
    if (count <= 0) {
      close(file);
      return -1;
    }
    written += static_cast<size_t>(count);
  }
  return file;
}

CUresult openLibrary(const char* path, const char* function, CUmodule* module) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* reason = dlerror();
    // glibc refuses a library that is marked for a newer processor.
    const bool processor = strstr(reason, "ISA level") != nullptr;
    return fail(processor ? CUDA_ERROR_NO_BINARY_FOR_GPU : CUDA_ERROR_INVALID_IMAGE, "%s: %s", function,
                reason);
  }
  const auto* image = static_cast<const Image*>(dlsym(library, IMAGE_SYMBOL));
  if (!image || image->abi != IMAGE_ABI) {
    dlclose(library);
    return fail(CUDA_ERROR_INVALID_IMAGE, "%s: the library is no kernel image of this driver's version",
                function);
  }
  *module = Handles<CUmod_st>::instance().create(currentContext(), library, image);
  return *module ? CUDA_SUCCESS : fail(CUDA_ERROR_OUT_OF_MEMORY, "%s: too many modules", function);
}

CUresult load(const void* image, const char* function, CUmodule* module) {
  if (CUresult error = checkHeader(image, function)) return error;
  const int file = memoryFile(image, sizeOf(image));
  if (file < 0)
    return fail(CUDA_ERROR_INVALID_IMAGE, "%s: the image ends before its ELF header says", function);
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  const CUresult result = openLibrary(path.c_str(), function, module);
  close(file);
  return result;
}

CUresult unknownModule(const char* function) {
  return fail(CUDA_ERROR_INVALID_HANDLE, "%s: unknown module", function);
}

}  // namespace

CUresult cuModuleLoadData(CUmodule* module, const void* image) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!module || !image)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuModuleLoadData: no image or no place for the module");
  return load(image, __func__, module);
}

// The options are the just-in-time compiler's, which this device does not need.
CUresult cuModuleLoadDataEx(CUmodule* module, const void* image, unsigned int, CUjit_option*, void**) {
  return cuModuleLoadData(module, image);
}

CUresult cuModuleLoad(CUmodule* module, const char* path) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!module || !path)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuModuleLoad: no path or no place for the module");
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail(CUDA_ERROR_FILE_NOT_FOUND, "cuModuleLoad: cannot open '%s': %s", path, strerror(errno));
  Elf64_Ehdr header = {};
  const ssize_t bytes = pread(file, &header, sizeof header, 0);
  const off_t end = lseek(file, 0, SEEK_END);
  close(file);
  if (bytes != sizeof header)
    return fail(CUDA_ERROR_INVALID_IMAGE, "cuModuleLoad: '%s' is no kernel image", path);
  if (CUresult error = checkHeader(&header, __func__)) return error;
  if (static_cast<size_t>(end) < sizeOf(&header))
    return fail(CUDA_ERROR_INVALID_IMAGE, "cuModuleLoad: '%s' is truncated", path);
  const std::string located = std::string(path).find('/') == std::string::npos
                                  ? "./" + std::string(path)
                                  : path;  // dlopen searches bare names
  return openLibrary(located.c_str(), __func__, module);
}

CUresult cuModuleUnload(CUmodule module) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(module)) return unknownModule(__func__);
  if (CUresult error = Late::finishAll()) return error;
  Handles<CUmod_st>::instance().destroy(module);
  return CUDA_SUCCESS;
}

CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!function || !name)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuModuleGetFunction: no name or no place for the function");
  if (!valid(module)) return unknownModule(__func__);
  for (CUfunction candidate : module->functions) {
    if (strcmp(candidate->kernel->name, name) != 0) continue;
    *function = candidate;
    return CUDA_SUCCESS;
  }
  return fail(CUDA_ERROR_NOT_FOUND, "cuModuleGetFunction: the module has no kernel '%s'", name);
}

CUresult cuModuleGetGlobal_v2(CUdeviceptr* address, size_t* bytes, CUmodule module, const char* name) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!name || (!address && !bytes))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuModuleGetGlobal: no name or no place for the result");
  if (!valid(module)) return unknownModule(__func__);
  void* symbol = dlsym(module->library, name);
  Dl_info info;
  const ElfW(Sym)* entry = nullptr;
  if (!symbol ||
      !dladdr1(symbol, &info, reinterpret_cast<void**>(const_cast<ElfW(Sym)**>(&entry)), RTLD_DL_SYMENT) ||
      !entry || ELF64_ST_TYPE(entry->st_info) != STT_OBJECT)
    return fail(CUDA_ERROR_NOT_FOUND, "cuModuleGetGlobal: the module has no global '%s'", name);
  if (Memory::instance().add(symbol, entry->st_size, MemoryKind::GLOBAL, module->context))
    module->globals.push_back(symbol);
  if (address) *address = reinterpret_cast<CUdeviceptr>(symbol);
  if (bytes) *bytes = entry->st_size;
  return CUDA_SUCCESS;
}

CUresult cuModuleGetFunctionCount(unsigned int* count, CUmodule module) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!count) return fail(CUDA_ERROR_INVALID_VALUE, "cuModuleGetFunctionCount: no place for the count");
  if (!valid(module)) return unknownModule(__func__);
  *count = static_cast<unsigned>(module->functions.size());
  return CUDA_SUCCESS;
}

CUresult cuModuleEnumerateFunctions(CUfunction* functions, unsigned int count, CUmodule module) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!functions)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuModuleEnumerateFunctions: no place for the functions");
  if (!valid(module)) return unknownModule(__func__);
  std::copy_n(module->functions.begin(), std::min<size_t>(count, module->functions.size()), functions);
  return CUDA_SUCCESS;
}
