import { expect } from 'chai';
import { parseInfolog, reasonsOf } from './infolog.js';

const reasons = (message: string): string[] => reasonsOf(parseInfolog(message));

describe('Infolog', () => {
  it('finds the reason of a missing reference and drops the tail', () => {
    const message =
      "Write failed for table row of type 'CustCustomerV3Entity'. Infolog: Warning: The value 'Local' in field " +
      "'Customer group' is not found in the related table 'Customer groups'.; Warning: validateField failed on field " +
      "'CustCustomerV3Entity.CustomerGroupId'..";
    expect(reasons(message)).to.deep.equal([
      "The value 'Local' in field 'Customer group' is not found in the related table 'Customer groups'.",
    ]);
    expect(parseInfolog(message)).to.have.length(2);
  });

  it('keeps semicolons and colons inside a text', () => {
    const message =
      'Write failed. Infolog: Info: Cannot create a record in Customer groups (CustGroup). Customer group: X; Y, Name: Z. ' +
      'The record already exists..';
    expect(parseInfolog(message)).to.deep.equal([
      {
        level: 'Info',
        text: 'Cannot create a record in Customer groups (CustGroup). Customer group: X; Y, Name: Z. The record already exists.',
      },
    ]);
  });

  it('tells several reasons in order', () => {
    expect(
      reasons('Infolog: Warning: First.; Info: Second.; Error: validateWrite failed on data source A (A)..'),
    ).to.deep.equal(['First.', 'Second.']);
  });

  it('falls back to the tail where there is nothing else', () => {
    expect(reasons("Infolog: Error: validateWrite failed on data source 'T (T)'..")).to.deep.equal([
      "validateWrite failed on data source 'T (T)'.",
    ]);
  });

  it('finds nothing in other messages', () => {
    expect(parseInfolog('No resources were found when selecting for update.')).to.deep.equal([]);
  });
});
