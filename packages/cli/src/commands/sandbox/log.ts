import type { LoggedRequest } from '@isthmus/sandbox';
import { Option, type Command } from 'commander';
import { positiveNumber } from '../../arguments.js';
import { examples } from '../../help.js';
import { table, type Output } from '../../output/index.js';
import type { Session } from '../../session.js';
import { Controls, SYSTEMS, withUrl, type ControlOptions } from './controls.js';

interface LogOptions extends ControlOptions {
  readonly system?: string;
  readonly entity?: string;
  readonly limit: number;
  readonly bodies?: boolean;
  readonly headers?: boolean;
  readonly clear?: boolean;
}

export function addLog(sandbox: Command, session: Session): void {
  withUrl(
    sandbox
      .command('log')
      .summary('what a running sandbox was asked')
      .description('Lists the requests that a running sandbox was sent, oldest first, one line each.'),
  )
    .addOption(new Option('--system <system>', 'only those to one system').choices(SYSTEMS))
    .option('--entity <set>', 'only those to one entity set, or $batch')
    .option('--limit <number>', 'the latest so many', positiveNumber, 50)
    .option('--bodies', 'with what was sent, as far as it is kept')
    .option('--headers', 'with the headers, apart from those that hold a secret')
    .option('--clear', 'empties the log afterwards')
    .addHelpText(
      'after',
      examples(
        ['isthmus sandbox log --system finops', 'what the last run sent'],
        ['isthmus sandbox log --json --bodies', 'a line of JSON for each request'],
        ['isthmus sandbox log --entity accounts --headers --bodies', 'each request as it was sent'],
      ),
    )
    .action(
      async ({ system, entity, limit, bodies = false, headers = false, clear = false, ...options }: LogOptions) => {
        const controls = await Controls.find(session, options);
        const query = new URLSearchParams({ limit: String(limit), bodies: String(bodies), headers: String(headers) });
        if (system !== undefined) query.set('system', system);
        if (entity !== undefined) query.set('set', entity);
        show(session.output, await controls.get<LoggedRequest[]>(`log?${query.toString()}`));
        if (clear) await controls.send('DELETE', 'log');
      },
    );
}

function show(output: Output, requests: readonly LoggedRequest[]): void {
  for (const request of requests) output.printJson(request);
  if (requests.length === 0) return output.print('Nothing was asked.');
  const columns = [
    { title: 'time', value: ({ ts }: LoggedRequest) => ts.slice(11, 23) },
    { title: 'system', value: ({ system }: LoggedRequest) => system },
    { title: 'status', value: ({ status }: LoggedRequest) => status || 'dropped' },
    { title: 'ms', align: 'right' as const, value: ({ ms }: LoggedRequest) => ms },
    { title: 'operations', align: 'right' as const, value: ({ operations }: LoggedRequest) => operations },
    { title: 'fault', value: ({ fault }: LoggedRequest) => fault ?? '' },
    { title: 'request', value: ({ method, url }: LoggedRequest) => `${method} ${url}` },
  ];
  output.print(table(columns, requests, output.styles.dim));
  for (const request of requests.filter(({ headers, body }) => headers ?? body)) output.print(asSent(request));
}

/** A request as it goes over the wire, as far as it was asked for. */
function asSent({ method, url, headers, body }: LoggedRequest): string {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  if (headers && body) lines.push('');
  return ['', `${method} ${url}`, ...lines, ...(body ? [body] : [])].join('\n');
}
