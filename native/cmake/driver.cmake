# libcuda.so.1: the driver, and a function that says "not supported" for every other symbol that JCuda binds.
file(STRINGS "${CMAKE_CURRENT_SOURCE_DIR}/simt/symbols.txt" STIC_SYMBOLS)
set(not_supported "// Generated from simt/symbols.txt: weak, so that the functions that exist win.\n")
string(APPEND not_supported "#include \"failure.h\"\n")
string(APPEND not_supported "#define NOT_SUPPORTED(name) \\\n")
string(APPEND not_supported "  extern \"C\" __attribute__((weak, visibility(\"default\"))) CUresult name() { \\\n")
string(APPEND not_supported "    return simt::fail(CUDA_ERROR_NOT_SUPPORTED, \"%s: not supported by the CPU's driver\", #name); }\n")
foreach(symbol IN LISTS STIC_SYMBOLS)
  string(APPEND not_supported "NOT_SUPPORTED(${symbol})\n")
endforeach()
file(GENERATE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/not_supported.cpp" CONTENT "${not_supported}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS simt/symbols.txt)

# Runs on CUDA threads' stacks.
set(STIC_SCHEDULER simt/banks.cpp simt/barrier.cpp simt/block.cpp simt/fiber.cpp simt/kernel_faults.cpp simt/order.cpp
                   simt/parking.cpp simt/stacks.cpp simt/warp.cpp
                   simt/worker.cpp)
add_library(cuda SHARED
  ${STIC_SCHEDULER}
  simt/capture.cpp simt/context.cpp simt/control.cpp simt/copy_api.cpp simt/device.cpp simt/event.cpp simt/failure.cpp
  simt/fault.cpp simt/function.cpp simt/graph.cpp simt/graph_api.cpp simt/guarded_memory.cpp simt/late.cpp simt/launch.cpp
  simt/launch_api.cpp simt/memory.cpp simt/memory_api.cpp simt/module.cpp simt/operation.cpp simt/pool.cpp
  simt/profiler.cpp simt/settings.cpp simt/stream.cpp simt/tensor_map.cpp
  "${CMAKE_CURRENT_BINARY_DIR}/not_supported.cpp")
set_target_properties(cuda PROPERTIES SUFFIX ".so.1" NO_SONAME ON CXX_VISIBILITY_PRESET hidden
                                      VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(cuda PUBLIC simt PRIVATE .)
target_compile_options(cuda PRIVATE -O2 -ftls-model=initial-exec -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion)
# Host threads of the pool never end, so the library must stay.
target_link_options(cuda PRIVATE -Wl,-soname,libcuda.so.1 -Wl,-z,nodelete
                    -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/simt/exports.map)
set_property(TARGET cuda APPEND PROPERTY LINK_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/simt/exports.map")
target_link_libraries(cuda PRIVATE Threads::Threads ${CMAKE_DL_LIBS})
if(STIC_SANITIZE STREQUAL "thread")
  target_compile_definitions(cuda PRIVATE SIMT_TSAN=1)
  set_source_files_properties(${STIC_SCHEDULER} PROPERTIES COMPILE_OPTIONS -fno-sanitize=thread)
else()
  # A program that asks for the driver statically linked to libstdc++ works beside any other libstdc++.
  target_link_options(cuda PRIVATE -static-libgcc)
endif()
