import type { EnumType, NavigationProperty, Property } from './model.js';

type Attributes = Readonly<Record<string, string | undefined>>;

/** A type as declared: what its base declares is not in it yet, and names may still use aliases. */
export interface DeclaredType {
  readonly name: string;
  readonly namespace: string;
  readonly base: string | undefined;
  readonly key: string[];
  readonly properties: Map<string, Property>;
  readonly navigation: Map<string, NavigationProperty>;
}

export interface DeclaredSet {
  readonly name: string;
  readonly type: string;
  /** How annotations from elsewhere refer to it: `Namespace.Container/name`. */
  readonly path: string;
}

/** What is said of an entity type, a property (`Type/property`) or an entity set, inside it or from elsewhere. */
export interface Annotation {
  readonly target: string;
  /** Without the vocabulary: `Computed`, `ChangeTracking` … */
  readonly term: string;
  /** A plain yes or no, or that of its `Supported` property; yes where neither is given. */
  holds: boolean;
  /** Symbol of an enum. */
  member: string;
  /** Of `AlternateKeys`. */
  readonly keys: string[][];
}

/** Elements that an annotation inside them speaks of. */
const ANNOTATED = new Set(['EntityType', 'ComplexType', 'Property', 'NavigationProperty', 'EntitySet', 'Annotations']);

/** Takes the elements of a CSDL document as they come, and keeps what this package needs. */
export class CsdlReader {
  readonly aliases = new Map<string, string>();
  readonly types: DeclaredType[] = [];
  readonly enums: EnumType[] = [];
  readonly sets: DeclaredSet[] = [];
  readonly annotations: Annotation[] = [];

  private namespace = '';
  private container = '';
  private type: DeclaredType | undefined;
  private constraints: { property: string; referenced: string }[] = [];
  private members = new Map<string, number>();
  private annotation: Annotation | undefined;
  private memberText: string | undefined;
  /** Innermost last; empty text for what is not kept. */
  private readonly targets: string[] = [];

  open(element: string, attributes: Attributes): void {
    const { Name: name = '', Type: type = '' } = attributes;
    switch (element) {
      case 'Schema':
        this.namespace = attributes['Namespace'] ?? '';
        if (attributes['Alias']) this.aliases.set(attributes['Alias'], this.namespace);
        break;
      case 'EntityType':
        this.openType(name, attributes['BaseType']);
        break;
      case 'PropertyRef':
        this.type?.key.push(name);
        break;
      case 'Property':
        this.type?.properties.set(name, propertyOf(name, type, attributes));
        break;
      case 'NavigationProperty':
        this.openNavigation(name, type);
        break;
      case 'ReferentialConstraint':
        this.constraints.push({
          property: attributes['Property'] ?? '',
          referenced: attributes['ReferencedProperty'] ?? '',
        });
        break;
      case 'EnumType':
        this.members = new Map();
        this.enums.push({ name, namespace: this.namespace, members: this.members });
        break;
      case 'Member':
        this.members.set(name, Number(attributes['Value'] ?? this.members.size));
        break;
      case 'EntityContainer':
        this.container = `${this.namespace}.${name}`;
        break;
      case 'EntitySet':
        this.sets.push({ name, type: attributes['EntityType'] ?? '', path: `${this.container}/${name}` });
        break;
      case 'Annotation':
        this.openAnnotation(attributes);
        break;
      case 'PropertyValue':
        this.takeValue(attributes);
        break;
      case 'EnumMember':
        this.memberText = '';
        break;
    }
    if (ANNOTATED.has(element)) this.targets.push(this.targetOf(element, name, attributes));
  }

  text(text: string): void {
    if (this.memberText !== undefined) this.memberText += text;
  }

  close(element: string): void {
    if (ANNOTATED.has(element)) this.targets.pop();
    if (element === 'EntityType') this.type = undefined;
    if (element === 'Annotation') this.annotation = undefined;
    if (element === 'EnumMember') {
      if (this.annotation) this.annotation.member = symbolOf(this.memberText ?? '');
      this.memberText = undefined;
    }
  }

  private openType(name: string, base: string | undefined): void {
    const { namespace } = this;
    this.type = { name, namespace, base, key: [], properties: new Map(), navigation: new Map() };
    this.types.push(this.type);
  }

  private openNavigation(name: string, type: string): void {
    const target = /^Collection\((.*)\)$/.exec(type)?.[1];
    this.constraints = [];
    const navigation = {
      name,
      target: target ?? type,
      collection: target !== undefined,
      constraints: this.constraints,
    };
    this.type?.navigation.set(name, navigation);
  }

  private openAnnotation({ Term: term = '', Bool: bool, EnumMember: member = '' }: Attributes): void {
    const target = this.targets.at(-1);
    if (!target) return;
    const name = term.slice(term.lastIndexOf('.') + 1);
    this.annotation = { target, term: name, holds: bool !== 'false', member: symbolOf(member), keys: [] };
    this.annotations.push(this.annotation);
  }

  private takeValue({ Property: property, Bool: bool, PropertyPath: path, String: text }: Attributes): void {
    if (!this.annotation) return;
    const { keys } = this.annotation;
    if (property === 'Supported') this.annotation.holds = bool !== 'false';
    else if (property === 'Key') keys.push([]);
    else if (property === 'Name') keys.at(-1)?.push(path ?? text ?? '');
  }

  private targetOf(element: string, name: string, attributes: Attributes): string {
    if (element === 'Annotations') return attributes['Target'] ?? '';
    if (element === 'EntitySet') return `${this.container}/${name}`;
    if (!this.type) return '';
    const type = `${this.namespace}.${this.type.name}`;
    return element === 'EntityType' ? type : `${type}/${name}`;
  }
}

/** `Org.OData.Core.V1.Permission/Read` → `Read` */
const symbolOf = (member: string): string => member.trim().slice(member.trim().lastIndexOf('/') + 1);

/** Facets that say "no limit" (`max`, `variable`) become undefined. */
const facet = (text: string | undefined): number | undefined => (/^\d+$/.test(text ?? '') ? Number(text) : undefined);

function propertyOf(name: string, type: string, attributes: Attributes): Property {
  return {
    name,
    type,
    nullable: attributes['Nullable'] !== 'false',
    maxLength: facet(attributes['MaxLength']),
    precision: facet(attributes['Precision']),
    scale: facet(attributes['Scale']),
  };
}
