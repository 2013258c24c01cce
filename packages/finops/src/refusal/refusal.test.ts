import type { BatchPart, JsonValue } from '@isthmus/odata';
import { expect } from 'chai';
import { refusalOf } from './refusal.js';

const answer = (status: number, body: JsonValue | string): BatchPart => ({
  status,
  headers: {},
  text: typeof body === 'string' ? body : JSON.stringify(body),
  json: () => (typeof body === 'string' ? (JSON.parse(body) as JsonValue) : body),
});

const said = (message: string, status = 400): BatchPart =>
  answer(status, {
    error: { code: '', message: 'An error has occurred.', innererror: { message, type: 'AxODataWriteException' } },
  });

const infolog = (text: string): string =>
  `Write failed for table row of type 'ProjCDSProjectEntity'. Infolog: ${text}.`;

describe('A record that Finance & Operations refuses', () => {
  it('for a missing reference tells value, field and table', () => {
    const error = refusalOf(
      said(
        infolog(
          "Warning: The value 'DE-001' in field 'Customer account' is not found in the related table 'Customers'.; " +
            "Warning: validateField failed on field 'ProjCDSProjectEntity.CustomerAccount'.",
        ),
      ),
    );
    expect(error.code).to.equal('FINOPS_REFERENCE_MISSING');
    expect(error.recovery).to.equal('quarantine');
    expect(error.message).to.equal(
      "The value 'DE-001' in field 'Customer account' is not found in the related table 'Customers'.",
    );
    expect(error.details).to.include({ value: 'DE-001', field: 'Customer account', table: 'Customers' });
    expect(error.details['inner']).to.contain('validateField failed');
  });

  const cases: readonly [what: string, part: BatchPart, code: string, recovery: string][] = [
    [
      'because it exists',
      said(infolog('Info: Cannot create a record in Projects. The record already exists.')),
      'FINOPS_DUPLICATE',
      'retry',
    ],
    [
      'because there is nothing to update',
      said('No resources were found when selecting for update.'),
      'FINOPS_ROW_MISSING',
      'retry',
    ],
    [
      'because somebody else was writing',
      said(
        infolog('Error: Cannot edit a record in Projects. An update conflict occurred due to another user process.'),
      ),
      'FINOPS_WRITE_CONFLICT',
      'retry',
    ],
    [
      'because it is posted',
      said(infolog('Error: Actual 1 has been posted with voucher V-1 and cannot be changed (Amount).')),
      'FINOPS_ACTUAL_BOOKED',
      'quarantine',
    ],
    ['because of its version', said('Precondition failed.', 412), 'FINOPS_WRITE_CONFLICT', 'retry'],
    ['because it is short of resources', said('High resource utilization.', 429), 'FINOPS_THROTTLED', 'retry'],
    ['because it is down', answer(503, '<html>Service unavailable</html>'), 'FINOPS_DISTURBED', 'retry'],
    [
      'by a rule of its own',
      said(infolog('Error: Line property Not available does not exist.')),
      'FINOPS_REFUSED',
      'quarantine',
    ],
  ];
  for (const [what, part, code, recovery] of cases) {
    it(`${what} is ${code}`, () => {
      expect(refusalOf(part)).to.include({ code, recovery });
    });
  }

  it('carries what a gateway says', () => {
    expect(refusalOf(answer(502, '<html>Bad gateway</html>')).message).to.equal('<html>Bad gateway</html>');
  });
});
