import { expect } from 'chai';
import type { SandboxClient } from '../../client.test.support.js';
import { startWithCompanies } from '../world.test.support.js';
import { COLUMNS, contractsOf, CONTRACTS, handIn, messageStateOf, row, unicode } from './package.test.support.js';

const file = (lines: readonly (readonly string[])[], lineEnd = '\r\n'): Uint8Array =>
  unicode(lines.map((cells) => cells.join() + lineEnd).join(''));

const BAD_FILES: readonly [what: string, bytes: Uint8Array, reason: string][] = [
  ['with lines that end in LF', file([COLUMNS, row('C-1')], '\n'), 'The mapping is incorrect'],
  ['that is a damaged workbook', Buffer.from('PK no workbook'), 'not a valid zip archive'],
  ['that is broken XML', Buffer.from('<Document><A></Document>'), 'could not be read'],
  ['with one cell too many', file([COLUMNS, [...row('C-1'), 'extra']]), 'DMF1966'],
];

for (const messagesInOrder of [false, true]) {
  describe(`protocols C3: a bad file that is handed in, messages ${messagesInOrder ? 'in order' : 'side by side'}`, () => {
    const ENTITY = `?entity=${encodeURIComponent(CONTRACTS)}`;
    let client: SandboxClient;
    const enqueue = (bytes: Uint8Array) => handIn(client, bytes, ENTITY);

    before(async () => {
      client = await startWithCompanies({ finops: { messagesInOrder } });
    });
    after(() => client.sandbox.stop());

    for (const [what, bytes, reason] of BAD_FILES) {
      it(`C3: ${what}: PreProcessingError with its reason, and the next message goes on`, async () => {
        const bad = await enqueue(bytes);
        expect(bad.status).to.equal(200);
        const good = await enqueue(file([COLUMNS, row('C-2')]));
        expect(await messageStateOf(client, bad.json)).to.equal('PreProcessingError');
        const jobId = encodeURIComponent(bad.json);
        const url = `${client.sandbox.finops.url}/api/connector/jobstatus/activity?jobId=${jobId}`;
        expect((await client.finops('GET', url)).json.ExecutionLog).to.contain(reason);
        expect(await messageStateOf(client, good.json)).to.equal('Processed');
        expect(await contractsOf(client)).to.have.length(1);
      });
    }
  });
}
