import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { PackageFault } from './fault.js';

export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Deeper than any file of a package, and shallow enough for whoever walks it. */
const DEEPEST = 32;

/** @throws PackageFault */
export function parseXml(text: string, file: string): XmlElement {
  const unreadable = (reason: string) => new PackageFault(`The file ${file} could not be read: ${reason}.`);
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('opentag', ({ local, uri, attributes }) => {
    const element: XmlElement = {
      name: local,
      namespace: uri,
      attributes: ownAttributes(attributes),
      children: [],
      text: '',
    };
    if (open.length >= DEEPEST) throw unreadable('its elements are nested too deep');
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('error', ({ message }) => {
    throw unreadable(message);
  });
  parser.write(text).close();
  if (!root) throw unreadable('it is empty');
  return root;
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Without declarations of namespaces. */
const ownAttributes = (attributes: Readonly<Record<string, SaxesAttributeNS>>): ReadonlyMap<string, string> =>
  new Map(
    Object.values(attributes)
      .filter(({ uri }) => uri !== XMLNS)
      .map(({ local, value }) => [local, value]),
  );

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
