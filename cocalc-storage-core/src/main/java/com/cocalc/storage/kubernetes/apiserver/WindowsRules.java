package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The API server's rules for the account under which a container runs on Windows. It counts bytes, whatever its
 * messages say.
 */
final class WindowsRules {

    private static final int LONGEST_CREDENTIALS = 64 * 1024;
    private static final int LONGEST_DOMAIN = 255;
    private static final int LONGEST_USER = 104;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NET_BIOS = Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final Pattern DOTS_AND_BLANKS = Pattern.compile("[. ]+");
    private static final Pattern NOT_OF_USER = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");

    private final Faults faults;

    WindowsRules(Faults faults) {
        this.faults = faults;
    }

    void check(@Nullable WindowsSecurityContextOptions options, FieldPath at) {
        if (options == null) {
            return;
        }
        String name = options.getGmsaCredentialSpecName();
        if (name != null) {
            MetadataRules.invalid(at.child("gmsaCredentialSpecName"), name, NameRules.findSubdomainFault(name), faults);
        }
        checkCredentials(options.getGmsaCredentialSpec(), at.child("gmsaCredentialSpec"));
        if (options.getRunAsUserName() != null) {
            checkAccount(options.getRunAsUserName(), at.child("runAsUserName"));
        }
    }

    private void checkCredentials(@Nullable String credentials, FieldPath at) {
        if (credentials == null) {
            return;
        }
        if (credentials.isEmpty()) {
            faults.invalid(at, credentials, "gmsaCredentialSpec cannot be an empty string");
        } else if (MetadataRules.utf8Length(credentials) > LONGEST_CREDENTIALS) {
            faults.invalid(at, credentials, "gmsaCredentialSpec size must be under 64 KiB");
        }
    }

    /** A user, or a domain and a user. */
    private void checkAccount(String account, FieldPath at) {
        if (account.isEmpty()) {
            faults.invalid(at, account, "runAsUserName cannot be an empty string");
            return;
        }
        if (CONTROL.matcher(account).find()) {
            faults.invalid(at, account, "runAsUserName cannot contain control characters");
            return;
        }
        int backslash = account.indexOf('\\');
        if (backslash != account.lastIndexOf('\\')) {
            faults.invalid(at, account, "runAsUserName cannot contain more than one backslash");
            return;
        }
        if (backslash >= 0) {
            checkDomain(account.substring(0, backslash), account, at);
        }
        checkUser(account.substring(backslash + 1), account, at);
    }

    private void checkDomain(String domain, String account, FieldPath at) {
        if (MetadataRules.utf8Length(domain) > LONGEST_DOMAIN) {
            faults.invalid(at, account, "runAsUserName's Domain length must be under 256 characters");
        }
        if (!NET_BIOS.matcher(domain).matches() && !isDns(domain)) {
            faults.invalid(at, account, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private void checkUser(String user, String account, FieldPath at) {
        if (user.isEmpty()) {
            faults.invalid(at, account, "runAsUserName's User cannot be empty");
        } else if (MetadataRules.utf8Length(user) > LONGEST_USER) {
            faults.invalid(at, account, "runAsUserName's User length must not be longer than 104 characters");
        }
        if (DOTS_AND_BLANKS.matcher(user).matches()) {
            faults.invalid(at, account, "runAsUserName's User cannot contain only periods or spaces");
        }
        if (NOT_OF_USER.matcher(user).find()) {
            faults.invalid(
                    at, account, "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
        }
    }

    private static boolean isDns(String domain) {
        return Stream.of(domain.split("\\.", -1))
                .allMatch(label -> DNS_LABEL.matcher(label).matches());
    }
}
