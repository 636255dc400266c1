// Who works at the fake till, and whose PIN is whose.

import type { Act, CommandError, People, Person, Role } from '../bindings';
import type { Consent } from '../client';
import type { FakeClock } from './clock';

export type FakeStaff = ReadonlyArray<readonly [id: string, name: string, role: Role, pin: string]>;

export const sampleStaff: FakeStaff = [
  ['fang', '小芳', 'cashier', '1234'], ['zhang', '張主管', 'supervisor', '2345'], ['chen', '陳店長', 'owner', '3456'],
];

const ofOwners: Act[] = ['edit_price', 'settings', 'collecting', 'people'];
const ofSupervisors: Act[] = ['discount_over_limit', 'void_line', 'void_sale', 'refund', 'open_drawer', 'move_cash', 'close_day', 'edit_catalogue', 'override_unknown', 'settle_money', 'see_books'];
const alwaysAsked: Act[] = ['refund', 'override_unknown', 'collecting'];
const may: Record<Role, Act[]> = { cashier: [], supervisor: ofSupervisors, owner: [...ofSupervisors, ...ofOwners] };

type Kept = { id: string; name: string; role: Role; pin: string; shown: boolean; wrong: number; until: number | null };

export class FakePeople {
  #clock: FakeClock;
  #staff: Kept[];
  #atTill: string | null;
  #locked: boolean;

  constructor(staff: FakeStaff, locked: boolean, clock: FakeClock) {
    this.#clock = clock;
    this.#staff = staff.map(([id, name, role, pin]) => ({ id, name, role, pin, shown: true, wrong: 0, until: null }));
    this.#atTill = this.#staff[0]?.id ?? null;
    this.#locked = locked;
  }

  view(): People {
    const now = this.#clock.now();
    const person = (each: Kept): Person => ({
      id: each.id, name: each.name, role: each.role, may: may[each.role], wait_until_ms: each.until !== null && each.until > now ? each.until : null, shown_pin: each.shown ? each.pin : null,
    });
    return { locked: this.#locked, at_till: this.#atTill, everyone: this.#staff.map(person) };
  }

  name(): string {
    return this.#staff.find((each) => each.id === this.#atTill)?.name ?? '小芳';
  }

  /** Who gave a consent, by name. */
  called(consent: Consent | undefined): string | null {
    return this.#staff.find((each) => each.id === consent?.person)?.name ?? null;
  }

  signIn(person: string, pin: string): void {
    this.#atTill = this.#check(person, pin).id;
    this.#locked = false;
  }

  lock(): void {
    this.#locked = this.#staff.length > 0;
  }

  /** Throws when somebody has to consent and nobody has who may. */
  approve(what: Act, consent: Consent | undefined): void {
    if (this.#staff.length === 0) return;
    const at = this.#staff.find((each) => each.id === this.#atTill);
    if (consent === undefined) {
      if (!alwaysAsked.includes(what) && at !== undefined && may[at.role].includes(what)) return;
      throw refusal({ code: 'approval_needed', what });
    }
    const person = this.#check(consent.person, consent.pin);
    if (!may[person.role].includes(what)) throw refusal({ code: 'not_allowed', name: person.name, what });
  }

  add(name: string, role: Role, pin: string, consent: Consent | undefined): void {
    this.approve('people', consent);
    if (this.#staff.length === 0 && role !== 'owner') throw refusal({ code: 'person_refused', why: 'first_is_owner' });
    if (this.#staff.some((each) => each.name === name.trim())) throw refusal({ code: 'person_refused', why: 'name_taken' });
    if (!/^\d{4,12}$/.test(pin)) throw refusal({ code: 'person_refused', why: 'pin' });
    this.#staff.push({ id: `p${this.#staff.length + 1}`, name: name.trim(), role, pin, shown: false, wrong: 0, until: null });
    this.#atTill ??= this.#staff[0]?.id ?? null;
  }

  edit(person: string, name: string, role: Role, consent: Consent | undefined): void {
    this.approve('people', consent);
    this.#staff = this.#staff.map((each) => (each.id === person ? { ...each, name: name.trim(), role } : each));
  }

  changePin(person: string, pin: string, consent: Consent | undefined): void {
    this.approve('people', consent);
    this.#staff = this.#staff.map((each) => (each.id === person ? { ...each, pin, shown: false } : each));
  }

  retire(person: string, consent: Consent | undefined): void {
    this.approve('people', consent);
    if (!this.#staff.some((each) => each.role === 'owner' && each.id !== person)) throw refusal({ code: 'person_refused', why: 'last_owner' });
    this.#staff = this.#staff.filter((each) => each.id !== person);
  }

  #check(person: string, pin: string): Kept {
    const found = this.#staff.find((each) => each.id === person);
    if (found === undefined) throw refusal({ code: 'person_refused', why: 'unknown' });
    const now = this.#clock.now();
    if (found.until !== null && found.until > now) throw refusal({ code: 'pin_wait', until_ms: found.until });
    if (found.pin === pin) {
      found.wrong = 0;
      return found;
    }
    found.wrong += 1;
    found.until = found.wrong < 3 ? null : now + 30_000 * 2 ** (found.wrong - 3);
    throw refusal({ code: 'wrong_pin', until_ms: found.until });
  }
}

function refusal(error: CommandError): CommandError {
  return error;
}
