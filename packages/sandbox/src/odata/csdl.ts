import type { EnumModel } from '../model/index.js';
import { collectionOf } from '../model/index.js';
import type { Column, Navigation, Schema } from '../store/index.js';

export interface MetadataOptions {
  readonly namespace: string;
  readonly alias?: string;
  readonly container: string;
  readonly enums?: readonly EnumModel[];
  /** `?annotations=true`: change tracking of sets, computed columns. */
  readonly annotations?: boolean;
  /** Whether texts say how long they may be; true unless told. */
  readonly lengths?: boolean;
}

/** The `$metadata` document (CSDL, OData 4.0). */
export function writeMetadata(schemas: readonly Schema[], options: MetadataOptions): string {
  const { namespace, alias, container, enums = [] } = options;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    `<Schema Namespace="${namespace}"${alias ? ` Alias="${alias}"` : ''} xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
    ...enums.map(enumType),
    ...schemas.map((schema) => entityType(schema, options)),
    ...schemas.flatMap((schema) => actions(schema, options)),
    `<EntityContainer Name="${container}">`,
    ...schemas.map((schema) => entitySet(schema, options)),
    '</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
}

function enumType({ name, members }: EnumModel): string {
  const values = members.map((member, value) => `<Member Name="${member}" Value="${value}" />`);
  return `<EnumType Name="${name}">${values.join('')}</EnumType>`;
}

function entityType(schema: Schema, options: MetadataOptions): string {
  const key = schema.key.map(({ name }) => `<PropertyRef Name="${name}" />`);
  return [
    `<EntityType Name="${schema.model.name}"><Key>${key.join('')}</Key>`,
    ...schema.columns.map((column) => property(column, options)),
    ...[...schema.navigations.values()].map((navigation) => navigationProperty(navigation, options)),
    ...(schema.alternateKeys.length > 0 ? [alternateKeys(schema)] : []),
    '</EntityType>',
  ].join('\n');
}

function actions({ model }: Schema, { namespace }: MetadataOptions): string[] {
  return (model.actions ?? []).map(({ name, boundTo, parameters, returns = 'Edm.String' }) => {
    const type = `${namespace}.${model.name}`;
    const bound = `<Parameter Name="this" Type="${boundTo === 'set' ? `Collection(${type})` : type}" />`;
    const others = parameters.map((parameter) => `<Parameter Name="${parameter.name}" Type="${parameter.type}" />`);
    return `<Action Name="${name}" IsBound="true">${bound}${others.join('')}<ReturnType Type="${returns}" /></Action>`;
  });
}

const READ_ONLY =
  '<Annotation Term="Org.OData.Core.V1.Permissions"><EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember></Annotation>';

function property(column: Column, { namespace, annotations, lengths = true }: MetadataOptions): string {
  const type = column.type === 'Enum' ? `${namespace}.${column.enumType}` : column.type;
  const facets = [
    column.nullable ? '' : ' Nullable="false"',
    column.maxLength === undefined || !lengths ? '' : ` MaxLength="${column.maxLength}"`,
    column.scale === undefined ? '' : ` Scale="${column.scale}"`,
  ];
  const start = `<Property Name="${column.name}" Type="${type}"${facets.join('')}`;
  if (!column.readOnly || !annotations) return `${start} />`;
  return `${start}><Annotation Term="Org.OData.Core.V1.Computed" Bool="true" />${READ_ONLY}</Property>`;
}

function navigationProperty(navigation: Navigation, { namespace }: MetadataOptions): string {
  const { name, partner, target } = navigation;
  if (navigation.kind !== 'one')
    return `<NavigationProperty Name="${name}" Type="Collection(${namespace}.${target.model.name})" Partner="${partner}" />`;
  const { column, company } = navigation;
  const own = company ? [company, column] : [column];
  const constraints = own.map(
    (each, at) =>
      `<ReferentialConstraint Property="${each.name}" ReferencedProperty="${target.key[at]?.name ?? ''}" />`,
  );
  const start = `<NavigationProperty Name="${name}" Type="${namespace}.${target.model.name}"`;
  return `${start} Nullable="${column.nullable}" Partner="${partner}">${constraints.join('')}</NavigationProperty>`;
}

function alternateKeys({ alternateKeys: keys }: Schema): string {
  const reference = ({ name }: Column) =>
    '<Record Type="OData.Community.Keys.V1.PropertyRef">' +
    `<PropertyValue Property="Name" PropertyPath="${name}" /><PropertyValue Property="Alias" String="${name}" /></Record>`;
  const records = keys.map(
    (columns) =>
      '<Record Type="OData.Community.Keys.V1.AlternateKey"><PropertyValue Property="Key"><Collection>' +
      `${columns.map(reference).join('')}</Collection></PropertyValue></Record>`,
  );
  return `<Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>${records.join('')}</Collection></Annotation>`;
}

function entitySet({ model, navigations }: Schema, { namespace, annotations }: MetadataOptions): string {
  const bindings = [...navigations.values()].map(
    ({ name, target }) => `<NavigationPropertyBinding Path="${name}" Target="${collectionOf(target.model)}" />`,
  );
  const tracking =
    '<Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record>' +
    `<PropertyValue Property="Supported" Bool="${model.changeTracking === true}" /></Record></Annotation>`;
  const content = bindings.join('') + (annotations ? tracking : '');
  return `<EntitySet Name="${collectionOf(model)}" EntityType="${namespace}.${model.name}">${content}</EntitySet>`;
}
