import 'reflect-metadata';
export { durationMs, IsDuration } from './duration.js';

/** What a configurable value is for. Its rules are class-validator's, on the same property. */
export interface ParameterDeclaration {
  /** One line for the documentation and the JSON Schema. */
  readonly doc: string;
  readonly example?: unknown;
  /** Never printed, and expected to be a reference such as `${env:NAME}`. */
  readonly secret?: boolean;
}

export type ParameterType = 'string' | 'number' | 'boolean' | 'array' | 'object';

export interface Parameter extends ParameterDeclaration {
  readonly name: string;
  readonly type: ParameterType;
  /** Declared as a union, such as `string | null`. */
  readonly union: boolean;
  /** What a new instance of the class holds; undefined where there is no default. */
  readonly default?: unknown;
}

/** A class whose decorated properties are the parameters; initial values are the defaults. */
export type ParameterClass<T extends object = object> = new () => T;

const KEY = Symbol.for('isthmus.parameters@1');

type DeclaredParameter = Omit<Parameter, 'type' | 'union' | 'default'> & { readonly recorded: unknown };

const TYPES = new Map<unknown, ParameterType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Array, 'array'],
]);

/** TypeScript records no type for a union or an inferred property; the default value then tells. */
function typeOf(recorded: unknown, value: unknown): ParameterType {
  const byValue = value === null || value === undefined ? undefined : TYPES.get(value.constructor);
  return TYPES.get(recorded) ?? byValue ?? 'object';
}

/** Declares a property of a parameter class. */
export function Parameter(declaration: ParameterDeclaration): PropertyDecorator {
  return (prototype, property) => {
    const own = (Reflect.getOwnMetadata(KEY, prototype) ?? []) as DeclaredParameter[];
    const recorded: unknown = Reflect.getMetadata('design:type', prototype, property);
    Reflect.defineMetadata(KEY, [...own, { ...declaration, name: String(property), recorded }], prototype);
  };
}

/** Declared parameters in order, those of base classes first. */
export function parametersOf(parameterClass: ParameterClass): Parameter[] {
  const defaults = new parameterClass() as Record<string, unknown>;
  const found: DeclaredParameter[] = [];
  for (let at: unknown = parameterClass.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    found.unshift(...((Reflect.getOwnMetadata(KEY, at as object) ?? []) as DeclaredParameter[]));
  }
  return found.map(({ recorded, ...parameter }) => {
    const value = defaults[parameter.name];
    const type = typeOf(recorded, value);
    return { ...parameter, type, union: recorded === Object && type !== 'object', default: value };
  });
}
