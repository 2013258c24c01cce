import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { errors } from '../errors.js';
import { excerpt, isWebPage } from '../excerpt.js';
import { buildMetadata } from './build.js';
import { CsdlReader } from './csdl-reader.js';
import type { Metadata } from './model.js';

/**
 * Reads a `$metadata` document (CSDL XML, OData version 4) in one pass, without a tree.
 *
 * @throws ODATA_METADATA_INVALID, or ODATA_WEB_PAGE where it is one
 */
export function parseMetadata(xml: string, connection: string): Metadata {
  if (isWebPage(xml)) throw errors.ODATA_WEB_PAGE({ status: 200, excerpt: excerpt(xml) });
  const parser = new SaxesParser();
  const reader = new CsdlReader();
  const invalid = (reason: string): Error => errors.ODATA_METADATA_INVALID({ connection, reason, line: parser.line });

  parser.on('error', ({ message }) => {
    throw invalid(message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => reader.open(localName(name), attributes));
  parser.on('text', (text) => reader.text(text));
  parser.on('closetag', ({ name }: SaxesTagPlain) => reader.close(localName(name)));
  parser.write(xml).close();
  if (reader.sets.length === 0) throw invalid('it holds no entity sets');
  return buildMetadata(reader);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
