import type { AuditHead, AuditNote, StateStore } from '@isthmus/core';
import { expect } from 'chai';
import { chained } from './audit-chain.js';
import { openDriver } from './driver.js';
import { many } from './fixtures/samples.js';
import { collect, temporaryFolder } from './fixtures/temporary.js';
import { openSqliteStore } from './index.js';

const dropped = (number: number): AuditNote => ({
  action: 'quarantine.dropped',
  subject: `contracts/projects PRJ-${number}`,
  details: { reason: `duplicate of PRJ-${number - 1}` },
});

const WITHOUT_RULES = `
  DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened; DROP TRIGGER audit_is_chained;`;

describe('the audit trail', () => {
  const folder = temporaryFolder();
  let store: StateStore;
  let heads: AuditHead[];

  beforeEach(async () => {
    store = await openSqliteStore({ path: folder.file(), actor: 'mona@finance' });
    heads = [];
    for (const note of many(5, dropped)) heads.push(await store.audit.append(note));
  });
  afterEach(() => store.close());

  /** What somebody with a database tool does. */
  function tamper(sql: string): void {
    const driver = openDriver(folder.file(), 1000);
    try {
      driver.execute(sql);
    } finally {
      driver.close();
    }
  }

  it('keeps who did what to what, and when, newest first', async () => {
    const [latest, ...others] = await collect(store.audit.list({}));
    expect(latest).to.deep.include({ ...dropped(5), number: 5, actor: 'mona@finance' });
    expect(latest?.at).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(others.map(({ number }) => number)).to.deep.equal([4, 3, 2, 1]);
  });

  it('names the user of the process and the machine where nobody is configured', async () => {
    const path = folder.file('other.db');
    const other = await openSqliteStore({ path });
    expect((await other.audit.append(dropped(1))).actor).to.match(/^.+@.+$/);
    await other.close();
  });

  it('is searched by action, by actor, by subject and by time', async () => {
    await store.audit.append({ action: 'run.started', subject: 'run 1' });
    const numbers = async (filter: Parameters<typeof store.audit.list>[0]) =>
      (await collect(store.audit.list(filter))).map(({ number }) => number);
    expect(await numbers({ action: 'run.started' })).to.deep.equal([6]);
    expect(await numbers({ subject: 'prj-2' })).to.deep.equal([2]);
    expect(await numbers({ actor: 'nobody' })).to.deep.equal([]);
    expect(await numbers({ since: '2999-01-01T00:00:00.000Z' })).to.deep.equal([]);
  });

  it('is walked in pages, however long it is', async () => {
    for (let more = 0; more < 600; more++) await store.audit.append(dropped(more));
    const pages = [];
    for await (const page of store.audit.list({})) pages.push(page.length);
    expect(pages).to.deep.equal([500, 105]);
    expect(await store.audit.verify())
      .to.deep.include({ entries: 605 })
      .and.not.have.property('broken');
  });

  it('takes entries of several processes in one chain', async () => {
    const second = await openSqliteStore({ path: folder.file(), actor: 'jo@projects' });
    await second.audit.append(dropped(6));
    await store.audit.append(dropped(7));
    await second.close();
    expect(await store.audit.verify())
      .to.deep.include({ entries: 7 })
      .and.not.have.property('broken');
  });

  it('lets nobody change, remove or insert an entry', () => {
    const refused = 'the audit trail is only appended to';
    expect(() => tamper(`UPDATE audit SET actor = 'jo' WHERE number = 2`)).to.throw(refused);
    expect(() => tamper('DELETE FROM audit WHERE number = 2')).to.throw(refused);
    const forged = `VALUES (9, '', 'jo', 'run.started', '', '{}', 'made up', 'made up')`;
    expect(() => tamper(`INSERT INTO audit ${forged}`)).to.throw('follows the last one');
  });

  describe('of which the rules were taken away', () => {
    const verified = async (expected?: AuditHead) => (await store.audit.verify(expected)).broken;

    it('finds the first entry that was altered', async () => {
      tamper(`${WITHOUT_RULES} UPDATE audit SET details = '{"reason":"none"}' WHERE number IN (2, 4)`);
      expect(await verified()).to.deep.equal({ number: 2, how: 'altered' });
    });

    it('finds it also where its hash was made to fit', async () => {
      const forged = chained(dropped(9), { actor: 'mona@finance', at: '2026-01-01T00:00:00.000Z', head: heads[1] });
      tamper(`${WITHOUT_RULES} UPDATE audit SET at = '${forged.at}', subject = '${forged.subject}',
        details = '${forged.details}', hash = '${forged.hash}' WHERE number = 3`);
      expect(await verified()).to.deep.equal({ number: 3, how: 'altered' });
    });

    for (const number of [1, 3, 5]) {
      it(`finds that entry ${number} of 5 was removed`, async () => {
        tamper(`${WITHOUT_RULES} DELETE FROM audit WHERE number = ${number}`);
        expect(await verified()).to.deep.equal({ number, how: 'removed' });
      });
    }

    it('finds the entry that was inserted', async () => {
      const forged = chained(dropped(9), { actor: 'jo', at: '2026-01-01T00:00:00.000Z', head: heads[1] });
      tamper(`${WITHOUT_RULES}
        UPDATE audit SET number = -number WHERE number > 2; UPDATE audit SET number = 1 - number WHERE number < 0;
        INSERT INTO audit VALUES (3, '${forged.at}', 'jo', '${forged.action}', '${forged.subject}',
          '${forged.details}', '${forged.previous}', '${forged.hash}')`);
      expect(await verified()).to.deep.equal({ number: 3, how: 'inserted' });
    });

    it('shows by a head noted elsewhere that everything was written anew', async () => {
      const [, , noted] = heads;
      expect(await verified(noted)).to.equal(undefined);
      tamper(`${WITHOUT_RULES} DELETE FROM audit WHERE number > 2; DELETE FROM sqlite_sequence`);
      expect(await verified()).to.equal(undefined);
      expect(await verified(noted)).to.deep.equal({ number: 3, how: 'removed' });
      await store.audit.append(dropped(9));
      expect(await verified(noted)).to.deep.equal({ number: 3, how: 'altered' });
    });
  });
});
