package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.Mount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The mount that {@link Mounted} describes. */
final class MountedAs {

    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,10}):([0-9]{1,10})");

    private MountedAs() {}

    static Mount mount(Mounted mounted, PosixIdentity usual, String place) {
        Mount mount = Mount.as(mounted.as().isEmpty() ? usual : identity(mounted, place));
        return mounted.readOnly() ? mount.readOnly() : mount;
    }

    static void check(Mounted mounted, String place) {
        if (!mounted.as().isEmpty()) {
            identity(mounted, place);
        }
    }

    private static PosixIdentity identity(Mounted mounted, String place) {
        Matcher matcher = NUMBERS.matcher(mounted.as());
        if (!matcher.matches()) {
            throw refused(mounted, place);
        }
        try {
            return PosixIdentity.of(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        } catch (InvalidValueException e) {
            ExtensionConfigurationException refused = refused(mounted, place);
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static ExtensionConfigurationException refused(Mounted mounted, String place) {
        return new ExtensionConfigurationException("@Mounted(as = …) at " + place
                + " must be uid:gid, two numbers from 0 to 2147483647, but was \"" + mounted.as()
                + "\"; write the numbers of the account, for example \"2001:2001\"");
    }
}
