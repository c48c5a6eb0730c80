# kernels.fatbin: the kernels for GPUs, as one translation unit, where nvcc is found.
find_program(STIC_NVCC nvcc)
# 90a: GPUs of capability 9.0 with the instructions that are theirs alone, which kernels/hopper is for.
set(STIC_GPU_ARCHITECTURES 75 80 86 89 90a 100 120)
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
  # Eight nearly equal images compress eightfold; older compilers cannot.
  execute_process(COMMAND "${STIC_NVCC}" --help OUTPUT_VARIABLE nvcc_help ERROR_QUIET)
  set(compression "")
  if(nvcc_help MATCHES "--compress-mode")
    set(compression --compress-mode=size)
  endif()
  set(intermediate "${CMAKE_CURRENT_BINARY_DIR}/fatbin")
  file(GLOB STIC_KERNEL_HEADERS CONFIGURE_DEPENDS "${STIC_KERNELS}/include/*.cuh" "${STIC_KERNELS}/*/*.cuh")
  add_custom_command(
    OUTPUT "${STIC_LIB_DIR}/kernels.fatbin"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${STIC_LIB_DIR}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${intermediate}"
    # What ptxas says of each kernel is kept for the report; where it fails, it is shown.
    COMMAND sh -c "\"$@\" 2> \"$0\" || { cat \"$0\" >&2; exit 1; }" "${intermediate}/ptxas.log"
            "${STIC_NVCC}" -std=c++17 -O3 --fatbin --threads 2 -Xptxas -v --keep --keep-dir "${intermediate}"
            ${compression} -I "${STIC_KERNELS}/include" ${architectures}
            -gencode arch=compute_80,code=compute_80 -o "${STIC_LIB_DIR}/kernels.fatbin"
            "${CMAKE_CURRENT_BINARY_DIR}/kernels.cu"
    DEPENDS "${CMAKE_CURRENT_BINARY_DIR}/kernels.cu" ${STIC_KERNEL_SOURCES} ${STIC_KERNEL_HEADERS}
    COMMENT "Compiling kernels.fatbin" VERBATIM)
  add_custom_target(fatbin ALL DEPENDS "${STIC_LIB_DIR}/kernels.fatbin")
  find_program(STIC_PYTHON python3)
  if(STIC_PYTHON)
    set(report "${CMAKE_CURRENT_SOURCE_DIR}/target/kernel-report")
    set(limits "${CMAKE_CURRENT_SOURCE_DIR}/spill-limits.txt")
    set(reporter "${CMAKE_CURRENT_SOURCE_DIR}/kernel_report.py")
    add_custom_command(
      OUTPUT "${report}.json"
      COMMAND "${STIC_PYTHON}" "${reporter}" "${intermediate}/ptxas.log"
              "${intermediate}/kernels.compute_90a.ptx,${intermediate}/kernels.compute_80.ptx"
              "${limits}" "${report}"
      DEPENDS "${STIC_LIB_DIR}/kernels.fatbin" "${limits}" "${reporter}"
      COMMENT "Reporting registers, shared memory and spills" VERBATIM)
    add_custom_target(kernel-report ALL DEPENDS "${report}.json")
    # Otherwise both targets would compile the image at once, into the same files.
    add_dependencies(kernel-report fatbin)
  else()
    message(STATUS "SKIPPED kernel-report: python3 not found")
  endif()
endif()
