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
  const compiled = rules.map((rule) => compileRule(target, rule));
  return (row) => {
    for (const { propertyName, constraints } of applies) {
      if (!constraints[0](row, row[propertyName])) return true;
    }
    for (const holds of compiled) if (!holds(row)) return false;
    return true;
  };
}

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
