package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.Access;
import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ClaimPart;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.DedicatedVm;
import com.cocalc.storage.FilePlace;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.IdleTimeout;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseName;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.LicenseUser;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectPod;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.SiteLicense;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageComponent;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.WholeClaim;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The generator of each type of the api. */
final class ApiValues {

    static final SortedMap<Class<?>, Function<Draw, ?>> FUNCTIONS = all();

    private ApiValues() {}

    private static SortedMap<Class<?>, Function<Draw, ?>> all() {
        Table table = new Table();
        addValues(table);
        addJson(table);
        addLicenses(table);
        addDecisions(table);
        addInstallations(table);
        return Collections.unmodifiableSortedMap(table.functions);
    }

    private static void addValues(Table table) {
        table.add(ProjectId.class, Names::projectId);
        table.add(LicenseId.class, Names::licenseId);
        table.add(PosixIdentity.class, Names::identity);
        table.add(ClaimName.class, Configs::claimName);
        table.add(StorageClassName.class, Configs::storageClass);
        table.add(StorageSize.class, Configs::size);
        table.add(SubPath.class, Paths::subPath);
        table.add(MountPath.class, Paths::mountPath);
        table.add(ContainerPath.class, Paths::containerPath);
        table.add(ClaimPart.class, Paths::claimPart);
        table.add(PathSchema.class, Paths::schema);
        table.add(Access.class);
        table.add(WholeClaim.class);
    }

    private static void addJson(Table table) {
        table.add(JsonValue.class, Json::value);
        table.add(JsonValue.JsonNull.class);
        table.add(JsonValue.JsonBoolean.class);
        table.add(JsonValue.JsonNumber.class, Json::number);
        table.add(JsonValue.JsonString.class, Json::text);
        table.add(JsonValue.JsonArray.class, Json::array);
        table.add(JsonValue.JsonObject.class, Json::object);
        table.add(JsonValue.Member.class, Json::member);
    }

    private static void addLicenses(Table table) {
        table.add(LicenseStatus.class);
        table.add(LicenseUser.class);
        table.add(IdleTimeout.class);
        table.add(LicenseName.class, Licenses::name);
        table.add(LicenseQuota.class, Quotas::any);
        table.add(DedicatedVm.class, Quotas::dedicatedVm);
        table.add(ProjectLicense.class, Licenses::any);
        table.add(
                ProjectLicenses.class,
                draw -> draw.oneIn(8) ? draw.weighing(64, Licenses.active(draw)) : Licenses.map(draw));
        table.add(ProjectLicenses.Entry.class, Licenses::entryOfMap);
        table.add(SiteLicense.class, Licenses::row);
    }

    private static void addDecisions(Table table) {
        table.add(SoftwareAccess.class, Decisions::access);
        table.add(SoftwareAccess.ReadWrite.class, Decisions::readWrite);
        table.add(SoftwareAccess.ReadOnly.class, Decisions::readOnly);
    }

    private static void addInstallations(Table table) {
        table.add(StorageConfig.class, Configs::config);
        table.add(CreatedClaims.class, Configs::created);
        table.add(HomeOwnership.class, Configs::ownership);
        table.add(HomeOwnership.AsIs.class, draw -> new HomeOwnership.AsIs());
        table.add(
                HomeOwnership.FixPermissionsInit.class,
                draw -> new HomeOwnership.FixPermissionsInit(draw.of(HomeOwnership.Walk.values())));
        table.add(HomeOwnership.ServerSide.class, draw -> new HomeOwnership.ServerSide());
        table.add(HomeOwnership.Walk.class);
        table.add(JupyterPath.class);
        table.add(ProjectVolumes.class, Views::project);
        table.add(ProjectPod.class, draw -> new ProjectPod(Names.projectId(draw)));
        table.add(ServiceVolumes.class, Views::service);
        table.add(StorageService.class);
        table.add(StorageComponent.class, Views::component);
        table.add(StorageModel.class, Views::model);
        table.add(StorageMount.class, Views::mount);
        table.add(FilePlace.class, Views::place);
        table.add(FilePlace.Sight.class, Views::sight);
    }

    private static final class Table {

        private final SortedMap<Class<?>, Function<Draw, ?>> functions =
                new TreeMap<>(Comparator.comparing(Class::getName));

        <T> void add(Class<T> type, Function<Draw, ? extends T> function) {
            functions.put(type, function);
        }

        <E extends Enum<E>> void add(Class<E> type) {
            E[] values = type.getEnumConstants();
            functions.put(type, draw -> draw.of(values));
        }
    }
}
