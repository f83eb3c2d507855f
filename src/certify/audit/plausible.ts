// Values that somebody who gets it wrong could plausibly give instead: other rows of the same entity
// (the task's own decoys, the caller's, other people's), other members of an enum, neighbouring
// numbers, days and hours, and what else stands in columns of that name.
import { addMinutes, isRealTime, minutesPerDay } from '../../core/time.js';
import { canonicalJson, type Json } from '../../core/json.js';
import { deriveRng } from '../../core/rng.js';
import type { GuestRow } from '../../../sandbox/guest-api.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import type { Leaf } from '../leaves.js';
import { startState } from '../start.js';

const mostOwn = 12;
const mostOthers = 4;
const mostTexts = 4;

/** Other values for an argument, none of them the right one. */
export function plausibleArguments(context: CertifyContext, task: Task, leaf: Leaf): readonly Json[] {
  const { value, schema, path } = leaf;
  const entity = schema['x-entity'];
  const others =
    typeof entity === 'string'
      ? otherRows(context, task, entity)
      : Array.isArray(schema['enum'])
        ? (schema['enum'] as readonly Json[])
        : typeof value === 'string' && !isRealTime(value)
          ? otherTexts(context, task, columnNameOf(path), value)
          : neighbours(value);
  return distinct(others, value);
}

/** Other answers to a question about a column: what other rows have there, and neighbours. */
export function plausibleAnswers(
  context: CertifyContext,
  task: Task,
  entity: string,
  column: string,
  value: Json,
): readonly Json[] {
  const rows = startState(context, task).tables[entity] ?? [];
  const found = rows.flatMap((row) => row[column] ?? []);
  const rng = deriveRng(task.id, 'answers', entity, column);
  return distinct([...rng.shuffle([...new Set(found)]).slice(0, mostOwn), ...neighbours(value)], value);
}

/** `fine_ids.0` and `fine_ids` are about the column `fine_ids`. */
function columnNameOf(path: string): string {
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
}

function otherRows(context: CertifyContext, task: Task, entity: string): readonly Json[] {
  const table = context.world.domain.stateSchema.tables.find((one) => one.entity === entity);
  const key = table?.key ?? '';
  const rows = startState(context, task).tables[entity] ?? [];
  const isOwn = (row: GuestRow): boolean => Object.values(row).includes(task.scenario.caller);
  const laid = task.distractors.filter((one) => one.entity === entity).map(({ row }) => row);
  const rng = deriveRng(task.id, 'rows', entity);
  const own = rng.shuffle(rows.filter(isOwn)).slice(0, mostOwn);
  const foreign = rng.shuffle(rows.filter((row) => !isOwn(row))).slice(0, mostOthers);
  return [...laid, ...own, ...foreign].map((row) => row[key] ?? null);
}

function otherTexts(context: CertifyContext, task: Task, column: string, value: string): readonly Json[] {
  const { tables } = startState(context, task);
  const found = Object.values(tables).flatMap((rows) => rows.flatMap((row) => row[column] ?? []));
  const texts = [...new Set(found)].filter((text) => typeof text === 'string');
  const rng = deriveRng(task.id, 'texts', column);
  const known = Object.values(task.scenario.known).filter((text) => typeof text === 'string');
  return [
    ...rng.shuffle(texts).slice(0, mostTexts),
    ...known.slice(0, mostTexts),
    `${value}x`,
    swapped(value),
  ];
}

/** The text with two neighbouring characters changed over, as who copies it may do. */
function swapped(text: string): string {
  for (let at = 1; at < text.length; at++) {
    const [left, right] = [text.charAt(at - 1), text.charAt(at)];
    if (left !== right) return `${text.slice(0, at - 1)}${right}${left}${text.slice(at + 1)}`;
  }
  return `${text}?`;
}

function neighbours(value: Json): readonly Json[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value - 1, value + 1, value * 10, value + 100, -value];
  if (typeof value !== 'string' || !isRealTime(value)) return [];
  const steps = [-minutesPerDay, minutesPerDay, 7 * minutesPerDay, 365 * minutesPerDay];
  const hours = value.length > 10 ? [-60, 60, 30] : [];
  return [...steps, ...hours].map((minutes) => addMinutes(value, minutes));
}

function distinct(values: readonly Json[], value: Json): readonly Json[] {
  const found = new Map(values.map((one) => [canonicalJson(one), one]));
  found.delete(canonicalJson(value));
  found.delete('null');
  return [...found.values()];
}
