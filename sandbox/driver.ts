// Calls into one instance: values in, text out, and a kind of fault for every way out but the good
// one. Handles are addresses; whoever asks for one owns it.
import { Bug } from '../src/core/errors.js';
import type { SandboxFaultKind } from './guest-api.js';
import { beat } from './heartbeat.js';
import type { Instance } from './instance.js';

/** Addresses that hold in every instance made from one image. */
export interface Places {
  readonly runtime: number;
  readonly context: number;
  readonly undefined: number;
  /** Room for the addresses of arguments, and for a text. */
  readonly slots: number;
  readonly scratch: number;
}

export const scratchBytes = 65_536;
export const mostArguments = 5;
const moduleFlag = 1;

/** Text, or a fault that the guest itself cannot be trusted to have survived. */
export type Asked =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly kind: SandboxFaultKind; readonly detail: string };

export type Argument = string | number;

export interface Driver {
  /** Evaluates a module and gives its namespace. */
  evaluate(name: string, text: string): number;
  /** Calls a function with values or handles. */
  call(target: number, args: readonly number[]): number;
  property(object: number, name: string): number;
  string(text: string): number;
  number(value: number): number;
  text(handle: number): string;
  /** Calls a function with values; `words` are strings that the guest holds already. */
  ask(target: number, args: readonly Argument[], words: ReadonlyMap<string, number>): Asked;
  /** Counts one interrupt; true when the call has had its fuel. */
  burn(): boolean;
}

/** Ends a call from the inside of the host. */
class Broken extends Error {
  override readonly name = 'Broken';
  readonly kind: SandboxFaultKind;

  constructor(kind: SandboxFaultKind, detail: string) {
    super(`${kind} ${detail}`);
    this.kind = kind;
  }
}

export function createDriver(instance: Instance, places: Places, fuel: number): Driver {
  const { functions } = instance;
  const { context, runtime, scratch, slots } = places;
  let burnt = 0;

  const store = (text: string): { at: number; bytes: number; isOwned: boolean } => {
    // The engine takes C strings: a NUL would cut the text short, and JSON text has none.
    if (text.includes('\0')) throw new Bug('a text for the guest has a NUL in it');
    const fits = text.length * 3 < scratchBytes;
    const bytes = fits ? 0 : Buffer.byteLength(text);
    const at = fits ? scratch : instance.malloc(bytes + 1);
    if (at === 0) throw new Broken('memory', 'no room for an argument');
    const { heap } = instance;
    const written = heap.write(text, at);
    heap[at + written] = 0;
    return { at, bytes: written, isOwned: !fits };
  };

  const checked = (handle: number): number => {
    const error = functions.QTS_ResolveException(context, handle);
    if (error === 0) return handle;
    const detail = read(error);
    throw new Broken(burnt > fuel ? 'fuel' : 'crash', detail);
  };

  const read = (handle: number): string => {
    const at = functions.QTS_GetString(context, handle);
    if (at === 0) return '';
    const { heap } = instance;
    const text = heap.toString('utf8', at, heap.indexOf(0, at));
    functions.QTS_FreeCString(context, at);
    return text;
  };

  const string = (text: string): number => {
    const { at, isOwned } = store(text);
    const handle = functions.QTS_NewString(context, at);
    if (isOwned) instance.free(at);
    return checked(handle);
  };

  const place = (at: number, handle: number): void => void instance.heap.writeInt32LE(handle, slots + 4 * at);

  const call = (target: number, count: number): number =>
    checked(functions.QTS_Call(context, target, places.undefined, count, slots));

  /** Runs guest code under fuel and heartbeat, and says what became of it. */
  const guarded = <T>(work: () => T): T => {
    burnt = 0;
    instance.takeMemoryRefused();
    beat();
    try {
      const result = work();
      if (functions.QTS_IsJobPending(runtime) !== 0) throw new Broken('async', 'jobs are pending');
      return result;
    } catch (error) {
      throw classify(error, instance.takeMemoryRefused());
    } finally {
      beat();
    }
  };

  /** Handles made for the running call, to be freed after it. */
  const made: number[] = [];

  const handleOf = (arg: Argument, words: ReadonlyMap<string, number>): number => {
    const word = typeof arg === 'string' ? words.get(arg) : undefined;
    if (word !== undefined) return word;
    const handle = typeof arg === 'string' ? string(arg) : functions.QTS_NewFloat64(context, arg);
    made.push(handle);
    return handle;
  };

  const exchange = (
    target: number,
    args: readonly Argument[],
    words: ReadonlyMap<string, number>,
  ): string => {
    made.length = 0;
    for (let at = 0; at < args.length; at++) place(at, handleOf(args[at] as Argument, words));
    const reply = call(target, args.length);
    const text = read(reply);
    functions.QTS_FreeValuePointer(context, reply);
    for (const handle of made) functions.QTS_FreeValuePointer(context, handle);
    // A guest that caught its engine's error may have done so halfway through a write.
    if (text.startsWith('!stack')) throw new Broken('stack', text);
    if (text.startsWith('!memory')) throw new Broken('memory', text);
    return text;
  };

  return {
    evaluate: (name, text) =>
      guarded(() => {
        const { at, bytes, isOwned } = store(text);
        const handle = functions.QTS_Eval(context, at, bytes, name, 0, moduleFlag);
        if (isOwned) instance.free(at);
        return checked(handle);
      }),
    call(target, args) {
      return guarded(() => {
        args.forEach((handle, at) => place(at, handle));
        return call(target, args.length);
      });
    },
    property(object, name) {
      const key = string(name);
      const value = checked(functions.QTS_GetProp(context, object, key));
      functions.QTS_FreeValuePointer(context, key);
      return value;
    },
    string,
    number: (value) => functions.QTS_NewFloat64(context, value),
    text: read,
    burn: () => ++burnt > fuel,
    ask(target, args, words) {
      try {
        return { ok: true, text: guarded(() => exchange(target, args, words)) };
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        return { ok: false, kind: error.kind, detail: error.message };
      }
    },
  };
}

/** What ended a call: a trap of the engine, memory it was refused, or what was already known. */
function classify(error: unknown, isMemoryRefused: boolean): unknown {
  if (error instanceof Broken)
    return isMemoryRefused && error.kind !== 'fuel' ? new Broken('memory', error.message) : error;
  if (error instanceof Bug) return error;
  if (error instanceof RangeError) return new Broken('stack', error.message);
  return new Broken(isMemoryRefused ? 'memory' : 'crash', String(error));
}
