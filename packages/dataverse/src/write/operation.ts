import type { WriteOperation } from '@isthmus/core';
import type { BatchOperation } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import type { AddressOf } from './address.js';
import type { MembersWriter } from './body.js';

/** Without it, changing a row that is not there would create it. */
const ONLY_IF_THERE = { 'If-Match': '*' };

/** @throws what the address and the members do for a record that cannot be put into words */
export function toRequest(
  { set }: Entity,
  { kind, key, fields }: WriteOperation,
  members: MembersWriter,
  addressOf: AddressOf,
): BatchOperation {
  switch (kind) {
    case 'create':
      return { method: 'POST', path: set, body: `{${members(fields)}}` };
    case 'update':
      return { method: 'PATCH', path: addressOf(key), headers: ONLY_IF_THERE, body: `{${members(fields, key)}}` };
    case 'delete':
      return { method: 'DELETE', path: addressOf(key) };
  }
}
