import {
  getMetadataStorage,
  validateSync,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { IsthmusError } from '../../errors/index.js';
import type { Value } from '../../values/index.js';
import { mappingErrors } from '../errors.js';
import type { MappingClass } from '../field-map.js';
import { plainRule, type CertainlyHolds } from './plain-rules.js';

type Row = Record<string, Value>;
/** True where the rule holds. */
type Rule = (row: Row) => boolean;
type ValidationMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/**
 * class-validator's rules of a mapping class. The library's own constraints are looked up once and then called
 * directly, so every rule keeps its exact meaning; what only the library can do (nested objects, `each`) is
 * left to it. Messages are the library's, made when a record has already failed.
 *
 * @returns undefined where the class has no rules for `fields`
 */
export function compileRules(
  target: MappingClass,
  fields: readonly string[],
): ((row: Row) => IsthmusError[]) | undefined {
  const active = new Set(fields);
  const metadata = getMetadataStorage()
    .getTargetValidationMetadatas(target, '', false, false)
    .filter(({ propertyName }) => active.has(propertyName));
  if (metadata.length === 0) return undefined;

  const rules: Rule[] = [];
  for (const property of new Set(metadata.map(({ propertyName }) => propertyName))) {
    rules.push(
      compileProperty(
        target,
        metadata.filter(({ propertyName }) => propertyName === property),
      ),
    );
  }
  return (row) => {
    for (const holds of rules) if (!holds(row)) return explain(target, row, active);
    return NONE;
  };
}

const NONE: IsthmusError[] = [];

function compileProperty(target: MappingClass, metadata: readonly ValidationMetadata[]): Rule {
  const applies = metadata.filter(({ type }) => type === 'conditionalValidation');
  const rules = metadata.filter(({ type }) => type !== 'conditionalValidation' && type !== 'whitelistValidation');
  const ask = rules.map((rule) => compileRule(target, rule));
  const certain = rules.map(({ name, constraints, each }) => (each ? undefined : plainRule(name, constraints ?? [])));
  const certainlyHolds = certain.every((rule) => rule !== undefined) ? all(certain) : () => false;
  const property = metadata[0]?.propertyName ?? '';
  return (row) => {
    if (certainlyHolds(row[property] ?? null)) return true;
    if (applies.some(({ constraints }) => !constraints[0](row, row[property]))) return true;
    return ask.every((holds) => holds(row));
  };
}

/** All of a property's plain rules; the usual small numbers without a loop. */
function all([first, second, third, ...others]: readonly CertainlyHolds[]): CertainlyHolds {
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (value) => first(value) && second(value);
  const rest = all(others);
  return (value) => first(value) && second(value) && third(value) && rest(value);
}

/** The library's own constraint, called directly; what only the library itself can do is left to it. */
function compileRule(target: MappingClass, rule: ValidationMetadata): Rule {
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
  if (!constraint || rule.each || rule.type !== 'customValidation') {
    const only = new Set([rule.propertyName]);
    return (row) => explain(target, row, only).length === 0;
  }
  const property = rule.propertyName;
  const { instance } = constraint as { instance: ValidatorConstraintInterface };
  return (row) => {
    const value = row[property];
    const args: ValidationArguments = {
      value,
      constraints: rule.constraints,
      targetName: target.name,
      object: row,
      property,
    };
    return instance.validate(value, args) === true;
  };
}

function explain(target: MappingClass, row: Row, fields: ReadonlySet<string>): IsthmusError[] {
  const instance = Object.assign(Object.create(target.prototype) as object, row);
  return validateSync(instance, { forbidUnknownValues: false })
    .filter(({ property }) => fields.has(property))
    .flatMap(({ property, constraints = {} }) =>
      Object.entries(constraints).map(([rule, message]) =>
        mappingErrors.RECORD_RULE_BROKEN({ rule, message }, { place: { field: property } }),
      ),
    );
}
