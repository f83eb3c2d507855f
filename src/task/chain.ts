// Steps of a chain as calls: rows that earlier steps made are put in, and what must come first is
// looked for.
import type { Json, JsonObject } from '../core/json.js';
import { must } from '../core/errors.js';
import { madeRow } from '../policy/belief/made.js';
import { precedes } from '../policy/belief/precede.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import { rowEntity, type Ground } from './ground.js';
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

/** The arguments with made rows put in, or null when a step they come from is not there. */
export function bindArgs(ground: Ground, run: Run, step: ChainStep): JsonObject | null {
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

/** Rows of the seed state that calls take as arguments. */
export function namedRows(ground: Ground, calls: readonly Call[]): readonly NamedRow[] {
  return calls.flatMap(({ tool, args }) =>
    (ground.tools.get(tool)?.params ?? []).flatMap((param) => {
      const entity = rowEntity(param);
      if (entity === null) return [];
      return [args[param.name] ?? []]
        .flat()
        .filter((id) => typeof id === 'string')
        .filter((id) => ground.source.get(entity, id) !== undefined)
        .map((id) => ({ entity, id }));
    }),
  );
}
