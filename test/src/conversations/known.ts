import type { RunningSandbox } from '@isthmus/sandbox';
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

/** What placeholders stand for before the first exchange of a conversation. */
export const knownOf = ({ psa, finops, token, tenant, clientId, clientSecret, outsider }: RunningSandbox) => ({
  psa: psa.url,
  finops: finops.url,
  tenant,
  clientId,
  clientSecret,
  outsiderId: outsider.clientId,
  outsiderSecret: outsider.clientSecret,
  basicCredentials: Buffer.from(`${clientId}:${clientSecret}`).toString('base64'),
  clientAssertion: clientAssertion(clientId, token.url),
});

const certificate = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What a client that has a certificate says in the place of a secret. */
function clientAssertion(clientId: string, tokenUrl: string): string {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'RS256', typ: 'JWT', x5t: 'c2FtcGxlIHRodW1icHJpbnQ' };
  const claims = { aud: tokenUrl, iss: clientId, sub: clientId, jti: randomUUID(), nbf: now, exp: now + 300 };
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${createSign('RSA-SHA256').update(content).sign(certificate.privateKey, 'base64url')}`;
}
