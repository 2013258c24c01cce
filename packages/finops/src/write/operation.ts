import type { WriteOperation } from '@isthmus/core';
import { entityPath, queryString, type BatchOperation } from '@isthmus/odata';
import { fieldOf, LEGAL_ENTITY, type Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { ACROSS_COMPANIES } from '../read/index.js';
import { bodyWriter } from './body.js';

export type OperationEncoder = (operation: WriteOperation) => BatchOperation;

/**
 * Compiles what is to be done into requests. An update never creates here, so creating and updating are different
 * requests; rows of other companies than the user's own are found only across companies.
 *
 * The encoder throws ODATA_LITERAL_INVALID for a key that no row can have.
 */
export function operationEncoder(entity: Entity, defaultLegalEntity: string | undefined): OperationEncoder {
  const body = bodyWriter(entity);
  const company = companyOf(entity, defaultLegalEntity);
  const address = rowAddress(entity, defaultLegalEntity);
  const query = queryString({ custom: ACROSS_COMPANIES });

  return (operation) => {
    switch (operation.kind) {
      case 'create':
        return {
          method: 'POST',
          path: entity.set,
          body: body.created(operation.fields, company(operation.legalEntity)),
        };
      case 'update':
        return { method: 'PATCH', path: address(operation) + query, body: body.updated(operation.fields) };
      case 'delete':
        return { method: 'DELETE', path: address(operation) + query };
    }
  };
}

/** Path of a row by its whole key. */
export function rowAddress(
  entity: Entity,
  defaultLegalEntity: string | undefined,
): (row: Pick<WriteOperation, 'key' | 'legalEntity'>) => string {
  const company = companyOf(entity, defaultLegalEntity);
  const fields = entity.key.map((name) => fieldOf(entity, name));
  return ({ key, legalEntity: given }) => {
    const literals: Record<string, string> = {};
    const legalEntity = company(given);
    if (legalEntity !== undefined) literals[LEGAL_ENTITY] = fieldOf(entity, LEGAL_ENTITY).literal(legalEntity) ?? '';
    for (const { name, literal } of fields) {
      const value = literal(key[name] ?? null);
      if (value === undefined || !(name in key)) {
        throw errors.FINOPS_KEY_INCOMPLETE({ entity: entity.name, missing: name });
      }
      literals[name] = value;
    }
    return entityPath(entity.set, literals);
  };
}

/**
 * The company that rows go to, in lower case as the service keeps it; undefined for entities that all companies share.
 *
 * @throws FINOPS_LEGAL_ENTITY_MISSING
 */
export function companyOf(entity: Entity, byDefault: string | undefined): (given?: string) => string | undefined {
  if (!entity.perLegalEntity) return () => undefined;
  return (given = byDefault) => {
    if (given === undefined) throw errors.FINOPS_LEGAL_ENTITY_MISSING({ entity: entity.name });
    return given.toLowerCase();
  };
}
