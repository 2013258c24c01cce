import type { Value } from '@isthmus/core';
import { expect } from 'chai';
import { fieldOf } from './entity.js';
import { sampleProject } from './metadata.test.fixture.js';

const read = (field: string, value: string | number | boolean | null): Value =>
  fieldOf(sampleProject, field).read(value);
const write = (field: string, value: Value): string | undefined => fieldOf(sampleProject, field).write(value);
const literal = (field: string, value: Value): string | undefined => fieldOf(sampleProject, field).literal(value);

describe('Finance & Operations values', () => {
  it('reads an empty text as null, and writes null as empty text', () => {
    expect(read('ProjectName', '')).to.equal(null);
    expect(write('ProjectName', null)).to.equal('""');
  });

  it('keeps quotes, line ends and emoji in a text', () => {
    const name = 'Say "hi" \\ \n 🚀';
    expect(JSON.parse(write('ProjectName', name) ?? '')).to.equal(name);
  });

  it('reads either form of the empty date as null, and writes null as noon of 1900-01-01', () => {
    expect(read('StartDate', '1900-01-01T12:00:00Z')).to.equal(null);
    expect(read('StartDate', '1900-01-01T00:00:00Z')).to.equal(null);
    expect(write('StartDate', null)).to.equal('"1900-01-01T12:00:00Z"');
  });

  it('carries a day as noon, and leaves it to the mapping whether noon is a day: a moment can be noon too', () => {
    expect(write('StartDate', '2026-03-01')).to.equal('"2026-03-01T12:00:00Z"');
    expect(read('StartDate', '2026-03-01T12:00:00Z')).to.equal('2026-03-01T12:00:00Z');
  });

  it('leaves other moments as they are', () => {
    expect(write('StartDate', '2026-03-01T09:30:00Z')).to.equal('"2026-03-01T09:30:00Z"');
    expect(read('StartDate', '2026-03-01T09:30:00Z')).to.equal('2026-03-01T09:30:00Z');
  });

  it('keeps every digit of a decimal', () => {
    const digits = '12345678901234567.123456';
    expect(read('Amount', digits)).to.equal(digits);
    expect(write('Amount', digits)).to.equal(`"${digits}"`);
    expect(write('Amount', null)).to.equal('"0"');
  });

  it('writes whole numbers bare, whether they come as numbers or as digits', () => {
    expect(write('Lines', 3)).to.equal('3');
    expect(write('Lines', '3')).to.equal('3');
    expect(write('Weight', '1.50')).to.equal('1.50');
  });

  it('leaves it to the service to refuse what is no number', () => {
    expect(write('Lines', 'three')).to.equal('"three"');
  });

  it('writes enums as symbols and asks for them by typed literals', () => {
    expect(write('ProjectType', 'FixedPrice')).to.equal('"FixedPrice"');
    expect(literal('ProjectType', 'FixedPrice')).to.equal("Microsoft.Dynamics.DataEntities.ProjType'FixedPrice'");
  });

  it('writes true and false as Yes and No where the field is that enum', () => {
    expect(write('Chargeable', true)).to.equal('"Yes"');
    expect(literal('Chargeable', false)).to.equal("Microsoft.Dynamics.DataEntities.NoYes'No'");
    expect(write('IsActive', true)).to.equal('true');
  });

  it('leaves out an enum without a value, which has no way to be empty', () => {
    expect(write('ProjectType', null)).to.equal(undefined);
  });

  it('writes guids in lower case and reads the empty guid as null', () => {
    expect(write('TaskId', 'A1B2C3D4-0000-0000-0000-000000000001')).to.equal('"a1b2c3d4-0000-0000-0000-000000000001"');
    expect(read('TaskId', '00000000-0000-0000-0000-000000000000')).to.equal(null);
  });

  it('does not put into a filter what is none of the type', () => {
    expect(() => literal('TaskId', "x' or true"))
      .to.throw()
      .with.property('code', 'ODATA_LITERAL_INVALID');
  });
});
