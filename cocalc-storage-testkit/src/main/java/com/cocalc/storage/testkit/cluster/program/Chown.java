package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;

/** {@code chown [-h] OWNER[:GROUP] FILE…} as GNU's. */
final class Chown implements Command {

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation, "h", 2);
        List<String> operands = options.operands();
        Optional<OwnerSpec> owner = OwnerSpec.parse(operands.get(0));
        if (owner.isEmpty()) {
            return invocation.fail("invalid user: '" + operands.get(0) + "'");
        }
        LinkOption[] links = options.has('h') ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
        int exitCode = 0;
        for (String operand : operands.subList(1, operands.size())) {
            exitCode |= change(Operand.of(invocation, operand), owner.get(), links, invocation);
        }
        return exitCode;
    }

    private static int change(Operand operand, OwnerSpec owner, LinkOption[] links, Invocation invocation) {
        UnixFile file;
        try {
            file = operand.lstat();
        } catch (IOException e) {
            return invocation.fail("cannot access " + operand.quoted() + ": " + Reasons.of(e));
        }
        try {
            if (file.isLink() && links.length == 0) {
                operand.stat();
            }
        } catch (IOException e) {
            return invocation.fail("cannot dereference " + operand.quoted() + ": " + Reasons.of(e));
        }
        try {
            UnixFile.chown(operand.path(), owner.uid(), owner.gid(), links);
            return 0;
        } catch (IOException e) {
            return invocation.fail("changing " + owner.what() + " of " + operand.quoted() + ": " + Reasons.of(e));
        }
    }
}
