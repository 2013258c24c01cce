/** Where a sequence of pages stands. Clients must not look inside of the link that carries it. */
export interface PagePosition {
  /** Of the page that comes next; the first is 1. */
  readonly page: number;
  /** Row id to go on from, or number of rows already given where the result is kept. */
  readonly position: number;
  /** Version of the store when the sequence began. */
  readonly version: number;
  /** Change tracking was asked for with the first page. */
  readonly tracking: boolean;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

/** The value of `$skiptoken`, encoded for the URL: a cookie inside a cookie, the inner one encoded twice. */
export function writeSkipToken(
  { page, position, version, tracking }: PagePosition,
  key: string,
  first: string,
  last: string,
): string {
  const row = `<${key} last="{${last.toUpperCase()}}" first="{${first.toUpperCase()}}" />`;
  const inner = `<cookie page="${page - 1}" position="${position}" version="${version}">${row}</cookie>`;
  const istracking = tracking ? 'True' : 'False';
  return `%3Ccookie%20pagenumber=%22${page}%22%20pagingcookie=%22${encoded(encoded(inner))}%22%20istracking=%22${istracking}%22%20/%3E`;
}

/** Undefined where the token is none that this service wrote. */
export function readSkipToken(token: string): PagePosition | undefined {
  const outer = /<cookie pagenumber="(\d+)" pagingcookie="([^"]*)" istracking="(True|False)" \/>/.exec(token);
  const inner = outer?.[2] === undefined ? undefined : /position="(\d+)" version="(\d+)"/.exec(decode(outer[2]));
  if (!outer || !inner) return undefined;
  return {
    page: Number(outer[1]),
    position: Number(inner[1]),
    version: Number(inner[2]),
    tracking: outer[3] === 'True',
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
