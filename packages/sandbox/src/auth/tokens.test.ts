import { expect } from 'chai';
import { TokenAuthority } from './tokens.js';

describe('tokens', () => {
  it('are valid for their resource until their hour is over', () => {
    let now = 1_000_000_000_000;
    const authority = new TokenAuthority('tenant', new Set(['client']), () => now);
    const header = `Bearer ${authority.issue('http://a', 'client')}`;
    expect(authority.check(header, 'http://a')).to.equal('valid');
    expect(authority.check(header, 'http://b')).to.equal('other-resource');
    expect(authority.check(`${header}x`, 'http://a')).to.equal('unknown');
    const outsider = `Bearer ${authority.issue('http://a', 'another client')}`;
    expect(authority.check(outsider, 'http://a')).to.equal('not-a-member');
    expect(authority.check(undefined, 'http://a')).to.equal('missing');
    now += 3_599_000;
    expect(authority.check(header, 'http://a')).to.equal('expired');
  });
});
