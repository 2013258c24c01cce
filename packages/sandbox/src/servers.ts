import type { FastifyInstance } from 'fastify';
import type { TokenAuthority, TokenState } from './auth/index.js';
import type { DeltaTokenPolicy, ServiceProtectionLimits } from './dataverse/index.js';
import { dataverseError, DataverseService, ServiceProtection } from './dataverse/index.js';
import type { Controls } from './faults/index.js';
import { finopsError, FinopsService } from './finops/index.js';
import { odataServer } from './http/index.js';
import { finopsEnums } from './model/index.js';
import { Refusal } from './odata/index.js';
import type { Store } from './store/index.js';

/** Largest pages of the two systems. */
const DATAVERSE_PAGE = 5_000;
const FINOPS_PAGE = 10_000;

interface Wiring {
  readonly authority: TokenAuthority;
  readonly controls: Controls;
  readonly resource: () => string;
  readonly maxPageSize?: number;
}

const ADMIT_ALL = { headers: {}, leave: () => undefined };

export function dataverseServer(
  store: Store,
  wiring: Wiring & { readonly deltaTokens: DeltaTokenPolicy; readonly limits?: ServiceProtectionLimits },
): FastifyInstance {
  const { limits, deltaTokens, maxPageSize = DATAVERSE_PAGE } = wiring;
  const protection = limits && new ServiceProtection(limits);
  return odataServer({
    ...wiring,
    system: 'psa',
    service: new DataverseService(store, { maxPageSize: Math.min(maxPageSize, DATAVERSE_PAGE), deltaTokens }),
    errorResponse: dataverseError,
    unauthorized: (state) => unauthorized('', state),
    throttled: new Refusal(
      429,
      '0x80072322',
      'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
    ),
    admit: () => protection?.admit() ?? ADMIT_ALL,
  });
}

export function finopsServer(store: Store, wiring: Wiring): FastifyInstance {
  const { maxPageSize = FINOPS_PAGE } = wiring;
  return odataServer({
    ...wiring,
    system: 'finops',
    service: new FinopsService(store, finopsEnums, { maxPageSize: Math.min(maxPageSize, FINOPS_PAGE) }),
    errorResponse: finopsError,
    unauthorized: (state) => unauthorized('', state),
    throttled: new Refusal(
      429,
      '',
      'This request could not be processed at this time due to system experiencing high resource utilization.',
    ),
    admit: () => ADMIT_ALL,
  });
}

const REASONS: Record<Exclude<TokenState, 'valid'>, string> = {
  missing: 'RequestIsNotAuthenticated: the request holds no bearer token.',
  unknown: 'InvalidAuthTicket: the token is not one of this tenant.',
  expired: 'ExpiredAuthTicket: the token has expired.',
  'other-resource': 'InvalidAuthTicket: the token was issued for another resource.',
};

function unauthorized(code: string, state: TokenState): Refusal {
  return new Refusal(401, code, state === 'valid' ? '' : REASONS[state], {
    'www-authenticate': 'Bearer error="invalid_token"',
  });
}
