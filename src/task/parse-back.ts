// Whether what a caller says can be understood: an independent reader, who knows the tools, the words
// and the rows but not how callers put sentences together, has to come to exactly the wishes that the
// text was made from. A text that does not parse back is not published.
import { canonicalJson, type Json } from '../core/json.js';
import { recoverArgument } from '../language/recover-answer.js';
import { recoverWishes } from '../language/recover-request.js';
import type { Scope } from '../language/recover-row.js';
import { sentence } from '../language/words.js';
import { rowsMatching } from '../policy/belief/resolve.js';
import type { Reference, Wish } from '../policy/talk.js';
import type { RowSource } from '../spec/evaluate.js';
import type { Domain } from '../spec/model.js';
import { openingWishes } from './scenario.js';
import type { Scenario } from './task.js';

/** Whether the opening and every phrase of the scenario say what it means, to who can see these rows. */
export function parsesBack(
  domain: Domain,
  source: RowSource,
  scenario: Scenario,
  fitting?: Scope['fitting'],
): boolean {
  const { caller, opening, phrases, wishes, later, withheld, corrected } = scenario;
  const scope: Scope = { domain, caller, source, ...(fitting && { fitting }) };
  const said = openingWishes(scenario);
  if (!states(scope, opening, [], said)) return false;
  for (const [index, wish] of wishes.entries()) {
    if (index < later) continue;
    const text = sentence(phrases[index] ?? '');
    if (!states(scope, text, wishes.slice(0, index), [wish])) return false;
  }
  return [...withheld, ...corrected].every(({ wish, arg }) => {
    const whole = wishes[wish];
    const right = whole === undefined ? undefined : argumentOf(whole, arg);
    if (whole === undefined || right === undefined) return false;
    const read = recoverArgument(scope, whole, arg, phrases[`${wish}.${arg}`] ?? '');
    return read !== null && meansSame(scope, read, right);
  });
}

/** Whether the text says these wishes and leaves nothing over. */
function states(scope: Scope, text: string, before: readonly Wish[], meant: readonly Wish[]): boolean {
  const { wishes, whole } = recoverWishes(scope, text, before);
  return whole && sameWishes(scope, wishes, meant);
}

function argumentOf(wish: Wish, arg: string): Reference | undefined {
  return wish.wish === 'do' ? wish.args[arg] : wish.of;
}

function sameWishes(scope: Scope, left: readonly Wish[], right: readonly Wish[]): boolean {
  return (
    left.length === right.length &&
    left.every((wish, index) => {
      const other = right[index];
      return other !== undefined && sameWish(scope, wish, other);
    })
  );
}

function sameWish(scope: Scope, left: Wish, right: Wish): boolean {
  if (left.wish === 'tell' || right.wish === 'tell') {
    if (left.wish !== 'tell' || right.wish !== 'tell') return false;
    return left.entity === right.entity && left.attr === right.attr && meansSame(scope, left.of, right.of);
  }
  const names = new Set([...Object.keys(left.args), ...Object.keys(right.args)]);
  return (
    left.tool === right.tool &&
    [...names].every((name) => {
      const [one, other] = [left.args[name], right.args[name]];
      return one !== undefined && other !== undefined && meansSame(scope, one, other);
    })
  );
}

/** Whether both mean the same row or value. */
export function meansSame(scope: Scope, left: Reference, right: Reference): boolean {
  return canonicalJson(meaning(scope, left)) === canonicalJson(meaning(scope, right));
}

/** What a reference comes to; rows by their ids, lists in no order. */
function meaning(scope: Scope, reference: Reference): Json {
  switch (reference.type) {
    case 'value':
      return reference.value;
    case 'caller':
      return scope.caller;
    case 'made':
      return { made: reference.wish };
    case 'list':
      return reference.items.map((item) => canonicalJson(meaning(scope, item))).sort();
    case 'record':
      return Object.fromEntries(
        Object.entries(reference.fields).map(([field, of]) => [field, meaning(scope, of)]),
      );
    case 'row': {
      const { entity, facts } = reference;
      const { domain, source, caller } = scope;
      return facts.length === 0
        ? { unsaid: entity }
        : { rows: rowsMatching(domain, source, entity, facts, caller) };
    }
  }
}
