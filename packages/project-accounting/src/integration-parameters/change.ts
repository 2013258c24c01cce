import { nearest, type Connector, type WriteOperation } from '@isthmus/core';
import { errors } from '../errors.js';
import { checkForm } from './check.js';
import { FIELDS, FIELDS_ENTITY, TABLES, type FieldSetting } from './form.js';
import { type Form } from './settings.js';

/** One value of the form that is to be another; null clears it. */
export interface SettingChange {
  readonly legalEntity: string;
  readonly setting: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What differs between a form and what it shall say.
 *
 * @throws PARAMETER_UNKNOWN, or PARAMETERS_INVALID with every fault at once
 */
export async function planChanges(
  finops: Connector,
  form: Form,
  wanted: ReadonlyMap<string, string | null>,
): Promise<SettingChange[]> {
  const { legalEntity, settings, members } = form;
  const unknown = [...wanted.keys()].find((setting) => !settings.has(setting));
  if (unknown !== undefined) {
    const known = [...settings.keys()];
    throw errors.PARAMETER_UNKNOWN({ setting: unknown, nearest: nearest(unknown, known), known: known.join(', ') });
  }
  const changes = [...wanted].flatMap(([setting, to]): SettingChange[] => {
    const from = settings.get(setting) ?? null;
    return from === to ? [] : [{ legalEntity, setting, from, to }];
  });
  const faults = changes.flatMap(({ setting, to }) => {
    const symbols = members.get(setting);
    if (!symbols || (to !== null && symbols.includes(to))) return [];
    return [`${legalEntity}: ${setting} cannot be ${to === null ? 'empty' : `'${to}'`} (${symbols.join(', ')}).`];
  });
  if (faults.length === 0) faults.push(...(await valueFaults(finops, form, changes)));
  if (faults.length > 0) throw errors.PARAMETERS_INVALID({ faults });
  return changes;
}

/** Switching the integration off, or clearing a value, is everybody's right. */
async function valueFaults(finops: Connector, form: Form, changes: readonly SettingChange[]): Promise<string[]> {
  const given = changes.filter(({ setting, to }) => to !== null && setting !== 'integrationEnabled');
  const settings = new Map(given.map(({ setting, to }) => [setting, to]));
  const checks = await checkForm(finops, { ...form, settings }, new Set(settings.keys()));
  return checks.filter(({ status }) => status === 'failed').map(({ message }) => `${form.legalEntity}: ${message}`);
}

/** Writes what was planned. The first refusal of F&O is thrown; what came before it stays. */
export async function applyChanges(finops: Connector, form: Form, changes: readonly SettingChange[]): Promise<void> {
  for (const [entity, operations] of operationsFor(form, changes)) {
    for (const outcome of await finops.write({ entity, operations })) if (!outcome.ok) throw outcome.error;
  }
}

function operationsFor(form: Form, changes: readonly SettingChange[]): Map<string, WriteOperation[]> {
  const operations = new Map<string, WriteOperation[]>();
  const fields = changes.flatMap(({ setting, to }) =>
    setting in FIELDS ? [[FIELDS[setting as FieldSetting], to] as const] : [],
  );
  if (fields.length > 0) {
    const kind = form.exists ? 'update' : 'create';
    const { legalEntity } = form;
    operations.set(FIELDS_ENTITY, [{ kind, legalEntity, key: {}, fields: Object.fromEntries(fields) }]);
  }
  for (const table of TABLES) {
    const own = changes.filter(({ setting }) => setting.startsWith(`${table.name}.`));
    if (own.length > 0)
      operations.set(
        table.entity,
        own.map((change) => rowOperation(table, change)),
      );
  }
  return operations;
}

function rowOperation(
  { name, key: keyField, field }: (typeof TABLES)[number],
  { legalEntity, setting, from, to }: SettingChange,
): WriteOperation {
  const key = { [keyField]: setting.slice(name.length + 1) };
  const [had, has] = field === undefined ? [from === 'Yes', to === 'Yes'] : [from !== null, to !== null];
  if (!has) return { kind: 'delete', legalEntity, key, fields: {} };
  const fields = field === undefined ? {} : { [field]: to };
  return had
    ? { kind: 'update', legalEntity, key, fields }
    : { kind: 'create', legalEntity, key, fields: { ...key, ...fields } };
}
