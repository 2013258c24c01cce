/** Half of a surrogate pair has no UTF-8 and would make the encoder throw. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\uFFFD');

/** Leaves OData's own punctuation readable; `&`, `+`, `#`, `%`, spaces and the rest are escaped. */
export function encodeQueryValue(text: string): string {
  return encodeURI(wellFormed(text)).replace(/[&+#?]/g, encodeURIComponent);
}

/** For a literal inside a path, where `/`, `?`, `#` and `%` would end it. */
export function encodePathLiteral(text: string): string {
  return encodeURIComponent(wellFormed(text));
}
