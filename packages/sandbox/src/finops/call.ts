import type { ODataRequest, ODataResponse, Preferences, ResultCache, Scope, Target } from '../odata/index.js';
import { jsonType, readPreferences, wantsExactText } from '../odata/index.js';
import type { Store } from '../store/index.js';
import type { RowWriters } from './row-writer.js';
import type { ResolvedFinopsSwitches } from './switches.js';
import type { User } from './users.js';
import type { EnumMembers } from './values.js';

/** Of the service, in the path of a URL. */
export const ROOT = /^\/data(?:\/|$)/;

/** What the service keeps for as long as it runs. */
export interface Environment {
  readonly store: Store;
  readonly scope: Scope;
  readonly enums: EnumMembers;
  readonly results: ResultCache;
  readonly writers: RowWriters;
  readonly maxPageSize: number;
  readonly switches: ResolvedFinopsSwitches;
}

/** One operation with all that was read from it. */
export interface Call extends Environment {
  readonly user: User;
  readonly request: ODataRequest;
  readonly target: Target;
  /** `http://host:port` */
  readonly origin: string;
  /** URL of the service with the slash at its end. */
  readonly root: string;
  readonly preferences: Preferences;
  readonly exactAsText: boolean;
  readonly fullMetadata: boolean;
  readonly crossCompany: boolean;
}

/** Who asks, and for what. */
interface Asked {
  readonly user: User;
  readonly request: ODataRequest;
  readonly target: Target;
  readonly origin: string;
  readonly root: string;
}

export function startCall(environment: Environment, asked: Asked): Call {
  const { request, target } = asked;
  const { accept, prefer } = request.headers;
  const widened = request.method === 'GET' && environment.switches.companyOfReads === 'all';
  return {
    ...environment,
    ...asked,
    preferences: readPreferences(prefer),
    exactAsText: wantsExactText(request.headers),
    fullMetadata: accept !== undefined && /odata\.metadata=full/i.test(accept),
    crossCompany: widened || target.parameters.get('cross-company')?.toLowerCase() === 'true',
  };
}

/** The address that was asked for, as a whole; inside of a batch it may have come without its beginning. */
export function requestUri({ request: { url }, origin, root }: Pick<Call, 'request' | 'origin' | 'root'>): string {
  if (/^https?:/i.test(url)) return url;
  return url.startsWith('/') ? origin + url : root + url;
}

export function json(call: Call, status: number, body: string, headers: Record<string, string> = {}): ODataResponse {
  const type = jsonType(call.fullMetadata ? 'full' : 'minimal', call.exactAsText);
  return { status, headers: { 'content-type': type, 'odata-version': '4.0', ...headers }, body };
}

export const noContent = (): ODataResponse => ({ status: 204, headers: { 'odata-version': '4.0' } });
