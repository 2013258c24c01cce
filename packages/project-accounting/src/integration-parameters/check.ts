import { keyText, type Connector, type HealthCheck, type SourceRow } from '@isthmus/core';
import { LINE_PROPERTY, PROJECT_GROUP, PROJECT_TYPES } from './form.js';
import { settingOf, type Form } from './settings.js';

/** What stands against the value of a setting, as half a sentence; undefined where nothing does. */
type Fault = string | undefined;

/**
 * Every setting that the integration needs, with what is wrong with it. Values are looked up in the legal entity.
 *
 * @param only settings to look at; all that are needed unless given
 */
export async function checkForm(finops: Connector, form: Form, only?: ReadonlySet<string>): Promise<HealthCheck[]> {
  const checks: HealthCheck[] = [];
  for (const [setting, value] of form.settings) {
    if (only ? !only.has(setting) : !isNeeded(setting)) continue;
    const fault = value === null ? 'is not set' : await faultOf(finops, form.legalEntity, setting, value);
    const name = `${form.legalEntity} ${setting}`;
    checks.push(
      fault === undefined
        ? { name, status: 'ok', message: String(value) }
        : {
            name,
            status: 'failed',
            message: `${setting} ${fault}.`,
            remedy: `isthmus parameters set ${setting}=… --legal-entity ${form.legalEntity}`,
          },
    );
  }
  return checks;
}

const NEEDED_GROUPS = PROJECT_TYPES.map((type) => settingOf(PROJECT_GROUP, type));

/** Project types that PSA does not have need no group; what is locked is a matter of taste. */
function isNeeded(setting: string): boolean {
  if (setting.startsWith(`${PROJECT_GROUP.name}.`)) return NEEDED_GROUPS.includes(setting);
  return !setting.startsWith('locking.');
}

async function faultOf(finops: Connector, legalEntity: string, setting: string, value: string): Promise<Fault> {
  const [table = '', member = ''] = setting.split('.');
  const row = (entity: string, key: string, fields: readonly string[]) =>
    lookUp(finops, { entity, key, value, fields, legalEntity });
  switch (table) {
    case 'integrationEnabled':
      return value === 'Yes' ? undefined : `is ${value}: F&O accepts nothing from PSA`;
    case 'defaultProjectType':
      return PROJECT_TYPES.includes(value)
        ? undefined
        : `is ${value}, which PSA does not have (${PROJECT_TYPES.join(', ')})`;
    case 'timeCategory':
      return categoryFault(await row('ProjectCategoryEntity', 'Category', CATEGORY_FIELDS), value, 'Hour');
    case 'feeCategory':
      return categoryFault(await row('ProjectCategoryEntity', 'Category', CATEGORY_FIELDS), value, 'Fee');
    case PROJECT_GROUP.name: {
      const group = await row('ProjectGroupEntity', 'ProjectGroup', ['ProjectType']);
      if (!group) return missing(value, 'project group');
      return group['ProjectType'] === member
        ? undefined
        : `names the group '${value}', which is for ${String(group['ProjectType'])}`;
    }
    case LINE_PROPERTY.name:
      return (await row('ProjProjectLinePropertyEntity', 'LinePropertyId', []))
        ? undefined
        : missing(value, 'line property');
    default:
      return undefined;
  }
}

const CATEGORY_FIELDS = ['TransactionType', 'ActiveInJournals'];

function categoryFault(category: SourceRow | undefined, id: string, type: string): Fault {
  if (!category) return missing(id, 'project category');
  if (category['TransactionType'] !== type) return `names the category '${id}', whose transaction type is not ${type}`;
  return category['ActiveInJournals'] === 'Yes'
    ? undefined
    : `names the category '${id}', which is not active in journals`;
}

const missing = (value: string, what: string): string => `names '${value}', and there is no such ${what}`;

interface LookUp {
  readonly entity: string;
  readonly key: string;
  readonly value: string;
  readonly fields: readonly string[];
  readonly legalEntity: string;
}

async function lookUp(
  finops: Connector,
  { entity, key, value, fields, legalEntity }: LookUp,
): Promise<SourceRow | undefined> {
  const found = await finops.find({ entity, key: [key], values: [[value]], fields, legalEntity });
  return found.get(keyText([value]));
}
