// Verbs of service desks that say much the same: what a tool is named by one of, people say by another.
// General English, of no single domain.
import { stem } from './stem.js';

const families = [
  'cancel drop withdraw void annul revoke scrap',
  'change modify amend alter update edit switch move adjust correct',
  'renew extend prolong',
  'book schedule reserve arrange place make set put',
  'return bring back',
  'report record log note register mark file enter',
  'pay settle take charge',
  'waive forgive cancel remove drop',
  'suspend block freeze lock deactivate',
  'reinstate unblock lift reactivate restore unfreeze unlock',
  'issue create open raise make print',
  'close terminate end shut',
  'transfer move send hand forward',
  'refund reimburse repay',
  'replace reissue swap exchange',
  'order request',
  'sell dispense supply buy purchase',
  'refill repeat dispense',
  'reschedule move postpone shift rebook',
  'collect pick fetch',
  'release free drop give',
  'lend loan borrow issue',
  'add attach put',
  'remove delete erase',
  'claim file submit',
  'redirect reroute divert send',
  'recall withdraw stop return',
  'certify issue',
  'raise increase',
  'lower reduce decrease',
  'activate enable',
  'dispute contest challenge',
  'hold keep',
  'hire rent',
  'declare record report',
  'animal pet',
  'late overdue',
  'open unpaid outstanding unsettled',
  'expire lapse invalid end past valid current',
  'maximum most limit',
  'dangerous unsafe harmful toxic poison',
  'twice two double',
  'free available',
  'charge fee fine cost',
  'examine see check',
  'reason ground cause',
  'person someone anybody anyone',
  'damage break broken',
  'allow permit let',
  'loss lose',
  'sender send',
  'child junior minor kid',
  'wait queue',
  'day today',
  'other another else',
  'give tell share disclose',
  'exceed more beyond over above',
  'private personal',
  'swap exchange replace',
  'chip microchip',
];

const byStem = new Map<string, Set<number>>();
for (const [family, words] of families.entries()) {
  for (const word of words.split(' ')) {
    byStem.set(stem(word), (byStem.get(stem(word)) ?? new Set<number>()).add(family));
  }
}

/** Verbs of two words, and one word that says the same. */
const phrasal: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  call: { off: 'cancel' },
  give: { up: 'release', back: 'return' },
  take: { back: 'return', off: 'remove' },
  bring: { back: 'return' },
  send: { back: 'return' },
  check: { in: 'return', out: 'lend' },
  write: { off: 'waive' },
  hand: { over: 'transfer', out: 'collect' },
  pick: { up: 'collect' },
  put: { off: 'reschedule', down: 'register' },
  sign: { up: 'register' },
  turn: { off: 'deactivate' },
  run: { out: 'expire' },
  pay: { off: 'settle' },
  set: { up: 'create' },
};
const phrasalStems = new Map(Object.entries(phrasal).map(([verb, pairs]) => [stem(verb), pairs]));

/** What a verb says together with a word behind it: "call it off" is to cancel. */
export function phrasalStem(verb: string, behind: readonly string[]): string | null {
  const pairs = phrasalStems.get(verb);
  const [said] =
    pairs === undefined ? [] : behind.flatMap((word) => (Object.hasOwn(pairs, word) ? [pairs[word]] : []));
  return said === undefined ? null : stem(said);
}

/** Whether two stems are of one family. */
export function areKin(left: string, right: string): boolean {
  const other = byStem.get(right);
  if (other === undefined) return false;
  for (const family of byStem.get(left) ?? []) if (other.has(family)) return true;
  return false;
}

/** All stems of the families of a stem, without itself. */
export function kinOf(word: string): readonly string[] {
  const kin = new Set<string>();
  for (const family of byStem.get(word) ?? []) {
    for (const other of families[family]?.split(' ') ?? []) kin.add(stem(other));
  }
  kin.delete(word);
  return [...kin];
}
