// Whom the fake till collects for. Any pair works but a few that are wrong in a way of their own.

import type { CollectingLook, CommandError, KeysProblem, KeysTest, MerchantLook, Profile } from '../bindings';
import type { GivenKeys } from '../client';

export class FakeCollecting {
  #profile: Profile;
  #next: Profile;
  #test: KeysTest | null;
  #stage: MerchantLook = { merchant: '3002607', keys: 'public' };
  #production: MerchantLook;

  constructor(profile: Profile, test: KeysTest | null) {
    this.#profile = profile;
    this.#next = profile;
    this.#test = test;
    this.#production = profile === 'production' ? { merchant: '3412345', keys: 'kept' } : { merchant: null, keys: 'missing' };
  }

  look(underWay: number): CollectingLook {
    return { profile: this.#profile, next: this.#next, stage: this.#stage, production: this.#production, under_way: underWay };
  }

  check(profile: Profile, given: GivenKeys): void {
    if (!/^\d{7,10}$/.test(given.merchant.trim())) throw refused('merchant');
    if (given.key.trim().length !== 16) throw refused('key');
    if (given.iv.trim().length !== 16) throw refused('iv');
    if (given.passphrase !== '' && given.passphrase.length < 8) throw refused('passphrase');
    if (profile === 'production' && given.merchant.trim() === '3002607') throw refused('public');
  }

  attempt(profile: Profile, given?: GivenKeys): KeysTest {
    if (this.#test !== null) return this.#test;
    if (given === undefined) {
      const merchant = (profile === 'production' ? this.#production : this.#stage).merchant;
      return merchant === null ? { kind: 'no_keys' } : { kind: 'works', merchant };
    }
    if (given.merchant.trim() === '3002607' && profile === 'production') return { kind: 'public_keys' };
    this.check('stage', given);
    if (given.key === 'ejCk326UnaZWKisg') return { kind: 'other_product' };
    return given.key.startsWith('wrong') ? { kind: 'wrong_keys' } : { kind: 'works', merchant: given.merchant.trim() };
  }

  keep(profile: Profile, given: GivenKeys): CollectingLook {
    const look: MerchantLook = { merchant: given.merchant.trim(), keys: 'kept' };
    if (profile === 'production') this.#production = look;
    else this.#stage = look;
    return this.look(0);
  }

  mayCollect(profile: Profile): void {
    if (profile === 'production' && this.#production.keys !== 'kept') throw refused('missing');
  }

  turn(profile: Profile): CollectingLook {
    this.#next = profile;
    return this.look(0);
  }
}

function refused(why: KeysProblem): CommandError {
  return { code: 'keys_refused', why };
}
