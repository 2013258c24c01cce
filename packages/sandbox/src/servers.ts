import type { FastifyInstance } from 'fastify';
import type { TokenAuthority, TokenState } from './auth/index.js';
import type { DataverseSwitches, DeltaTokenPolicy } from './dataverse/index.js';
import { dataverseError, DataverseService, expiredVersion, notAMember, withDefaults } from './dataverse/index.js';
import type { Controls } from './faults/index.js';
import type { FinopsSwitches, ResourceLimits } from './finops/index.js';
import {
  finopsError,
  FinopsService,
  HIGH_RESOURCE_USE,
  notLetIn,
  ResourceThrottling,
  withFinopsDefaults,
} from './finops/index.js';
import { odataServer } from './http/index.js';
import type { Admitted, DailyCount, LimitWording, ServiceProtectionLimits } from './limits/index.js';
import { dataverseWording, documentedLimits, finopsWording, ServiceProtection, WebServers } from './limits/index.js';
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

export function dataverseServer(
  store: Store,
  wiring: Wiring & {
    readonly deltaTokens: DeltaTokenPolicy;
    readonly switches?: DataverseSwitches | undefined;
    readonly limits?: ServiceProtectionLimits;
    readonly daily: DailyCount;
  },
): FastifyInstance {
  const { limits, daily, deltaTokens, maxPageSize = DATAVERSE_PAGE } = wiring;
  const switches = withDefaults(wiring.switches);
  return odataServer({
    ...wiring,
    system: 'psa',
    service: new DataverseService(store, { maxPageSize: Math.min(maxPageSize, DATAVERSE_PAGE), deltaTokens, switches }),
    errorResponse: (refusal, request) => dataverseError(refusal, switches, request),
    unauthorized: (state) => (state === 'not-a-member' ? notAMember() : unauthorized(state)),
    throttled: new Refusal(
      429,
      ...dataverseWording.requests(documentedLimits.requests, documentedLimits.windowSeconds),
    ),
    tooLarge: new Refusal(413, '0x80040216', TOO_LARGE),
    inPlace: {
      'expired-token': unauthorized('expired'),
      'expired-delta-token': expiredVersion(switches.expiredDeltaStatus),
    },
    refused: new Refusal(400, '0x80040265', REFUSED),
    admit: allOf([...(limits ? [eachUser(limits)] : []), (clientId) => daily.admit(clientId)]),
  });
}

export function finopsServer(
  store: Store,
  wiring: Wiring & {
    readonly switches?: FinopsSwitches | undefined;
    readonly resources?: ResourceLimits;
    readonly userLimits?: ServiceProtectionLimits;
  },
): FastifyInstance {
  const { resources, userLimits, switches, maxPageSize = FINOPS_PAGE } = wiring;
  const { unmappedClientStatus, authFailureBody } = withFinopsDefaults(switches);
  const service = new FinopsService(store, finopsEnums, { switches, maxPageSize: Math.min(maxPageSize, FINOPS_PAGE) });
  const throttling = resources && new ResourceThrottling(resources);
  const guards = [
    ...(userLimits ? [eachUser(userLimits, finopsWording)] : []),
    ...(throttling ? [(clientId: string) => throttling.admit(clientId)] : []),
  ];
  const app = odataServer({
    ...wiring,
    system: 'finops',
    service,
    errorResponse: finopsError,
    unauthorized: (state) =>
      notLetIn(unauthorized(state, state === 'not-a-member' ? unmappedClientStatus : 401), authFailureBody),
    throttled: new Refusal(429, '', HIGH_RESOURCE_USE),
    tooLarge: new Refusal(413, '', TOO_LARGE),
    inPlace: { 'expired-token': notLetIn(unauthorized('expired'), authFailureBody) },
    refused: new Refusal(400, '', `Write failed for table row. Infolog: Error: ${REFUSED}.`),
    admit: allOf(guards),
    ...(throttling && { partRefused: (clientId: string) => throttling.refusalFor(clientId) }),
  });
  app.addHook('onClose', async () => service.close());
  return app;
}

const TOO_LARGE = 'Maximum request length exceeded.';

const REFUSED = 'Refused on demand by the sandbox';

type Guard = (clientId: string, cookies: string | undefined) => Admitted | Refusal;

/** Lets in whom every guard lets in. */
function allOf(guards: readonly Guard[]): Guard {
  return (clientId, cookies) => {
    const admitted: Admitted[] = [];
    const leave = (operations?: number): void => admitted.forEach((each) => each.leave(operations));
    for (const guard of guards) {
      const admission = guard(clientId, cookies);
      if (admission instanceof Refusal) {
        leave();
        return admission;
      }
      admitted.push(admission);
    }
    const headers = admitted.reduce((all, each) => ({ ...all, ...each.headers }), {});
    return { headers, leave };
  };
}

/** The limits are those of one user on one web server. */
function eachUser(limits: ServiceProtectionLimits, wording?: LimitWording): Guard {
  const users = new Map<string, WebServers>();
  const serversOf = (): WebServers => {
    const { webServers: length = 1 } = limits;
    return new WebServers(Array.from({ length }, () => new ServiceProtection(limits, Date.now, wording)));
  };
  return (clientId, cookies) => {
    const user = users.get(clientId) ?? serversOf();
    users.set(clientId, user);
    return user.admit(cookies);
  };
}

const REASONS: Record<Exclude<TokenState, 'valid'>, string> = {
  missing: 'RequestIsNotAuthenticated: the request holds no bearer token.',
  unknown: 'InvalidAuthTicket: the token is not one of this tenant.',
  expired: 'ExpiredAuthTicket: the token has expired.',
  'not-a-member': 'The application is not registered in this environment.',
  'other-resource': 'InvalidAuthTicket: the token was issued for another resource.',
};

function unauthorized(state: TokenState, status = 401): Refusal {
  return new Refusal(status, '', state === 'valid' ? '' : REASONS[state], {
    'www-authenticate': 'Bearer error="invalid_token"',
  });
}
