// The id formula of src/core/id.ts, which the guest cannot import (it hashes with Node).
import type { TableInfo } from './module-types.js';

const block = 90_000;

/** The id of the `ordinal`-th row ever created in a table. */
export function formatId(info: TableInfo, ordinal: number): string {
  const within = (info.scale * (ordinal % block) + info.shift) % block;
  const round = Math.floor(ordinal / block);
  return `${info.prefix}-${round === 0 ? '' : round}${10_000 + within}`;
}
