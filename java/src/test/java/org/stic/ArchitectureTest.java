package org.stic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/** The packages' arrows point one way, and what is native is known in one package. */
@AnalyzeClasses(packages = "org.stic", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** Each may use the ones before it. */
  private static final List<String> STOREYS =
      List.of(
          "cuda",
          "kernels",
          "graph",
          "model",
          "sampler",
          "attention",
          "settings",
          "objective",
          "training",
          "comparison",
          "cli");

  private static final List<String> LEAVES =
      List.of("bundle", "data", "metrics", "random", "report");

  @ArchTest
  static void nativeCodeIsKnownInOnePackage(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.stic.cuda..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jcuda..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(SymbolLookup.class)
        .check(classes);
  }

  @ArchTest
  static void packagesFormNoCycle(JavaClasses classes) {
    slices().matching("org.stic.(*)..").should().beFreeOfCycles().check(classes);
  }

  @ArchTest
  static void noStoreyUsesOneAboveIt(JavaClasses classes) {
    for (int i = 0; i < STOREYS.size() - 1; i++) {
      mustNotUse(classes, STOREYS.get(i), STOREYS.subList(i + 1, STOREYS.size()));
    }
  }

  @ArchTest
  static void leavesUseNothingOfOurs(JavaClasses classes) {
    LEAVES.forEach(leaf -> mustNotUse(classes, leaf, STOREYS));
  }

  private static void mustNotUse(JavaClasses classes, String user, List<String> used) {
    noClasses()
        .that()
        .resideInAPackage(subtree(user))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used.stream().map(ArchitectureTest::subtree).toArray(String[]::new))
        .allowEmptyShould(true)
        .check(classes);
  }

  private static String subtree(String name) {
    return "org.stic." + name + "..";
  }
}
