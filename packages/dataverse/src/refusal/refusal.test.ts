import type { WriteOperation } from '@isthmus/core';
import type { BatchPart, JsonValue } from '@isthmus/odata';
import { expect } from 'chai';
import { sampleOrder } from '../entities/metadata.test.fixture.js';
import { refusalOf } from './refusal.js';

const part = (status: number, code: string, message: string): BatchPart => {
  const body = { error: { code, message } };
  return { status, headers: { req_id: 'r-1' }, text: JSON.stringify(body), json: () => body };
};

const operation = (kind: WriteOperation['kind']): WriteOperation => ({ kind, key: {}, fields: {} });

type Case = readonly [what: string, kind: WriteOperation['kind'], answer: BatchPart, code: string, recovery: string];

describe('A record that Dataverse refuses', () => {
  const cases: readonly Case[] = [
    [
      'for a taken alternate key',
      'create',
      part(412, '0x80060892', 'Entity Key violated.'),
      'DATAVERSE_KEY_TAKEN',
      'retry',
    ],
    [
      'for a duplicate rule',
      'create',
      part(412, '0x80040333', 'A duplicate exists.'),
      'DATAVERSE_DUPLICATE_FOUND',
      'quarantine',
    ],
    [
      'for its version',
      'update',
      part(412, '0x80060882', 'The version does not match.'),
      'DATAVERSE_ROW_CHANGED',
      'retry',
    ],
    [
      'because it is gone',
      'update',
      part(404, '0x80040217', 'salesorder With Id = 1 Does Not Exist'),
      'DATAVERSE_ROW_MISSING',
      'retry',
    ],
    [
      'because its key finds nothing',
      'update',
      part(404, '0x80060891', 'A record with the specified key values does not exist in salesorder entity'),
      'DATAVERSE_ROW_MISSING',
      'retry',
    ],
    [
      'for a row it points at',
      'update',
      part(404, '0x80040217', 'account With Id = 1 Does Not Exist'),
      'DATAVERSE_REFERENCE_MISSING',
      'quarantine',
    ],
    [
      'for a row that a new one points at',
      'create',
      part(404, '', 'salesorder With Id = 1 Does Not Exist'),
      'DATAVERSE_REFERENCE_MISSING',
      'quarantine',
    ],
    ['for its length', 'create', part(400, '0x80044331', 'name is too long'), 'DATAVERSE_TEXT_TOO_LONG', 'quarantine'],
    [
      'for the limits of the user',
      'create',
      part(429, '0x80072326', 'Number of concurrent requests'),
      'DATAVERSE_THROTTLED',
      'retry',
    ],
    ['because it is down', 'create', part(503, '', 'Service unavailable'), 'DATAVERSE_DISTURBED', 'retry'],
    ['by a plug-in', 'create', part(400, '0x80040265', 'Not on Sundays.'), 'DATAVERSE_REFUSED', 'quarantine'],
  ];
  for (const [what, kind, answer, code, recovery] of cases) {
    it(`${what} is ${code}`, () => {
      expect(refusalOf(sampleOrder, operation(kind), answer)).to.include({ code, recovery });
    });
  }

  it('carries what a gateway says', () => {
    const page = '<html>Bad gateway</html>';
    const answer: BatchPart = { status: 502, headers: {}, text: page, json: () => JSON.parse(page) as JsonValue };
    const error = refusalOf(sampleOrder, operation('create'), answer);
    expect(error).to.include({ code: 'DATAVERSE_DISTURBED', message: page });
    expect(error.place).to.deep.equal({});
  });

  it("keeps the service's own message and code, and the id of the request", () => {
    const error = refusalOf(sampleOrder, operation('create'), part(400, '0x80040265', 'Not on Sundays.'));
    expect(error.message).to.equal('Not on Sundays. (0x80040265)');
    expect(error.details).to.include({ status: 400, code: '0x80040265', message: 'Not on Sundays.' });
    expect(error.place.requestId).to.equal('r-1');
  });
});
