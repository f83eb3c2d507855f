// Tasks that want to be told: one to three values.
import type { Rng } from '../core/rng.js';
import { emptyChain } from './chain-model.js';
import type { Drafted, Errand } from './draft.js';
import { ownerOf } from './ground.js';
import { ask, hasSaid, pickRow } from './questions.js';
import { knownOf } from './scenario.js';
import { pickLeastUsed } from './use.js';
import type { Workshop } from './workshop.js';

const countWeights = [55, 30, 15];

export function draftTell({ ground, usage, topics }: Workshop, key: string, rng: Rng): Drafted {
  const callers = ground.ids.get(ground.domain.caller) ?? [];
  const [entity = ''] = key.split('.');
  const anchor = pickRow(ground, entity, null, rng);
  if (anchor === null || callers.length === 0) return { reason: 'no-row' };
  const caller = ownerOf(ground, anchor) ?? pickLeastUsed(usage, callers, rng);
  const known = knownOf(ground, caller, rng);
  const errands: Extract<Errand, { end: 'told' }>[] = [];
  const count = rng.weighted([1, 2, 3], countWeights);
  for (let index = 0; index < count; index++) {
    const about = index === 0 ? key : pickLeastUsed(usage, topics.tell, rng);
    const before = errands.map(({ question }) => question);
    const errand = ask(ground, caller, about, index === 0 ? anchor : null, before, rng);
    if (errand !== null) errands.push(errand);
  }
  if (errands.length === 0) return { reason: 'not-describable' };
  const wishes = errands.map(({ spoken }) => spoken);
  if (errands.some(({ question }) => hasSaid(wishes, known, question.value.value))) {
    return { reason: 'already-said' };
  }
  const asked = errands.map(({ question }) => `${question.entity}.${question.attr}`);
  const chain = emptyChain(ground.digest);
  return { draft: { kind: 'tell', caller, known, chain, chains: 0, errands, used: [caller, ...asked] } };
}
