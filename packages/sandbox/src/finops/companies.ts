import type { Expression } from '../odata/index.js';
import type { Schema, StoredRow } from '../store/index.js';
import type { Call } from './call.js';
import { mayEnter } from './users.js';

/** Rows of other companies hide without `cross-company=true`, and with it those of companies that the user may not enter. */
export function sees({ user, crossCompany }: Call, { model, byName }: Schema, { values }: StoredRow): boolean {
  const slot = model.perCompany ? byName.get('dataAreaId')?.slot : undefined;
  if (slot === undefined) return true;
  const company = String(values[slot]);
  return crossCompany ? mayEnter(user, company) : company === user.company;
}

/** The same as a condition; undefined where every row is seen. */
export function seenRows({ user, crossCompany }: Call, { model }: Schema): Expression | undefined {
  const companies = crossCompany ? user.companies : [user.company];
  return model.perCompany ? anyOf((companies ?? []).map((company) => equals('dataAreaId', company))) : undefined;
}

export const equals = (field: string, value: string, type: 'string' | 'guid' = 'string'): Expression => ({
  kind: 'binary',
  operator: 'eq',
  left: { kind: 'path', segments: [field] },
  right: { kind: 'literal', type, text: value },
});

type Conditions = readonly (Expression | undefined)[];

const joined = (operator: 'and' | 'or', expressions: Conditions): Expression | undefined =>
  expressions.reduce(
    (left, right) => (left && right ? { kind: 'binary', operator, left, right } : (left ?? right)),
    undefined,
  );

export const allOf = (expressions: Conditions): Expression | undefined => joined('and', expressions);

const anyOf = (expressions: Conditions): Expression | undefined => joined('or', expressions);
