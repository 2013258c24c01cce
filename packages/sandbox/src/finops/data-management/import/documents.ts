import type { Column } from '../../../store/index.js';
import type { DataEntity, EntityNode } from '../data-entities.js';
import {
  documentShapeOf,
  MappingIncorrect,
  PackageFault,
  readDocument,
  splitPath,
  type DocumentRow,
  type PackageEntity,
} from '../package/index.js';
import { blankPayload, put, type Arrivals, type StagedRow, type StagingContext } from './arrival.js';

/** The mapped columns of one entity of the document, by the name of their element or attribute in lower case. */
type Targets = ReadonlyMap<string, Column>;

/**
 * A composite entity's file: each document is staged as a whole, or refused.
 *
 * @throws PackageFault where none can be read
 */
export function documentsOf(
  bytes: Uint8Array,
  described: PackageEntity,
  { root }: DataEntity,
  context: StagingContext,
): Arrivals {
  const shape = documentShapeOf(described.format);
  const targets = new Map<EntityNode, Targets>();
  mapFields(root, described, targets);
  const known = new Set([...targets.keys()].map(({ aotName }) => aotName.toLowerCase()));
  for (const { field } of described.fields)
    if (!known.has(splitPath(field).element.toLowerCase())) throw new MappingIncorrect(described.entityName);

  const stageNode = (node: EntityNode, { element, fields, embedded }: DocumentRow): StagedRow => {
    const payload = blankPayload(node.table.schema, context.company);
    for (const [name, text] of fields) {
      const column = targets.get(node)?.get(name.toLowerCase());
      if (column) put(payload, text, column, context);
    }
    return {
      table: node.table,
      payload,
      relation: node.relation,
      embedded: embedded.map((row) => stageNode(nodeNamed(row.element, node.embedded, element), row)),
    };
  };
  const columns = [...(targets.get(root)?.keys() ?? [])].map((name) => name.toUpperCase());
  const rows = readDocument(bytes, described.file, shape);
  return {
    columns,
    arrivals: rows.map((row) => ({
      cells: cellsOf(row, columns),
      stage: () => stageNode(nodeNamed(row.element, [root], 'Document'), row),
    })),
  };
}

/** Which element goes to which column: fields of a composite are named with their entity in front. */
function mapFields(node: EntityNode, described: PackageEntity, targets: Map<EntityNode, Targets>): void {
  const { byName } = node.table.schema;
  const columns = new Map([...byName.values()].map((column) => [column.name.toLowerCase(), column]));
  const own = described.fields.filter(
    ({ field }) => splitPath(field).element.toLowerCase() === node.aotName.toLowerCase(),
  );
  targets.set(
    node,
    new Map(
      own.map(({ column, field }) => {
        const target = columns.get(splitPath(field).name.toLowerCase());
        if (!target) throw new MappingIncorrect(described.entityName);
        return [splitPath(column).name.toLowerCase(), target];
      }),
    ),
  );
  for (const each of node.embedded) mapFields(each, described, targets);
}

function nodeNamed(element: string, nodes: readonly EntityNode[], within: string): EntityNode {
  const node = nodes.find(({ aotName }) => aotName.toLowerCase() === element.toLowerCase());
  if (!node) throw new PackageFault(`DMF1830: Xml is not in correct format: ${within} does not embed ${element}.`);
  return node;
}

function cellsOf({ fields }: DocumentRow, columns: readonly string[]): string[] {
  const byName = new Map([...fields].map(([name, text]) => [name.toUpperCase(), text]));
  return columns.map((name) => byName.get(name) ?? '');
}
