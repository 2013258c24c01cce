import type { FastifyInstance } from 'fastify';
import type { Fault, FaultPlan } from './faults.js';
import { FAULT_KINDS, SYSTEMS } from './faults.js';
import type { RequestLog } from './request-log.js';

/** What tests and people may turn on a running sandbox. */
export interface Controls {
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly expireDeltaTokens: () => void;
}

const faultList = {
  type: 'array',
  items: {
    type: 'object',
    required: ['system', 'kind', 'times'],
    additionalProperties: false,
    properties: {
      system: { enum: SYSTEMS },
      kind: { enum: FAULT_KINDS },
      set: { type: 'string' },
      method: { type: 'string' },
      status: { type: 'integer', minimum: 200, maximum: 599 },
      retryAfter: { type: 'number', minimum: 0 },
      delay: { type: 'number', minimum: 0 },
      times: { type: 'integer', minimum: 1 },
    },
  },
};

/** `/sandbox/…`: no part of either system, the same on every port, without a token. */
export async function controlRoutes(app: FastifyInstance, { controls }: { controls: Controls }): Promise<void> {
  app.post<{ Body: Fault[] }>('/sandbox/faults', { schema: { body: faultList } }, async (request, reply) => {
    controls.faults.add(request.body);
    return reply.code(204).send();
  });
  app.delete('/sandbox/faults', async (_request, reply) => {
    controls.faults.clear();
    return reply.code(204).send();
  });
  app.get('/sandbox/log', async () => controls.log.latest());
  app.delete('/sandbox/log', async (_request, reply) => {
    controls.log.clear();
    return reply.code(204).send();
  });
  app.post('/sandbox/expire-delta-tokens', async (_request, reply) => {
    controls.expireDeltaTokens();
    return reply.code(204).send();
  });
}
