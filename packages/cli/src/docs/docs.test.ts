import { expect } from 'chai';
import { contractsPlugin, Folder } from '../testing/index.js';

describe('isthmus graph', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    folder.write('.isthmusrc.yaml', `plugins: ["${contractsPlugin}"]`);
  });
  afterEach(() => folder.remove());

  it('lists each template once, in its newest version', async () => {
    const ended = await folder.isthmus('graph', '--json');
    expect(ended.status).to.equal(0);
    expect(ended.json()).to.deep.equal([
      {
        template: 'projects-and-contracts',
        version: 2,
        tasks: ['project-contracts', 'projects', 'contract-lines', 'milestones'],
        after: [],
      },
    ]);
    expect((await folder.isthmus('graph')).stdout).to.match(/^ 1\. projects-and-contracts {2}Projects and contracts/);
  });

  it('draws a Mermaid chart', async () => {
    const { stdout } = await folder.isthmus('graph', '--mermaid');
    expect(stdout.split('\n').slice(0, 2)).to.deep.equal([
      'flowchart TD',
      '  projects-and-contracts["Projects and contracts (PSA 3.x)"]',
    ]);
  });

  it('has nothing to show without plugins', async () => {
    folder.write('.isthmusrc.yaml', 'plugins: []');
    expect((await folder.isthmus('graph')).stdout).to.contain('No templates');
  });
});

describe('isthmus docs templates', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    folder.write('.isthmusrc.yaml', `plugins: ["${contractsPlugin}"]`);
  });
  afterEach(() => folder.remove());

  it('prints prerequisites, parameters, filters, fields and a diagram of every template', async () => {
    const { stdout, status } = await folder.isthmus('docs', 'templates');
    expect(status).to.equal(0);
    for (const part of [
      '```mermaid',
      '### Prerequisites',
      '| `paymentTerms` |',
      '- only where `msdyn_ordertype eq 192350001`',
    ])
      expect(stdout).to.contain(part);
    expect(stdout).to.contain('| `ordernumber` | `ProjectContractID` | copy | integration key |');
  });

  it('writes between the markers of a file, and touches nothing else', async () => {
    const [begin, end] = ['<!-- begin: isthmus docs templates -->', '<!-- end: isthmus docs templates -->'];
    folder.write('page.md', `before\n${begin}\nold\n${end}\nafter\n`);
    expect((await folder.isthmus('docs', 'templates', '--into', 'page.md')).status).to.equal(0);
    const text = folder.read('page.md');
    expect(text).to.match(/^before\n<!-- begin.*\n\n## Projects and contracts[^]*\n\n<!-- end.*\nafter\n$/);
    expect(text).not.to.contain('old');
  });

  it('says what a file without markers lacks', async () => {
    folder.write('page.md', 'nothing');
    const { stderr, status } = await folder.isthmus('docs', 'templates', '--into', 'page.md');
    expect([status, stderr.split(':')[0]]).to.deep.equal([2, 'CLI_MARKERS_MISSING']);
  });
});
