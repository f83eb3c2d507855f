// What a task means, read from its scenario and the whole start state, without the code that composes.
import type { Json } from '../../src/core/json.js';
import type { Call } from '../../src/policy/talk.js';
import type { Domain } from '../../src/spec/model.js';
import type { Task } from '../../src/task/task.js';
import type { Session, World } from '../../src/world/world.js';

/** The calls of gold that write. */
export function writesOf(domain: Domain, task: Task): readonly Call[] {
  const writes = new Set(domain.tools.filter(({ effect }) => effect === 'write').map(({ name }) => name));
  return task.gold.flatMap((step) => ('call' in step && writes.has(step.call.tool) ? [step.call] : []));
}

export function digestOf(session: Session): string {
  const digest = session.digest();
  if (!digest.ok) throw new Error(digest.fault.message);
  return digest.value;
}

/** What a reference means, found by going over the whole start state. */
export function meaning(world: World, domain: Domain, task: Task, reference: Json | object): Json {
  const of = reference as { type: string } & Record<string, Json>;
  if (of.type === 'value') return of['value'] ?? null;
  if (of.type === 'caller') return task.scenario.caller;
  if (of.type === 'list')
    return (of['items'] as Json[]).map((item) => meaning(world, domain, task, item as object));
  const state = world.open(task.distractors).state();
  if (!state.ok) throw new Error('no state');
  const { tables } = state.value;
  const entity = domain.entities.find(({ name }) => name === of['entity']);
  const facts = of['facts'] as readonly { path: string; value?: Json; caller?: true }[];
  const ids = (tables[entity?.name ?? ''] ?? [])
    .map((row) => String(row[entity?.key ?? '']))
    .filter((id) =>
      facts.every(
        (fact) =>
          valueAt(domain, tables, entity?.name ?? '', id, fact.path) ===
          (fact.caller === true ? task.scenario.caller : fact.value),
      ),
    );
  const [only] = ids;
  if (only === undefined || ids.length > 1) throw new Error(`${task.id}: ${ids.length} rows are meant`);
  return only;
}

type Tables = Readonly<Record<string, readonly Readonly<Record<string, Json>>[]>>;

export function valueAt(
  domain: Domain,
  tables: Tables,
  entityName: string,
  id: Json,
  path: string,
): Json | undefined {
  const [attr, ...rest] = path.split('.');
  const entity = domain.entities.find(({ name }) => name === entityName);
  const column = entity?.columns.find((one) => one.attr === attr);
  const row = tables[entityName]?.find((one) => one[entity?.key ?? ''] === id);
  const value = row?.[column?.column ?? ''];
  if (rest.length === 0 || value === undefined || column?.type.kind !== 'row') return value;
  return valueAt(domain, tables, column.type.entity, value, rest.join('.'));
}

/** All orders. */
export function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
