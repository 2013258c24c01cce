import type { Command } from 'commander';
import type { Session } from '../session.js';
import { addApply } from './apply.js';
import { addAudit } from './audit.js';
import { addCompletion } from './completion.js';
import { addConfig } from './config.js';
import { addConflicts } from './conflicts/index.js';
import { addDocs } from './docs.js';
import { addDoctor } from './doctor.js';
import { addErrors } from './errors.js';
import { addExplain } from './explain.js';
import { addGraph } from './graph.js';
import { addHistory } from './history.js';
import { addInit } from './init.js';
import { addParameters } from './parameters.js';
import { addPlan } from './plan.js';
import { addQuarantine } from './quarantine/index.js';
import { addRun } from './run.js';
import { addSandbox } from './sandbox/index.js';
import { addStart } from './start.js';
import { addState } from './state/index.js';
import { addStatus } from './status.js';
import { addTemplates } from './templates.js';

/** In the order in which `isthmus --help` lists them: as one comes to need them. */
export function addCommands(program: Command, session: Session): void {
  for (const add of [
    addInit,
    addSandbox,
    addTemplates,
    addGraph,
    addDocs,
    addConfig,
    addDoctor,
    addParameters,
    addPlan,
    addApply,
    addRun,
    addStart,
    addStatus,
    addHistory,
    addErrors,
    addQuarantine,
    addConflicts,
    addAudit,
    addState,
    addExplain,
    addCompletion,
  ]) {
    add(program, session);
  }
}
