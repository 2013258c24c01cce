import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { LEGAL_ENTITIES, links, psaCategories, setUpCategory } from '../support/categories.js';
import { Controls, isWrite } from '../support/controls.js';
import { finopsOf } from '../support/finops.js';
import { isReconciled, totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';

const CHARGEABLE = 192350001;
const EMPTY = '00000000-0000-0000-0000-000000000000';

for (const master of ['finops', 'psa']) {
  describe(`Expense categories, mastered by ${master}`, () => {
    let sandbox: RunningSandbox;
    let controls: Controls;
    let site: Site;

    before(async () => {
      sandbox = await startSandbox({ scale: 0.1 });
      controls = new Controls(sandbox);
      site = new Site(sandbox, (rc) => {
        install(rc, 'categories');
        const { categories } = rc.integrations;
        if (categories) categories.parameters = { master };
      });
      await setUpCategory(sandbox, 'Parking');
      await psaOf(sandbox).create('msdyn_transactioncategories', { msdyn_name: 'Visa fees' });
    });

    after(() => sandbox.stop());

    const held = async (): Promise<HeldLine[]> => (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
    const idOf = async (name: string): Promise<string> => {
      const rows = (await psaCategories(sandbox)).get(name) ?? [];
      expect(rows, name).to.have.length(1);
      return String(rows[0]?.['msdyn_transactioncategoryid']);
    };
    const expectLinked = async (): Promise<void> => {
      const categories = await psaCategories(sandbox);
      for (const [place, id] of await links(sandbox)) {
        const name = place.slice(place.indexOf('/') + 1);
        const twins = categories.get(name) ?? [];
        expect(twins, `${name} in PSA`).to.have.length(1);
        expect(id, place).to.equal(twins[0]?.['msdyn_transactioncategoryid']);
      }
    };

    it('links every category of every legal entity in one run, and makes no duplicates', async () => {
      const before = await psaCategories(sandbox);
      const result = await site.run();
      expect(isReconciled(result)).to.equal(true);
      await expectLinked();
      const after = await psaCategories(sandbox);
      expect([...after.keys()].sort()).to.deep.equal([...before.keys(), 'Parking'].sort());
      expect(after.get('Parking')?.[0]).to.include({ msdyn_billingtype: CHARGEABLE });
    });

    it('keeps a category that F&O does not have, once for each legal entity, and says what to do', async () => {
      const lines = await held();
      expect(lines.map(({ key, legalEntity }) => `${legalEntity} ${key}`).sort()).to.deep.equal(
        LEGAL_ENTITIES.map((legalEntity) => `${legalEntity} Visa fees`),
      );
      for (const { code, errors } of lines) {
        expect(code).to.equal('RECORD_TO_CHANGE_MISSING');
        expect(errors[0]?.remedy).to.match(/Set the row up/);
      }
    });

    it('finds nothing to do in a second run', async () => {
      await controls.forgetRequests();
      const result = await site.run();
      expect(totalsOf(result)).to.include({ created: 0, updated: 0, deleted: 0 });
      expect((await controls.requests()).filter(isWrite).filter(({ url }) => !url.includes('$batch'))).to.deep.equal(
        [],
      );
    });

    it('finds nothing to do in a full run', async () => {
      expect(totalsOf(await site.run('--full'))).to.include({ created: 0, updated: 0, deleted: 0 });
    });

    it('links a category by itself once F&O has it', async () => {
      await setUpCategory(sandbox, 'Visa fees');
      await site.run();
      await expectLinked();
      expect((await links(sandbox)).get('usmf/Visa fees')).to.equal(await idOf('Visa fees'));
      expect(await held()).to.deep.equal([]);
    });

    it('takes over a category that is new in PSA and in one legal entity, and waits for the other', async () => {
      await psaOf(sandbox).create('msdyn_transactioncategories', { msdyn_name: 'Toll' });
      await setUpCategory(sandbox, 'Toll', ['usmf']);
      await site.run();
      expect((await links(sandbox)).get('usmf/Toll')).to.equal(await idOf('Toll'));
      expect((await held()).map(({ key, legalEntity }) => `${legalEntity} ${key}`)).to.deep.equal(['ussi Toll']);
    });

    it('puts a link right that was cleared in F&O', async () => {
      const path = "ProjCDSCategories(dataAreaId='usmf',CategoryId='Hotel')?cross-company=true";
      await finopsOf(sandbox).update(path, { IntegrationId: EMPTY });
      await site.run(...(master === 'psa' ? [] : ['--full']));
      expect((await links(sandbox)).get('usmf/Hotel')).to.equal(await idOf('Hotel'));
    });

    it('notices a category that is gone from F&O, once, and leaves its twin in PSA alone', async () => {
      await finopsOf(sandbox).remove("ProjCDSCategories(dataAreaId='usmf',CategoryId='Gift')?cross-company=true");
      const filtered = async (): Promise<number | undefined> =>
        (await site.run()).tasks.find(({ task }) => task === 'categories-to-psa')?.filtered;
      expect(await filtered()).to.equal(1);
      expect(await filtered()).to.equal(0);
      expect((await psaCategories(sandbox)).has('Gift')).to.equal(true);
    });

    if (master === 'finops') {
      it('gives a category its name back that was renamed in PSA', async () => {
        const id = await idOf('Meal');
        await psaOf(sandbox).update(`msdyn_transactioncategories(${id})`, { msdyn_name: 'Meals' });
        await site.run();
        expect(await idOf('Meal')).to.equal(id);
        expect((await psaCategories(sandbox)).has('Meals')).to.equal(false);
      });
    } else {
      it('keeps a category that was renamed in PSA until F&O has renamed it too, and does not undo the name', async () => {
        const id = await idOf('Meal');
        await psaOf(sandbox).update(`msdyn_transactioncategories(${id})`, { msdyn_name: 'Meals' });
        await site.run();
        expect(await idOf('Meals')).to.equal(id);
        expect((await psaCategories(sandbox)).has('Meal')).to.equal(false);
        expect((await held()).filter(({ key }) => key === 'Meals')).to.have.length(2);
      });
    }
  });
}

describe('Legal entities that the organisation mapping leaves out', () => {
  it('are neither read nor written', async () => {
    const sandbox = await startSandbox({ scale: 0.1 });
    try {
      await setUpCategory(sandbox, 'Parking', ['ussi']);
      const site = new Site(sandbox, (rc) => {
        install(rc, 'categories');
        rc.connectionSets.main.organizations = { 'Contoso Global': 'USMF', 'Contoso US': null };
      });
      expect((await site.run()).status).to.equal('succeeded');
      expect((await psaCategories(sandbox)).has('Parking')).to.equal(false);
      for (const [place, id] of await links(sandbox)) {
        if (place.startsWith('ussi/')) expect(id, place).to.equal(EMPTY);
        else expect(id, place).not.to.equal(EMPTY);
      }
    } finally {
      await sandbox.stop();
    }
  });
});

describe('A plan of expense categories', () => {
  it('sees in the second direction what it plans in the first, and is applied without drift', async () => {
    const sandbox = await startSandbox({ scale: 0.1 });
    try {
      await setUpCategory(sandbox, 'Parking');
      const site = new Site(sandbox, (rc) => {
        install(rc, 'categories');
        const { categories } = rc.integrations;
        if (categories) categories.parameters = { master: 'psa' };
      });
      const plan = await site.isthmus('plan', 'categories', '--out', 'categories.plan');
      expect(plan.status, plan.stderr).to.equal(4);
      const applied = await site.isthmus('apply', 'categories.plan', '--json');
      expect(applied.status, applied.stderr).to.equal(0);
      expect((await psaCategories(sandbox)).get('Parking')).to.have.length(1);
      // What was new in PSA is linked by the next one.
      expect((await site.isthmus('plan', 'categories', '--out', 'categories.plan')).status).to.equal(4);
      await site.isthmus('apply', 'categories.plan');
      const twin = (await psaCategories(sandbox)).get('Parking')?.[0]?.['msdyn_transactioncategoryid'];
      expect((await links(sandbox)).get('ussi/Parking')).to.equal(twin);
      expect((await site.isthmus('plan', 'categories')).status).to.equal(0);
    } finally {
      await sandbox.stop();
    }
  });
});

describe('What F&O must have before PSA masters the expense categories', () => {
  it('is checked beforehand, for every legal entity, with all faults at once', async () => {
    const sandbox = await startSandbox({ scale: 0.1 });
    try {
      const site = new Site(sandbox, (rc) => {
        install(rc, 'categories');
        const { categories } = rc.integrations;
        if (categories) categories.parameters = { master: 'psa' };
      });
      const psa = psaOf(sandbox);
      for (const name of ['Nowhere', 'Unused', 'Passive', 'Hours'])
        await psa.create('msdyn_transactioncategories', { msdyn_name: name });
      await setUpCategory(sandbox, 'Unused', ['usmf'], { category: { UseInExpense: 'No' } });
      await setUpCategory(sandbox, 'Passive', ['usmf'], { projectCategory: { ActiveInJournals: 'No' } });
      await setUpCategory(sandbox, 'Hours', ['ussi'], { projectCategory: { TransactionType: 'Hour' } });
      const { stdout } = await site.isthmus('doctor');
      const text = stdout.replace(/\s+/g, ' ');
      expect(text).to.contain('usmf: Hours is not set up, is no project category; Nowhere is no shared category');
      expect(text).to.contain('Passive is not active in journals; Unused has use in expense off.');
      expect(text).to.contain('ussi: Hours has the transaction type Hour, not Expense; Nowhere is no shared category');
      expect(text).not.to.contain('Consulting');
    } finally {
      await sandbox.stop();
    }
  });
});
