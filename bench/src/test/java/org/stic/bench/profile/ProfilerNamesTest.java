package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfilerNamesTest {
  @Test
  void onlyOurProfilersAreNamedInFull() {
    assertEquals(
        List.of(
            "device",
            "-prof",
            "org.stic.bench.profile.DeviceTimeProfiler:cold=false;max=2",
            "-prof",
            "gc",
            "-f",
            "1",
            "-prof",
            "org.stic.bench.profile.NsightSystemsProfiler"),
        ProfilerNames.inFull(
            List.of(
                "device",
                "-prof",
                "device:cold=false;max=2",
                "-prof",
                "gc",
                "-f",
                "1",
                "-prof",
                "nsys")));
  }

  @Test
  void everyShortNameIsAProfiler() {
    for (String name : ProfilerNames.all()) {
      String full = ProfilerNames.inFull(List.of("-prof", name)).getLast();
      assertEquals("org.stic.bench.profile", full.substring(0, full.lastIndexOf('.')));
    }
  }
}
