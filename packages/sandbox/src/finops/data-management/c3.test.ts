import { expect } from 'chai';
import { setTimeout } from 'node:timers/promises';
import { type Json, type SandboxClient } from '../../client.test.support.js';
import type { SandboxOptions } from '../../index.js';
import { startWithCompanies } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  contractsOf,
  CONTRACTS,
  exportProject,
  handIn,
  idsIn,
  messageStateOf,
  packageOf,
  row,
  serviceAt,
  unicode,
} from './package.test.support.js';

describe('protocols C3: recurring integrations', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  describe('a file that is handed in', () => {
    const enqueue = (bytes: Uint8Array, query: string, headers = {}) => handIn(client, bytes, query, headers);
    const stateOf = (messageId: string): Promise<string> => messageStateOf(client, messageId);

    it('C3: is known by a message id, a JSON text, and comes to be processed', async () => {
      const file = unicode(`${COLUMNS.join()}\r\n${row('C-1').join()}\r\n`);
      const { json: id } = await enqueue(file, `?entity=${encodeURIComponent(CONTRACTS)}&company=USMF`);
      expect(await stateOf(id)).to.equal('Processed');
      expect(await contractsOf(client)).to.have.length(1);
    });

    it('C3: goes to the company that the address names', async () => {
      const file = unicode('NAME\r\nNet60\r\n');
      const { json: id } = await enqueue(file, '?entity=Terms%20of%20payment&company=USSI');
      expect(await stateOf(id)).to.equal('Processed');
      const query = "$filter=Name eq 'Net60'&cross-company=true";
      const rows: Json[] = (await client.finops('GET', `PaymentTerms?${query}`)).json.value;
      expect(rows.map(({ dataAreaId }) => dataAreaId)).to.deep.equal(['ussi']);
    });

    it('C3: may be a package, without an entity; rows that are refused show in its state', async () => {
      const { json: id } = await enqueue(packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')]), '');
      expect(await stateOf(id)).to.equal('ProcessedWithErrors');
      const url = `${client.sandbox.finops.url}/api/connector/jobstatus/activity?jobId=${encodeURIComponent(id)}`;
      const { json } = await client.finops('GET', url);
      expect(json.DataJobStatus.DataJobState).to.equal('ProcessedWithErrors');
      expect(json.ExecutionLog).to.contain('NOBODY');
    });

    it('C3: that cannot be read is found out behind the queue', async () => {
      const { json: id } = await enqueue(Buffer.from('PK no package'), '');
      expect(await stateOf(id)).to.equal('PreProcessingError');
    });

    it('C3: may come with an identifier of its sender; of an entity that is not known, it is refused at once', async () => {
      const external = { 'x-ms-dyn-externalidentifier': 'contracts.csv' };
      const entity = `?entity=${encodeURIComponent(CONTRACTS)}`;
      expect((await enqueue(unicode(`${COLUMNS.join()}\r\n`), entity, external)).status).to.equal(200);
      expect((await enqueue(unicode(''), '?entity=Nothing')).status).to.equal(400);
    });
  });

  describe('a package that is fetched', () => {
    const queue = (method: string, verb: string, body?: Json) =>
      client.finops(method, `${client.sandbox.finops.url}/api/connector/${verb}/Out`, body && { body });

    it('C3: is offered once, until it is acknowledged; an empty queue answers 204', async () => {
      await exportProject(client, 'FullPush');
      const offered = await queue('GET', 'dequeue');
      expect(offered.json).to.have.all.keys('CorrelationId', 'PopReceipt', 'DownloadLocation');
      expect(idsIn(new Uint8Array(await (await fetch(offered.json.DownloadLocation)).arrayBuffer()))).to.have.length(2);
      expect((await queue('GET', 'dequeue')).status).to.equal(204);
      const state = async () =>
        (await act(client, 'GetMessageStatus', { messageId: offered.json.CorrelationId })).json.value;
      expect(await state()).to.equal('Dequeued');
      expect((await queue('POST', 'ack', offered.json)).status).to.equal(200);
      expect(await state()).to.equal('Acked');
      expect((await queue('POST', 'ack', offered.json)).status).to.equal(400);
      expect((await queue('GET', 'dequeue')).status).to.equal(204);
    });
  });
});

describe('protocols C3: what time does to messages', () => {
  const MINUTE = 60 * 1000;
  let now = Date.parse('2026-03-01T00:00:00Z');
  const ask = serviceAt(() => now);
  const dequeue = () => ask('GET', '/api/connector/dequeue/Out');

  before(() => {
    for (const [set, body] of Object.entries({
      LegalEntities: { LegalEntityId: 'USMF' },
      Currencies: { CurrencyCode: 'USD' },
      DataManagementDefinitionGroups: { Name: 'Out', OperationType: 'Export' },
      DataManagementDefinitionGroupDetails: { DefinitionGroupId: 'Out', EntityName: 'Currencies' },
    })) {
      expect(ask('POST', `/data/${set}`, body).status, set).to.equal(201);
    }
  });

  it('C3: one that is not acknowledged is offered again every 30 minutes', () => {
    const first = dequeue().json;
    now += 30 * MINUTE - 1;
    expect(dequeue().status).to.equal(204);
    now += 1;
    expect(dequeue().json).to.include({ CorrelationId: first.CorrelationId, PopReceipt: first.PopReceipt });
    expect(dequeue().status).to.equal(204);
  });

  it('C3: and no longer than its file is kept, which is seven days', () => {
    now += 7 * 24 * 60 * MINUTE;
    expect(dequeue().status).to.equal(204);
    expect(ask('POST', '/data/Currencies', { CurrencyCode: 'EUR' }).status).to.equal(201);
    const next = dequeue().json;
    expect(ask('POST', '/api/connector/ack/Out', next).status).to.equal(200);
    now += 30 * MINUTE;
    expect(dequeue().status).to.equal(204);
  });
});

describe('protocols C3: the states of messages', () => {
  const within = async (finops: SandboxOptions['finops'], work: (client: SandboxClient) => Promise<void>) => {
    const client = await startWithCompanies({ finops: { packageDelayMs: 200, ...finops } });
    try {
      await work(client);
    } finally {
      await client.sandbox.stop();
    }
  };
  /** From the moment that a package is handed in until its message has come to an end. */
  const statesOf = async (client: SandboxClient): Promise<string[]> => {
    const { json: messageId } = await handIn(client, packageOf(COLUMNS, [row('C-1')]), '');
    const states: string[] = [];
    while (states.length === 0 || states.at(-1)?.endsWith('ing')) {
      const { value } = (await act(client, 'GetMessageStatus', { messageId })).json;
      if (value !== states.at(-1)) states.push(value);
    }
    return states;
  };

  it('C3: Preprocessing until a message has left staging, and Processing from then on', () =>
    within({ packageTroubles: ['DMF1968'] }, async (client) => {
      expect(await statesOf(client)).to.deep.equal(['Preprocessing', 'Processing', 'Processed']);
    }));

  it('C3: PostProcessingFailed: what comes behind the import has failed, and the rows are there', () =>
    within({ packageTroubles: ['post-processing'] }, async (client) => {
      expect((await statesOf(client)).at(-1)).to.equal('PostProcessingFailed');
      expect(await contractsOf(client)).to.have.length(1);
    }));

  it('C3: PostProcessingError, as a client calls it, where the switch says so', () =>
    within({ packageTroubles: ['post-processing'], messageStates: 'observed' }, async (client) => {
      expect((await statesOf(client)).at(-1)).to.equal('PostProcessingError');
    }));

  for (const [messageStates, fetched] of [
    ['documented', 'Dequeued'],
    ['observed', 'Downloaded'],
  ] as const) {
    it(`C3: ${fetched}: a package that was fetched and not acknowledged, with the states that are ${messageStates}`, () =>
      within({ messageStates, packageDelayMs: 0 }, async (client) => {
        await exportProject(client, 'FullPush');
        const queue = (method: string, verb: string, body?: Json) =>
          client.finops(method, `${client.sandbox.finops.url}/api/connector/${verb}/Out`, body && { body });
        const offered = (await queue('GET', 'dequeue')).json;
        const state = async () =>
          (await act(client, 'GetMessageStatus', { messageId: offered.CorrelationId })).json.value;
        expect(await state()).to.equal('Dequeued');
        await fetch(offered.DownloadLocation);
        expect(await state()).to.equal(fetched);
        await queue('POST', 'ack', offered);
        expect(await state()).to.equal('Acked');
      }));
  }
});

describe('protocols C3: the switch for messages in order', () => {
  const both = async (messagesInOrder: boolean) => {
    const client = await startWithCompanies({ finops: { messagesInOrder, packageDelayMs: 150 } });
    try {
      const entity = `?entity=${encodeURIComponent(CONTRACTS)}`;
      const file = (name: string) => unicode(`${COLUMNS.join()}\r\n${row('C-1', name).join()}\r\n`);
      const ids = [];
      for (const name of ['first', 'second']) ids.push((await handIn(client, file(name), entity)).json);
      const stateOf = async (messageId: string) => (await act(client, 'GetMessageStatus', { messageId })).json.value;
      const early = await stateOf(ids[1]);
      const packaged = (await handIn(client, packageOf(COLUMNS, [row('C-9')]), '')).json;
      const besides = await stateOf(packaged);
      while ((await stateOf(ids[1])) !== 'Processed') await setTimeout(10);
      return { early, besides, names: (await contractsOf(client)).map(({ Name }) => Name) };
    } finally {
      await client.sandbox.stop();
    }
  };

  it('a file waits for the one before it, and a package for none', async () => {
    const { early, besides, names } = await both(true);
    expect([early, besides]).to.deep.equal(['Enqueued', 'Preprocessing']);
    expect(names).to.include('second');
  });

  it('without it, files are processed side by side', async () => {
    expect((await both(false)).early).to.equal('Preprocessing');
  });
});
