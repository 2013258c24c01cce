import { createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '@isthmus/core';
import { errors } from '../errors.js';

export interface Certificate {
  /** RSA, PEM, not encrypted. A secret. */
  readonly privateKey: string;
  /** As the app registration shows it: SHA-1 or SHA-256, hexadecimal, with or without colons. */
  readonly thumbprint: string;
}

const LIFE_SECONDS = 600;
const THUMBPRINT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Makes the signed statements (RFC 7523, RS256) by which a client proves that it holds the key of its certificate. */
export function clientAssertions(certificate: Certificate, connection: string, clock: Clock) {
  const key = privateKeyOf(certificate, connection);
  const header = encode({ alg: 'RS256', typ: 'JWT', ...thumbprintOf(certificate, connection) });

  return (clientId: string, audience: string): string => {
    const now = Math.floor(clock.now() / 1000);
    const claims = {
      aud: audience,
      iss: clientId,
      sub: clientId,
      jti: randomUUID(),
      nbf: now,
      iat: now,
      exp: now + LIFE_SECONDS,
    };
    const content = `${header}.${encode(claims)}`;
    return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
  };
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function privateKeyOf({ privateKey }: Certificate, connection: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKey);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'the private key is malformed';
    throw errors.ODATA_CERTIFICATE_UNREADABLE({ connection, reason });
  }
  if (key.asymmetricKeyType === 'rsa') return key;
  throw errors.ODATA_CERTIFICATE_UNREADABLE({ connection, reason: `its key is ${key.asymmetricKeyType}, not RSA` });
}

function thumbprintOf({ thumbprint }: Certificate, connection: string): { x5t: string } | { 'x5t#S256': string } {
  const digits = thumbprint.replace(/[:\s]/g, '');
  if (!THUMBPRINT.test(digits))
    throw errors.ODATA_CERTIFICATE_UNREADABLE({ connection, reason: 'its thumbprint is malformed' });
  const encoded = Buffer.from(digits, 'hex').toString('base64url');
  return digits.length === 40 ? { x5t: encoded } : { 'x5t#S256': encoded };
}
