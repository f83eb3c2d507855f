// Rows against the state schema: one compiled validator an entity.
import { Ajv, type ValidateFunction } from 'ajv';
import { isRealTime } from '../core/time.js';
import type { GuestRow } from '../../sandbox/guest-api.js';
import type { StateSchema, TableSchema } from '../emit/emitted-domain.js';

/** What is wrong with a row of an entity, in a sentence; null when it fits its columns. */
export type RowChecker = (entity: string, row: GuestRow) => string | null;

/** Compiles a checker of rows: every column there, nothing else, each value as its schema says. */
export function createRowChecker(schema: StateSchema): RowChecker {
  const ajv = new Ajv({ strict: true, strictTypes: false, keywords: ['x-entity'] });
  ajv.addFormat('date', isRealTime);
  ajv.addFormat('date-time', isRealTime);
  const validators = new Map<string, ValidateFunction>(
    schema.tables.map((table) => [table.entity, ajv.compile(rowSchema(table))]),
  );
  return (entity, row) => {
    const validate = validators.get(entity);
    if (validate === undefined) return `there is no entity ${entity}`;
    if (validate(row)) return null;
    return ajv.errorsText(validate.errors, { dataVar: entity });
  };
}

function rowSchema(table: TableSchema): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: table.columns.map(({ column }) => column),
    properties: Object.fromEntries(table.columns.map(({ column, schema }) => [column, schema])),
  };
}
