# Kernel images for CPUs: shared libraries that the driver loads with cuModuleLoadData.
set(STIC_KERNELS "${CMAKE_CURRENT_SOURCE_DIR}/../kernels")
file(GLOB STIC_KERNEL_SOURCES CONFIGURE_DEPENDS "${STIC_KERNELS}/*/*.cu")
# Sums of products may be contracted here; elsewhere rounding is what the source says (fmaf is explicit).
set(STIC_CONTRACTED conv dense gram tensor)

# stic_image(NAME kernels-x SOURCES a.cu ... OPTIONS -march=...): builds NAME.so.
function(stic_image)
  cmake_parse_arguments(PARSE_ARGV 0 IMAGE "" "NAME" "SOURCES;OPTIONS;LINK_OPTIONS")
  add_library(${IMAGE_NAME} MODULE ${CMAKE_SOURCE_DIR}/simt/device/image.cpp)
  foreach(source IN LISTS IMAGE_SOURCES)
    get_filename_component(folder "${source}" DIRECTORY)
    get_filename_component(folder "${folder}" NAME)
    set(contract off)
    if(folder IN_LIST STIC_CONTRACTED)
      set(contract fast)
    endif()
    set_source_files_properties("${source}" PROPERTIES LANGUAGE CXX
                                COMPILE_OPTIONS "-x;c++;-ffp-contract=${contract}")
    target_sources(${IMAGE_NAME} PRIVATE "${source}")
  endforeach()
  set_target_properties(${IMAGE_NAME} PROPERTIES PREFIX "" SUFFIX ".so" CXX_VISIBILITY_PRESET hidden
                                                 VISIBILITY_INLINES_HIDDEN ON)
  target_include_directories(${IMAGE_NAME} PRIVATE "${STIC_KERNELS}/include" "${CMAKE_SOURCE_DIR}")
  target_compile_options(${IMAGE_NAME} PRIVATE
    -O3 -fno-math-errno -fno-trapping-math -fno-strict-aliasing -Wall -Wextra -Wno-unused-function -Wno-unknown-pragmas
    -ffile-prefix-map=${STIC_KERNELS}/= ${IMAGE_OPTIONS}
    # Template statics must stay apart between images that are loaded together.
    $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique> $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>)
  target_link_options(${IMAGE_NAME} PRIVATE ${IMAGE_LINK_OPTIONS})
  target_link_libraries(${IMAGE_NAME} PRIVATE cuda)
endfunction()

set(STIC_BASELINE "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(STIC_BASELINE -march=x86-64-v2)
endif()
# Fibers have small stacks: probing every page of a frame meets the guard page of checked mode.
set(STIC_FIBERS ${STIC_BASELINE} -fstack-clash-protection)
if(STIC_SANITIZE)
  return()  # the sanitizers watch the driver and its own test kernels
endif()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  # -z x86-64-vN marks the library, so that the loader refuses it on an older processor instead of crashing.
  stic_image(NAME kernels-x86-64-v2 SOURCES ${STIC_KERNEL_SOURCES} OPTIONS -DSIMT_FAT=1 -march=x86-64-v2)
  stic_image(NAME kernels-x86-64-v3 SOURCES ${STIC_KERNEL_SOURCES} OPTIONS -DSIMT_FAT=1 -march=x86-64-v3
             LINK_OPTIONS -Wl,-z,x86-64-v3)
  stic_image(NAME kernels-x86-64-v4 SOURCES ${STIC_KERNEL_SOURCES}
             OPTIONS -DSIMT_FAT=1 -march=x86-64-v4 -mprefer-vector-width=512 LINK_OPTIONS -Wl,-z,x86-64-v4)
else()
  stic_image(NAME kernels-${CMAKE_SYSTEM_PROCESSOR} SOURCES ${STIC_KERNEL_SOURCES} OPTIONS -DSIMT_FAT=1)
endif()
stic_image(NAME kernels-fibers SOURCES ${STIC_KERNEL_SOURCES} OPTIONS ${STIC_FIBERS})
