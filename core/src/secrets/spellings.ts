/**
 * How a secret may look in a log: as it is, inside a URL or form, inside JSON (once, and as text inside JSON), in base64,
 * alone or with something before it, as in a Basic header.
 */
export function spellingsOf(secret: string): Set<string> {
  const bytes = Buffer.from(secret, 'utf8');
  const inJson = escapeJson(secret);
  return new Set([
    secret,
    inJson,
    escapeJson(inJson),
    // By way of the bytes: half a surrogate pair would make it throw.
    encodeURIComponent(bytes.toString('utf8')),
    new URLSearchParams({ s: secret }).toString().slice('s='.length),
    ...['base64', 'base64url'].flatMap((alphabet) => inBase64(bytes, alphabet as 'base64' | 'base64url')),
  ]);
}

const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Shorter pieces would also be found where no secret is. */
const SHORTEST_PIECE = 8;

/** Base64 depends on how many bytes stand before: of each alignment, the characters that are the secret's alone. */
function inBase64(bytes: Buffer, alphabet: 'base64' | 'base64url'): string[] {
  const pieces = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
    const bits = 8 * (before + bytes.length);
    return text.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6));
  });
  const whole = bytes.toString(alphabet);
  return [whole, ...pieces.filter(({ length }) => length >= SHORTEST_PIECE)];
}
