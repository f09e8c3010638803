package com.cocalc.storage.testkit.jqwik;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.configurators.ArbitraryConfigurator;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/**
 * All generators of this package for jqwik's {@code @Domain(CocalcStorageDomain.class)}: a parameter {@code @ForAll} of
 * one of these types needs no other annotation.
 *
 * <ul>
 *   <li>the values of {@code com.cocalc.storage}, as {@link ApiArbitraries} has them;
 *   <li>{@link LicenseCase}: licences with a known outcome;
 *   <li>{@link UserPod}: pods without storage;
 *   <li>{@link DirectoryTree}: files as users create them;
 *   <li>{@link FileScript}: sequences of file operations.
 * </ul>
 *
 * <p>As with every domain, jqwik's own types need {@code @Domain(DomainContext.Global.class)} in addition.
 */
public final class CocalcStorageDomain implements DomainContext {

    /** Creates the domain; called by jqwik for each property. */
    public CocalcStorageDomain() {}

    @Override
    public Collection<ArbitraryProvider> getArbitraryProviders() {
        List<ArbitraryProvider> providers = new ArrayList<>();
        for (Class<?> type : ApiArbitraries.types()) {
            providers.add(new OfType(type, ApiArbitraries.of(type)));
        }
        providers.add(new OfType(LicenseCase.class, LicenseCase.arbitrary()));
        providers.add(new OfType(UserPod.class, UserPod.arbitrary()));
        providers.add(new OfType(DirectoryTree.class, DirectoryTree.arbitrary()));
        providers.add(new OfType(FileScript.class, FileScript.arbitrary()));
        return providers;
    }

    @Override
    public Collection<ArbitraryConfigurator> getArbitraryConfigurators() {
        return List.of();
    }

    private record OfType(Class<?> type, Arbitrary<?> arbitrary) implements ArbitraryProvider {
        @Override
        public boolean canProvideFor(TypeUsage target) {
            return target.isOfType(type);
        }

        @Override
        public Set<Arbitrary<?>> provideFor(TypeUsage target, SubtypeProvider subtypes) {
            return Set.of(arbitrary);
        }
    }
}
