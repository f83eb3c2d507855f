// The row that a call made, as its result shows it: returned as it is, or as the one field of its
// type. Who asks for "it" afterwards means this row.
import { isObject, type Json } from '../../core/json.js';
import type { Domain, Statement, Tool } from '../../spec/model.js';
import { entityOf } from './path.js';

/** Id of the row of `entity` that the result holds, or null when it holds none or several. */
export function madeRow(domain: Domain, tool: Tool, entity: string, result: Json): string | null {
  const { key } = entityOf(domain, entity);
  const rows: Json[] = [];
  if ('value' in tool.returns) {
    const { type } = tool.returns.value;
    if (type.kind === 'row' && type.entity === entity) rows.push(result);
  } else if (isObject(result)) {
    for (const [field, { type }] of Object.entries(tool.returns.fields)) {
      if (type.kind === 'row' && type.entity === entity) rows.push(result[field] ?? null);
    }
  }
  const [row] = rows;
  const id = rows.length === 1 && isObject(row) ? row[key] : null;
  return typeof id === 'string' ? id : null;
}

/** Whether a call of the tool makes a row of the entity. */
export function makesRow(tool: Tool, entity: string): boolean {
  return tool.kind === 'spec' && tool.body.some((statement) => creates(statement, entity));
}

function creates(statement: Statement, entity: string): boolean {
  switch (statement.kind) {
    case 'create':
      return statement.entity === entity;
    case 'if':
      return [...statement.then, ...statement.else].some((inner) => creates(inner, entity));
    case 'each':
      return statement.do.some((inner) => creates(inner, entity));
    default:
      return false;
  }
}
