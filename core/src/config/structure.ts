import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from '../text/index.js';
import { describeNode, printableName, quoteNode } from './describe.js';
import { configErrors, unknownName } from './errors.js';
import type { Faults } from './faults.js';
import type { JsonSchema } from './json.js';
import { entriesAt, nodeAt, plainOf, type ConfigNode, type Path } from './node.js';
import { pathOfPointer } from './place.js';
import type { RawConfiguration } from './raw.js';
import type { Section } from './sections.js';

/**
 * Keys, types and names against the schema. Rules of parameter classes are class-validator's affair.
 *
 * @param sections where parameter classes judge
 * @returns the bare values, which are what the type says where no fault was found
 */
export function checkStructure(
  root: ConfigNode,
  { schema, sections }: { readonly schema: JsonSchema; readonly sections: readonly Section[] },
  faults: Faults,
): RawConfiguration {
  const isJudgedByRules = (path: Path): boolean =>
    sections.some((section) => path.length > section.path.length && begins(path, section.path));
  // The schema is ours and a test holds it against the meta-schema: checking and optimising it would cost more than using
  // it, and so would compiling a shared part anew wherever it is referred to (five times as long with six plugins).
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  const validate = ajv.compile(schema);
  const plain = withParameters(root);
  validate(plain);
  for (const error of sorted(validate.errors ?? [])) report(error, { root, isJudgedByRules }, faults);
  return plain as RawConfiguration;
}

/** An integration without `parameters` is told which of them it lacks, rather than that it lacks them. */
function withParameters(root: ConfigNode): unknown {
  const plain = plainOf(root) as { integrations?: Record<string, object> };
  for (const [name, node] of entriesAt(root, ['integrations'])) {
    if (node.kind === 'map' && plain.integrations) {
      plain.integrations[name] = { parameters: {}, ...plain.integrations[name] };
    }
  }
  return plain;
}

/** Of a value of the wrong type, everything else that is said follows from that. */
const sorted = (errors: readonly ErrorObject[]): ErrorObject[] => {
  const rank = ({ keyword }: ErrorObject): number => (keyword === 'type' ? 0 : 1);
  return [...errors].sort((a, b) => rank(a) - rank(b));
};

interface Judged {
  readonly root: ConfigNode;
  readonly isJudgedByRules: (path: Path) => boolean;
}

function report(
  { keyword, instancePath, params, parentSchema }: ErrorObject,
  { root, isJudgedByRules }: Judged,
  faults: Faults,
): void {
  const path = pathOfPointer(root, instancePath);
  const node = nodeAt(root, path);
  switch (keyword) {
    case 'type': {
      const particulars = { got: describeNode(node), wanted: wantedOf([params['type'] as string | string[]].flat()) };
      return faults.add(path, (at) => configErrors.CONFIG_WRONG_TYPE(particulars, at));
    }
    case 'required': {
      const name = String(params['missingProperty']);
      return faults.add([...path, name], (at) => configErrors.CONFIG_MISSING_KEY({ name }, at));
    }
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((parentSchema?.['properties'] ?? {}) as object);
      const unknown = nameFault([...path, key]) ?? configErrors.CONFIG_UNKNOWN_KEY;
      return faults.add([...path, key], (at) => unknown(unknownName(key, known), at), 'key');
    }
    case 'enum':
    case 'not': {
      const known = ((params['allowedValues'] ?? []) as unknown[]).map(String);
      const unknown = nameFault(path);
      if (unknown) return faults.add(path, (at) => unknown(unknownName(printableName(node), known), at));
      return isJudgedByRules(path) ? undefined : reportChoice(path, node, known, faults);
    }
    case 'minimum':
    case 'minItems': {
      if (isJudgedByRules(path)) return;
      const particulars = { got: quoteNode(node), wanted: `at least ${String(params['limit'])}` };
      return faults.add(path, (at) => configErrors.CONFIG_WRONG_VALUE(particulars, at));
    }
    case 'pattern': {
      if (isJudgedByRules(path)) return;
      const examples = ((parentSchema?.['examples'] ?? []) as unknown[]).map(String);
      const particulars = { got: quoteNode(node), wanted: `something like ${examples.join(' or ')}` };
      return faults.add(path, (at) => configErrors.CONFIG_WRONG_VALUE(particulars, at));
    }
    case 'false schema': {
      const particulars = { got: 'both `from` and `constant`', wanted: 'one of them' };
      return faults.add(path, (at) => configErrors.CONFIG_WRONG_VALUE(particulars, at), 'key');
    }
  }
}

function reportChoice(path: Path, node: ConfigNode | undefined, known: readonly string[], faults: Faults): void {
  const nearestName = nearest(printableName(node), known);
  const particulars = { got: quoteNode(node), wanted: `one of ${known.join(', ')}`, nearest: nearestName };
  faults.add(path, (at) => configErrors.CONFIG_WRONG_VALUE(particulars, at));
}

const ANY = Symbol('any key');
type Pattern = readonly (string | typeof ANY)[];

/** Where names stand, and the fault of a name that there is not. */
const NAMES: readonly (readonly [Pattern, typeof configErrors.CONFIG_UNKNOWN_KEY])[] = [
  [['connections', ANY, 'kind'], configErrors.CONFIG_UNKNOWN_CONNECTION_KIND],
  [['integrations', ANY, 'template'], configErrors.CONFIG_UNKNOWN_TEMPLATE],
  [['integrations', ANY, 'fields', ANY], configErrors.CONFIG_UNKNOWN_OPTIONAL_FIELD],
  [['integrations', ANY, 'overrides', ANY], configErrors.CONFIG_UNKNOWN_TASK],
  [['integrations', ANY, 'tasks', ANY], configErrors.CONFIG_UNKNOWN_TASK],
];

const begins = (path: Path, pattern: readonly (string | number | typeof ANY)[]): boolean =>
  pattern.every((key, index) => path[index] !== undefined && (key === ANY || key === path[index]));

const nameFault = (path: Path) =>
  NAMES.find(([pattern]) => pattern.length === path.length && begins(path, pattern))?.[1];

const WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

const wantedOf = (types: readonly string[]): string => types.map((type) => WORDS[type] ?? type).join(' or ');
