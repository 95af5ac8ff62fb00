import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changedAddress, hashOf, lifeHash, readAddress } from '../../../../local/console/page/address.ts';

describe('the address of the page', () => {
  test('is read from the hash that it is written to, whatever it holds', () => {
    const addresses = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(addresses, (address) => {
        expect(readAddress(hashOf(address))).toEqual(address);
      }),
    );
  });

  test('is empty without a hash', () => {
    expect([readAddress(''), readAddress('#')]).toEqual([{}, {}]);
  });

  test('loses what becomes empty, and keeps the rest', () => {
    expect(changedAddress({ view: 'logs', 'logs.find': 'a b' }, { 'logs.find': '', life: 'x' })).toEqual({
      view: 'logs',
      life: 'x',
    });
  });

  test('of another life is the view of its execution, with the filters as they are', () => {
    const address = { view: 'logs', state: 'CheckIdle', execution: 'old', 'fleet.find': 'spot' };

    expect(readAddress(lifeHash(address, 'new'))).toEqual({ life: 'new', 'fleet.find': 'spot' });
    expect(readAddress(lifeHash({}, 'new', 'new-asked-1'))).toEqual({
      life: 'new',
      execution: 'new-asked-1',
    });
  });
});
