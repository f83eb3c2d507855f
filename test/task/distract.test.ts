// Laws of distractors, in every domain of the repository, and what is refused as one.
import { beforeAll, describe, expect, test } from 'vitest';
import { formatId } from '../../src/core/id.js';
import { normalForm } from '../../src/core/normal-form.js';
import { emitDomain } from '../../src/emit/emit.js';
import type { Domain } from '../../src/spec/model.js';
import { rowsMatching } from '../../src/policy/belief/resolve.js';
import { follow } from '../../src/policy/belief/path.js';
import { composeTasks } from '../../src/task/compose.js';
import { openGround, type Ground } from '../../src/task/ground.js';
import { layGround } from '../../src/task/lay-ground.js';
import type { Reference } from '../../src/policy/talk.js';
import type { Task } from '../../src/task/task.js';
import { createRowChecker } from '../../src/world/row-checker.js';
import type { World } from '../../src/world/world.js';
import { buildGraph } from '../../src/graph/build.js';
import { domainIds } from './all-domains.js';
import { writesOf } from './over-the-state.js';
import { openDomain, openWorld } from './interpreted-world.js';

type RowReference = Extract<Reference, { type: 'row' }>;

describe.each(domainIds)('distractors in %s', (id) => {
  let domain: Domain;
  let world: World;
  let ground: Ground;
  let tasks: readonly Task[];
  let distracted: readonly Task[];
  beforeAll(() => {
    domain = openDomain(id);
    world = openWorld(domain, 7);
    ground = openGround(domain, world);
    ({ tasks } = composeTasks(domain, world, buildGraph(domain), 7, 70));
    distracted = tasks.filter(({ distractors }) => distractors.length > 0);
  });

  test('lie beside the state of many tasks, three rows at most', () => {
    const counts = tasks.map(({ distractors }) => distractors.length);
    for (const count of [0, 1, 2, 3]) expect(counts).toContain(count);
    expect(Math.max(...counts)).toBe(3);
    expect(distracted.length).toBeGreaterThan(20);
  });

  test('are rows as the schema wants them, which keep every invariant', () => {
    const check = createRowChecker(emitDomain(domain).stateSchema);
    for (const task of distracted) {
      expect(task.distractors.map(({ entity, row }) => check(entity, row))).toEqual(
        task.distractors.map(() => null),
      );
      expect(world.open(task.distractors).brokenInvariants('all')).toEqual({ ok: true, value: [] });
    }
  });

  test('have ids that no talk creates, and share no unique value and no find with another row', () => {
    const created = new Map(
      world.domain.stateSchema.tables.map(({ entity, ids }) => [
        entity,
        new Set(Array.from({ length: 40_000 }, (_, ordinal) => formatId(ids, ordinal))),
      ]),
    );
    for (const { distractors } of distracted) {
      const over = layGround(ground, distractors);
      for (const { entity: name, row } of distractors) {
        const entity = domain.entities.find((one) => one.name === name);
        if (entity === undefined) throw new Error('no entity');
        expect(created.get(name)?.has(String(row[entity.key]))).toBe(false);
        const keys = [
          ...entity.columns.filter(({ unique }) => unique).map(({ column }) => [column]),
          ...domain.tools.flatMap((tool) =>
            tool.kind === 'derived' && tool.read === 'find' && tool.entity === name ? [tool.by] : [],
          ),
        ];
        for (const key of keys) {
          if (key.every((column) => row[column] === null)) continue;
          const spell = (other: typeof row): string =>
            key.map((column) => normalForm(String(other[column]))).join('|');
          expect(over.source.rows(name, []).filter((other) => spell(other) === spell(row)).length).toBe(1);
        }
      }
    }
  });

  test('leave each reference its one row, and look like it in all facts but one or few', () => {
    let near = 0;
    for (const task of distracted) {
      const over = layGround(ground, task.distractors);
      const references = task.scenario.wishes.flatMap((wish) =>
        (wish.wish === 'do' ? Object.values(wish.args) : [wish.of]).flatMap(rowsIn),
      );
      for (const { entity, facts } of references) {
        const meant = (of: Ground): readonly string[] =>
          rowsMatching(domain, of.source, entity, facts, task.scenario.caller);
        expect(meant(over)).toEqual(meant(ground));
        expect(meant(over).length).toBe(1);
      }
      const missed = task.distractors.flatMap(({ entity, row }) => {
        const key = domain.entities.find(({ name }) => name === entity)?.key ?? '';
        return references
          .filter((reference) => reference.entity === entity)
          .map(
            ({ facts }) => facts.filter((fact) => !holds(over, entity, String(row[key]), fact, task)).length,
          );
      });
      if (missed.includes(1)) near++;
    }
    // Found: 0.78 in the parcel carrier, more than 0.85 in all others.
    expect(near / distracted.length).toBeGreaterThan(id === 'parcel-carrier' ? 0.75 : 0.85);
  });

  function holds(
    of: Ground,
    entity: string,
    row: string,
    fact: RowReference['facts'][number],
    task: Task,
  ): boolean {
    const wanted = 'caller' in fact ? task.scenario.caller : fact.value;
    return follow(domain, of.source, entity, row, fact.path) === wanted;
  }

  test('change neither where the writes of gold lead nor what the rules say of them', () => {
    for (const task of distracted) {
      const writes = writesOf(domain, task);
      const ends = [world.open(), world.open(task.distractors)].map((session) => {
        const judged = writes.map(({ tool, args }) => {
          const violated = session.violatedGuards(tool, args, task.scenario.caller);
          return [violated, session.call(tool, args)];
        });
        return JSON.stringify([judged, session.digest()]);
      });
      expect(ends[1]).toBe(ends[0]);
      expect(JSON.parse(ends[0] ?? '[]')).toHaveProperty([1, 'value'], task.goal.accepts[0]?.digest);
    }
  });
});

function rowsIn(reference: Reference): readonly RowReference[] {
  if (reference.type === 'row') return [reference];
  if (reference.type === 'list') return reference.items.flatMap(rowsIn);
  return reference.type === 'record' ? Object.values(reference.fields).flatMap(rowsIn) : [];
}

test('what has to be referred to is laid together with what refers to it', () => {
  // A confirmed reservation has something to hand over: an item that names it.
  const domain = openDomain('equipment-rental');
  const { tasks } = composeTasks(domain, openWorld(domain, 7), buildGraph(domain), 7, 50);
  const direct = tasks.filter(({ scenario }) => {
    const named = JSON.stringify(scenario.wishes);
    return named.includes('"entity":"Reservation"') && !named.includes('"entity":"Item"');
  });
  const laid = direct.flatMap(({ distractors }) =>
    distractors
      .filter(({ entity, row }) => entity === 'Reservation' && row['status'] === 'confirmed')
      .map(
        ({ row }) =>
          distractors.filter((other) => other.row['reservation_id'] === row['reservation_id']).length,
      ),
  );
  expect(laid.length).toBeGreaterThan(0);
  expect(laid.every((rows) => rows > 1)).toBe(true);
});
