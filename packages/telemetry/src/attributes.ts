import type { Attributes, AttributeValue } from '@opentelemetry/api';

/** Every text passes through it on its way out. */
export type Redact = (text: string) => string;

/** The particulars of an event as attributes: what OpenTelemetry has no type for becomes JSON, and no secret goes out. */
export function attributesOf(event: object, redact: Redact): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(event)) {
    const known = attributeOf(value, redact);
    if (known !== undefined) attributes[nameOf(name)] = known;
  }
  return attributes;
}

const nameOf = (name: string): string =>
  `isthmus.${name.replace(/Id$/, '.id').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

function attributeOf(value: unknown, redact: Redact): AttributeValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map(redact);
  return redact(JSON.stringify(value));
}
