const PLACEHOLDER = /\{\{(\w*)(?::(guid|number|text|moment|any))?\}\}/g;

const SHAPES: Readonly<Record<string, string>> = {
  guid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  number: '-?\\d+',
  moment: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ',
  text: '[^"\\r\\n]*?',
  any: '[^]*?',
};

/** Stands alone on its line for whatever comes there, the ends of the line included. */
const ANYTHING = /(?:\r\n)?^\.\.\.$(?:\r\n)?/gm;

/** What the placeholders of one conversation have come to stand for. */
export class Placeholders {
  private readonly known = new Map<string, string>();

  /** @param given what is known before the first exchange */
  constructor(given: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(given)) this.known.set(name, value);
  }

  /** Puts in what is known. */
  fill(text: string): string {
    return text.replace(PLACEHOLDER, (_all, name: string) => {
      const value = this.known.get(name);
      if (value === undefined) throw new TypeError(`{{${name}}} is not known yet`);
      return value;
    });
  }

  /** The same of a body, of which lines of `...` leave out what does not matter. */
  expectedBody(pattern: string, actual: string): string {
    return this.expected(pattern.replace(ANYTHING, '{{:any}}'), actual);
  }

  /** The text as it should have been, with what came up filled in: equal to `actual` where `actual` fits `pattern`. */
  expected(pattern: string, actual: string): string {
    const names: string[] = [];
    let source = '';
    let end = 0;
    for (const { 0: all, 1: name = '', 2: shape, index } of pattern.matchAll(PLACEHOLDER)) {
      source += escaped(pattern.slice(end, index));
      end = index + all.length;
      const value = this.known.get(name);
      if (value !== undefined) source += escaped(value);
      else if (name && names.includes(name)) source += `\\${names.indexOf(name) + 1}`;
      else {
        names.push(name);
        source += `(${SHAPES[shape ?? 'text'] ?? ''})`;
      }
    }
    const match = new RegExp(`^${source}${escaped(pattern.slice(end))}$`).exec(actual);
    if (!match) return pattern;
    names.forEach((name, index) => {
      if (name) this.known.set(name, match[index + 1] ?? '');
    });
    return actual;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
