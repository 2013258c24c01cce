import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf } from '../support/finops.js';
import { repositoryFile } from '../support/repository.js';
import { psaOf, type Service } from '../support/service.js';

/** A table or entity, as the Common Data Model describes it. */
interface Document {
  readonly entity: string;
  readonly attributes: readonly Attribute[];
}

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly maxLength?: number;
  readonly required?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly targets?: readonly string[];
  /** Of a lookup: the column that holds it. */
  readonly foreignKey?: string;
}

interface Served {
  readonly type: string;
  readonly maxLength?: number;
}

interface Definition {
  readonly LogicalName: string;
  readonly RequiredLevel: { readonly Value: string };
  readonly Targets: readonly string[] | null;
}

interface Choice {
  readonly LogicalName: string;
  readonly OptionSet: {
    readonly Options: readonly { readonly Value: number; readonly Label: { UserLocalizedLabel: { Label: string } } }[];
  };
}

const CDM = repositoryFile('../shared/reference/cdm');

/** Table → its document in the folder of PSA, and the one that extends it. */
const TABLES = {
  account: 'Account',
  contact: 'Contact',
  transactioncurrency: 'Currency',
  salesorder: 'Order',
  salesorderdetail: 'OrderProduct',
  msdyn_actual: 'Actual',
  msdyn_contractlinescheduleofvalue: 'ContractLineScheduleOfValue',
  msdyn_estimateline: 'EstimateLine',
  msdyn_organizationalunit: 'OrganizationalUnit',
  msdyn_project: 'Project',
  msdyn_projecttask: 'ProjectTask',
  msdyn_transactioncategory: 'TransactionCategory',
  msdyn_transactionconnection: 'TransactionConnection',
} as const;

/** Types of the Common Data Model → what they are on the wire; any other is a text. */
const TYPES: Readonly<Record<string, string>> = {
  baseCurrency: 'Edm.Decimal',
  bigInteger: 'Edm.Int64',
  boolean: 'Edm.Boolean',
  currency: 'Edm.Decimal',
  dateTime: 'Edm.DateTimeOffset',
  decimal: 'Edm.Decimal',
  double: 'Edm.Double',
  guid: 'Edm.Guid',
  integer: 'Edm.Int32',
  latitude: 'Edm.Double',
  listLookup: 'Edm.Int32',
  listLookupCorrelated: 'Edm.Int32',
  longitude: 'Edm.Double',
};

const LEVELS: Readonly<Record<string, string>> = {
  none: 'None',
  recommended: 'Recommended',
  required: 'ApplicationRequired',
  systemrequired: 'SystemRequired',
};

describe('The metadata of the sandbox and the Common Data Model', () => {
  let sandbox: RunningSandbox;
  let psa: Service;

  before(async function () {
    if (!existsSync(CDM)) return this.skip();
    sandbox = await startSandbox({ empty: true });
    psa = psaOf(sandbox);
  });
  after(() => sandbox?.stop());

  for (const [table, document] of Object.entries(TABLES)) {
    it(`PSA, ${table}: every column, with type, length, required level, options and where a lookup leads`, async () => {
      const attributes = attributesOf('psa', document, `${document}.psa-extension`);
      const served = entityTypes(await psa.text('$metadata')).get(table);
      const own = `EntityDefinitions(LogicalName='${table}')/Attributes`;
      const definitions = byName(await psa.rows<Definition>(own));
      const choices = byName(await choicesOf(own));
      for (const attribute of attributes) {
        const name = (attribute.foreignKey ?? attribute.name).toLowerCase();
        if (isDifferent(table, name)) continue;
        const isLookup = attribute.type === 'lookup' || attribute.type === 'entityId';
        const property = served?.get(name) ?? served?.get(`_${name}_value`);
        expect(property, name).not.to.equal(undefined);
        const type = isLookup ? 'Edm.Guid' : (TYPES[attribute.type] ?? 'Edm.String');
        expect(property?.type, name).to.equal(type);
        if (type === 'Edm.String') expect(property?.maxLength, name).to.equal(attribute.maxLength);
        const definition = definitions.get(name);
        if (attribute.required) expect(definition?.RequiredLevel.Value, name).to.equal(LEVELS[attribute.required]);
        if (attribute.targets) expect(definition?.Targets, name).to.have.length(attribute.targets.length);
        if (attribute.options) expect(optionsOf(choices.get(name)), name).to.deep.equal(trimmed(attribute.options));
      }
    });
  }

  it('F&O: every field of every entity that is described, in its casing', async () => {
    const served = entityTypes(await finopsOf(sandbox).text('$metadata'));
    const described = readdirSync(`${CDM}/finops`)
      .map((file) => file.replace('.json', ''))
      .flatMap((document) => {
        const [name = ''] = [document.replace(/Entity$/, ''), document.replace(/sEntity$/, '')].filter((one) =>
          served.has(one),
        );
        return document.endsWith('Entity') && name ? [{ document, name }] : [];
      });
    expect(described).to.have.length.greaterThan(13);
    for (const { document, name } of described) {
      const fields = attributesOf('finops', document).map((attribute) => attribute.name);
      expect([...(served.get(name)?.keys() ?? [])], name).to.include.members(fields);
    }
  });

  const choicesOf = async (own: string): Promise<Choice[]> => {
    const kinds = ['Picklist', 'State', 'Status'].map(
      (kind) => `${own}/Microsoft.Dynamics.CRM.${kind}AttributeMetadata?$select=LogicalName&$expand=OptionSet`,
    );
    return (await Promise.all(kinds.map((query) => psa.rows<Choice>(query)))).flat();
  };
});

function attributesOf(side: 'psa' | 'finops', ...documents: readonly string[]): Attribute[] {
  return documents
    .map((document) => `${CDM}/${side}/${document}.json`)
    .filter(existsSync)
    .flatMap((file) => [...(JSON.parse(readFileSync(file, 'utf8')) as Document).attributes]);
}

/** Entity type → property → what the CSDL says of it. */
function entityTypes(csdl: string): Map<string, Map<string, Served>> {
  const types = [...csdl.matchAll(/<EntityType Name="(\w+)"[^]*?<\/EntityType>/g)];
  return new Map(
    types.map(([text, name = '']) => {
      const properties = [...text.matchAll(/<Property Name="(\w+)" Type="([\w.]+)"([^>]*)>/g)];
      return [
        name,
        new Map(properties.map(([, property = '', type = '', rest = '']) => [property, served(type, rest)])),
      ];
    }),
  );
}

function served(type: string, rest: string): Served {
  const [, length] = /MaxLength="(\d+)"/.exec(rest) ?? [];
  return length === undefined ? { type } : { type, maxLength: Number(length) };
}

const byName = <T extends { readonly LogicalName: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.LogicalName, row]));

const optionsOf = (choice: Choice | undefined): Record<string, string> =>
  Object.fromEntries(
    (choice?.OptionSet.Options ?? []).map(({ Value, Label }) => [String(Value), Label.UserLocalizedLabel.Label]),
  );

const trimmed = (options: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(options).map(([value, label]) => [value, label.trim()]));

/** Where the sandbox is of another opinion, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'salesorder.requestdeliveryby': 'a day without a time',
  'salesorder.datefulfilled': 'a day without a time',
  'salesorder.submitdate': 'a day without a time',
};

const isDifferent = (table: string, column: string): boolean => `${table}.${column}` in DIFFERENT;
