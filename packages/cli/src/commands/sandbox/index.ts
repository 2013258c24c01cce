import type { Command } from 'commander';
import type { Session } from '../../session.js';
import { addFault } from './fault.js';
import { addLog } from './log.js';
import { addStart } from './start.js';
import { addUsage } from './usage.js';

export function addSandbox(program: Command, session: Session): void {
  const sandbox = addStart(program, session);
  addFault(sandbox, session);
  addLog(sandbox, session);
  addUsage(sandbox, session);
}
