import 'reflect-metadata';
import { compileMapping, Decimal, entityMapOf, From, IntegrationKey, MapEntity, type SourceRow } from '@isthmus/core';
import { Expose, plainToInstance } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumberString,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  validateSync,
} from 'class-validator';
import { whole, type Line } from './table.js';

/** 25 fields and 38 rules, once for both ways: `@From` for the compiler, `@Expose` for the library. */
function Field(name: string): PropertyDecorator {
  return (prototype, property) => {
    From(name)(prototype, property);
    Expose({ name })(prototype, property);
  };
}

@MapEntity({ task: 'bench', title: 'Bench', source: 'rows', sourceId: 'id', destination: 'Row' })
class BenchRow {
  @Field('id') @IntegrationKey() @IsUUID() Id!: string;
  @Field('number') @IsString() @IsNotEmpty() @MaxLength(20) Number!: string;
  @Field('name') @IsString() @IsNotEmpty() @MaxLength(60) Name!: string;
  @Field('currency') @IsString() @Length(3, 3) Currency!: string;
  @Field('rate') @Decimal() @IsNumberString() Rate!: string;
  @Field('customer') @IsString() @MaxLength(20) Customer!: string;
  @Field('terms') @IsIn(['Net30', 'Net45', 'Net60']) Terms!: string;
  @Field('origin') @IsString() @MaxLength(60) Origin!: string;
  @Field('mail') @IsOptional() @IsEmail() Mail!: string;
  @Field('line') @IsInt() @Min(1) @Max(100000) Line!: number;
  @Field('kind') @IsIn(['TimeMaterial', 'FixedPrice']) Kind!: string;
  @Field('active') @IsBoolean() Active!: boolean;
  @Field('code') @Matches(/^[A-Z]{3}-\d{5}$/) Code!: string;
  @Field('amount') @Decimal() @IsNumberString() Amount!: string;
  @Field('price') @Decimal() @IsNumberString() Price!: string;
  @Field('quantity') @Decimal() @IsNumberString() Quantity!: string;
  @Field('city') @IsOptional() @IsString() @MaxLength(60) City!: string;
  @Field('street') @IsOptional() @IsString() @MaxLength(250) Street!: string;
  @Field('zip') @IsOptional() @IsString() @MaxLength(10) Zip!: string;
  @Field('country') @IsOptional() @Length(3, 3) Country!: string;
  @Field('project') @IsString() @MaxLength(20) Project!: string;
  @Field('contract') @IsString() @MaxLength(20) Contract!: string;
  @Field('unit') @IsString() Unit!: string;
  @Field('start') @IsString() Start!: string;
  @Field('end') @IsString() End!: string;
}

const rowAt = (i: number): SourceRow => ({
  id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  number: `ORD-${i}`,
  name: `Contract number ${i}`,
  currency: 'USD',
  rate: '1.2500000000',
  customer: `C${i}`,
  terms: 'Net30',
  origin: 'Isthmus',
  mail: 'someone@contoso.example',
  line: (i % 1000) + 1,
  kind: 'FixedPrice',
  active: true,
  code: 'ABC-12345',
  amount: '12345.6700',
  price: '123.45',
  quantity: '100.00',
  city: 'Redmond',
  street: 'One Way',
  zip: '98052',
  country: 'USA',
  project: `PRJ-${i}`,
  contract: `ORD-${i}`,
  unit: 'Contoso US',
  start: '2026-01-01',
  end: '2026-12-31',
});

export interface MapperRates {
  /** Rows a second, medians. */
  readonly compiled: number;
  readonly libraries: number;
  readonly ratio: number;
}

/** Maps and validates the same rows both ways, turn and turn about, so that a slow moment of the machine hits both. */
export function benchMapper(): MapperRates {
  const rows = Array.from({ length: 10_000 }, (_, i) => rowAt(i));
  const mapping = compileMapping(entityMapOf(BenchRow), { parameters: {} });
  const compiled = (): number => {
    const faults: never[] = [];
    for (const row of rows) mapping.check(mapping.map(row, faults), faults);
    return faults.length;
  };
  const libraries = (): number =>
    rows.reduce((faults, row) => faults + validateSync(plainToInstance(BenchRow, row)).length, 0);
  const rates = { compiled: [] as number[], libraries: [] as number[] };
  for (let round = 0; round < 6; round++) {
    for (const [name, work] of Object.entries({ compiled, libraries })) {
      const started = performance.now();
      const faults = work();
      const seconds = (performance.now() - started) / 1000;
      if (faults > 0) throw new RangeError(`${name} found ${faults} faults in sound rows`);
      // The first round warms up.
      if (round > 0) rates[name as keyof typeof rates].push(rows.length / seconds);
    }
  }
  const result = { compiled: median(rates.compiled), libraries: median(rates.libraries) };
  return { ...result, ratio: result.compiled / result.libraries };
}

export const mapperLines = ({ compiled, libraries, ratio }: MapperRates): Line[] => [
  ['compiled mapper, rows/s', whole(compiled)],
  ['class-transformer + class-validator, rows/s', whole(libraries)],
  ['compiled : libraries', `${ratio.toFixed(1)} times`, 'at least 20 times'],
];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
