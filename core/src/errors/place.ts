/** Where something went wrong, as far as it is known. Every part is optional; what is known is printed. */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Path of the key inside the configuration, for example `integrations.contracts.template`. */
  readonly key?: string;
  readonly plugin?: string;
  readonly connection?: string;
  readonly integration?: string;
  readonly template?: string;
  readonly task?: string;
  readonly legalEntity?: string;
  /** The record's integration key or id. */
  readonly record?: string;
  readonly field?: string;
  /** The service's own id of the request, for its support desk. */
  readonly requestId?: string;
}

const LABELS = [
  'plugin',
  'connection',
  'integration',
  'template',
  'task',
  'legalEntity',
  'record',
  'field',
  'requestId',
] as const satisfies readonly (keyof Place)[];

/** One line: `rc.yaml:12:3 integrations.contracts, task projects, record PRJ-01049-CCNID0`. Empty when nothing is known. */
export function describePlace(place: Place): string {
  const parts: string[] = [];
  if (place.file) {
    const position = [place.file, place.line, place.line && place.column].filter(Boolean).join(':');
    parts.push(place.key ? `${position} ${place.key}` : position);
  } else if (place.key) {
    parts.push(place.key);
  }
  for (const label of LABELS) {
    const value = place[label];
    if (value) parts.push(`${WORDS[label] ?? label} ${value}`);
  }
  return parts.join(', ');
}

const WORDS: Partial<Record<(typeof LABELS)[number], string>> = { legalEntity: 'legal entity', requestId: 'request' };
