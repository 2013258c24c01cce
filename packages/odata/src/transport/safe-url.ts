const PLAIN = /^(?:true|false|\d+)$/;

/** Without user name, password and fragment; of the query, only OData's own options and plain values are shown. */
export function safeUrl(url: string): string {
  const [address = '', query] = url.replace(/#.*$/, '').split('?', 2);
  const shown = address.replace(/\/\/[^/@]*@/, '//');
  return query === undefined ? shown : `${shown}?${query.split('&').map(safeOption).join('&')}`;
}

function safeOption(option: string): string {
  const [name = '', value = ''] = option.split('=', 2);
  const isOData = /^(?:\$|%24|@|%40)/i.test(name);
  return isOData || PLAIN.test(value) ? option : `${name}=***`;
}
