// Where tasks are made: the ground they grow on, the ways through the tool graph, what was used how
// often, what was turned down, and what a task of each kind can be about.
import type { ToolGraph } from '../graph/tool-graph.js';
import type { Rule } from '../policy/belief/rules.js';
import { columnsOf } from '../policy/belief/path.js';
import type { Domain, Policy } from '../spec/model.js';
import type { World } from '../world/world.js';
import type { Conceal } from './draft.js';
import type { Garden } from './grow.js';
import { openGround, type Ground } from './ground.js';
import { openLinks } from './links.js';
import type { Kind, Wanted } from './options.js';
import { concealsOn, questionsOf } from './questions.js';
import { openSizes } from './size.js';
import { openTally } from './tally.js';
import { startUsage } from './use.js';

export interface Workshop extends Garden {
  readonly ground: Ground;
  readonly wanted: Wanted;
  /** What a task of each kind can be about: a tool, `Entity.attr`, or a rule. */
  readonly topics: Readonly<Record<Kind, readonly string[]>>;
  readonly rules: ReadonlyMap<string, Rule | Conceal>;
  /** `Entity.attr` of what callers may ask for and a policy conceals, by the policy. */
  readonly secrets: ReadonlyMap<string, readonly string[]>;
}

export function openWorkshop(domain: Domain, world: World, graph: ToolGraph, wanted: Wanted): Workshop {
  const ground = openGround(domain, world);
  const links = openLinks(graph);
  const asked = questionsOf(ground);
  const rules = domain.policies.filter(
    (policy): policy is Rule | Conceal =>
      policy.kind === 'guard' || policy.kind === 'escalate' || policy.kind === 'conceal',
  );
  const secrets = new Map(
    rules.flatMap((rule) => {
      const keys = rule.kind === 'conceal' ? asked.filter((key) => conceals(domain, rule, key)) : [];
      return keys.length > 0 ? [[rule.id, keys] as const] : [];
    }),
  );
  const named = (kind: Policy['kind']): readonly string[] =>
    rules.filter((rule) => rule.kind === kind).map(({ id }) => id);
  const kept = [...secrets.keys()];
  const always = rules.filter((rule) => rule.kind === 'conceal' && rule.unless === undefined);
  const untold = new Set(always.flatMap(({ id }) => secrets.get(id) ?? []));
  // What is never told at all is refused without a look at anything, so refusing it is no task by itself.
  const looked = kept.filter((id) => rules.some((rule) => rule.id === id && 'unless' in rule));
  const writes = [...links.writes];
  return {
    ground,
    links,
    wanted,
    usage: startUsage(),
    tally: openTally(),
    sizes: openSizes(wanted.complexity),
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    secrets,
    topics: {
      do: writes,
      tell: asked.filter((key) => !untold.has(key)),
      refuse: [...named('guard'), ...looked],
      part: writes.length > 1 ? [...named('guard'), ...kept] : [],
      transfer: named('escalate'),
    },
  };
}

/** Whether the policy conceals what stands at the end of the path. */
function conceals(domain: Domain, rule: Conceal, key: string): boolean {
  const [start = '', ...path] = key.split('.');
  const columns = columnsOf(domain, start, path.join('.')) ?? [];
  const holder = columns.at(-2)?.type;
  const entity = holder?.kind === 'row' ? holder.entity : start;
  return concealsOn(domain, { entity, column: columns.at(-1)?.column ?? '' }).includes(rule);
}
