package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests run on the class path, so the module is looked at, and run, as its users have it. */
final class ModuleTest {

    private static final String NAME = "com.cocalc.storage";

    private static Path classes() throws URISyntaxException {
        return Path.of(ProjectId.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static ModuleDescriptor descriptor() throws URISyntaxException {
        return ModuleFinder.of(classes()).find(NAME).orElseThrow().descriptor();
    }

    @Test
    void theModelAloneIsExported() throws URISyntaxException {
        assertThat(descriptor().exports())
                .extracting(ModuleDescriptor.Exports::toString)
                .containsExactly(NAME);
        assertThat(descriptor().isOpen()).isFalse();
    }

    @Test
    void nothingButJavaBaseIsRequiredAtRunTime() throws URISyntaxException {
        assertThat(descriptor().requires())
                .filteredOn(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactly("java.base");
        assertThat(descriptor().requires())
                .filteredOn(requires -> requires.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactly("org.jspecify");
    }

    /** A layer of its own, in which not even the annotations can be loaded. */
    @Test
    void aDecisionIsMadeAndExplainedWithNothingButJavaBase() throws ReflectiveOperationException, URISyntaxException {
        Configuration alone =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes()), ModuleFinder.of(), Set.of(NAME));
        ModuleLayer layer = ModuleLayer.boot().defineModulesWithOneLoader(alone, ClassLoader.getPlatformClassLoader());
        ClassLoader loader = layer.findLoader(NAME);
        Class<?> licenses = loader.loadClass(NAME + ".ProjectLicenses");
        Class<?> volumes = loader.loadClass(NAME + ".ProjectVolumes");

        Object none = licenses.getMethod("none").invoke(null);
        Object seen = volumes.getMethod("forProject", UUID.class, licenses).invoke(null, new UUID(1, 2), none);
        Object access = volumes.getMethod("softwareAccess").invoke(seen);
        Object text =
                loader.loadClass(NAME + ".SoftwareAccess").getMethod("explain").invoke(access);

        assertThat(volumes).isNotSameAs(ProjectVolumes.class);
        assertThat(alone.findModule(NAME).orElseThrow().reads())
                .extracting(ResolvedModule::name)
                .containsExactly("java.base");
        assertThat(text).asString().startsWith("The shared software is read-only: the project has no licence.");
    }
}
