// What policies speak about.
import type { EntitySpec } from './domain.js';
import type { EntityIndex, TableIndex } from './scope.js';
import type { Tool } from './model.js';

/** `brokenTools` were reported already. */
export interface PolicyContext {
  readonly caller: string;
  readonly entities: EntityIndex;
  readonly specs: Readonly<Record<string, EntitySpec>>;
  readonly tables: TableIndex;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly brokenTools: ReadonlySet<string>;
}
