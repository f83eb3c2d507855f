import type { Domain } from '../spec/model.js';
import type { Reference, Wish } from '../policy/talk.js';
import { mentionsIn } from './recover-mentions.js';
import type { Scope } from './recover-row.js';
import { dealMentions, slotOfParam, type Slot } from './recover-slots.js';
import { recoverReference } from './recover-wish.js';

/** What a text says for an argument of a wish, or null when it says nothing of the kind. */
export function recoverArgument(scope: Scope, wish: Wish, arg: string, text: string): Reference | null {
  const slot = slotOfArgument(scope.domain, wish, arg);
  if (slot === null) return null;
  const mentions = mentionsIn(text, scope.domain, scope.source.now);
  for (const { fills } of dealMentions(scope.domain, text, mentions, [slot]).slice(0, 6)) {
    const [fill = []] = fills;
    const reference = fill.length === 0 ? null : recoverReference(scope, text, slot, fill);
    if (reference !== null) return reference;
  }
  return null;
}

function slotOfArgument(domain: Domain, wish: Wish, arg: string): Slot | null {
  if (wish.wish === 'tell') {
    return { name: 'of', type: { kind: 'row', entity: wish.entity }, attr: wish.entity, optional: false };
  }
  const param = domain.tools.find(({ name }) => name === wish.tool)?.params.find(({ name }) => name === arg);
  return param === undefined ? null : slotOfParam(param);
}
