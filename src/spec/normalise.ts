// The source in one form: shorthands written out, defaults filled in. It is valid input again and
// gives the same domain.
import { formats } from '../core/format.js';
import type { DomainSpec, EntitySpec } from './domain.js';
import type { Entity, Invariant } from './model.js';

/** The normalised spec, with keys in a fixed order at the top and in the source's order below. */
export function normalise(
  spec: DomainSpec,
  entities: readonly Entity[],
  invariants: readonly Invariant[],
): DomainSpec {
  const source = structuredClone(spec);
  const written = Object.fromEntries(
    Object.entries(source.entities).map(([name, entity]) => [
      name,
      withEvents(
        entity,
        entities.find((resolved) => resolved.name === name),
      ),
    ]),
  );
  return {
    format: formats.spec,
    id: source.id,
    title: source.title,
    agent: source.agent ?? 'assistant',
    clock: source.clock,
    caller: source.caller,
    ...(source.from === undefined ? {} : { from: source.from }),
    entities: written,
    ...(source.tables === undefined ? {} : { tables: source.tables }),
    tools: source.tools,
    policies: source.policies,
    invariants: invariants.map(({ id, doc, source: holds }) => ({
      id,
      holds,
      ...(doc === undefined ? {} : { doc }),
    })),
    say: source.say ?? {},
  };
}

function withEvents(spec: EntitySpec, entity: Entity | undefined): EntitySpec {
  if (spec.states === undefined || entity?.machine === undefined) return spec;
  const events: NonNullable<EntitySpec['states']>['events'] = {};
  for (const { name, from, to, code, message } of entity.machine.events) {
    events[name] = { from: [...from], to, code, message };
  }
  return { ...spec, states: { ...spec.states, events } };
}
