// Whatever gold says or passes on was there for an agent to see before: said by the user by then,
// shown in an earlier result, listed in a schema or among the rules, or computed by a rule from rows that
// were shown. By value and by type: "3" is not 3. [defects 5, 11]
import { canonicalJson, type Json, type JsonObject } from '../../core/json.js';
import { policyIds } from '../../env/policy-ids.js';
import type { Action } from '../../env/protocol.js';
import type { Task } from '../../task/task.js';
import { complete, isComputed } from '../asked.js';
import type { CertifyContext } from '../context.js';
import { startKnowledge, type Knowledge } from '../knowledge.js';
import { argumentLeaves } from '../leaves.js';
import type { Line } from '../line.js';
import { goldEpisode } from '../play.js';
import { startSeen, type Seen } from '../seen.js';
import { parametersOf } from '../tools.js';

type Source = 'said' | 'read' | 'listed' | 'computed';

export const argumentsHaveProvenance: Line = {
  name: 'arguments-have-provenance',
  run(context, task) {
    const episode = goldEpisode(context, task);
    const seen = startSeen();
    seen.observe(episode.opening);
    const knowledge = startKnowledge(context.domain);
    const counts: Record<Source, number> = { said: 0, read: 0, listed: 0, computed: 0 };
    const unseen: string[] = [];
    for (const { action, observation } of episode.steps) {
      for (const literal of literalsOf(context, action)) {
        const source = literal.computed
          ? sourceOfComputed(context, task, knowledge, action, literal)
          : sourceOf(seen, literal);
        if (source === null) unseen.push(`${literal.name}=${canonicalJson(literal.value)}`);
        else counts[source] += 1;
      }
      seen.observe(observation);
      knowledge.note(action, observation);
    }
    return {
      passed: unseen.length === 0,
      evidence: { ...counts, ...(unseen.length === 0 ? {} : { unseen: unseen.join(' ') }) },
    };
  },
};

interface Literal {
  readonly name: string;
  readonly value: Json;
  /** What the tool's schema says of it; nothing for a word of the talk. */
  readonly schema: JsonObject;
  /** A rule makes it of the other arguments. */
  readonly computed: boolean;
}

/** The values that an action needs to know. The summary of a hand-over is free text. */
function literalsOf(context: CertifyContext, action: Action): readonly Literal[] {
  if (action.type === 'call') return literalsIn(context, action.tool, action.args);
  if (!('act' in action)) return [];
  const { act } = action;
  switch (act.act) {
    case 'propose':
      return literalsIn(context, act.call.tool, act.call.args);
    case 'tell':
      return act.values.map(({ value }) => ({ name: 'tell', value, schema: {}, computed: false }));
    case 'refuse':
      return [
        { name: 'refuse', value: act.policy, schema: { enum: policyIds(context.view) }, computed: false },
      ];
    case 'ask':
    case 'close':
      return [];
  }
}

function literalsIn(context: CertifyContext, tool: string, args: JsonObject): readonly Literal[] {
  const isControl = context.view.manifest.some(({ name, effect }) => name === tool && effect === 'control');
  return argumentLeaves(parametersOf(context, tool), args)
    .filter(({ path }) => !isControl || path !== 'summary')
    .map(({ path, value, schema }) => ({
      name: `${tool}.${path}`,
      value,
      schema,
      computed: isComputed(context, tool, path),
    }));
}

function sourceOf(seen: Seen, { value, schema }: Literal): Source | null {
  const members = schema['enum'] ?? (schema['type'] === 'boolean' ? [true, false] : null);
  if (Array.isArray(members)) return members.includes(value) ? 'listed' : null;
  if (seen.wasSaid(value)) return 'said';
  return seen.wasRead(value) ? 'read' : null;
}

/** Whether the rows shown so far settle it. */
function sourceOfComputed(
  context: CertifyContext,
  task: Task,
  knowledge: Knowledge,
  action: Action,
  { name, value }: Literal,
): Source | null {
  const call =
    action.type === 'call'
      ? action
      : 'act' in action && action.act.act === 'propose'
        ? action.act.call
        : null;
  if (call === null) return null;
  const param = name.slice(call.tool.length + 1);
  const { [param]: _, ...args } = call.args;
  const known = knowledge.think((source) => complete(context, task, { tool: call.tool, args }, source));
  return known?.args[param] === value ? 'computed' : null;
}
