import type {
  ContentIds,
  ODataRequest,
  ODataResponse,
  OperationWatch,
  Preferences,
  ResultCache,
  Scope,
  Target,
} from '../odata/index.js';
import { jsonType, readPreferences, wantsExactText } from '../odata/index.js';
import type { Store } from '../store/index.js';
import { demandPrivilege, type Caller } from './caller.js';
import type { ResolvedSwitches } from './switches.js';

/** What the service keeps for as long as it runs. */
export interface Environment {
  readonly store: Store;
  readonly scope: Scope;
  readonly results: ResultCache;
  readonly maxPageSize: number;
  readonly deltaTokens: DeltaTokenPolicy;
  readonly switches: ResolvedSwitches;
}

export interface DeltaTokenPolicy {
  /** Tokens that were given out before this version have expired. */
  oldest: number;
}

/** One operation with all that was read from it. */
export interface Call extends Environment {
  readonly request: ODataRequest;
  readonly target: Target;
  /** URL of the service with the slash at its end. */
  readonly root: string;
  readonly preferences: Preferences;
  readonly exactAsText: boolean;
  readonly contentIds: ContentIds;
  readonly caller: Caller;
  readonly watch: OperationWatch;
}

export function startCall(
  environment: Environment,
  request: ODataRequest,
  target: Target,
  root: string,
  contentIds: ContentIds,
  caller: Caller,
  watch: OperationWatch,
): Call {
  const preferences = readPreferences(request.headers.prefer);
  return {
    ...environment,
    scope: {
      ...environment.scope,
      user: caller.user,
      enter: ({ model }) => demandPrivilege('Read', model.name, environment.switches),
    },
    request,
    target,
    root,
    preferences,
    exactAsText: wantsExactText(request.headers),
    contentIds,
    caller,
    watch,
  };
}

/** @param applied the preferences that were honoured */
export function json(call: Call, status: number, body: string, headers: Record<string, string> = {}): ODataResponse {
  return {
    status,
    headers: { 'content-type': jsonType('minimal', call.exactAsText), 'odata-version': '4.0', ...headers },
    body,
  };
}

export const noContent = (headers: Record<string, string> = {}): ODataResponse => ({
  status: 204,
  headers: { 'odata-version': '4.0', ...headers },
});

/** `Preference-Applied`, naming those of the preferences that were asked for. */
export function applied(call: Call, ...names: string[]): Record<string, string> {
  const honoured = names.flatMap((name) => {
    const value = call.preferences.get(name);
    return value === undefined
      ? []
      : [value && name !== 'odata.track-changes' ? `${name}=${quoteIfNeeded(name, value)}` : name];
  });
  return honoured.length > 0 ? { 'preference-applied': honoured.join(',') } : {};
}

const quoteIfNeeded = (name: string, value: string) => (name === 'odata.include-annotations' ? `"${value}"` : value);

/** A number or a text by itself. */
export const plain = (value: number | string): ODataResponse => ({
  status: 200,
  headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
  body: String(value),
});

/** The link to the next page: the query as it was asked, with another token. @param path below the root */
export function pageLink({ root, target }: Call, path: string, token: string): string {
  const others = target.query.split('&').filter((pair) => pair && !/^(\$|%24)skiptoken=/i.test(pair));
  return `${root}${path}?${[...others, `$skiptoken=${token}`].join('&')}`;
}
