import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

export interface Message {
  /** `POST /path`, or the status. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Of an answer: not the first one, but the one that comes when the work is done. */
  readonly inTheEnd: boolean;
}

export interface Exchange {
  readonly request: Message;
  readonly answer: Message;
}

const SYSTEMS = ['psa', 'finops', 'token'] as const;
type System = (typeof SYSTEMS)[number];

export interface Conversation {
  readonly file: string;
  readonly folder: string;
  readonly title: string;
  readonly source: string;
  readonly system: System;
  readonly switches: unknown;
  readonly options: unknown;
  readonly faults: unknown;
  readonly exchanges: readonly Exchange[];
}

/** Reads a file as `test/fixtures/conversations/README.md` describes it. */
export function readConversation(path: string): Conversation {
  const file = basename(path);
  const [head = '', ...blocks] = readFileSync(path, 'utf8').split(/^(?=>>> |<<< )/m);
  const facts = new Map(head.split('\n').map((line) => splitAt(line, ':')));
  const fact = (name: string): string => facts.get(name) ?? '';
  const system = SYSTEMS.find((name) => name === fact('system'));
  if (!system) throw new TypeError(`${file}: system must be one of ${SYSTEMS.join(', ')}`);
  if (!fact('title') || !fact('source')) throw new TypeError(`${file}: title and source are needed`);
  const settings = (name: string, none: string): unknown => JSON.parse(fact(name) || none);
  return {
    file,
    folder: dirname(path),
    title: fact('title'),
    source: fact('source'),
    system,
    switches: settings('switches', '{}'),
    options: settings('options', '{}'),
    faults: settings('faults', '[]'),
    exchanges: exchanges(blocks, file),
  };
}

function exchanges(blocks: readonly string[], file: string): Exchange[] {
  const found: Exchange[] = [];
  for (let at = 0; at < blocks.length; at += 2) {
    const [request = '', answer = ''] = blocks.slice(at, at + 2);
    if (!request.startsWith('>>> ') || !answer.startsWith('<<< ')) {
      throw new TypeError(`${file}: every request needs its answer, see block ${at + 1}`);
    }
    found.push({ request: message(request), answer: message(answer) });
  }
  return found;
}

const IN_THE_END = / in the end$/;

function message(block: string): Message {
  const lines = block.replace(/\n+$/, '').split('\n');
  const [start = '', ...rest] = lines;
  const empty = rest.indexOf('');
  const headers = empty < 0 ? rest : rest.slice(0, empty);
  return {
    start: start.slice(4).replace(IN_THE_END, '').trim(),
    inTheEnd: IN_THE_END.test(start),
    headers: headers.map((line) => splitAt(line, ':')),
    body: empty < 0 ? '' : rest.slice(empty + 1).join('\r\n'),
  };
}

function splitAt(line: string, mark: string): [string, string] {
  const at = line.indexOf(mark);
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
