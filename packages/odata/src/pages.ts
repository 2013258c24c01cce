import type { JsonObject } from './json/index.js';
import type { ODataPage } from './request.js';

interface Source {
  /** Has to end when its signal is aborted. */
  readonly get: (link: string, signal: AbortSignal) => Promise<JsonObject>;
  /** The error for an answer that is no list of rows: as an empty page it would pass for "nothing there". */
  readonly fail: (link: string) => Error;
  readonly signal: AbortSignal | undefined;
}

/**
 * Follows next links to the end. While the consumer works on a page, the one behind it is under way already; a
 * consumer that stops early cancels it.
 */
export async function* followPages(
  first: string,
  { get, fail, signal }: Source,
): AsyncGenerator<ODataPage, void, undefined> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let link: string | undefined = first;
  let coming = get(link, either);
  try {
    while (link !== undefined) {
      const asked = link;
      const page = toPage(await coming, () => fail(asked));
      link = page.nextLink;
      if (link !== undefined) {
        coming = get(link, either);
        // Thrown when its turn comes; until then nobody listens.
        coming.catch(() => undefined);
      }
      yield page;
    }
  } finally {
    stop.abort();
  }
}

function toPage(body: JsonObject, fail: () => Error): ODataPage {
  const { value } = body;
  if (!Array.isArray(value)) throw fail();
  const text = (name: string): string | undefined => {
    const found = body[name];
    return typeof found === 'string' ? found : undefined;
  };
  // A 64-bit integer, so text where the service honours IEEE754Compatible=true.
  const count = body['@odata.count'];
  return {
    value: value as readonly JsonObject[],
    nextLink: text('@odata.nextLink'),
    deltaLink: text('@odata.deltaLink'),
    context: text('@odata.context'),
    count: count === undefined ? undefined : Number(count),
  };
}
