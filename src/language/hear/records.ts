// Line items: "2 of MO-21223 and 1 of MO-30417", "HI-92040: clean", `{"model_id": "MO-21223", "quantity": 2}`.
// Each stands around the id of its row; its other fields stand all before or all behind.
import type { Json } from '../../core/json.js';
import { candidatesIn, type Candidate, type Stretch } from './candidates.js';
import type { Message } from './message.js';
import { fieldsOf, type ParamWords } from './tool-words.js';

export interface Records {
  readonly value: readonly Json[];
  readonly places: readonly number[];
}

/** The line items in a stretch for each row that it names, or null where a field is missing. */
export function recordsIn(message: Message, param: ParamWords, stretch: Stretch): Records | null {
  const fields = param.item === null ? [] : fieldsOf(param.item);
  const anchor = fields.find(({ schema }) => schema['x-entity'] !== undefined);
  if (anchor === undefined) return null;
  const rows = candidatesIn(message, anchor, stretch);
  if (rows.length === 0) return null;
  const places = rows.map(({ from }) => from);
  const given = new Map([[anchor.name, rows.map(({ value }) => value as Json | undefined)]]);
  for (const field of fields) {
    if (field === anchor) continue;
    const found = fieldOfEach(message, field, rows, stretch);
    if (found === null) return null;
    given.set(
      field.name,
      found.map((candidate) => candidate?.value),
    );
    places.push(...found.flatMap((candidate) => (candidate === undefined ? [] : [candidate.from])));
  }
  const value = rows.map((_, at) =>
    Object.fromEntries(
      fields.flatMap(({ name }) => {
        const of = given.get(name)?.[at];
        return of === undefined ? [] : [[name, of] as const];
      }),
    ),
  );
  return { value, places };
}

/** A field's value for each row; undefined where an optional one is not said, null where a required one is not. */
function fieldOfEach(
  message: Message,
  field: ParamWords,
  rows: readonly Candidate[],
  stretch: Stretch,
): readonly (Candidate | undefined)[] | null {
  const candidates = candidatesIn(message, field, stretch).filter(
    ({ from }) => !rows.some((row) => row.from === from),
  );
  const before = rows.map((row, at) =>
    nearest(candidates, rows[at - 1]?.to ?? stretch.from, row.from, 'last'),
  );
  const behind = rows.map((row, at) =>
    nearest(candidates, row.to, rows[at + 1]?.from ?? stretch.to, 'first'),
  );
  if (!field.required) {
    const labelled = behind.map((found) =>
      found !== null && isLabelled(message, field, found) ? found : undefined,
    );
    const isLeft = (found: Candidate): boolean =>
      isLabelled(message, field, found) && !labelled.includes(found);
    return labelled.map(
      (found, at) =>
        found ?? [before[at] ?? null].find((other) => other !== null && isLeft(other)) ?? undefined,
    );
  }
  const options = [before, behind].flatMap((found) => {
    const all = found.filter((candidate) => candidate !== null);
    return all.length === rows.length ? [{ all, cost: costOf(message, field, rows, all) }] : [];
  });
  const [best] = options.sort((left, right) => left.cost - right.cost);
  return best?.all ?? null;
}

function nearest(
  candidates: readonly Candidate[],
  from: number,
  to: number,
  which: 'first' | 'last',
): Candidate | null {
  const between = candidates.filter((candidate) => candidate.from >= from && candidate.to <= to);
  return (which === 'first' ? between[0] : between.at(-1)) ?? null;
}

/** Tokens between the rows and their values; fewer where the field's words stand there. */
function costOf(
  message: Message,
  field: ParamWords,
  rows: readonly Candidate[],
  found: readonly Candidate[],
): number {
  return rows.reduce((sum, row, at) => {
    const candidate = found[at] ?? row;
    const apart = candidate.from < row.from ? row.from - candidate.to : candidate.from - row.to;
    return sum + apart - (isLabelled(message, field, candidate) ? 8 : 0);
  }, 0);
}

function isLabelled({ tokens }: Message, { label }: ParamWords, { from, to }: Candidate): boolean {
  const near = [...tokens.slice(Math.max(0, from - 3), from), ...tokens.slice(to, to + 2)];
  return near.some(({ stem }) => label.includes(stem));
}
