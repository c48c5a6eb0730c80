package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

  @Test
  void jsonTellsTheSameAsTheExitCode() throws IOException {
    CommandLineRun run = CommandLineRun.of("doctor", "--json");
    JsonNode diagnosis = new ObjectMapper().readTree(run.out());
    assertEquals(run.code() == 0, diagnosis.get("working").asBoolean());
    assertEquals("cuda", diagnosis.get("drivers").get(0).get("device").asText());
    assertEquals("cpu", diagnosis.get("drivers").get(1).get("device").asText());
    assertTrue(run.out().contains("\"name\":\"synthetic\",\"state\":\"built in\""), run.out());
  }

  @Test
  void aDeviceWorksWhereTheProgramWasBuilt() {
    CommandLineRun run = CommandLineRun.of("doctor");
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("works: "), run.out());
    assertTrue(run.out().contains("fashion-mnist"), run.out());
  }
}
