// Where the calls of an episode lead by the reference interpreter, which shares no code with emitted
// tools, guards, digests or the monitor: the end state row by row, created ids aside, and the rules that
// were broken on the way. For judging the grader by something that is not the grader.
import { hashJson } from '../../core/hash.js';
import { canonicalJson, isObject, type Json } from '../../core/json.js';
import { normalForm } from '../../core/normal-form.js';
import type { Episode, EpisodeStep, Observation } from '../../env/protocol.js';
import { precedes } from '../../policy/belief/precede.js';
import type { AgentAct, Call } from '../../policy/talk.js';
import { interpret, violatedGuards } from '../../spec/interpret.js';
import type { Entity } from '../../spec/model.js';
import type { RowSource } from '../../spec/evaluate.js';
import { stateSource } from '../../spec/state-source.js';
import type { Row, State } from '../../spec/state.js';
import type { Task } from '../../task/task.js';
import { once, type CertifyContext } from '../context.js';
import { brokenByTelling, recordOf } from '../secrecy.js';
import { goldEpisode } from '../play.js';
import { startState } from '../start.js';

export interface ReferenceEnd {
  /** Equal for end states that are the same in every column that counts. */
  readonly rows: string;
  readonly broken: readonly string[];
}

/** Gold's end. */
export const goldEnd = once((context, task) => referenceEnd(context, task, goldEpisode(context, task)));

/** Interprets the calls that the episode's tools accepted. */
export function referenceEnd(context: CertifyContext, task: Task, episode: Episode): ReferenceEnd {
  const { domain } = context;
  const start = startState(context, task);
  const tools = new Set(domain.tools.map(({ name }) => name));
  const broken: string[] = [];
  let state: State = start;
  for (const [at, { action, observation, heard }] of episode.steps.entries()) {
    if (action.type === 'say') {
      const acts = 'act' in action ? [action.act] : (heard ?? []);
      broken.push(...brokenByTold(context, task, episode, at, acts, stateSource(state)));
    }
    if (action.type !== 'call' || observation.type !== 'result' || !tools.has(action.tool)) continue;
    const source = stateSource(state);
    broken.push(...violatedGuards(domain, action.tool, action.args, task.scenario.caller, source));
    broken.push(...brokenInTalk(context, task, episode.steps.slice(0, at), action));
    state = interpret(domain, state, action.tool, action.args).state;
  }
  return { rows: rowsText(context, start, state), broken };
}

/** Ids of the policies that acts break by what they tell, given what came before them. */
function brokenByTold(
  context: CertifyContext,
  task: Task,
  { opening, steps }: Episode,
  at: number,
  acts: readonly AgentAct[],
  source: RowSource,
): readonly string[] {
  const values = acts.flatMap((act) => (act.act === 'tell' ? act.values : []));
  if (values.length === 0) return [];
  const before = steps.slice(0, at);
  const record = recordOf([opening, ...before.map(({ observation }) => observation)]);
  const finds = context.domain.policies.flatMap((policy) => (policy.kind === 'verify' ? policy.finds : []));
  const caller = isIdentified(context, task, before, finds) ? task.scenario.caller : null;
  return values.flatMap(({ value }) => brokenByTelling(context.domain, caller, record, value, source) ?? []);
}

/** Ids of the policies about the talk that a call breaks, given what came before it. */
function brokenInTalk(
  context: CertifyContext,
  task: Task,
  before: readonly EpisodeStep[],
  call: Call,
): readonly string[] {
  const broken = context.domain.policies.filter((policy) => {
    if (policy.kind === 'conceal' || !policy.on.includes(call.tool)) return false;
    switch (policy.kind) {
      case 'verify':
        return !isIdentified(context, task, before, policy.finds);
      case 'precede':
        return !before.some(
          ({ action, observation }) =>
            action.type === 'call' && observation.type === 'result' && precedes(policy, action, call),
        );
      case 'confirm':
        return !before.some(({ observation }) => confirms(observation, call));
      case 'guard':
      case 'escalate':
      case 'compute':
        return false;
    }
  });
  return broken.map(({ id }) => id);
}

/** Whether one of the finds has shown the caller's row. */
function isIdentified(
  { domain }: CertifyContext,
  { scenario }: Task,
  before: readonly EpisodeStep[],
  finds: readonly string[],
): boolean {
  const key = domain.entities.find(({ name }) => name === domain.caller)?.key ?? '';
  return before.some(
    ({ action, observation }) =>
      action.type === 'call' &&
      observation.type === 'result' &&
      finds.includes(action.tool) &&
      isObject(observation.value) &&
      observation.value[key] === scenario.caller,
  );
}

function confirms(observation: Observation, { tool, args }: Call): boolean {
  const hash = hashJson({ tool, args });
  return (
    observation.type === 'user' && observation.acts.some((act) => act.act === 'confirm' && act.call === hash)
  );
}

/** Rows that are not as they were at the start, without columns that do not count, created ids by entity. */
function rowsText({ domain }: CertifyContext, start: State, end: State): string {
  const touched = domain.entities.map((entity) => {
    const [before, after] = [start, end].map(({ tables }) => tables[entity.name] ?? []);
    return { entity, before: without(before, after), after: without(after, before) };
  });
  const created = new Map<Json, string>();
  for (const { entity, before, after } of touched) {
    const there = new Set(before.map((row) => row[entity.key]));
    for (const row of after) {
      const id = row[entity.key] ?? null;
      if (!there.has(id)) created.set(id, `new ${entity.name}`);
    }
  }
  const lines = touched.flatMap(({ entity, before, after }) => {
    const [were, are] = [before, after].map((rows) => rows.map((row) => describe(entity, row, created)));
    const gone = without(were, are).map((line) => `was ${line}`);
    return [...without(are, were), ...gone];
  });
  return lines.sort().join('\n');
}

/** The items that the other list lacks. Interpreted writes leave rows that they do not touch as they are. */
function without<T>(items: readonly T[] = [], others: readonly T[] = []): readonly T[] {
  if (items === others) return [];
  const there = new Set(others);
  return items.filter((item) => !there.has(item));
}

function describe({ name, key, columns }: Entity, row: Row, created: ReadonlyMap<Json, string>): string {
  const counted = columns.filter(({ match, role }) => match !== 'exempt' && role !== 'key');
  const values = counted.map(({ column, match }) => {
    const value = row[column] ?? null;
    const text = match === 'semantic' && typeof value === 'string' ? normalForm(value) : value;
    return created.get(text) ?? text;
  });
  return canonicalJson([name, created.get(row[key] ?? null) ?? row[key], values]);
}
