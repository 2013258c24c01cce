import {
  compileMapping,
  nearest,
  type Configuration,
  type EntityMap,
  type HeldFilter,
  type HeldRecord,
  type IsthmusError,
  type PluginHost,
  type Ruling,
  type StateStore,
  type Value,
} from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { Connections, type Integration } from '../integration/index.js';
import { sourceHash } from '../task/index.js';
import { byTask, taskOf } from './tasks.js';

type Values = Readonly<Record<string, Exclude<Value, undefined>>>;

/** Where a person decides about records that are held. */
export class Workbench {
  constructor(
    private readonly configuration: Configuration,
    private readonly host: PluginHost,
    private readonly store: StateStore,
  ) {}

  /**
   * Gives fields of the record's mapped row other values, which hold until its source row changes. They come on top of
   * earlier edits.
   *
   * @throws QUARANTINE_EDIT_INVALID where the mapping's rules or the destination's limits stand against them
   */
  async edit(record: HeldRecord, values: Values, reason: string): Promise<Ruling> {
    const { integration, task } = taskOf(this.configuration, this.host, record);
    const earlier = (await this.store.rulings.get(record, [record.sourceId])).get(record.sourceId);
    const fields = { ...earlier?.fields, ...(await this.accepted(integration, task, record, values)) };
    const hash = sourceHash(this.compiled(integration, task), record.source);
    const subject = `${record.integration}/${record.task} ${record.key || record.sourceId}`;
    const details = { reason, fields };
    const { actor, at } = await this.store.audit.append({ action: 'quarantine.edited', subject, details });
    const { sourceId, key, legalEntity } = record;
    const whose = { sourceId, key, legalEntity, sourceHash: hash, by: actor, at, reason };
    const ruling: Ruling = { ...whose, kind: 'edit', fields };
    await this.store.rulings.put(record, [ruling]);
    return ruling;
  }

  /**
   * Leaves records out until their source rows change. Remembered with the reason; the runs count them as filtered.
   *
   * @returns how many
   */
  async drop(filter: HeldFilter, reason: string): Promise<number> {
    const subject = Object.values(filter).flat().join(' ') || 'everything that is held';
    const { actor: by, at } = await this.store.audit.append({
      action: 'quarantine.dropped',
      subject,
      details: { reason, records: await this.store.held.count(filter) },
    });
    let dropped = 0;
    for await (const page of this.store.held.list(filter)) {
      for (const [scope, records] of byTask(page)) {
        const { integration, task } = taskOf(this.configuration, this.host, scope);
        const mapping = this.compiled(integration, task);
        const rulings = records.map(({ sourceId, key, legalEntity, source }): Ruling => {
          const whose = { sourceId, key, legalEntity, sourceHash: sourceHash(mapping, source) };
          return { ...whose, kind: 'drop', reason, by, at };
        });
        await this.store.rulings.put(scope, rulings);
        dropped += rulings.length;
      }
    }
    return dropped;
  }

  /** The values as the destination takes them, checked by the mapping's own rules together with the rest of the row. */
  private async accepted(
    integration: Integration,
    task: EntityMap,
    record: HeldRecord,
    values: Values,
  ): Promise<Values> {
    for (const name of Object.keys(values)) requireEditable(task, name);
    const edited = {
      ...task,
      fields: task.fields.map((field) => {
        const value = values[field.name];
        if (value === undefined) return field;
        const { valueMap: _map, truncate: _cut, default: _default, ...rest } = field;
        return { ...rest, source: { kind: 'constant' as const, value } };
      }),
    };
    const connections = new Connections(this.configuration, this.host);
    try {
      const destination = connections.get(integration.routeOf(task).destination);
      const described = await destination.describe([task.destination]);
      const mapping = this.compiled(integration, edited, described.get(task.destination));
      const faults: IsthmusError[] = [];
      const mapped = mapping.map(record.source, faults);
      mapping.check(mapped, faults);
      const own = faults.filter(({ place }) => place.field !== undefined && place.field in values);
      if (own.length > 0) {
        const why = own.map(({ message }) => message).join(' ');
        throw syncErrors.QUARANTINE_EDIT_INVALID({ key: record.key || record.sourceId, why });
      }
      return Object.fromEntries(Object.keys(values).map((name) => [name, mapped[name] ?? null]));
    } finally {
      await connections.close();
    }
  }

  private compiled(
    { parameters, timeZone }: Integration,
    task: EntityMap,
    destination?: Parameters<typeof compileMapping>[1]['destination'],
  ) {
    return compileMapping(task, { parameters, timeZone, destination });
  }
}

function requireEditable({ fields, task }: EntityMap, name: string): void {
  const field = fields.find((each) => each.name === name);
  const known = fields.map((each) => each.name);
  if (!field)
    throw syncErrors.QUARANTINE_FIELD_UNKNOWN({
      field: name,
      task,
      nearest: nearest(name, known),
      known: known.join(', '),
    });
  if (field.key) throw syncErrors.QUARANTINE_EDIT_KEY({ field: name });
}
