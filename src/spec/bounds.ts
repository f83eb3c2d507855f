// Whether a value is small enough to be looked at at all: no cycles, no great depth, no flood of
// parts. Walks without recursion, so that no input can exhaust the stack.

const deepest = 40;
const most = 200_000;

/** Why the value is not looked at, if it is not. */
export function beyondBounds(value: unknown): string | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let seen = 0; ; seen++) {
    const next = open.pop();
    if (next === undefined) return undefined;
    if (next.depth > deepest) return `nested more than ${deepest} deep`;
    if (seen > most) return `more than ${most} parts`;
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (!Array.isArray(next.value) && Object.getPrototypeOf(next.value) !== Object.prototype) {
      if (Object.getPrototypeOf(next.value) !== null) return 'not plain data';
    }
    for (const part of Object.values(next.value)) open.push({ value: part, depth: next.depth + 1 });
  }
}
