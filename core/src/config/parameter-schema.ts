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
  const { name, doc, default: value, example, secret } = parameter;
  const rules = rulesOf(parameterClass, name);
  const ofValue = rules.filter(({ each }) => !each);
  const ofItems = rules.filter(({ each }) => each);
  const nested = nestedClassOf(parameterClass, name);
  const type = typeOf(parameter, ofValue);
  return {
    ...(type === 'array'
      ? { ...valueSchema(type, ofValue), items: valueSchema(ruledType(ofItems), ofItems, nested) }
      : valueSchema(type, ofValue, nested)),
    ...(isNullable(parameter, type, rules) ? { type: [type, 'null'] } : {}),
    description: doc,
    ...keyword('default', value),
    ...(example === undefined ? {} : keyword('examples', [example])),
    ...(secret ? { writeOnly: true } : {}),
  };
}

const typeOf = ({ type }: Parameter, rules: readonly Rule[]): string => ruledType(rules) ?? type;

const ruledType = (rules: readonly Rule[]): string | undefined =>
  rules.map(({ name }) => TYPES[name ?? '']).find((type) => type !== undefined);

/** `string | null`: declared as a union, and its rules let null through. */
const isNullable = (parameter: Parameter, type: string, rules: readonly Rule[]): boolean =>
  (parameter.union || parameter.type === 'object') &&
  type !== 'object' &&
  rules.some(({ name }) => name === 'isOptional');

function valueSchema(type: string | undefined, rules: readonly Rule[], nested?: ParameterClass): JsonSchema {
  if (nested) return { type: 'object', ...parametersSchema(nested) };
  // A rule that holds under a condition is class-validator's affair alone.
  const always = rules.some((rule) => isConditional(rule) && rule.name !== 'isOptional') ? [] : rules;
  const constraints: JsonSchema = Object.assign({}, ...always.map(constraintOf)) as JsonSchema;
  if (type === 'string') return textOrReference(constraints);
  return type === undefined ? constraints : { type, ...constraints };
}

const constraintOf = ({ name, constraints }: Rule): JsonSchema =>
  CONSTRAINTS[name ?? '']?.((constraints as Settings | undefined) ?? []) ?? {};

const TYPES: Readonly<Record<string, string>> = {
  isString: 'string',
  matches: 'string',
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

/** A schema's pattern has no flags, and is read as Unicode; undefined where that would change or break it. */
function portable({ source, flags }: RegExp): string | undefined {
  try {
    new RegExp(source, 'u');
    return flags === '' || flags === 'u' ? source : undefined;
  } catch {
    return undefined;
  }
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
  matches: ([pattern]) => keyword('pattern', pattern instanceof RegExp ? portable(pattern) : undefined),
  isUrl: () => ({ format: 'uri' }),
  isEmail: () => ({ format: 'email' }),
  isUuid: () => ({ format: 'uuid' }),
  arrayMinSize: first('minItems'),
  arrayMaxSize: first('maxItems'),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: () => ({ uniqueItems: true }),
};
