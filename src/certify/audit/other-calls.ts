// Independent solutions: one call on many rows as calls on each, or the other way round, where tools of
// both kinds take the same rows. Only what is right by itself is asked of the grader: every call works,
// no rule forbids it, the end is one that the goal accepts, and no rule wants the user's yes to a call
// that it did not ask for.
import { canonicalJson, isObject, type Json, type JsonObject } from '../../core/json.js';
import type { ToolManifest } from '../../emit/emitted-domain.js';
import type { Action } from '../../env/protocol.js';
import { policiesOn } from '../../policy/belief/rules.js';
import type { Call } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { goldCalls } from '../gold-writes.js';
import { replaceLeaf } from '../leaves.js';
import { parametersOf, toolsThat } from '../tools.js';
import { cutAtWrites } from './other-orders.js';
import { vary, type Variation } from './variation.js';

export function otherCalls(context: CertifyContext, task: Task): readonly Variation[] {
  const { head, parts, tail } = cutAtWrites(context, task);
  const reads = new Set(toolsThat(context, 'read').map(({ name }) => name));
  const between = parts.flat().filter((action) => action.type === 'call' && reads.has(action.tool));
  const calls = goldCalls(context, task);
  return [...splitCalls(context, calls), ...joinCalls(context, calls)].flatMap((other) => {
    if (!isRight(context, task, other)) return [];
    const made = other.map((call): Action => ({ type: 'call', ...call }));
    const what = other.map(({ tool }) => tool).join(' ');
    return vary(task, 'batch or single calls', what, [...head, ...between, ...made, ...tail]) ?? [];
  });
}

/** A parameter that takes rows of an entity: one row, or a list of them. */
interface RowParam {
  readonly name: string;
  readonly entity: string;
  readonly isList: boolean;
}

function rowParams(parameters: JsonObject): readonly RowParam[] {
  const properties = isObject(parameters['properties']) ? parameters['properties'] : {};
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (!isObject(schema)) return [];
    const isList = schema['type'] === 'array';
    const of = isList ? schema['items'] : schema;
    const entity = isObject(of) ? of['x-entity'] : undefined;
    return typeof entity === 'string' ? [{ name, entity, isList }] : [];
  });
}

/** The calls with one call on a list made as calls on its rows. */
function splitCalls(context: CertifyContext, calls: readonly Call[]): readonly (readonly Call[])[] {
  return calls.flatMap((call, at) =>
    rowParams(parametersOf(context, call.tool)).flatMap(({ name, entity, isList }) => {
      const rows = call.args[name];
      if (!isList || !Array.isArray(rows)) return [];
      const { [name]: _, ...rest } = call.args;
      return singles(context, entity).flatMap(({ tool, param }) => {
        const made = (rows as readonly Json[]).map((row) => fitCall(tool, { ...rest, [param]: row }));
        return made.every((one) => one !== null) ? [calls.toSpliced(at, 1, ...made)] : [];
      });
    }),
  );
}

/** The calls with those of one tool on single rows made as one call on the list. */
function joinCalls(context: CertifyContext, calls: readonly Call[]): readonly (readonly Call[])[] {
  const tools = [...new Set(calls.map(({ tool }) => tool))];
  return tools.flatMap((name) =>
    rowParams(parametersOf(context, name)).flatMap(({ name: param, entity, isList }) => {
      const mine = calls.filter(({ tool }) => tool === name);
      const [first, ...others] = mine.map(({ args }) => replaceLeaf(args, param, undefined));
      const alike =
        first !== undefined && others.every((rest) => canonicalJson(rest) === canonicalJson(first));
      if (isList || mine.length < 2 || !alike) return [];
      const rows = mine.map(({ args }) => args[param] ?? null);
      return toolsThat(context, 'write').flatMap((tool) =>
        rowParams(tool.parameters).flatMap((list) => {
          if (!list.isList || list.entity !== entity) return [];
          const made = fitCall(tool, { ...first, [list.name]: rows });
          const at = calls.findIndex((call) => call.tool === name);
          return made === null ? [] : [calls.toSpliced(at, 1, made).filter((call) => call.tool !== name)];
        }),
      );
    }),
  );
}

function singles(
  context: CertifyContext,
  entity: string,
): readonly { readonly tool: ToolManifest; readonly param: string }[] {
  return toolsThat(context, 'write').flatMap((tool) =>
    rowParams(tool.parameters)
      .filter((param) => !param.isList && param.entity === entity)
      .map(({ name }) => ({ tool, param: name })),
  );
}

/** A call of the tool with those of the arguments that it takes; null when it needs others. */
function fitCall(tool: ToolManifest, args: JsonObject): Call | null {
  const properties = isObject(tool.parameters['properties']) ? tool.parameters['properties'] : {};
  const required = Array.isArray(tool.parameters['required']) ? tool.parameters['required'] : [];
  const taken = Object.entries(args).filter(([name]) => Object.hasOwn(properties, name));
  const complete = required.every((name) => typeof name === 'string' && Object.hasOwn(args, name));
  return complete ? { tool: tool.name, args: Object.fromEntries(taken) } : null;
}

function isRight({ world, domain }: CertifyContext, task: Task, calls: readonly Call[]): boolean {
  const session = world.open(task.distractors);
  try {
    for (const { tool, args } of calls) {
      const asks = [...policiesOn(domain, 'confirm', tool), ...policiesOn(domain, 'precede', tool)];
      const violated = session.violatedGuards(tool, args, task.scenario.caller);
      if (asks.length > 0 || !violated.ok || violated.value.length > 0) return false;
      if (session.call(tool, args).type !== 'result') return false;
    }
    const digest = session.digest();
    return digest.ok && task.goal.accepts.some((accept) => accept.digest === digest.value);
  } finally {
    session.close();
  }
}
