// Difficulty as features that are counted on the task and its gold; nobody's opinion enters. What each
// one counts stands at its name.
import { policiesOn, rulesOn } from '../policy/belief/rules.js';
import type { Reference } from '../policy/talk.js';
import { partsOf } from '../spec/mention.js';
import type { Expr } from '../spec/model.js';
import type { Conduct } from './conduct.js';
import { meantRows } from './distract.js';
import type { Draft } from './draft.js';
import { conditionOf } from './forbidden.js';
import { freeRows, type Ground } from './ground.js';
import { complexityOf, threatsOn, type Links } from './links.js';
import type { Step } from './task.js';

export function difficultyOf(
  ground: Ground,
  links: Links,
  draft: Draft,
  conduct: Conduct,
  gold: readonly Step[],
): Readonly<Record<string, number>> {
  const { domain } = ground;
  const { errands } = draft;
  const calls = gold.flatMap((step) => ('call' in step ? [step.call] : []));
  const acts = gold.flatMap((step) => ('say' in step ? [step.say] : []));
  const called = calls.map(({ tool }) => tool).filter((tool) => ground.tools.has(tool));
  const effect = (of: 'read' | 'write'): number =>
    called.filter((tool) => ground.tools.get(tool)?.effect === of).length;
  const wished = errands.flatMap(({ spoken: { wish } }) => (wish.wish === 'do' ? [wish.tool] : []));
  const references = errands.flatMap(({ spoken: { wish } }) =>
    wish.wish === 'do' ? Object.values(wish.args) : [wish.of],
  );
  const facts = references.flatMap(pathsIn);
  const asked = errands.flatMap((errand) => (errand.end === 'told' ? [errand.question.attr] : []));
  const rules = wished.flatMap((tool) => rulesOn(domain, tool).map((rule) => ({ rule, tool })));
  const { tools, edges, complexity } = complexityOf(links, new Set(called));
  return {
    wishes: errands.length,
    chains: draft.chains, // chains of writes that share no tool and no row
    writes: effect('write'), // calls of gold that write
    reads: effect('read'), // calls of gold that read
    steps: gold.length, // calls and words of gold
    tools, // |V|: different tools that gold calls
    edges, // |E|: ordered pairs of these with an edge of the tool graph
    complexity, // c(H) = (|V| + 0.5·|E|) / 50
    threats: threatsOn(links, called), // pairs of calls of which the earlier one bars the way of the later
    told: asked.length, // values that are wanted
    refusals: errands.filter((errand) => 'rule' in errand).length, // wishes that a rule is against
    rules: rules.length, // guards and escalations on what is wished for
    aggregates: rules.filter(({ rule, tool }) => hasAggregate(conditionOf(rule, tool))).length, // those over several rows
    precedes: wished.reduce((total, tool) => total + policiesOn(domain, 'precede', tool).length, 0),
    confirmations: acts.filter(({ act }) => act === 'propose').length,
    facts: facts.length, // what is said of rows to name them
    hops: Math.max(0, ...[...facts, ...asked].map((path) => path.split('.').length - 1)), // references on the longest way to a fact or an answer
    made: references.filter(({ type }) => type === 'made').length, // rows that earlier wishes make
    distractors: ground.laid.length, // rows laid beside the state
    alternatives: alternativesTo(ground, draft), // rows that those named have to be told from
    unknown: unknownOf(ground, draft), // what the caller has forgotten of themselves
    withheld: conduct.withheld.length,
    corrected: conduct.corrected.length,
    later: errands.length - conduct.later, // wishes that come up later
    insists: conduct.insists ? 1 : 0,
    ordered: conduct.ordered ? 1 : 0,
  };
}

/** Rows of the same entities that are the caller's or nobody's and not the ones that are meant. */
function alternativesTo(ground: Ground, draft: Draft): number {
  const meant = meantRows(draft);
  return meant.reduce((total, { reference: { entity }, id }) => {
    const rows = freeRows(ground, entity, draft.caller);
    return total + rows.length - (rows.includes(id) ? 1 : 0);
  }, 0);
}

function unknownOf(ground: Ground, { known }: Draft): number {
  const columns = ground.entities.get(ground.domain.caller)?.columns ?? [];
  return columns.filter(
    (column) => column.known && column.role === 'value' && !Object.hasOwn(known, column.attr),
  ).length;
}

function hasAggregate(expr: Expr | undefined): boolean {
  return expr !== undefined && (expr.kind === 'aggregate' || partsOf(expr).some(hasAggregate));
}

/** Paths of the facts in a reference. */
function pathsIn(reference: Reference): readonly string[] {
  switch (reference.type) {
    case 'row':
      return reference.facts.map(({ path }) => path);
    case 'list':
      return reference.items.flatMap(pathsIn);
    case 'record':
      return Object.values(reference.fields).flatMap(pathsIn);
    default:
      return [];
  }
}
