import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isIsthmusError } from '@isthmus/core';
import { expect } from 'chai';
import type { Json } from './client.test.support.js';
import { startWithClient } from './client.test.support.js';
import type { SandboxOptions } from './index.js';
import { awkwardRows, startSandbox } from './index.js';

async function refusal(options: SandboxOptions): Promise<string | undefined> {
  try {
    await (await startSandbox(options)).stop();
    return undefined;
  } catch (failure) {
    return isIsthmusError(failure) ? failure.code : String(failure);
  }
}

describe('the sandbox', () => {
  it('starts with the sample company, each system on a port of its own', async () => {
    const { sandbox, psa, finops } = await startWithClient({});
    try {
      const urls = [sandbox.psa.url, sandbox.finops.url, sandbox.token.url];
      expect(new Set(urls.map((url) => new URL(url).port))).to.have.property('size', 3);
      for (const url of urls) expect(new URL(url).hostname).to.equal('127.0.0.1');
      const orders = await psa(
        'GET',
        'salesorders?$filter=msdyn_ordertype eq 192350001&$expand=transactioncurrencyid($select=isocurrencycode)',
      );
      expect(orders.json.value.length).to.be.above(20);
      expect((await finops('GET', 'ProjCDSProjectContracts/$count?cross-company=true')).text).to.equal('0');
      expect((await finops('GET', 'CustomersV3')).json.value.length).to.be.above(10);
    } finally {
      await sandbox.stop();
    }
  });

  it('takes back every row of the sample company as it gave it', async () => {
    const { sandbox, finops } = await startWithClient({});
    try {
      for (const set of ['CustomersV3', 'ProjectGroups', 'ProjCDSParameters', 'PaymentTerms']) {
        const { json } = await finops('GET', set, { headers: { accept: 'application/json;odata.metadata=full' } });
        expect(json.value).not.to.be.empty;
        for (const row of json.value as Json[]) {
          const answer = await finops('PATCH', row['@odata.editLink'], { body: row });
          expect(answer.status, row['@odata.editLink']).to.equal(204);
        }
      }
    } finally {
      await sandbox.stop();
    }
  });

  it('gives the same rows for the same seed, whichever table is asked for first', async () => {
    const names = async (seed: number, ...paths: string[]): Promise<string[]> => {
      const { sandbox, psa } = await startWithClient({ seed });
      const answers = [];
      for (const path of paths) answers.push((await psa('GET', path)).json.value);
      await sandbox.stop();
      return answers.map((rows: Json[]) =>
        JSON.stringify(rows.map(({ '@odata.etag': _etag, versionnumber: _version, ...row }) => row)),
      );
    };
    const [orders, accounts] = await names(7, 'salesorders', 'accounts');
    expect(await names(7, 'accounts', 'salesorders')).to.deep.equal([accounts, orders]);
    expect(await names(8, 'accounts')).not.to.deep.equal([accounts]);
  });

  it('listens on this machine only, unless told', async () => {
    expect(await refusal({ host: '0.0.0.0' })).to.equal('SANDBOX_HOST_NOT_LOOPBACK');
    expect(await refusal({ host: 'example.org' })).to.equal('SANDBOX_HOST_NOT_LOOPBACK');
    expect(await refusal({ host: '0.0.0.0', allowNonLoopback: true, empty: true })).to.equal(undefined);
  });

  it('says which port it cannot have, and leaves nothing open', async () => {
    const first = await startSandbox({ empty: true });
    try {
      const taken = Number(new URL(first.finops.url).port);
      expect(await refusal({ empty: true, finopsPort: taken })).to.equal('SANDBOX_CANNOT_LISTEN');
    } finally {
      await first.stop();
    }
  });

  describe('with a folder', () => {
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    });

    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('starts again where it stopped: rows, versions, numbers, delta links', async () => {
      const first = await startWithClient({ empty: true, folder });
      await first.psa('POST', 'accounts', { body: { accountnumber: '1', name: 'kept "as" it is\t☃' } });
      await first.psa('POST', 'salesorders', {
        body: { name: 'o', 'customerid_account@odata.bind': "/accounts(accountnumber='1')" },
      });
      const gone = await first.psa('POST', 'accounts', { body: { name: 'gone' } });
      const delta = await first.psa('GET', 'accounts?$select=name', { headers: { prefer: 'odata.track-changes' } });
      await first.psa('DELETE', gone.headers.get('odata-entityid') ?? '');
      const before = await first.psa('GET', 'salesorders?$expand=customerid_account($select=name)');
      await first.sandbox.stop();

      const second = await startWithClient({ empty: true, folder });
      try {
        const after = await second.psa('GET', 'salesorders?$expand=customerid_account($select=name)');
        expect(after.json.value).to.deep.equal(before.json.value);
        const token = new URL(delta.json['@odata.deltaLink']).search;
        const changes = await second.psa('GET', `accounts${token}`);
        expect(changes.json.value).to.have.length(1);
        expect(changes.json.value[0]).to.include({ reason: 'deleted' });
        const numbers = await second.psa('POST', 'salesorders?$select=ordernumber', {
          body: { name: 'next' },
          headers: { prefer: 'return=representation' },
        });
        expect(numbers.json.ordernumber).to.match(/^ORD-01002-/);
      } finally {
        await second.sandbox.stop();
      }
      expect(await readdir(folder)).to.have.members(['psa', 'finops']);
    });

    it('keeps only what differs from the sample company, and makes the rest from the seed again', async () => {
      const scale = 11;
      const first = await startWithClient({ scale, folder });
      const read = async ({ psa }: Pick<typeof first, 'psa'>): Promise<Json[]> => {
        const rows: Json[] = [];
        for (let next: string | undefined = 'msdyn_actuals'; next;) {
          const { json } = await psa('GET', next);
          rows.push(...json.value);
          next = json['@odata.nextLink'];
        }
        return rows;
      };
      const [one, other] = await read(first);
      await first.psa('PATCH', `msdyn_actuals(${one?.msdyn_actualid})`, { body: { msdyn_description: 'changed' } });
      await first.psa('DELETE', `msdyn_actuals(${other?.msdyn_actualid})`);
      await first.psa('POST', 'msdyn_actuals', { body: { ...DATES, msdyn_description: 'added' } });
      const before = await read(first);
      await first.sandbox.stop();
      expect(await readdir(join(folder, 'psa'))).to.have.members(['state.json', 'msdyn_actuals.rows']);
      expect(await readdir(join(folder, 'finops'))).to.deep.equal(['state.json']);

      const second = await startWithClient({ folder });
      expect(await read(second)).to.deep.equal(before);
      expect(before).to.have.length(4400 + awkwardRows.filter(({ set }) => set === 'msdyn_actuals').length);
      await second.psa('PATCH', `msdyn_actuals(${before[4000]?.msdyn_actualid})`, { body: { msdyn_percent: 1.5 } });
      const later = await read(second);
      await second.sandbox.stop();

      const third = await startWithClient({ folder });
      expect(await read(third)).to.deep.equal(later);
      await third.sandbox.stop();
    });

    it('says that seed and scale have no effect where the folder holds another company', async () => {
      const start = async (options: SandboxOptions): Promise<readonly string[]> => {
        const sandbox = await startSandbox({ ...options, folder });
        await sandbox.stop();
        return sandbox.notices;
      };
      expect(await start({ seed: 3, scale: 2 })).to.deep.equal([]);
      expect(await start({})).to.deep.equal([]);
      expect(await start({ seed: 3, scale: 2 })).to.deep.equal([]);
      expect((await start({ seed: 4, scale: 5 }))[0]).to.match(/seed 3 and scale 2.*seed 4 and scale 5 had no effect/);
      expect((await start({ empty: true }))[0]).to.contain('empty had no effect');
    });

    it('says at the start that it could not keep anything there', async () => {
      const file = join(folder, 'file');
      await writeFile(file, '');
      expect(await refusal({ empty: true, folder: file })).to.equal('SANDBOX_FOLDER_NOT_WRITABLE');
      expect(await refusal({ empty: true, folder: join(file, 'below') })).to.equal('SANDBOX_FOLDER_NOT_WRITABLE');
    });

    describe('that was damaged', () => {
      const rows = () => join(folder, 'psa', 'accounts.rows');
      const state = () => join(folder, 'psa', 'state.json');

      beforeEach(async () => {
        const { sandbox, psa } = await startWithClient({ empty: true, folder });
        await psa('POST', 'accounts', { body: { name: 'Contoso' } });
        await sandbox.stop();
      });

      const damages: Record<string, () => Promise<unknown>> = {
        'a file of rows is cut off': async () => truncate(rows(), (await readFile(rows())).length - 1),
        'a byte is another one': async () => {
          const bytes = await readFile(rows());
          bytes[bytes.length >> 1]! ^= 1;
          await writeFile(rows(), bytes);
        },
        'a file of rows is missing': () => rm(rows()),
        'the list of tables is cut off': async () => truncate(state(), (await readFile(state())).length >> 1),
        'the list of tables holds something else': () => writeFile(state(), '{"format":2}'),
        'it is of another version of the sandbox': async () =>
          writeFile(state(), (await readFile(state(), 'utf8')).replace('"format":2', '"format":1')),
        'it is of a sandbox that makes another company from the seed': async () => {
          const company = '"company":{"seed":1,"scale":1,"digest":"0"}';
          await writeFile(state(), (await readFile(state(), 'utf8')).replace('"company":null', company));
        },
      };
      for (const [what, damage] of Object.entries(damages)) {
        it(`is not read when ${what}`, async () => {
          await damage();
          expect(await refusal({ folder })).to.equal('SANDBOX_SNAPSHOT_UNREADABLE');
        });
      }
    });
  });
});

const DATES = {
  msdyn_documentdate: '2025-03-01',
  msdyn_startdatetime: '2025-03-01',
  msdyn_enddatetime: '2025-03-01',
};
