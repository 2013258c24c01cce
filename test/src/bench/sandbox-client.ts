import { writeFileSync } from 'node:fs';
import { Pool } from 'undici';
import { signIn } from './company.js';
import type { ClientSettings, SandboxFigures } from './sandbox.js';

/** The bare client: reads pages and posts batches, looks for the next link, and throws everything else away. */

const LANES = 4;
const PAGE = '/api/data/v9.2/msdyn_actuals?$select=';
/** What the actuals template selects. */
const COLUMNS = [
  'msdyn_actualid',
  'msdyn_description',
  'msdyn_externaldescription',
  'msdyn_externalreferenceid',
  'msdyn_accountingdate',
  'msdyn_documentdate',
  'msdyn_startdatetime',
  'msdyn_enddatetime',
  'msdyn_exchangeratedate',
  'msdyn_transactionclassification',
  'msdyn_transactiontypecode',
  'msdyn_billingtype',
  'exchangerate',
  'msdyn_amount',
  'msdyn_amount_base',
  'msdyn_price',
  'msdyn_price_base',
  'msdyn_quantity',
  '_msdyn_task_value',
  '_msdyn_transactioncategory_value',
];

class BareClient {
  private readonly pool: Pool;

  constructor(
    url: string,
    private readonly authorization: string,
  ) {
    this.pool = new Pool(url, { connections: LANES });
  }

  async get(path: string): Promise<Buffer> {
    return this.answer(await this.pool.request({ method: 'GET', path, headers: this.headers() }));
  }

  async post(path: string, body: string): Promise<Buffer> {
    const type = { 'content-type': 'multipart/mixed; boundary=b', prefer: 'odata.continue-on-error' };
    const headers = { ...this.headers(), ...type };
    return this.answer(await this.pool.request({ method: 'POST', path, headers, body }));
  }

  close = (): Promise<void> => this.pool.close();

  private headers = () => ({ authorization: this.authorization, accept: 'application/json;IEEE754Compatible=true' });

  private async answer({ statusCode, body }: Awaited<ReturnType<Pool['request']>>): Promise<Buffer> {
    const bytes = Buffer.from(await body.arrayBuffer());
    if (statusCode >= 400 || bytes.includes('HTTP/1.1 4')) throw new RangeError(bytes.subarray(0, 500).toString());
    return bytes;
  }
}

async function perSecond(work: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const rows = await work();
  return rows / ((performance.now() - started) / 1000);
}

/** @returns rows read */
async function readPages(client: BareClient, atMost: number): Promise<number> {
  let rows = 0;
  for (let next: string | undefined = PAGE + COLUMNS.join(','); next && rows < atMost; rows += 5000) {
    const page = await client.get(next);
    const link: string | undefined = /"@odata.nextLink":"https?:\/\/[^/]+([^"]*)"/.exec(
      page.subarray(-2000).toString(),
    )?.[1];
    next = link?.replaceAll('\\', '');
  }
  return rows;
}

/** Batches of so many creates, several at a time. @returns rows created */
async function createRows(
  client: BareClient,
  path: string,
  set: string,
  { rows, batch, row }: { rows: number; batch: number; row: (number: number) => object },
): Promise<number> {
  const bodies = Array.from({ length: Math.ceil(rows / batch) }, (_, index) =>
    Array.from({ length: batch }, (_each, place) => {
      const head = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n';
      const body = JSON.stringify(row(index * batch + place));
      return `--b\r\n${head}\r\nPOST ${set} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}\r\n`;
    }).join(''),
  );
  const lane = async (): Promise<void> => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await client.post(path, `${body}--b--\r\n`);
  };
  const created = bodies.length * batch;
  await Promise.all(Array.from({ length: LANES }, lane));
  return created;
}

const { systems, rows, result } = JSON.parse(process.argv[2] ?? '{}') as ClientSettings;
const psa = new BareClient(systems.psa.url, await signIn(systems, systems.psa.url));
const finops = new BareClient(systems.finops.url, await signIn(systems, systems.finops.url));
const named = (number: number) => `Row ${number} of the bench`;
const figures: SandboxFigures = {
  read: await perSecond(() => readPages(psa, rows)),
  readAgain: await perSecond(() => readPages(psa, rows)),
  createInDataverse: await perSecond(() =>
    createRows(psa, '/api/data/v9.2/$batch', 'accounts', {
      rows,
      batch: 1000,
      row: (number) => ({ name: named(number), accountnumber: `C-${number}`, address1_city: 'Redmond' }),
    }),
  ),
  createInFinops: await perSecond(() =>
    createRows(finops, '/data/$batch', 'CustomersV3', {
      rows,
      batch: 1000,
      row: (number) => ({
        dataAreaId: 'usmf',
        CustomerAccount: `C-${number}`,
        OrganizationName: named(number),
        CustomerGroupId: '10',
        SalesCurrencyCode: 'USD',
      }),
    }),
  ),
};
writeFileSync(result, JSON.stringify(figures));
await Promise.all([psa.close(), finops.close()]);
