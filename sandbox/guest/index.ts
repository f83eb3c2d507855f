// What emitted code imports as 'toolgrove/guest'. Pure TypeScript without Node: it runs in QuickJS.
export { addMinutes, dateOf, minutesBetween } from '../../src/core/time.js';
export { fail, ok, type Refusal, type ToolResult } from './outcome.js';
export { max, min, sum, present } from './arithmetic.js';
export type { Guard, GuardContext, Invariant, TableInfo, Tool } from './module-types.js';
export type { Table } from './table.js';
