// What runs in the sandbox before any generated code: it takes away what could make code out of
// text or tell one run from another, pins the clock, and freezes every object that all code shares.
// Without it one session's tool could change what another session's tool computes.

const allowedGlobals = new Set<PropertyKey>(
  (
    'Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error AggregateError EvalError ' +
    'RangeError ReferenceError SyntaxError TypeError URIError InternalError Float32Array Float64Array Infinity ' +
    'Int16Array Int32Array Int8Array Iterator JSON Map Math NaN Number Object Promise Reflect RegExp Set String ' +
    'Symbol Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet decodeURI decodeURIComponent ' +
    'encodeURI encodeURIComponent globalThis isFinite isNaN parseFloat parseInt undefined'
  ).split(' '),
);

/** Methods whose answer depends on a locale or a time zone. */
const ambient =
  /^(toLocale|localeCompare|(get|set)(Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Year|TimezoneOffset)$)|^to(Date|Time|GMT)String$/;

/** Locks the realm down; the returned function sets what `Date.now()` and `new Date()` say (milliseconds). */
export function lockDown(): (now: number) => void {
  const setClock = pinClock();
  const intrinsics = hiddenIntrinsics();
  for (const object of intrinsics) remove(object, 'constructor');
  remove(Math, 'random');
  const named = [Object, Number, BigInt, String, Array, Date, Object.getPrototypeOf(Int8Array) as () => void];
  for (const constructor of named) removeAmbient(constructor.prototype as object);
  for (const key of Reflect.ownKeys(globalThis)) {
    if (typeof key === 'string' && !allowedGlobals.has(key)) remove(globalThis, key);
  }
  for (const error of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
    letInstancesOverride(error.prototype, ['name', 'message']);
  }
  letInstancesOverride(AggregateError.prototype, ['name', 'message']);
  freezeAll([globalThis, ...intrinsics]);
  return setClock;
}

function remove(object: object, key: PropertyKey): void {
  if (!Reflect.has(object, key)) return;
  if (!Reflect.deleteProperty(object, key)) throw new Error(`cannot remove ${String(key)}`);
}

function removeAmbient(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    if (typeof key === 'string' && ambient.test(key)) remove(prototype, key);
  }
}

/** `Date` without a time zone: pinned `now`, UTC for parts, and only text that says its zone. */
function pinClock(): (now: number) => void {
  let now = 0;
  const NativeDate = Date;
  const zoned = /^[+-]?\d{4,6}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?$/;
  const parse = (text: string): number => (zoned.test(text) ? NativeDate.parse(text) : NaN);
  function Pinned(...args: [number | string | Date, ...number[]]): Date | string {
    if (new.target === undefined) return new NativeDate(now).toISOString();
    const value = args[0];
    if (typeof value === 'number' && args.length === 1) return new NativeDate(value);
    if (args.length === 0) return new NativeDate(now);
    if (args.length > 1) return new NativeDate(NativeDate.UTC(...(args as [number, number])));
    return new NativeDate(typeof value === 'string' ? parse(value) : Number(value));
  }
  const define = (object: object, key: string, value: unknown): void => {
    Reflect.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
  };
  define(Pinned, 'now', () => now);
  define(Pinned, 'parse', parse);
  define(Pinned, 'UTC', NativeDate.UTC);
  define(Pinned, 'prototype', NativeDate.prototype);
  define(NativeDate.prototype, 'constructor', Pinned);
  define(NativeDate.prototype, 'toString', Reflect.get(NativeDate.prototype, 'toISOString'));
  define(globalThis, 'Date', Pinned);
  return (value) => {
    now = value;
  };
}

/** Shared objects that no global names. */
function hiddenIntrinsics(): object[] {
  const functions = [() => 0, function* () {}, async () => 0, async function* () {}];
  const found: object[] = [];
  for (const sample of functions) {
    const prototype = Object.getPrototypeOf(sample) as object;
    found.push(prototype);
    const instances = Reflect.get(prototype, 'prototype') as object | undefined;
    if (instances !== undefined) found.push(instances);
  }
  const iterators: object[] = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator]()];
  iterators.push('a'.matchAll(/a/g));
  // Iterator helpers are newer than the lib that this file is checked with.
  const { Iterator } = globalThis as { Iterator?: { from(source: object): { map(step: () => 0): object } } };
  if (Iterator !== undefined) {
    const wrapped = Iterator.from({ next: () => ({ done: true }) });
    iterators.push(
      wrapped,
      wrapped.map(() => 0),
    );
  }
  for (const iterator of iterators) found.push(Object.getPrototypeOf(iterator) as object);
  return found;
}

/**
 * A frozen prototype forbids `this.name = …` in a subclass. As an accessor it does not: assigning
 * makes a property of the instance.
 */
function letInstancesOverride(prototype: object, keys: readonly string[]): void {
  for (const key of keys) {
    const own = Reflect.getOwnPropertyDescriptor(prototype, key);
    if (own === undefined) continue;
    const inherited: unknown = own.value;
    Reflect.defineProperty(prototype, key, {
      get: () => inherited,
      set(this: object, value: unknown) {
        if (this === prototype) throw new TypeError('frozen');
        Reflect.defineProperty(this, key, { value, writable: true, enumerable: false, configurable: true });
      },
      enumerable: false,
      configurable: false,
    });
  }
}

function freezeAll(roots: readonly object[]): void {
  const seen = new Set<object>();
  const open: unknown[] = [...roots];
  while (open.length > 0) {
    const next = open.pop();
    if ((typeof next !== 'object' && typeof next !== 'function') || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const key of Reflect.ownKeys(next)) {
      const property = Reflect.getOwnPropertyDescriptor(next, key);
      open.push(property?.value, property?.get, property?.set);
    }
    open.push(Object.getPrototypeOf(next));
    Object.freeze(next);
  }
}
