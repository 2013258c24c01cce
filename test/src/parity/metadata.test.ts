import { readFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf } from '../support/finops.js';
import { repositoryFile } from '../support/repository.js';
import { psaOf, type Service } from '../support/service.js';

/** A table or entity, as the Common Data Model describes it. */
interface Document {
  readonly attributes: readonly Attribute[];
}

interface Attribute {
  readonly name: string;
  /** Not known of every field of F&O. */
  readonly type?: string;
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

/** Name in the Common Data Model → logical name, of what a lookup may lead to. */
const LOGICAL_NAMES: Readonly<Record<string, string>> = {
  Account: 'account',
  BookableResource: 'bookableresource',
  BookableResourceCategory: 'bookableresourcecategory',
  Campaign: 'campaign',
  Contact: 'contact',
  Currency: 'transactioncurrency',
  Estimate: 'msdyn_estimate',
  FacilityEquipment: 'equipment',
  Invoice: 'invoice',
  InvoiceFrequency: 'msdyn_invoicefrequency',
  Lead: 'lead',
  Opportunity: 'opportunity',
  Order: 'salesorder',
  OrderProduct: 'salesorderdetail',
  Organization: 'organization',
  OrganizationalUnit: 'msdyn_organizationalunit',
  PriceList: 'pricelevel',
  Product: 'product',
  ProductAssociation: 'productassociation',
  Project: 'msdyn_project',
  ProjectTask: 'msdyn_projecttask',
  ProjectTeam: 'msdyn_projectteam',
  Quote: 'quote',
  QuoteProduct: 'quotedetail',
  Service: 'service',
  SLA: 'sla',
  Team: 'team',
  Territory: 'territory',
  TransactionCategory: 'msdyn_transactioncategory',
  Unit: 'uom',
  UnitGroup: 'uomschedule',
  User: 'systemuser',
  WorkHourTemplate: 'msdyn_workhourtemplate',
};

/** Table → its document. */
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

/** Types of F&O columns → what they are on the wire; a whole number may be a member of an enum. */
const FINOPS_TYPES: Readonly<Record<string, RegExp>> = {
  bigInteger: /^Edm\.Int64$/,
  date: /^Edm\.DateTimeOffset$/,
  decimal: /^Edm\.Decimal$/,
  guid: /^Edm\.Guid$/,
  integer: /^Edm\.Int32$|^Microsoft\.Dynamics\.DataEntities\.\w+$/,
  string: /^Edm\.String$/,
};

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

const psaDocuments = documentsOf('psa');
const finopsDocuments = documentsOf('finops');

describe('The metadata of the sandbox and the Common Data Model', () => {
  let sandbox: RunningSandbox;
  let psa: Service;

  before(async () => {
    sandbox = await startSandbox({ empty: true });
    psa = psaOf(sandbox);
  });
  after(() => sandbox.stop());

  for (const [table, document] of Object.entries(TABLES)) {
    it(`PSA, ${table}: every column, with type, length, required level, options and where a lookup leads`, async () => {
      const attributes = attributesOf(psaDocuments, document);
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
        const type = isLookup ? 'Edm.Guid' : (TYPES[attribute.type ?? ''] ?? 'Edm.String');
        expect(property?.type, name).to.equal(type);
        if (type === 'Edm.String') expect(property?.maxLength, name).to.equal(attribute.maxLength);
        const definition = definitions.get(name);
        if (attribute.required) expect(definition?.RequiredLevel.Value, name).to.equal(LEVELS[attribute.required]);
        if (attribute.targets) {
          expect(definition?.Targets, name).to.have.members(attribute.targets.map((target) => LOGICAL_NAMES[target]));
        }
        if (attribute.options) expect(optionsOf(choices.get(name)), name).to.deep.equal(trimmed(attribute.options));
      }
    });
  }

  for (const document of Object.keys(finopsDocuments)) {
    it(`F&O, ${document}: every field in its casing, and of its type where that is known`, async () => {
      const entities = entityTypes(await finopsOf(sandbox).text('$metadata'));
      const names = [document.replace(/Entity$/, ''), document.replace(/sEntity$/, '')];
      const served = entities.get(names.find((name) => entities.has(name)) ?? '');
      const attributes = attributesOf(finopsDocuments, document);
      expect([...(served?.keys() ?? [])]).to.include.members(attributes.map(({ name }) => name));
      for (const { name, type } of attributes) {
        if (type !== undefined) expect(served?.get(name)?.type, name).to.match(FINOPS_TYPES[type] ?? /^$/);
      }
    });
  }

  const choicesOf = async (own: string): Promise<Choice[]> => {
    const kinds = ['Picklist', 'State', 'Status'].map(
      (kind) => `${own}/Microsoft.Dynamics.CRM.${kind}AttributeMetadata?$select=LogicalName&$expand=OptionSet`,
    );
    return (await Promise.all(kinds.map((query) => psa.rows<Choice>(query)))).flat();
  };
});

function documentsOf(side: 'psa' | 'finops'): Record<string, Document> {
  return JSON.parse(readFileSync(repositoryFile(`test/fixtures/cdm/${side}.json`), 'utf8')) as Record<string, Document>;
}

function attributesOf(documents: Record<string, Document>, document: string): readonly Attribute[] {
  const { attributes = [] } = documents[document] ?? {};
  expect(attributes).to.have.length.greaterThan(0);
  return attributes;
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
