/**
 * Tokens of a task that takes legal entities one after the other, as the one token that its checkpoint has.
 *
 * @param tokens by legal entity; those without one are read in full every time
 */
export const joinTokens = (tokens: ReadonlyMap<string, string>): string | undefined =>
  tokens.size === 0 ? undefined : JSON.stringify(Object.fromEntries(tokens));

/** @returns the token of one of them, as `joinTokens` has put it in */
export function tokenOf(token: string | undefined, legalEntity: string | undefined): string | undefined {
  if (token === undefined || legalEntity === undefined) return token;
  return (JSON.parse(token) as Readonly<Record<string, string>>)[legalEntity];
}
