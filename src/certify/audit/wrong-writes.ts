// Near misses in what is done: each argument of each write replaced by every plausible other value,
// left out or added to; each write left out, doubled, sent to a sibling tool, or made and a wrong one
// besides. A proposal before a write proposes what is then done.
import { canonicalJson, isObject, type Json, type JsonObject } from '../../core/json.js';
import { deriveRng } from '../../core/rng.js';
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import type { Call } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { argumentLeaves, replaceLeaf } from '../leaves.js';
import { parametersOf, toolsThat } from '../tools.js';
import { plausibleArguments } from './plausible.js';
import { vary, type Variation } from './variation.js';

export function wrongWrites(context: CertifyContext, task: Task): readonly Variation[] {
  const gold = goldActions(task);
  const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
  return gold.flatMap((action, at) => {
    if (action.type !== 'call' || !writes.has(action.tool)) return [];
    const call: Call = { tool: action.tool, args: action.args };
    const swap = (kind: string, what: string, other: Call): Variation | null =>
      vary(task, kind, what, replaceCall(gold, at, call, other));
    const wrong: readonly WrongCall[] = [
      ...wrongArguments(context, task, call),
      ...siblings(context, call).map((other) => ({
        kind: 'sibling tool',
        what: `${call.tool} → ${other.tool}`,
        call: other,
      })),
    ];
    const besides = deriveRng(task.id, 'besides', at).shuffle(wrong).slice(0, mostBesides);
    return [
      ...wrong.map(({ kind, what, call: other }) => swap(kind, what, other)),
      ...besides.map(({ what, call: other }) =>
        vary(task, 'another write besides', what, gold.toSpliced(at + 1, 0, { type: 'call', ...other })),
      ),
      vary(task, 'write left out', call.tool, without(gold, at, call)),
      vary(task, 'write doubled', call.tool, gold.toSpliced(at, 0, action)),
    ].filter((variation) => variation !== null);
  });
}

const mostBesides = 8;

interface WrongCall {
  readonly kind: string;
  readonly what: string;
  readonly call: Call;
}

function wrongArguments(context: CertifyContext, task: Task, { tool, args }: Call): readonly WrongCall[] {
  const parameters = parametersOf(context, tool);
  const required = Array.isArray(parameters['required']) ? parameters['required'] : [];
  const replaced = argumentLeaves(parameters, args).flatMap((leaf) =>
    plausibleArguments(context, task, leaf).map((value) => ({
      kind: 'argument replaced',
      what: `${tool}.${leaf.path}: ${canonicalJson(leaf.value)} → ${canonicalJson(value)}`,
      call: { tool, args: replaceLeaf(args, leaf.path, value) },
    })),
  );
  const optional = Object.keys(args).filter((name) => !required.includes(name));
  const shorter = optional.map((name) => ({
    kind: 'argument left out',
    what: `${tool}.${name}`,
    call: { tool, args: replaceLeaf(args, name, undefined) },
  }));
  const lists = Object.entries(args).flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 1
      ? value.map((_, at) => ({
          kind: 'list item left out',
          what: `${tool}.${name}.${at}`,
          call: { tool, args: replaceLeaf(args, `${name}.${at}`, undefined) },
        }))
      : [],
  );
  return [...replaced, ...shorter, ...lists, ...longerLists(context, task, tool, args)];
}

/** Lists with a row more than asked for. */
function longerLists(
  context: CertifyContext,
  task: Task,
  tool: string,
  args: JsonObject,
): readonly WrongCall[] {
  return Object.entries(args).flatMap(([name, value]) => {
    const [first] = Array.isArray(value)
      ? argumentLeaves(parametersOf(context, tool), { [name]: value })
      : [];
    if (!Array.isArray(value) || first?.schema['x-entity'] === undefined) return [];
    const others = plausibleArguments(context, task, first).filter((id) => !value.includes(id));
    return others.slice(0, mostAdded).map((id) => ({
      kind: 'list item added',
      what: `${tool}.${name}: ${canonicalJson(id)}`,
      call: { tool, args: { ...args, [name]: [...(value as readonly Json[]), id] } },
    }));
  });
}

const mostAdded = 4;

/** Calls of other writes that take the same rows. */
function siblings(context: CertifyContext, call: Call): readonly Call[] {
  const leaves = argumentLeaves(parametersOf(context, call.tool), call.args);
  return toolsThat(context, 'write').flatMap((tool) => {
    if (tool.name === call.tool) return [];
    const properties = isObject(tool.parameters['properties']) ? tool.parameters['properties'] : {};
    const required = Array.isArray(tool.parameters['required']) ? tool.parameters['required'] : [];
    const args: Record<string, Json> = {};
    for (const [name, schema] of Object.entries(properties)) {
      const entity = isObject(schema) ? schema['x-entity'] : undefined;
      const fitting =
        call.args[name] ??
        leaves.find((leaf) => entity !== undefined && leaf.schema['x-entity'] === entity)?.value;
      if (fitting !== undefined) args[name] = fitting;
      else if (required.includes(name)) return [];
    }
    return [{ tool: tool.name, args }];
  });
}

/** Gold with a call replaced, in the proposal before it as well. */
function replaceCall(gold: readonly Action[], at: number, call: Call, other: Call): readonly Action[] {
  return gold.map((action, index) => {
    if (index === at) return { type: 'call', ...other };
    return proposes(action, call) && index < at
      ? { type: 'say', act: { act: 'propose', call: other } }
      : action;
  });
}

function without(gold: readonly Action[], at: number, call: Call): readonly Action[] {
  return gold.filter((action, index) => index !== at && !(index < at && proposes(action, call)));
}

/** Whether the action asks the user to confirm the call. */
export function proposes(action: Action, call: Call): boolean {
  return (
    action.type === 'say' &&
    'act' in action &&
    action.act.act === 'propose' &&
    canonicalJson(action.act.call) === canonicalJson(call)
  );
}
