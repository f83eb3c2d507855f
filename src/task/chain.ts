// Steps of a chain as calls: rows that earlier steps made are put in, what the rules settle is worked
// out, and what must come first is looked for.
import type { Json, JsonObject } from '../core/json.js';
import { must } from '../core/errors.js';
import { madeRow } from '../policy/belief/made.js';
import { precedes } from '../policy/belief/precede.js';
import { computedParams, policiesOn, withComputed } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import { idSlots } from '../spec/id-slots.js';
import type { Session } from '../world/world.js';
import { entityNamed, type Ground } from './ground.js';
import { overlaySource } from './overlay-source.js';
import type { ChainStep, Run } from './chain-model.js';

/** A row that a step made and shows. */
export interface MadeRow {
  readonly step: number;
  readonly entity: string;
}

export interface NamedRow {
  readonly entity: string;
  readonly id: string;
}

/** The call of a step as things stand in the session; null when a row or a value that it needs is not there. */
export function callOf(
  ground: Ground,
  session: Session,
  run: Run,
  step: ChainStep,
  caller: string,
): Call | null {
  const said = bindArgs(ground, run, step);
  const tool = must(ground.tools.get(step.tool), `tool ${step.tool}`);
  if (said === null || computedParams(ground.domain, step.tool).size === 0) {
    return said === null ? null : { tool: step.tool, args: said };
  }
  const diff = session.diff();
  if (!diff.ok) return null;
  const source = overlaySource(ground.source, (entity) => entityNamed(ground, entity).key, diff.value);
  const args = withComputed(ground.domain, tool, said, caller, source);
  return args === null ? null : { tool: step.tool, args };
}

/** The arguments that a caller says, with made rows put in; null when a step that they come from is not there. */
function bindArgs(ground: Ground, run: Run, step: ChainStep): JsonObject | null {
  const args: Record<string, Json> = {};
  for (const [name, arg] of Object.entries(step.args)) {
    if ('value' in arg) {
      args[name] = arg.value;
      continue;
    }
    const param = ground.tools.get(step.tool)?.params.find((other) => other.name === name);
    const source = run[arg.made];
    const maker = source === undefined ? undefined : ground.tools.get(source.call.tool);
    if (source === undefined || maker === undefined || param?.type.kind !== 'row') return null;
    const id = madeRow(ground.domain, maker, param.type.entity, source.result);
    if (id === null) return null;
    args[name] = id;
  }
  return args;
}

/** A write that must come first has to be wished for as well; a read the agent can make itself. */
export function canPrecede(ground: Ground, run: Run, call: Call): boolean {
  return policiesOn(ground.domain, 'precede', call.tool).every(
    (policy) =>
      ground.tools.get(policy.first)?.effect === 'read' ||
      run.some((earlier) => earlier !== undefined && precedes(policy, earlier.call, call)),
  );
}

/** Rows that steps made and show: created since the seed state. */
export function madeRows(ground: Ground, run: Run): readonly MadeRow[] {
  return run.flatMap((step, index) => {
    if (step === undefined) return [];
    const tool = must(ground.tools.get(step.call.tool), `tool ${step.call.tool}`);
    return ground.domain.entities.flatMap((entity) => {
      const id = madeRow(ground.domain, tool, entity.name, step.result);
      const fresh = id !== null && ground.source.get(entity.name, id) === undefined;
      return fresh ? [{ step: index, entity: entity.name }] : [];
    });
  });
}

/** Rows of the start state that calls take as arguments. */
export function namedRows(ground: Ground, calls: readonly Call[]): readonly NamedRow[] {
  return calls.flatMap(({ tool, args }) =>
    (ground.tools.get(tool)?.params ?? []).flatMap((param) =>
      idSlots(param).flatMap(({ entity, ids }) =>
        ids(args[param.name])
          .filter((id) => ground.source.get(entity, id) !== undefined)
          .map((id) => ({ entity, id })),
      ),
    ),
  );
}
