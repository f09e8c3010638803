package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterContext;

/** A parameter that is filled from the storage of the test. */
final class Injection {

    private static final List<Class<? extends Annotation>> OURS = List.of(Project.class, Licensed.class, Mounted.class);

    private final ParameterContext parameter;
    private final Class<?> type;
    private final Optional<Licensed> licensed;
    private final Optional<Mounted> mounted;
    private final Optional<Project> project;

    Injection(ParameterContext parameter) {
        this.parameter = parameter;
        type = parameter.getParameter().getType();
        licensed = Settings.at(parameter, Licensed.class);
        mounted = Settings.at(parameter, Mounted.class);
        project = Settings.at(parameter, Project.class);
    }

    /** Returns whether this extension resolves the parameter, even if only to refuse it. */
    static boolean wants(ParameterContext parameter) {
        Class<?> type = parameter.getParameter().getType();
        boolean isMarked = OURS.stream().anyMatch(parameter::isAnnotated);
        // An annotation that is not ours belongs to the extension that fills this path.
        boolean isPlainPath = type == Path.class && parameter.getParameter().getAnnotations().length == 0;
        return isMarked
                || isPlainPath
                || type == FakeCluster.class
                || type == RwxVolume.class
                || type == RunningProject.class
                || type == ProjectId.class;
    }

    Object value(StorageOfTest storage) {
        if (type == RunningProject.class) {
            refuse(mounted, "its pod says how its home is mounted; ask for a Path");
            return storage.project(number(), licensed, place(parameter));
        }
        refuse(licensed, "it has no licences; ask for a RunningProject");
        if (type == Path.class) {
            return storage.home(number(), mounted, place(parameter));
        }
        refuse(mounted, "it is not mounted; ask for a Path");
        if (type == ProjectId.class) {
            return StorageOfTest.id(number());
        }
        refuse(project, "it is not of one project");
        if (type == FakeCluster.class) {
            return storage.cluster();
        }
        if (type == RwxVolume.class) {
            return storage.dataVolume();
        }
        throw unsupported();
    }

    private int number() {
        int number = project.map(Project::value).orElse(1);
        if (number < 1 || number > 999) {
            throw new ExtensionConfigurationException("@Project at " + place(parameter) + " must be 1 to 999, but was "
                    + number + "; count a test's projects from 1");
        }
        return number;
    }

    private void refuse(Optional<? extends Annotation> annotation, String why) {
        if (annotation.isPresent()) {
            if (!isSupported()) {
                throw unsupported();
            }
            throw new ExtensionConfigurationException(
                    place(parameter) + " must not have " + AnnotationText.of(annotation.get()) + ": " + why);
        }
    }

    private boolean isSupported() {
        return List.of(FakeCluster.class, RwxVolume.class, RunningProject.class, ProjectId.class, Path.class)
                .contains(type);
    }

    private ExtensionConfigurationException unsupported() {
        return new ExtensionConfigurationException(place(parameter)
                + " must be a FakeCluster, RwxVolume, RunningProject, ProjectId or Path, but is a " + type.getName()
                + "; take it from one of these, or remove the annotation");
    }

    /** Returns the place of the parameter, as class files have its name only with a compiler option. */
    static String place(ParameterContext parameter) {
        Executable executable = parameter.getDeclaringExecutable();
        return "parameter " + (parameter.getIndex() + 1) + " of "
                + executable.getDeclaringClass().getSimpleName() + "." + executable.getName()
                + Arrays.stream(executable.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
