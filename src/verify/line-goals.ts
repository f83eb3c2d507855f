// Goals of line items: fields given and left out, two lines with the same rows, and two that share all
// of their rows but one.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { itemKey, lineItemOf, sameLines, tellingFields } from '../spec/line-item.js';
import type { Field, Param } from '../spec/model.js';
import { refusedWith, type Goal } from './goal.js';
import { another } from './other-value.js';
import type { Site } from './site.js';

/** A goal of the tool's success with arguments of some kind. */
type WithSuccess = (id: string, aim: (site: Site) => void, holds: (site: Site) => boolean) => Goal;

/** The goals of a parameter that takes line items. */
export function lineGoals(param: Param, withSuccess: WithSuccess): readonly Goal[] {
  const same = sameLines(param);
  const line = lineItemOf(param);
  const optional = (line?.fields ?? []).filter((field) => field.optional);
  const lines = (site: Site): readonly JsonObject[] => linesAt(site, param);
  const kept = optional.flatMap(({ name, binds }) => [
    withSuccess(
      `with ${binds} in`,
      () => undefined,
      (site) => lines(site).some((one) => one[name] !== undefined),
    ),
    withSuccess(
      `without ${binds} in`,
      (site) => {
        site.args[param.name] = lines(site).map((one) =>
          Object.fromEntries(Object.entries(one).filter(([key]) => key !== name)),
        );
      },
      (site) => lines(site).some((one) => one[name] === undefined),
    ),
  ]);
  if (same === undefined || line === undefined) return kept;
  const telling = tellingFields(line);
  const apart = telling.map((field) =>
    withSuccess(
      `apart by ${field.binds} alone in`,
      (site) => tellApart(site, param, field),
      (site) =>
        lines(site).some((one, at) =>
          lines(site)
            .slice(at + 1)
            .some((other) =>
              telling.every(({ name }) => (one[name] === other[name]) === (name !== field.name)),
            ),
        ),
    ),
  );
  return [
    ...kept,
    ...(telling.length > 1 ? apart : []).map((goal): Goal => ({
      ...goal,
      kind: 'boundary',
      required: false,
    })),
    {
      id: `refuse ${same.code}`,
      kind: 'refusal',
      required: true,
      aim: (site) => repeatLine(site, param),
      met: refusedWith(same.code, same.message),
    },
  ];
}

/** Lets two lines name the same rows: the first again, with another of its values. */
export function repeatLine(site: Site, param: Param): void {
  const line = lineItemOf(param);
  const [first] = linesAt(site, param);
  if (line === undefined || first === undefined) return;
  const values = line.fields.filter((field) => !tellingFields(line).some((one) => one === field));
  const twin = otherwise(site, first, site.rng.pick(values));
  site.args[param.name] = [...linesAt(site, param).slice(0, (param.maxItems ?? 10) - 1), twin];
}

/** Whether two lines name the same rows. */
export function repeatsLine(site: Site, param: Param): boolean {
  const line = lineItemOf(param);
  const keys = line === undefined ? [] : linesAt(site, param).map((one) => itemKey(line, one));
  return new Set(keys).size < keys.length;
}

/** Lets two lines name the same rows but for one field: the first again, with another row there or none. */
function tellApart(site: Site, param: Param, { name, type, optional }: Field): void {
  const [first] = linesAt(site, param);
  const ids = type.kind === 'row' ? site.draft.ids(type.entity) : [];
  const others = ids.filter((id) => id !== first?.[name]);
  if (first === undefined || others.length === 0) return;
  const { [name]: given, ...rest } = first;
  const twin =
    optional && given !== undefined && site.rng.chance(0.5)
      ? rest
      : { ...rest, [name]: site.rng.pick(others) };
  site.args[param.name] = [first, twin];
}

function linesAt(site: Site, param: Param): readonly JsonObject[] {
  const value = site.args[param.name];
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** The line with another value of a field: two lines that are wholly equal are no arguments at all. */
function otherwise(site: Site, line: JsonObject, field: Field): JsonObject {
  const given = line[field.name];
  if (field.optional && given !== undefined) {
    const { [field.name]: _, ...others } = line;
    return others;
  }
  const scalar = typeof given === 'object' || given === undefined ? null : given;
  const value = another(site, { kind: 'variable', name: field.binds, type: field.type }, scalar);
  const fits = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return fits ? { ...line, [field.name]: value } : line;
}
