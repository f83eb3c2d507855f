// Asking the user for what a wish lacks: required arguments that it did not name, or the row that it
// asks about.
import { entityOf } from '../../src/policy/belief/path.js';
import { computedParams } from '../../src/policy/belief/rules.js';
import type { Wish } from '../../src/policy/talk.js';
import { say, understand, type Mind, type Part } from './oracle-mind.js';

/** Asks once for all that the wish lacks. */
export function* askForMissing(mind: Mind, index: number): Part<void> {
  const wish = mind.wishes[index];
  const slots = wish === undefined ? [] : missing(mind, wish);
  if (slots.length === 0) return;
  yield* say(mind, { act: 'ask', slots });
  yield* understand(mind);
}

function missing({ domain }: Mind, wish: Wish): readonly string[] {
  if (wish.wish === 'tell') {
    const isSaid = wish.of.type !== 'row' || wish.of.facts.length > 0;
    return isSaid ? [] : [entityOf(domain, wish.entity).snake];
  }
  const params = domain.tools.find(({ name }) => name === wish.tool)?.params ?? [];
  const computed = computedParams(domain, wish.tool);
  return params
    .filter(({ name, optional }) => !optional && wish.args[name] === undefined && !computed.has(name))
    .map(({ name }) => name);
}
