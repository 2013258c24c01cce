import { Blobs } from './blobs.js';
import { DataEntities } from './data-entities.js';
import { Executions } from './executions.js';
import { Exports } from './exports.js';
import type { Target } from './import/index.js';
import { Imports } from './imports.js';
import type { DataManagementOptions } from './options.js';
import type { Workspace } from './workspace.js';
import { DataProjects } from './projects.js';

/** F&O's data management framework: projects, their executions, and the files that they read and write. */
export class DataManagement implements Workspace {
  readonly blobs: Blobs;
  readonly entities: DataEntities;
  readonly executions: Executions;
  readonly projects: DataProjects;
  readonly imports: Imports;
  readonly exports: Exports;

  constructor(
    readonly target: Target,
    readonly options: DataManagementOptions,
    now: () => number,
  ) {
    this.blobs = new Blobs(now, options.signedMinutes ?? 60);
    this.entities = new DataEntities(target.store, options.compositeEntities ?? []);
    this.executions = new Executions(target.store, options, now);
    this.projects = new DataProjects(target);
    this.imports = new Imports(this);
    this.exports = new Exports(this);
  }
}
