// ScaleEnv's construction without a language model: a seed chain of writes along the tool graph,
// writes that it leads to (breadth first, each only if it can be filled and works), and further chains
// that share no tool and no row with those before, until c(H) of the tools used reaches the target.
import type { Rng } from '../core/rng.js';
import { madeRows, namedRows } from './chain.js';
import { addStep, beginOf, endChain, type Growth } from './growth.js';
import { breadthFirst, complexityOf, followers, type Links } from './links.js';
import { canFill } from './sample-call.js';
import type { Sizes, Target } from './size.js';
import type { StepFailure, Tally } from './tally.js';
import { noteFailure, pickLeastUsed, type Usage } from './use.js';

/** What growing is done with. */
export interface Garden {
  readonly links: Links;
  readonly usage: Usage;
  readonly tally: Tally;
  readonly sizes: Sizes;
}

/** Steps of a seed chain beyond the first, by weight. */
const pathWeights = [50, 35, 15];
/** Chance that a chain takes in one more write that it leads to. */
const expands = 0.55;
/** Chance that this is once more what it did before, to another row. */
const repeats = 0.2;
const toolsTried = 4;
const startsTried = 5;

/** Grows from a first write to the target, as far as there is anything to grow by; null, or why there is no first step. */
export function grow(
  garden: Garden,
  growth: Growth,
  first: string,
  target: Target,
  rng: Rng,
): StepFailure | null {
  const failure = join(garden, growth, first, rng);
  if (failure !== null) return failure;
  const full = (): boolean =>
    growth.chain.steps.length >= target.writes || growth.complexity >= target.complexity;
  for (;;) {
    lengthen(garden, growth, full, rng);
    endChain(growth);
    if (full() || !startAgain(garden, growth, rng)) return null;
  }
}

/** A step more, and how complex the task has become by it. */
function join(garden: Garden, growth: Growth, tool: string, rng: Rng): StepFailure | null {
  const failure = addStep(growth, garden.usage, garden.tally, tool, rng);
  if (failure !== null) return failure;
  const used = growth.clerk.steps.flatMap((step) => ('call' in step ? [step.call.tool] : []));
  growth.complexity = complexityOf(garden.links, new Set(used)).complexity;
  garden.sizes.measured(growth.chain.steps.length, growth.complexity);
  return null;
}

/** The path of the seed chain, then what else it leads to. */
function lengthen(garden: Garden, growth: Growth, full: () => boolean, rng: Rng): void {
  const { links } = garden;
  const steps = rng.weighted(
    pathWeights.map((_, index) => index),
    pathWeights,
  );
  for (let step = 0; step < steps && !full(); step++) {
    const last = growth.chain.steps.at(-1)?.tool ?? '';
    if (!addOneOf(garden, growth, followers(links, last), rng)) break;
  }
  while (!full() && rng.chance(expands)) {
    const own = growth.chain.steps.slice(beginOf(growth)).map(({ tool }) => tool);
    const layers = breadthFirst(links, own);
    const tries = rng.chance(repeats) ? [own, ...layers] : layers;
    if (!tries.some((layer) => addOneOf(garden, growth, layer, rng))) break;
  }
}

/** Adds a step of one of the tools that can be filled, the least used first. */
function addOneOf(garden: Garden, growth: Growth, tools: readonly string[], rng: Rng): boolean {
  const { ground, caller, chain, claimed } = growth;
  const begin = beginOf(growth);
  const made = madeRows(ground, chain.run).filter(({ step }) => step >= begin);
  const calls = chain.run.slice(begin).map(({ call }) => call);
  const there = [...made, ...namedRows(ground, calls)];
  let open = tools.filter((name) => {
    const tool = ground.tools.get(name);
    return tool !== undefined && !claimed.tools.has(name) && canFill(ground, tool, caller, there);
  });
  for (let attempt = 0; attempt < toolsTried && open.length > 0; attempt++) {
    const tool = pickLeastUsed(garden.usage, open, rng);
    if (join(garden, growth, tool, rng) === null) return true;
    open = open.filter((other) => other !== tool);
  }
  return false;
}

/** Begins a chain with a write that no chain before has used. */
function startAgain(garden: Garden, growth: Growth, rng: Rng): boolean {
  let open = [...garden.links.writes].filter((tool) => !growth.claimed.tools.has(tool));
  for (let attempt = 0; attempt < startsTried && open.length > 0; attempt++) {
    const tool = pickLeastUsed(garden.usage, open, rng);
    if (addOneOf(garden, growth, [tool], rng)) return true;
    noteFailure(garden.usage, tool);
    open = open.filter((other) => other !== tool);
  }
  return false;
}
