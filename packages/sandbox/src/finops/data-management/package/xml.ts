import { SaxesParser } from 'saxes';
import { PackageFault } from './fault.js';

export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
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
  parser.on('opentag', ({ local, uri }) => {
    const element: XmlElement = { name: local, namespace: uri, children: [], text: '' };
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

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

export const textOf = (element: XmlElement, name: string): string => childOf(element, name)?.text.trim() ?? '';
