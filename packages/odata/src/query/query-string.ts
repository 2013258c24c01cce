import { encodeQueryValue } from './encode.js';

export interface Expand {
  readonly navigation: string;
  readonly select?: readonly string[];
  readonly expand?: readonly Expand[];
  readonly filter?: string;
  readonly orderby?: string;
  readonly top?: number;
}

/** OData's system query options, without their `$`. Values are plain text: encoding is done here. */
export interface QueryOptions {
  readonly select?: readonly string[];
  readonly expand?: readonly Expand[];
  readonly filter?: string;
  readonly orderby?: string;
  readonly top?: number;
  readonly skip?: number;
  readonly count?: boolean;
  readonly apply?: string;
  /** The service's own options, for example `{ 'cross-company': 'true' }`. */
  readonly custom?: Readonly<Record<string, string>>;
}

/** `?$select=a,b&$filter=name%20eq%20'x'`; empty text where no option is given. */
export function queryString(options: QueryOptions): string {
  const own = Object.entries(options.custom ?? {}).map(([name, value]) => `${name}=${encodeQueryValue(value)}`);
  const parts = [...systemOptions(options).map(encodeQueryValue), ...own];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function systemOptions({ select, expand, filter, orderby, top, skip, count, apply }: QueryOptions): string[] {
  const parts: string[] = [];
  if (apply) parts.push(`$apply=${apply}`);
  if (select?.length) parts.push(`$select=${select.join(',')}`);
  if (expand?.length) parts.push(`$expand=${expand.map(expandItem).join(',')}`);
  if (filter) parts.push(`$filter=${filter}`);
  if (orderby) parts.push(`$orderby=${orderby}`);
  if (top !== undefined) parts.push(`$top=${top}`);
  if (skip !== undefined) parts.push(`$skip=${skip}`);
  if (count) parts.push('$count=true');
  return parts;
}

function expandItem({ navigation, ...options }: Expand): string {
  const inner = systemOptions(options);
  return inner.length === 0 ? navigation : `${navigation}(${inner.join(';')})`;
}
