// `npm run dialogues`: thirty talks to read, as Markdown on standard output: tasks of every domain in
// domains/, chosen to show as many kinds, callers, tools and manners as thirty can, played in text alone.
import { readdirSync } from 'node:fs';
import { oracle } from '../agents/scripted/oracle.js';
import { Bug } from '../src/core/errors.js';
import type { JsonObject } from '../src/core/json.js';
import { inText } from '../src/env/in-text.js';
import type { Episode } from '../src/env/protocol.js';
import { rollout } from '../src/env/rollout.js';
import { buildGraph } from '../src/graph/build.js';
import { composeTasks } from '../src/task/compose.js';
import type { Task } from '../src/task/task.js';
import { loadWorld } from '../src/world/load.js';
import { seedState } from '../src/world/seed.js';
import { loadSubject, type Subject } from './workload.js';

const wanted = 30;
const tasksADomain = 120;
const seed = 7;

interface Choice {
  readonly subject: Subject;
  readonly task: Task;
  readonly features: readonly string[];
}

async function main(): Promise<void> {
  const names = readdirSync(new URL('../../domains/', import.meta.url))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -5));
  const chosen: Choice[] = [];
  const episodes = new Map<Task, Episode>();
  for (const [index, name] of names.entries()) {
    const subject = loadSubject(name);
    const state = seedState(subject.domain, seed);
    if (!state.ok) throw new Bug(`no state of ${name}: ${state.error[0]?.message ?? ''}`);
    const world = await loadWorld(subject.emitted, state.value);
    const { tasks } = composeTasks(subject.domain, world, buildGraph(subject.domain), seed, tasksADomain);
    const share = Math.ceil((wanted - chosen.length) / (names.length - index));
    const taken = choose(
      tasks.map((task) => ({ subject, task, features: featuresOf(task) })),
      share,
      chosen,
    );
    chosen.push(...taken);
    for (const { task } of taken) {
      const agent = inText(oracle(subject.domain, 'text'), subject.emitted, subject.domain.say);
      episodes.set(task, await rollout(world, task, agent, seed));
    }
    world.dispose();
  }
  process.stdout.write(`${introduction}\n`);
  for (const [index, { subject, task }] of chosen.entries()) {
    const episode = episodes.get(task);
    if (episode !== undefined) process.stdout.write(`\n${dialogue(index + 1, subject, task, episode)}\n`);
  }
}

const introduction = `# Thirty talks

Played by the oracle, which here hears and says nothing but text, with the scripted user of each task. Printed by \`npm run dialogues\`; nothing is edited. Tool calls stand between the lines, look-ups by their names alone.`;

/** What a talk shows, as names that few other talks share. */
function featuresOf({ kind, scenario }: Task): readonly string[] {
  const { persona, withheld, corrected, later, insists, ordered, wishes } = scenario;
  return [
    kind,
    persona,
    `${kind} ${persona}`,
    ...wishes.map((wish) => (wish.wish === 'do' ? wish.tool : `${wish.entity}.${wish.attr}`)),
    ...(withheld.length > 0 ? ['withholds'] : []),
    ...(corrected.length > 0 ? ['corrects'] : []),
    ...(later < wishes.length ? ['later'] : []),
    ...(insists ? ['insists'] : []),
    ...(ordered ? ['ordered'] : []),
    ...(wishes.length > 1 ? [`${wishes.length} wishes`] : []),
  ];
}

/** Kinds in turn, so that each has its share. */
const turns: readonly Task['kind'][] = ['do', 'part', 'tell', 'refuse', 'do', 'transfer', 'do', 'tell'];

/** One after the other the task, of the kind whose turn it is, that shows most of what has been shown least. */
function choose(from: readonly Choice[], count: number, before: readonly Choice[]): readonly Choice[] {
  const shown = new Map<string, number>();
  const note = ({ features }: Choice): void => {
    for (const feature of features) shown.set(feature, (shown.get(feature) ?? 0) + 1);
  };
  before.forEach(note);
  const gain = ({ features }: Choice): number =>
    features.reduce((sum, feature) => sum + 1 / (1 + (shown.get(feature) ?? 0)) ** 2, 0) /
    features.length ** 0.5;
  const left = [...from];
  const taken: Choice[] = [];
  for (let turn = 0; taken.length < count && left.length > 0; turn++) {
    const kind = turns[turn % turns.length];
    const open = left.filter(({ task }) => task.kind === kind);
    const best = open.reduce<Choice | null>(
      (one, other) => (one === null || gain(other) > gain(one) ? other : one),
      null,
    );
    if (best === null) continue;
    left.splice(left.indexOf(best), 1);
    taken.push(best);
    note(best);
  }
  return taken;
}

function dialogue(number: number, { domain }: Subject, task: Task, episode: Episode): string {
  const { persona, withheld, corrected, later, insists, wishes } = task.scenario;
  const article = /^[aeiou]/.test(persona) ? 'an' : 'a';
  const conduct = [
    `${article} ${persona} caller`,
    ...(withheld.length > 0 ? ['who says less than is needed'] : []),
    ...(corrected.length > 0 ? ['who puts something right'] : []),
    ...(later < wishes.length ? ['who comes up with more'] : []),
    ...(insists ? ['who insists'] : []),
  ];
  const writes = new Set(domain.tools.filter(({ effect }) => effect === 'write').map(({ name }) => name));
  const lines = [
    `## ${number}. ${domain.title}: ${task.kind}`,
    '',
    `*${conduct.join(', ')}; ${episode.end}*`,
    '',
    said('Caller', episode.opening.type === 'user' ? episode.opening.text : ''),
  ];
  let reads: string[] = [];
  const tell = (line: string): void => void lines.push(...readLines(reads.splice(0)), '', line);
  for (const { action, observation } of episode.steps) {
    if (action.type === 'call' && observation.type === 'result' && !writes.has(action.tool)) {
      if (action.tool.startsWith('transfer'))
        tell(`> ${callText(action.tool, { policy: action.args['policy'] ?? null })}`);
      else reads.push(action.tool);
    } else if (action.type === 'call') {
      const code = observation.type === 'refusal' ? ` → ${observation.code}` : '';
      if (writes.has(action.tool) || code === '') tell(`> ${callText(action.tool, action.args)}${code}`);
      else reads.push(action.tool);
    } else {
      tell(said('Agent', 'text' in action ? action.text : JSON.stringify(action.act)));
      if (observation.type === 'user') tell(said('Caller', observation.text));
    }
  }
  return lines.join('\n');
}

/** Look-ups in one line. */
function readLines(reads: readonly string[]): readonly string[] {
  if (reads.length === 0) return [];
  const counts = new Map<string, number>();
  for (const tool of reads) counts.set(tool, (counts.get(tool) ?? 0) + 1);
  const named = [...counts].map(([tool, count]) => `\`${tool}\`${count > 1 ? ` × ${count}` : ''}`);
  return ['', `> *looks up* ${named.join(', ')}`];
}

function callText(tool: string, args: JsonObject): string {
  const named = Object.entries(args).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `\`${tool}(${named.join(', ')})\``;
}

function said(who: string, text: string): string {
  return `**${who}:** ${text}`;
}

await main();
