package dev.vertxrpc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The package tree of the README, enforced. */
@AnalyzeClasses(packages = "dev.vertxrpc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.vertxrpc";
  private static final String ALL_BELOW =
      "root config codec wire membership function call ref collective";

  /** What each package may use of ours. */
  private static final Map<String, List<String>> TREE = new LinkedHashMap<>();

  static {
    TREE.put("root", List.of());
    allow("config", "root");
    allow("codec", "root");
    allow("wire", "root");
    allow("membership", "root wire");
    allow("function", "root wire");
    allow("call", "root codec wire function");
    allow("ref", "root codec wire function call");
    allow("collective", "root codec wire membership call");
    allow("observe", "root");
    allow("runtime", ALL_BELOW);
    allow("app", "root config observe runtime");
  }

  @ArchTest
  static final ArchRule HAS_NO_CYCLES = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule TOUCHES_THE_EVENT_BUS_IN_WIRE_ONLY =
      noClasses().that().resideOutsideOfPackages(ROOT + ".wire..", ROOT + ".app..")
          .should().dependOnClassesThat(in("io.vertx.core.eventbus..")
              // Building a clustered Vert.x says where its bus listens.
              .and(DescribedPredicate.not(named("io.vertx.core.eventbus.EventBusOptions"))));

  @ArchTest
  static final ArchRule OPENS_SOCKETS_IN_WIRE_ONLY =
      noClasses().that().resideOutsideOfPackages(ROOT + ".wire..", ROOT + ".app..")
          .should().dependOnClassesThat(in("io.vertx.core.net.."));

  @ArchTest
  static final ArchRule KNOWS_MICROMETER_IN_OBSERVE_ONLY =
      noClasses().that().resideOutsideOfPackages(ROOT + ".observe..", ROOT + ".app..")
          .should().dependOnClassesThat(in("io.micrometer.."));

  @ArchTest
  static final ArchRule KNOWS_HAZELCAST_WHERE_THE_CLUSTER_IS =
      noClasses().that().resideOutsideOfPackages(ROOT + ".membership..", ROOT + ".runtime..", ROOT + ".app..")
          .should().dependOnClassesThat(resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast.."));

  @ArchTest
  static final ArchRule NAMES_NOTHING_AFTER_ITS_KIND =
      noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Manager|Helper|Base)");

  @ArchTest
  static final ArchRule SHOWS_ONE_FRONT_CLASS_OF_A_FEATURE =
      classes().that().resideInAnyPackage(ROOT + ".membership").and().arePublic().and().areTopLevelClasses()
          .should().haveSimpleName("Membership");

  @ArchTest
  static final ArchRule MAKES_VIEWS_THAT_DO_NOT_CHANGE =
      classes().that().areAssignableTo(RemoteWorker.class).or().areAssignableTo(RemoteObject.class)
          .should().haveOnlyFinalFields();

  @ArchTest
  static void usesOnlyWhatTheTreeAllows(JavaClasses imported) {
    Map<String, TreeSet<String>> offending = new LinkedHashMap<>();
    for (JavaClass type : imported) {
      String from = slice(type);
      type.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass())
          .filter(target -> target.getPackageName().startsWith(ROOT)).map(ArchitectureTest::slice)
          .filter(to -> !to.equals(from) && !TREE.getOrDefault(from, List.of()).contains(to))
          .forEach(to -> offending.computeIfAbsent(from + " -> " + to, edge -> new TreeSet<>())
              .add(type.getName()));
    }

    assertThat(offending).isEmpty();
  }

  @ArchTest
  static void everyPackageStandsInTheTree(JavaClasses imported) {
    assertThat(imported.stream().map(ArchitectureTest::slice).distinct()).isSubsetOf(TREE.keySet());
  }

  private static void allow(String from, String to) {
    TREE.put(from, Stream.of(to.split(" ")).toList());
  }

  private static String slice(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.isEmpty() ? "root" : rest.substring(1).split("\\.")[0];
  }

  private static DescribedPredicate<JavaClass> in(String packages) {
    return resideInAPackage(packages);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe("named " + name, type -> type.getName().equals(name));
  }
}
