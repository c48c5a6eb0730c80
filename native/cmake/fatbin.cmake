# kernels.fatbin: the kernels for GPUs, as one translation unit, where nvcc is found.
find_program(STIC_NVCC nvcc)
set(STIC_GPU_ARCHITECTURES 75 80 86 89 90 100 120)
if(STIC_SANITIZE)
  return()
elseif(NOT STIC_NVCC)
  message(STATUS "SKIPPED kernels.fatbin: nvcc not found")
elseif(NOT STIC_KERNEL_SOURCES)
  message(STATUS "SKIPPED kernels.fatbin: there are no kernels")
else()
  set(unit "// Generated: every kernel.\n")
  foreach(source IN LISTS STIC_KERNEL_SOURCES)
    string(APPEND unit "#include \"${source}\"\n")
  endforeach()
  file(GENERATE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/kernels.cu" CONTENT "${unit}")
  set(architectures "")
  foreach(architecture IN LISTS STIC_GPU_ARCHITECTURES)
    list(APPEND architectures -gencode arch=compute_${architecture},code=sm_${architecture})
  endforeach()
  file(GLOB STIC_KERNEL_HEADERS CONFIGURE_DEPENDS "${STIC_KERNELS}/include/*.cuh" "${STIC_KERNELS}/*/*.cuh")
  add_custom_command(
    OUTPUT "${STIC_LIB_DIR}/kernels.fatbin"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${STIC_LIB_DIR}"
    COMMAND "${STIC_NVCC}" -std=c++17 -O3 --fatbin --threads 2 -I "${STIC_KERNELS}/include" ${architectures}
            -gencode arch=compute_75,code=compute_75 -o "${STIC_LIB_DIR}/kernels.fatbin"
            "${CMAKE_CURRENT_BINARY_DIR}/kernels.cu"
    DEPENDS "${CMAKE_CURRENT_BINARY_DIR}/kernels.cu" ${STIC_KERNEL_SOURCES} ${STIC_KERNEL_HEADERS}
    COMMENT "Compiling kernels.fatbin" VERBATIM)
  add_custom_target(fatbin ALL DEPENDS "${STIC_LIB_DIR}/kernels.fatbin")
endif()
