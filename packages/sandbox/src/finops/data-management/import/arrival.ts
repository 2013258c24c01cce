import type { Column, Schema, Table } from '../../../store/index.js';
import type { EnumMembers } from '../../values.js';
import { PackageFault } from '../package/index.js';
import { convert } from './convert.js';

/** A row that has come as far as the staging table, with what is embedded in it. */
export interface StagedRow {
  readonly table: Table;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Columns that take, or repeat, a value of the embedding row. */
  readonly relation: readonly (readonly [own: Column, parent: Column])[];
  readonly embedded: readonly StagedRow[];
}

/** A row of the file on its way. */
export interface Arrival {
  readonly cells: readonly string[];
  /** @throws PackageFault */
  readonly stage: () => StagedRow;
}

export interface Arrivals {
  /** Names of the cells. */
  readonly columns: readonly string[];
  readonly arrivals: readonly Arrival[];
}

/** What the cells of a file are read by. */
export interface StagingContext {
  /** In lower case. */
  readonly company: string;
  readonly enums: EnumMembers;
}

/** A cell that cannot be what its column is. */
export class CellFault extends PackageFault {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** What a row holds before any of its cells. */
export const blankPayload = ({ model }: Schema, company: string): Record<string, unknown> =>
  model.perCompany ? { dataAreaId: company } : {};

/** @throws CellFault */
export function put(payload: Record<string, unknown>, text: string, column: Column, { enums }: StagingContext): void {
  try {
    payload[column.name] = convert(text, column, enums);
  } catch (fault) {
    throw fault instanceof PackageFault ? new CellFault(column.name, fault.message) : fault;
  }
}
