package com.cocalc.storage.testkit.junit;

import java.lang.annotation.Annotation;

/**
 * The text of annotations as in the source, because {@code toString} of an annotation differs between versions of Java.
 */
final class AnnotationText {

    private AnnotationText() {}

    static String of(Annotation annotation) {
        if (annotation instanceof Mounted mounted) {
            return "@Mounted(as = \"" + mounted.as() + "\", readOnly = " + mounted.readOnly() + ")";
        }
        if (annotation instanceof Licensed licensed) {
            return "@Licensed(extRw = " + licensed.extRw() + ", status = "
                    + licensed.status().name() + ")";
        }
        if (annotation instanceof Project project) {
            return "@Project(" + project.value() + ")";
        }
        return "@" + annotation.annotationType().getSimpleName();
    }
}
