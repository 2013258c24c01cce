import { expect } from 'chai';
import { finopsEnums, finopsModel, psaModel, type EntityModel, type PropertyModel } from '../model/index.js';
import { awkwardRows, sampleCompany, type Company, type Row } from './index.js';

const awkwardIds = new Set(awkwardRows.map(({ id }) => id));

const patterns: Partial<Record<PropertyModel['type'], RegExp>> = {
  'Edm.Guid': /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  'Edm.Decimal': /^-?\d+(\.\d+)?$/,
  'Edm.Date': /^\d{4}-\d\d-\d\d$/,
  'Edm.DateTimeOffset': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
};

/** What is wrong with a value, or nothing. */
function fault(property: PropertyModel, value: Row[string] | undefined): string | undefined {
  if (value === undefined || value === null)
    return property.nullable || property.default !== undefined ? undefined : 'is missing';
  if (property.type === 'Edm.Boolean') return typeof value === 'boolean' ? undefined : 'is no boolean';
  if (property.type === 'Edm.Int32' || property.type === 'Edm.Double') {
    if (typeof value !== 'number' || (property.type === 'Edm.Int32' && !Number.isInteger(value))) return 'is no number';
    return property.options && !(value in property.options) ? 'is no option' : undefined;
  }
  if (typeof value !== 'string') return 'is no text';
  if (property.type === 'Enum') {
    return finopsEnums.find(({ name }) => name === property.enumType)?.members.includes(value)
      ? undefined
      : 'no member';
  }
  if (value.length > (property.maxLength ?? Infinity)) return 'is too long';
  if ((value.split('.')[1]?.length ?? 0) > (property.scale ?? Infinity)) return 'has too many decimals';
  return patterns[property.type]?.test(value) === false ? 'is malformed' : undefined;
}

function* faults(entity: EntityModel, row: Row): Iterable<string> {
  const names = new Set(entity.properties.map(({ name }) => name));
  for (const lookup of entity.lookups) {
    names.add(`_${lookup.attribute}_value`);
    if (lookup.targets.length > 1) names.add(`_${lookup.attribute}_type`);
  }
  for (const name of Object.keys(row)) if (!names.has(name)) yield `${entity.name}.${name} is unknown`;
  for (const property of entity.properties) {
    const found = fault(property, row[property.name]);
    if (found) yield `${entity.name}.${property.name} ${found}: ${String(row[property.name])}`;
  }
}

/** Lookups of a row whose target is not there. */
function dangling(entity: EntityModel, row: Row, keys: Map<string, Set<unknown>>): string[] {
  return entity.lookups.flatMap(({ attribute, targets }) => {
    const value = row[`_${attribute}_value`] ?? null;
    if (value === null) return [];
    const target = targets.length === 1 ? targets[0]!.entity : String(row[`_${attribute}_type`]);
    return keys.get(target)?.has(value) ? [] : [attribute];
  });
}

/** The environment's own row is no part of the company. */
const companyModel = psaModel.filter(({ name }) => name !== 'organization');

function keysOf(company: Company): Map<string, Set<unknown>> {
  return new Map(
    companyModel.map(({ name, set, primaryKey }) => [
      name,
      new Set([...company.psa.get(set)!()].map((row) => row[primaryKey[0]!])),
    ]),
  );
}

for (const options of [
  { seed: 1, scale: 1 },
  { seed: 7, scale: 0.1 },
  { seed: 2026, scale: 7.3 },
]) {
  describe(`the rows of a sample company (seed ${options.seed}, scale ${options.scale})`, () => {
    const company = sampleCompany(options);
    const keys = keysOf(company);
    const each = (visit: (entity: EntityModel, row: Row, id: string) => void): void => {
      for (const entity of companyModel) {
        for (const row of company.psa.get(entity.set)!()) visit(entity, row, String(row[entity.primaryKey[0]!]));
      }
    };

    it('fit their model in PSA: known columns, types, lengths, options', () => {
      const found: string[] = [];
      each((entity, row, id) => {
        if (!awkwardIds.has(id)) found.push(...faults(entity, row));
      });
      expect(found).to.deep.equal([]);
    });

    it('fit their model in F&O', () => {
      const found = finopsModel.flatMap((entity) =>
        [...company.finops.get(entity.set)!()].flatMap((row) => [...faults(entity, row)]),
      );
      expect(found).to.deep.equal([]);
    });

    it('refer to rows that exist', () => {
      const found: string[] = [];
      each((entity, row, id) => {
        if (!awkwardIds.has(id)) found.push(...dangling(entity, row, keys));
      });
      expect(found).to.deep.equal([]);
    });

    it('have keys and alternate keys that occur once', () => {
      for (const { set, primaryKey, alternateKeys = [] } of companyModel) {
        for (const attributes of [primaryKey, ...alternateKeys.map((key) => key.attributes)]) {
          const values = [...company.psa.get(set)!()].map((row) => attributes.map((name) => row[name]).join());
          expect(new Set(values).size, `${set} ${attributes.join()}`).to.equal(values.length);
        }
      }
      for (const { set, primaryKey } of finopsModel) {
        const values = [...company.finops.get(set)!()].map((row) => primaryKey.map((name) => row[name]).join());
        expect(new Set(values).size, set).to.equal(values.length);
      }
    });

    it('include every awkward row once', () => {
      for (const { set, id } of awkwardRows) {
        const key = psaModel.find((entity) => entity.set === set)!.primaryKey[0]!;
        expect(
          [...company.psa.get(set)!()].filter((row) => row[key] === id),
          `${set} ${id}`,
        ).to.have.lengthOf(1);
      }
    });
  });
}

describe('the awkward rows', () => {
  const company = sampleCompany({ seed: 1, scale: 1 });
  const keys = keysOf(company);

  const described = awkwardRows.flatMap(({ set, id }) => {
    const entity = psaModel.find((one) => one.set === set)!;
    const row = [...company.psa.get(set)!()].find((one) => one[entity.primaryKey[0]!] === id)!;
    return [
      ...faults(entity, row),
      ...dangling(entity, row, keys).map((attribute) => `${entity.name}.${attribute} leads nowhere`),
    ];
  });

  it('break the model or lead nowhere only where they are meant to', () => {
    expect(described).to.have.members([
      'salesorder.paymenttermscode is no option: 9',
      'salesorderdetail.salesorderid leads nowhere',
      'msdyn_contractlinescheduleofvalue.msdyn_contractlineid leads nowhere',
      'msdyn_projecttask.msdyn_parenttask leads nowhere',
    ]);
  });

  it('have amounts that binary floating point cannot hold', () => {
    const amounts = [...company.psa.get('msdyn_contractlinescheduleofvalues')!()].map((row) =>
      String(row['msdyn_amount']),
    );
    expect(amounts.some((amount) => Number(amount).toFixed(4) !== amount)).to.equal(true);
  });

  it('have a name with a tab, markup, a character of two units and a blank at its end', () => {
    const names = [...company.psa.get('salesorders')!()].map((row) => String(row['name']));
    expect(
      names.some(
        (name) => /[\t]/.test(name) && /</.test(name) && /\p{Emoji_Presentation}/u.test(name) && / $/.test(name),
      ),
    ).to.equal(true);
  });

  it('have tasks that are each other’s parents', () => {
    const parents = new Map(
      [...company.psa.get('msdyn_projecttasks')!()].map((row) => [
        row['msdyn_projecttaskid'],
        row['_msdyn_parenttask_value'],
      ]),
    );
    const circular = [...parents].filter(([task, parent]) => parent != null && parents.get(parent) === task);
    expect(circular).to.have.lengthOf(2);
  });

  it('are a small part of the company', () => {
    for (const set of new Set(awkwardRows.map((one) => one.set))) {
      const awkward = awkwardRows.filter((one) => one.set === set).length;
      expect(awkward / [...company.psa.get(set)!()].length, set).to.be.below(0.25);
    }
  });
});
