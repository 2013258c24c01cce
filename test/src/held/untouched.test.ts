import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { openSqliteStore } from '@isthmus/store';
import { expect } from 'chai';
import { BYTES_READ } from '../support/bytes-read.js';
import { Site } from '../support/site.js';
import { hold } from '../soak/soak-held.js';

const HELD = 50_000;
/** Less than one walk over them, by the narrowest index, would read. */
const ALLOWED = 400_000;

/** With a million, and by the clock: `npm run soak -- held`. */
describe('Records that are held', function () {
  let sandbox: RunningSandbox;

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    sandbox = await startSandbox({ scale: 0.2 });
  });
  after(() => sandbox?.stop());

  it('are not looked at by a run that touches none of them', async () => {
    const site = new Site(sandbox);
    const store = site.path('state.db');
    site.edit((rc) => (rc.store = { path: store }));
    await site.run();
    site.env['NODE_OPTIONS'] = `--import=${new URL('../support/bytes-read.js', import.meta.url).href}`;
    site.env['COUNT_BYTES'] = '';
    const bytesRead = async (): Promise<number> => {
      const { stderr } = await site.isthmus('run', '--json');
      return Number(stderr.split(BYTES_READ).at(-1));
    };
    await bytesRead();
    const without = await bytesRead();
    await hold(store, HELD);
    const opened = await openSqliteStore({ path: store });
    expect(await opened.held.count({})).to.be.greaterThan(HELD);
    await opened.close();
    expect((await bytesRead()) - without).to.be.lessThan(ALLOWED);
  });
});
