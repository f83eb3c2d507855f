// Where tasks are made: the ground they grow on, the ways through the tool graph, what was used how
// often, what was turned down, and what a task of each kind can be about.
import type { ToolGraph } from '../graph/tool-graph.js';
import type { Rule } from '../policy/belief/rules.js';
import type { Domain } from '../spec/model.js';
import type { World } from '../world/world.js';
import type { Garden } from './grow.js';
import { openGround, type Ground } from './ground.js';
import { openLinks } from './links.js';
import type { Kind, Wanted } from './options.js';
import { questionsOf } from './questions.js';
import { openSizes } from './size.js';
import { openTally } from './tally.js';
import { startUsage } from './use.js';

export interface Workshop extends Garden {
  readonly ground: Ground;
  readonly wanted: Wanted;
  /** What a task of each kind can be about: a tool, `Entity.attr`, or a rule. */
  readonly topics: Readonly<Record<Kind, readonly string[]>>;
  readonly rules: ReadonlyMap<string, Rule>;
}

export function openWorkshop(domain: Domain, world: World, graph: ToolGraph, wanted: Wanted): Workshop {
  const ground = openGround(domain, world);
  const links = openLinks(graph);
  const rules = domain.policies.filter(
    (policy): policy is Rule => policy.kind === 'guard' || policy.kind === 'escalate',
  );
  const named = (kind: Rule['kind']): readonly string[] =>
    rules.filter((rule) => rule.kind === kind).map(({ id }) => id);
  const writes = [...links.writes];
  return {
    ground,
    links,
    wanted,
    usage: startUsage(),
    tally: openTally(),
    sizes: openSizes(wanted.complexity),
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    topics: {
      do: writes,
      tell: questionsOf(ground),
      refuse: named('guard'),
      part: writes.length > 1 ? named('guard') : [],
      transfer: named('escalate'),
    },
  };
}
