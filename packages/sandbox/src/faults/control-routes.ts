import type { FastifyInstance } from 'fastify';
import type { UserUsage } from '../limits/index.js';
import type { FaultPlan } from './fault-plan.js';
import { contradictionIn, FAULT_LIST, type Fault } from './fault.js';
import { SYSTEMS } from './kinds.js';
import type { LogQuery, RequestLog } from './request-log.js';

/** What tests and people may turn on a running sandbox. */
export interface Controls {
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly expireDeltaTokens: () => void;
  /** What each user has asked of Dataverse in the last 24 hours. */
  readonly usage: () => readonly UserUsage[];
}

const logQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    system: { enum: SYSTEMS },
    set: { type: 'string' },
    limit: { type: 'integer', minimum: 1 },
    bodies: { type: 'boolean' },
    headers: { type: 'boolean' },
  },
};

/** `/sandbox/…`: no part of either system, the same on every port, without a token. */
export async function controlRoutes(app: FastifyInstance, { controls }: { controls: Controls }): Promise<void> {
  const { faults, log } = controls;
  app.get('/sandbox/faults', async () => faults.list());
  app.post<{ Body: Fault[] }>('/sandbox/faults', { schema: { body: FAULT_LIST } }, async (request, reply) => {
    for (const fault of request.body) {
      const message = contradictionIn(fault);
      if (message) return reply.code(400).send({ statusCode: 400, error: 'Bad Request', message });
    }
    return reply.code(201).send(faults.add(request.body));
  });
  app.delete('/sandbox/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/sandbox/faults/:id', async (request, reply) =>
    reply.code(faults.remove(Number(request.params.id)) ? 204 : 404).send(),
  );
  app.get<{ Querystring: LogQuery }>('/sandbox/log', { schema: { querystring: logQuery } }, async (request) =>
    log.latest(request.query),
  );
  app.delete('/sandbox/log', async (_request, reply) => {
    log.clear();
    return reply.code(204).send();
  });
  app.get('/sandbox/usage', async () => controls.usage());
  app.post('/sandbox/expire-delta-tokens', async (_request, reply) => {
    controls.expireDeltaTokens();
    return reply.code(204).send();
  });
}
