// What a tool returns: a value, or a refusal that undoes every write of the call.

export type ToolResult<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail(code: string, message: string): Refusal {
  return { ok: false, code, message };
}
