package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.AzureFilePersistentVolumeSource;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.SecretReference;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the files of a volume on Azure are: a share or a container of an account, whatever names the account. */
final class AzurePlace {

    private static final Pattern SECRET = Pattern.compile("azure-storage-account-(.{1,100})-secret");
    private static final Pattern SERVER = Pattern.compile(
            "([a-z0-9]{3,24})(?:\\.privatelink|\\.z\\d{1,2})?\\.(file|blob)\\.(?:core|storage)\\..{1,100}");

    private AzurePlace() {}

    /** The place on a server, or nothing for a server that is not Azure's. */
    static Optional<VolumePlace> find(ServerName server, String path) {
        Matcher azure = SERVER.matcher(server.value());
        if (!azure.matches()) {
            return Optional.empty();
        }
        // NFS names the account in the path as well; SMB does not.
        String account = azure.group(1);
        String cleaned = CleanedPath.relative(path);
        String inAccount = cleaned.startsWith(account + "/") ? cleaned.substring(account.length() + 1) : cleaned;
        int end = inAccount.indexOf('/');
        String share = end < 0 ? inAccount : inAccount.substring(0, end);
        String kind = azure.group(2).equals("file") ? "share" : "container";
        return Optional.of(place(kind, share, new Account(account), end < 0 ? "/" : inAccount.substring(end)));
    }

    static VolumePlace of(AzureFilePersistentVolumeSource source) {
        return place(
                "share",
                Absent.asEmpty(source.getShareName()),
                Account.ofSecret(source.getSecretName(), source.getSecretNamespace()),
                "/");
    }

    /** The driver's handle is {@code group#account#share#disk#…}; a handle made by hand may be anything. */
    static @Nullable VolumePlace ofFile(
            CSIPersistentVolumeSource csi, Map<String, String> attributes, ServerNames names) {
        String[] parts = Absent.asEmpty(csi.getVolumeHandle()).split("#", -1);
        String share = named(attributes, "shareName", parts, 2);
        if (share.isEmpty()) {
            return null;
        }
        String written = Absent.asEmpty(attributes.get("server"));
        String within = Absent.asEmpty(attributes.get("folderName")) + "/" + named(attributes, "diskName", parts, 3);
        Matcher server = SERVER.matcher(ServerName.of(written).value());
        String ofServer = server.matches() ? server.group(1) : "";
        String account = Absent.asEmpty(attributes.get("storageAccount"));
        account = account.isEmpty() ? ofServer : account;
        account = account.isEmpty() && parts.length > 2 ? parts[1] : account;
        if (account.isEmpty() && !written.isEmpty()) {
            return VolumePlace.ofServer("SMB", names.serverOf(written), share + "/" + within);
        }
        return place("share", share, Account.of(account, csi, attributes), within);
    }

    /** The driver's handle is {@code group#account#container#…}; blobfuse can mount a directory of the container. */
    static @Nullable VolumePlace ofBlobs(
            CSIPersistentVolumeSource csi, Map<String, String> attributes, String directory) {
        String[] parts = Absent.asEmpty(csi.getVolumeHandle()).split("#", -1);
        String container = named(attributes, "containerName", parts, 2);
        Account account = Account.of(named(attributes, "storageAccount", parts, 1), csi, attributes);
        return container.isEmpty() || account.name().isEmpty()
                ? null
                : place("container", container, account, "/" + directory);
    }

    private static String named(Map<String, String> attributes, String name, String[] handle, int part) {
        String value = Absent.asEmpty(attributes.get(name));
        return value.isEmpty() && handle.length > Math.max(part, 2) ? handle[part] : value;
    }

    private static VolumePlace place(String kind, String name, Account account, String path) {
        String named = "Azure " + kind + " " + MessageText.quoted(name.toLowerCase(Locale.ROOT));
        return new VolumePlace(
                account.name().isEmpty()
                        ? named
                        : named + " of account "
                                + MessageText.quoted(account.name().toLowerCase(Locale.ROOT)),
                account.narrowed(),
                path,
                null);
    }

    /**
     * An account, or the secret that names it.
     *
     * @param name the name of either
     * @param narrowed the namespace of a secret of any name, as each namespace may have its own
     */
    private record Account(String name, Map<String, Set<String>> narrowed) {

        Account(String name) {
            this(name, Map.of());
        }

        static Account of(String name, CSIPersistentVolumeSource csi, Map<String, String> attributes) {
            if (!name.isEmpty()) {
                return new Account(name);
            }
            SecretReference secret = csi.getNodeStageSecretRef();
            return secret == null
                    ? ofSecret(attributes.get("secretName"), attributes.get("secretNamespace"))
                    : ofSecret(secret.getName(), secret.getNamespace());
        }

        /** The driver writes the account into the name of its secrets; others name theirs as they like. */
        static Account ofSecret(@Nullable String name, @Nullable String namespace) {
            Matcher own = SECRET.matcher(Absent.asEmpty(name));
            if (own.matches()) {
                return new Account(own.group(1));
            }
            return new Account(
                    Absent.asEmpty(name),
                    Absent.isEmpty(namespace) ? Map.of() : Map.of("secret of namespace", Set.of(namespace)));
        }
    }
}
