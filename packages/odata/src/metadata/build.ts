import type { Annotation, CsdlReader, DeclaredType } from './csdl-reader.js';
import type { EntityType, EnumType, Metadata, NavigationProperty, Property } from './model.js';

type Annotations = ReadonlyMap<string, Annotation>;
const NONE: Annotations = new Map();

/** Puts together what a document says in different places: aliases, base types, annotations, entity sets. */
export function buildMetadata({ aliases, types, enums, sets, annotations }: CsdlReader): Metadata {
  const qualified = (name: string): string => qualify(name, aliases);
  const said = byTarget(annotations, qualified);
  const declared = new Map(types.map((type) => [`${type.namespace}.${type.name}`, type]));
  const built = new Map<string, EntityType>();

  function build(id: string): EntityType | undefined {
    const known = built.get(id);
    const type = declared.get(id);
    if (known || !type) return known;
    const base = type.base === undefined ? undefined : build(qualified(type.base));
    const result = entityType(type, base, { id, said, qualified });
    built.set(id, result);
    return result;
  }
  for (const id of declared.keys()) build(id);

  const entitySets = new Map<string, EntityType>();
  for (const { name, type, path } of sets) {
    const id = qualified(type);
    const entity = built.get(id);
    if (!entity) continue;
    const changeTracking = said.get(path)?.get('ChangeTracking')?.holds ?? entity.changeTracking;
    const inSet = { ...entity, set: name, changeTracking };
    entitySets.set(name, inSet);
    if (!entity.set) built.set(id, inSet);
  }
  return { entitySets, types: built, enums: enumsByName(enums) };
}

interface Context {
  readonly id: string;
  readonly said: ReadonlyMap<string, Annotations>;
  readonly qualified: (name: string) => string;
}

function entityType(
  declared: DeclaredType,
  base: EntityType | undefined,
  { id, said, qualified }: Context,
): EntityType {
  const { name, namespace, key, properties, navigation } = declared;
  const own = said.get(id) ?? NONE;
  const annotated = (property: Property): Property => {
    const facts = said.get(`${id}/${property.name}`) ?? NONE;
    const permissions = facts.get('Permissions')?.member;
    return { ...property, type: qualified(property.type), computed: facts.get('Computed')?.holds, permissions };
  };
  const resolved = (one: NavigationProperty): NavigationProperty => ({ ...one, target: qualified(one.target) });
  return {
    name,
    namespace,
    key: key.length > 0 ? key : (base?.key ?? []),
    properties: merge(base?.properties, properties, annotated),
    navigation: merge(base?.navigation, navigation, resolved),
    alternateKeys: own.get('AlternateKeys')?.keys ?? [],
    changeTracking: own.get('ChangeTracking')?.holds,
  };
}

function merge<T>(
  base: ReadonlyMap<string, T> | undefined,
  own: ReadonlyMap<string, T>,
  finish: (one: T) => T,
): Map<string, T> {
  const all = new Map(base);
  for (const [name, one] of own) all.set(name, finish(one));
  return all;
}

function byTarget(
  annotations: readonly Annotation[],
  qualified: (name: string) => string,
): Map<string, Map<string, Annotation>> {
  const result = new Map<string, Map<string, Annotation>>();
  for (const annotation of annotations) {
    const [type = '', ...rest] = annotation.target.split('/');
    const target = [qualified(type), ...rest].join('/');
    const facts = result.get(target) ?? new Map<string, Annotation>();
    result.set(target, facts.set(annotation.term, annotation));
  }
  return result;
}

/** `mscrm.account`, `Collection(mscrm.account)` → with the namespace in place of its alias. */
function qualify(name: string, aliases: ReadonlyMap<string, string>): string {
  if (name.startsWith('Collection(')) return `Collection(${qualify(name.slice(11, -1), aliases)})`;
  const dot = name.lastIndexOf('.');
  const namespace = aliases.get(name.slice(0, dot));
  return namespace === undefined ? name : `${namespace}${name.slice(dot)}`;
}

const enumsByName = (enums: readonly EnumType[]): Map<string, EnumType> =>
  new Map(enums.map((one) => [`${one.namespace}.${one.name}`, one]));
