import { parametersOf, type Parameter, type ParameterClass } from '../parameters/index.js';
import { toJson, type JsonSchema, type JsonValue } from './json.js';
import { nestedClassOf, rulesOf, type Rule } from './parameter-class.js';

/** The part of an object schema that a parameter class decides. */
export interface ParametersSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
  readonly [keyword: string]: JsonValue;
}

/** A parameter class as JSON Schema, as far as the schema language can say what the class's rules mean. */
export function parametersSchema(parameterClass: ParameterClass): ParametersSchema {
  const parameters = parametersOf(parameterClass);
  return {
    properties: Object.fromEntries(parameters.map((each) => [each.name, propertySchema(parameterClass, each)])),
    required: parameters.filter((each) => isRequired(parameterClass, each)).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Text of which `constraints` hold, unless a reference stands in it: then they hold for what it resolves to. */
export const textOrReference = (constraints: JsonSchema): JsonSchema =>
  Object.keys(constraints).length === 0
    ? { type: 'string' }
    : { type: 'string', anyOf: [constraints, { pattern: '\\$\\{' }] };

const isConditional = ({ type }: Rule): boolean => type === 'conditionalValidation';

const isRequired = (parameterClass: ParameterClass, { name, default: value }: Parameter): boolean =>
  value === undefined && !rulesOf(parameterClass, name).some(isConditional);

function propertySchema(parameterClass: ParameterClass, parameter: Parameter): JsonSchema {
  const rules = rulesOf(parameterClass, parameter.name);
  const nested = nestedClassOf(parameterClass, parameter.name);
  const ofItems = valueSchema(
    undefined,
    rules.filter(({ each }) => each),
    nested,
  );
  const isList = parameter.type === 'array';
  const ofValue = valueSchema(
    parameter.type,
    rules.filter(({ each }) => !each),
    isList ? undefined : nested,
  );
  const { default: value, example } = parameter;
  return {
    ...ofValue,
    ...(isList && Object.keys(ofItems).length > 0 ? { items: ofItems } : {}),
    description: parameter.doc,
    ...keyword('default', value),
    ...(example === undefined ? {} : keyword('examples', [example])),
    ...(parameter.secret ? { writeOnly: true } : {}),
  };
}

function valueSchema(declared: string | undefined, rules: readonly Rule[], nested?: ParameterClass): JsonSchema {
  if (nested) return { type: 'object', ...parametersSchema(nested) };
  const type = rules.map(({ name }) => TYPES[name ?? '']).find(Boolean) ?? declared;
  // A rule that holds under a condition is class-validator's affair alone.
  const always = rules.some((rule) => isConditional(rule) && rule.name !== 'isOptional') ? [] : rules;
  const constraints: JsonSchema = Object.assign(
    {},
    ...always.map(({ name, constraints: settings }) => CONSTRAINTS[name ?? '']?.((settings as unknown[]) ?? []) ?? {}),
  ) as JsonSchema;
  if (type === 'string') return textOrReference(constraints);
  return type === undefined ? constraints : { type, ...constraints };
}

const TYPES: Readonly<Record<string, string>> = {
  isString: 'string',
  isInt: 'integer',
  isNumber: 'number',
  isBoolean: 'boolean',
  isArray: 'array',
  isObject: 'object',
};

function keyword(name: string, value: unknown): JsonSchema {
  const json = toJson(value);
  return json === undefined ? {} : { [name]: json };
}

type Settings = readonly unknown[];
const first =
  (name: string) =>
  ([value]: Settings): JsonSchema =>
    keyword(name, value);

/** By class-validator's name of the rule. */
const CONSTRAINTS: Readonly<Record<string, (settings: Settings) => JsonSchema>> = {
  isIn: first('enum'),
  isEnum: ([, values]) => keyword('enum', values),
  equals: first('const'),
  min: first('minimum'),
  max: first('maximum'),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  isNegative: () => ({ exclusiveMaximum: 0 }),
  isDivisibleBy: first('multipleOf'),
  minLength: first('minLength'),
  maxLength: first('maxLength'),
  isLength: ([min, max]) => ({ ...keyword('minLength', min), ...keyword('maxLength', max) }),
  isNotEmpty: () => ({ minLength: 1 }),
  // A schema's pattern has no flags.
  matches: ([pattern]) => keyword('pattern', pattern instanceof RegExp && !pattern.flags ? pattern.source : undefined),
  isUrl: () => ({ format: 'uri' }),
  isEmail: () => ({ format: 'email' }),
  isUuid: () => ({ format: 'uuid' }),
  arrayMinSize: first('minItems'),
  arrayMaxSize: first('maxItems'),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: () => ({ uniqueItems: true }),
};
