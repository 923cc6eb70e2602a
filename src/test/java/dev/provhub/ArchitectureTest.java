package dev.provhub;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the arrows between packages; one method per sentence of {@code docs/architecture.md}. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.provhub");

    @Test
    void features_formNoCycle() {
        slices().matching("dev.provhub.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void plainFeatures_useNeitherCamelNorNettyNorJdbcNorJackson() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.provhub.device..",
                        "dev.provhub.profile..",
                        "dev.provhub.rules..",
                        "dev.provhub.firmware..")
                .and()
                .resideOutsideOfPackage("dev.provhub.profile.dataformat")
                .or(resideInAPackage("dev.provhub.order"))
                .or(resideInAPackage("dev.provhub.sealing"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache.camel..",
                        "io.netty..",
                        "java.sql..",
                        "javax.sql..",
                        "com.fasterxml..",
                        "org.snakeyaml..",
                        "org.apache.commons..",
                        "dev.provhub.config..",
                        "dev.provhub.store.."))
                .check(CLASSES);
    }

    @Test
    void tftpCodec_usesNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("dev.provhub.tftp.codec..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.provhub..").and(not(resideInAPackage("dev.provhub.tftp.codec.."))))
                .check(CLASSES);
    }

    @Test
    void tftpServer_usesOnlyTheCodec() {
        noClasses()
                .that()
                .resideInAPackage("dev.provhub.tftp.server..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.provhub..")
                        .and(not(resideInAnyPackage("dev.provhub.tftp.codec..", "dev.provhub.tftp.server.."))))
                .check(CLASSES);
    }

    @Test
    void camel_isKnownOnlyWhereRoutesMeetTheHub() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.provhub",
                        "dev.provhub.listen..",
                        "dev.provhub.tftp.component..",
                        "dev.provhub..dataformat..",
                        "dev.provhub.routing..",
                        "dev.provhub.steps..",
                        "dev.provhub.ops..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.camel.."))
                .check(CLASSES);
    }

    @Test
    void sql_isWrittenOnlyInStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.provhub.store..", "dev.provhub")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
                .check(CLASSES);
    }

    @Test
    void ciphers_areUsedOnlyWhereKeysLive() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.provhub.sealing..", "dev.provhub.secrets..", "dev.provhub.pki..", "dev.provhub.emulator..")
                .should()
                .dependOnClassesThat(resideInAPackage("javax.crypto.."))
                .check(CLASSES);
    }

    @Test
    void store_isKnownOnlyToTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.provhub", "dev.provhub.store..", "dev.provhub.command..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.provhub.store.."))
                .check(CLASSES);
    }

    @Test
    void features_doNotDependOnTheirApisNorOnOps() {
        noClasses()
                .that(resideInAPackage("dev.provhub..")
                        .and(not(resideInAnyPackage(
                                "dev.provhub",
                                "dev.provhub..api..",
                                "dev.provhub.ops..",
                                "dev.provhub.steps..",
                                "dev.provhub.command.."))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.provhub..api..", "dev.provhub.ops.."))
                .check(CLASSES);
    }

    @Test
    void emulator_isIndependentOfTheServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.provhub.emulator..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.provhub..")
                        .and(not(resideInAnyPackage("dev.provhub.emulator..", "dev.provhub.tftp.codec.."))))
                .check(CLASSES);
    }

    @Test
    void emulator_isUsedOnlyByCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.provhub.emulator..", "dev.provhub.command..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.provhub.emulator.."))
                .check(CLASSES);
    }

    @Test
    void time_isPassedIn() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.provhub.Main")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CLASSES);
    }

    @Test
    void standardOutput_isForCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.provhub.command..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void packages_areDescribedAndNullMarked() {
        for (JavaPackage javaPackage : CLASSES.getPackage("dev.provhub").getSubpackagesInTree()) {
            boolean hasCode = javaPackage.getClasses().stream()
                    .anyMatch(c -> !c.getSimpleName().equals("package-info"));
            if (hasCode && !javaPackage.getClasses().stream().allMatch(ArchitectureTest::isGenerated)) {
                assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                        .as("package-info with @NullMarked in " + javaPackage.getName())
                        .isTrue();
            }
        }
        assertThat(CLASSES.that(alwaysTrue())).isNotEmpty();
    }

    private static boolean isGenerated(JavaClass javaClass) {
        return javaClass.getSimpleName().endsWith("Configurer")
                || javaClass.getSimpleName().endsWith("UriFactory");
    }
}
