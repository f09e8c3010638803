package com.cocalc.storage.cli.input;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;

/** A project with its licences, as given on the command line or shipped. */
public record Project(ProjectId id, ProjectLicenses licenses) {}
