// A test harness in one header: TEST(name) { ... } registers a test, EXPECT and EXPECT_EQUAL note failures
// and go on. The program runs the tests whose names contain its argument; no test at all is a failure.
#pragma once

#include <cstdio>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace harness {

struct Test {
  const char* name;
  void (*run)();
};

inline std::vector<Test>& tests() {
  static std::vector<Test> list;
  return list;
}

inline int failures = 0;

struct Registration {
  Registration(const char* name, void (*run)()) { tests().push_back({name, run}); }
};

inline void report(const char* file, int line, const std::string& text) {
  ++failures;
  printf("  %s:%d: %s\n", file, line, text.c_str());
}

template <class Actual, class Expected>
void expectEqual(const Actual& actual, const Expected& expected, const char* text, const char* file,
                 int line) {
  if (actual == expected) return;
  std::ostringstream message;
  message << text << " is " << actual << ", expected " << expected;
  report(file, line, message.str());
}

}  // namespace harness

#define TEST(name)                                                    \
  static void name();                                                 \
  static const harness::Registration name##Registration(#name, name); \
  static void name()
#define EXPECT(condition) \
  if (!(condition)) harness::report(__FILE__, __LINE__, "not true: " #condition)
#define EXPECT_EQUAL(actual, expected) harness::expectEqual(actual, expected, #actual, __FILE__, __LINE__)

#if !defined(STIC_OWN_MAIN)
int main(int count, char** arguments) {
  int run = 0;
  int failed = 0;
  for (const harness::Test& test : harness::tests()) {
    if (count > 1 && !strstr(test.name, arguments[1])) continue;
    harness::failures = 0;
    test.run();
    ++run;
    if (harness::failures) ++failed;
    printf("%s %s\n", harness::failures ? "FAILED" : "ok    ", test.name);
  }
  printf("%d tests, %d failed\n", run, failed);
  return run == 0 || failed ? 1 : 0;
}
#endif
