// Goals of line items: fields given and left out, and two lines with the same rows.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { lineItemOf, sameLines, tellingFields } from '../spec/line-item.js';
import type { Field, Param } from '../spec/model.js';
import { refusedWith, type Goal } from './goal.js';
import { another } from './other-value.js';
import type { Site } from './site.js';

/** A goal of the tool's success with arguments of some kind. */
type WithSuccess = (id: string, aim: (site: Site) => void, holds: (site: Site) => boolean) => Goal;

/** The goals of a parameter that takes line items. */
export function lineGoals(param: Param, withSuccess: WithSuccess): readonly Goal[] {
  const same = sameLines(param);
  const optional = (lineItemOf(param)?.fields ?? []).filter((field) => field.optional);
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
  if (same === undefined) return kept;
  return [
    ...kept,
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
