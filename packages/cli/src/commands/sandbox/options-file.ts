import { readFile } from 'node:fs/promises';
import type { SandboxOptions } from '@isthmus/sandbox';
import { cliErrors } from '../../errors.js';

/**
 * Options of the sandbox from a file; whether they are such is for the sandbox to say.
 *
 * @throws CLI_OPTIONS_UNREADABLE
 */
export async function optionsIn(file: string): Promise<SandboxOptions> {
  try {
    const options: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof options !== 'object' || options === null || Array.isArray(options))
      throw new TypeError('it is no object');
    return options;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw cliErrors.CLI_OPTIONS_UNREADABLE({ file, message }, { cause });
  }
}
