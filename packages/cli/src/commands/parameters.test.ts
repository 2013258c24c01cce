import { expect } from 'chai';
import { SandboxedFolder } from '../testing/index.js';

interface Change {
  readonly legalEntity: string;
  readonly setting: string;
  readonly from: string | null;
  readonly to: string | null;
}

describe('isthmus parameters', function () {
  this.timeout(180_000);
  let folder: SandboxedFolder;
  beforeEach(async () => (folder = await SandboxedFolder.create({ scale: 0.1 })));
  afterEach(() => folder.stop());

  const shown = async () =>
    (await folder.isthmus('parameters', 'show', '--json')).json() as Record<string, Record<string, string | null>>;
  const set = (...args: string[]) => folder.isthmus('parameters', 'set', ...args);

  it('shows every setting of each legal entity of the organisation mapping', async () => {
    const { stdout, status } = await folder.isthmus('parameters', 'show');
    expect(status).to.equal(0);
    expect(stdout).to.match(/^setting +USSI +USMF$/m);
    expect(stdout).to.match(/^timeCategory +Consulting +Consulting$/m);
    expect(stdout).to.match(/^lineProperty\.Chargeable +Chargeable +Chargeable$/m);
    expect((await shown())['USSI']).to.include({ defaultProjectType: 'TimeMaterial', 'locking.Project': 'No' });
  });

  it('finds nothing wrong with a form that is filled in', async () => {
    const { stdout, status } = await folder.isthmus('parameters', 'check');
    expect(status).to.equal(0);
    expect(stdout).to.match(/\d+ checks, 0 failed\.\n$/);
  });

  it('says what the templates miss, with the command that puts it right', async () => {
    await set('feeCategory=', 'lineProperty.Complimentary=', 'integrationEnabled=No', '--legal-entity', 'usmf');
    const { stdout, status } = await folder.isthmus('parameters', 'check');
    expect(status).to.equal(1);
    expect(stdout).to.contain('USMF feeCategory  feeCategory is not set.');
    expect(stdout).to.contain('integrationEnabled is No: F&O accepts nothing from PSA.');
    expect(stdout).to.contain('remedy: isthmus parameters set lineProperty.Complimentary=… --legal-entity USMF');
    expect(stdout).to.match(/3 failed\.\n$/);
  });

  it('changes one legal entity or all of them, and says what it changed', async () => {
    const one = await set('defaultProjectType=FixedPrice', 'locking.Project=Yes', '--legal-entity', 'USMF');
    expect(one.stdout).to.equal(
      'USMF  defaultProjectType  TimeMaterial → FixedPrice\nUSMF  locking.Project  No → Yes\n2 changes.\n',
    );
    const all = (await set('defaultProjectType=FixedPrice', '--json')).json() as { readonly changes: Change[] };
    expect(all.changes.map(({ legalEntity }) => legalEntity)).to.deep.equal(['USSI']);
    expect((await shown())['USMF']).to.include({ defaultProjectType: 'FixedPrice', 'locking.Project': 'Yes' });
    await set('locking.Project=No', 'projectGroup.Internal=');
    expect((await shown())['USMF']).to.include({ 'locking.Project': 'No', 'projectGroup.Internal': null });
    await set('projectGroup.Internal=INT');
    expect((await shown())['USSI']).to.include({ 'projectGroup.Internal': 'INT' });
  });

  it('changes nothing in a dry run, and leaves a trace of what it does change', async () => {
    const before = await shown();
    const audited = async () => (await folder.isthmus('audit', '--json', '--action', 'parameters.changed')).stdout;
    expect((await set('timeCategory=', '--dry-run')).stdout).to.contain('USSI  timeCategory  Consulting → –\n');
    expect(await shown()).to.deep.equal(before);
    expect(await audited()).to.equal('');
    await set('timeCategory=', '--legal-entity', 'USSI');
    expect(JSON.parse(await audited()))
      .to.have.nested.property('details.changes')
      .that.deep.equals([{ legalEntity: 'USSI', setting: 'timeCategory', from: 'Consulting', to: null }]);
  });

  it('refuses every value that F&O does not have, all at once, and changes nothing', async () => {
    const before = await shown();
    const { status, stderr } = await set(
      'timeCategory=Meal',
      'feeCategory=Nonsense',
      'projectGroup.FixedPrice=TM',
      'lineProperty.Chargeable=None',
      'defaultProjectType=Internal',
      '--legal-entity=USMF',
    );
    expect(status).to.equal(1);
    expect(stderr).to.contain("timeCategory names the category 'Meal', whose transaction type is not Hour.");
    expect(stderr).to.contain("feeCategory names 'Nonsense', and there is no such project category.");
    expect(stderr).to.contain("projectGroup.FixedPrice names the group 'TM', which is for TimeMaterial.");
    expect(stderr).to.contain("lineProperty.Chargeable names 'None', and there is no such line property.");
    expect(stderr).to.contain('defaultProjectType is Internal, which PSA does not have (TimeMaterial, FixedPrice).');
    expect(await shown()).to.deep.equal(before);
  });

  it('names what was probably meant', async () => {
    expect((await set('timeCategry=Consulting')).stderr).to.contain("the nearest name is 'timeCategory'");
    expect((await set('locking.Project=Maybe')).stderr).to.contain("locking.Project cannot be 'Maybe' (No, Yes)");
    expect((await set('timeCategory')).stderr).to.contain("'timeCategory' is not of the form setting=value.");
    expect((await set('timeCategory=', '--legal-entity', 'XXXX')).stderr).to.contain('mapped: USSI, USMF');
  });
});
