# stic-peers: our products against OpenBLAS and oneDNN in one process, where both are installed
# (Debian: libopenblas-dev libdnnl-dev). Run: target/cmake/bench/stic-peers [threads] [repetitions].
find_package(dnnl 2 QUIET)
find_package(OpenMP QUIET COMPONENTS CXX)
find_library(STIC_OPENBLAS openblas)
if(NOT dnnl_FOUND OR NOT OpenMP_CXX_FOUND OR NOT STIC_OPENBLAS)
  message(STATUS "SKIPPED stic-peers: needs OpenBLAS, oneDNN 2 and OpenMP")
else()
  add_executable(stic-peers EXCLUDE_FROM_ALL peers.cpp)
  target_compile_options(stic-peers PRIVATE -O2 -Wall -Wextra)
  target_compile_definitions(stic-peers PRIVATE STIC_LIB_DIR="${STIC_LIB_DIR}")
  target_link_libraries(stic-peers PRIVATE cuda DNNL::dnnl "${STIC_OPENBLAS}" OpenMP::OpenMP_CXX)
endif()
