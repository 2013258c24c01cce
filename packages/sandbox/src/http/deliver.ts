import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../faults/index.js';
import type { ODataResponse } from '../odata/index.js';

interface Disturbance {
  readonly fault: Fault | undefined;
  /** By which the answer is dated. */
  readonly clock: Fault | undefined;
}

/** Sends an answer, whole or not; without one the connection is closed. */
export function deliver(
  request: FastifyRequest,
  reply: FastifyReply,
  response: ODataResponse | undefined,
  { fault, clock }: Disturbance,
): FastifyReply {
  if (!response) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  const { status } = response;
  const headers = { ...response.headers, ...(clock && { date: dateOf(clock) }) };
  // As bytes: of a text, the framework would rewrite the content type's parameters.
  const bytes = response.body === undefined ? undefined : Buffer.from(response.body);
  if (bytes && fault?.kind === 'torn') return tear(reply, status, headers, bytes);
  const sent = fault?.kind === 'half' ? bytes?.subarray(0, bytes.length / 2) : bytes;
  return reply.code(status).headers(headers).send(sent);
}

/** Announces all of the body, sends half of it, and closes the connection. */
function tear(reply: FastifyReply, status: number, headers: Record<string, string>, bytes: Buffer): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(status, { ...headers, 'content-length': bytes.length });
  raw.write(bytes.subarray(0, bytes.length / 2), () => raw.destroy());
  return reply;
}

const dateOf = ({ skew = 0 }: Fault): string => new Date(Date.now() + skew * 1000).toUTCString();
