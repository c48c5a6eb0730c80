// planted_run KERNEL: runs one kernel of planted.cu in every order, for a sanitizer to watch.
#define STIC_OWN_MAIN
#include "planted.h"

int main(int count, char** arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: planted_run KERNEL\n");
    return 2;
  }
  observe(arguments[1]);
  puts("finished");
  return harness::failures ? 1 : 0;
}
