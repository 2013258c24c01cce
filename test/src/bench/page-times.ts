import { writeFileSync } from 'node:fs';
import { Pool } from 'undici';
import { signIn, type Announcement } from './company.js';
import { median } from './mapper.js';

/** The bare reader: asks for page after page, one at a time, looks for the next link, and throws the rows away. */
export interface PageSettings {
  readonly systems: Announcement;
  /** What is read from the beginning, one after the other. */
  readonly queries: readonly string[];
  /** File for the medians. */
  readonly result: string;
}

const FULL_PAGE = 5000;
const ROW = '"@odata.etag":';
const NEXT_LINK = /"@odata.nextLink":"https?:\/\/[^/]+([^"]*)"/;

async function millisecondsOf(query: string, pool: Pool, authorization: string): Promise<number> {
  const headers = { authorization, accept: 'application/json;odata.metadata=minimal;IEEE754Compatible=true' };
  const get = async (path: string): Promise<string> => {
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    const text = Buffer.from(await body.arrayBuffer()).toString();
    if (statusCode !== 200) throw new RangeError(`${path}: ${statusCode} ${text}`);
    return text;
  };
  const taken: number[] = [];
  for (let next: string | undefined = query; next !== undefined;) {
    const started = performance.now();
    const page = await get(next);
    const milliseconds = performance.now() - started;
    if (page.split(ROW).length - 1 === FULL_PAGE) taken.push(milliseconds);
    next = NEXT_LINK.exec(page.slice(-2000))?.[1];
  }
  if (taken.length === 0) throw new RangeError(`${query}: no page was full.`);
  return median(taken);
}

const { systems, queries, result } = JSON.parse(process.argv[2] ?? '{}') as PageSettings;
const authorization = await signIn(systems, systems.psa.url);
const pool = new Pool(systems.psa.url, { connections: 1 });
const medians: number[] = [];
for (const query of queries) medians.push(await millisecondsOf(query, pool, authorization));
await pool.close();
writeFileSync(result, JSON.stringify(medians));
