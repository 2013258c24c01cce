import { isIsthmusError } from '@isthmus/core';
import { expect } from 'chai';
import { checkedOptions } from './options.js';

/** What a program without types may give. */
const given: [what: string, options: unknown, option: string, reason: RegExp][] = [
  ['no object', 'all', '', /must be an object/],
  ['a list', [], '', /must be an object/],
  ['a name that is none', { sed: 1 }, 'sed', /no such option/],
  ['a name that is none, further in', { dataverse: { deltaLink: 'every' } }, 'dataverse.deltaLink', /no such option/],
  ['a value that is none', { finops: { longText: 'keep' } }, 'finops.longText', /refused, cut/],
  ['a port that is none', { psaPort: 70_000 }, 'psaPort', /65535/],
  ['a scale of nothing', { scale: 0 }, 'scale', /positive/],
  ['no web server', { limits: { webServers: 0 } }, 'limits.webServers', /1/],
  [
    'a priority that is none',
    { resources: { capacityMs: 1, priorities: { a: 'top' } } },
    'resources.priorities',
    /high/,
  ],
  ['no capacity', { resources: {} }, 'resources.capacityMs', /0/],
  ['a client without a secret', { otherClients: [{ clientId: 'a' }] }, 'otherClients.0.clientSecret', /string/],
  ['a code that is no text', { dataverse: { errorCodes: { '0x1': 1 } } }, 'dataverse.errorCodes', /a text/],
  ['a precision that is none', { dataverse: { moneyPrecision: 1.5 } }, 'dataverse.moneyPrecision', /currency/],
  [
    'a key without columns',
    { dataverse: { alternateKeys: [{ table: 'a' }] } },
    'dataverse.alternateKeys.0.columns',
    /string/,
  ],
  ['an entitlement to nothing', { dataverse: { dailyRequests: {} } }, 'dataverse.dailyRequests.limit', /1/],
  [
    'no way to go beyond',
    { dataverse: { dailyRequests: { limit: 1, beyond: 'billed' } } },
    'dataverse.dailyRequests.beyond',
    /refused/,
  ],
  ['a trouble that is none', { finops: { packageTroubles: ['DMF1'] } }, 'finops.packageTroubles', /DMF1968/],
  ['a company that is none', { finops: { recurringCompanies: { Out: 1 } } }, 'finops.recurringCompanies', /a company/],
];

describe('options of the sandbox', () => {
  for (const [what, options, option, reason] of given) {
    it(`are refused with one clear error: ${what}`, () => {
      const check = () => checkedOptions(options);
      expect(check)
        .to.throw(reason)
        .that.satisfies((failure: unknown) => isIsthmusError(failure) && failure.code === 'SANDBOX_OPTION_INVALID')
        .and.has.property('message')
        .that.contains(option);
    });
  }

  it('are taken as they are where they are right', () => {
    const options = {
      seed: 1,
      scale: 0.1,
      limits: { requests: 1 },
      resources: { capacityMs: 10, priorities: { a: 'low' } },
      otherClients: [{ clientId: 'a', clientSecret: 'b' }],
      dataverse: {
        moneyPrecision: 'currency',
        errorCodes: { '0x1': '0x2' },
        alternateKeys: [{ table: 'account', columns: ['name'] }],
        duplicateRules: [{ table: 'account', columns: ['name'] }],
        withheldPrivileges: ['prvReadAccount'],
        dailyRequests: { limit: 40_000, beyond: 'refused' },
      },
      finops: { collections: { A: 'B' }, packageTroubles: ['DMF1968'], signedMinutes: 0.5 },
    };
    expect(checkedOptions(options)).to.equal(options);
  });
});
