import { cliErrors } from './errors.js';

/** The integrations that a command is about: those named, all, or the only one. */
export function chooseIntegrations(known: readonly string[], named: readonly string[], all = false): readonly string[] {
  if (all && named.length > 0) throw cliErrors.CLI_INTEGRATION_AND_ALL();
  if (known.length === 0) throw cliErrors.CLI_INTEGRATION_NONE();
  if (named.length > 0) return [...new Set(named)];
  if (all || known.length === 1) return known;
  throw cliErrors.CLI_INTEGRATION_NOT_CHOSEN({ known: known.join(', ') });
}
