// One WebAssembly instance of QuickJS, driven through the C functions of quickjs-emscripten's build
// rather than its object model: a call costs a microsecond less, and the whole guest is then one
// stretch of memory that can be copied out and put back (image.ts).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import quickjs from '@jitl/quickjs-wasmfile-release-sync';
import { newVariant } from 'quickjs-emscripten-core';
import { Bug } from '../src/core/errors.js';
import {
  webAssembly,
  type WasmExports,
  type WasmImports,
  type WasmInstance,
  type WasmMemory,
  type WasmModule,
} from './web-assembly.js';

const pageBytes = 65_536;
/** The least that the module declares. */
const leastPages = 256;

/** The package's types describe its CommonJS face; what Node imports is the variant itself. */
const variant = quickjs as unknown as typeof quickjs.default;

/** The C functions in use. Pointers and handles are addresses in the instance's memory. */
interface Functions {
  QTS_NewRuntime(): number;
  QTS_NewContext(runtime: number, intrinsics: number): number;
  QTS_RuntimeSetMaxStackSize(runtime: number, bytes: number): void;
  QTS_RuntimeEnableInterruptHandler(runtime: number): void;
  QTS_RuntimeEnableModuleLoader(runtime: number, ownResolver: number): void;
  QTS_IsJobPending(runtime: number): number;
  QTS_Eval(
    context: number,
    text: number,
    length: number,
    name: string,
    detect: number,
    flags: number,
  ): number;
  QTS_Call(context: number, target: number, self: number, count: number, args: number): number;
  QTS_GetProp(context: number, object: number, key: number): number;
  QTS_ResolveException(context: number, value: number): number;
  QTS_NewString(context: number, text: number): number;
  QTS_NewFloat64(context: number, value: number): number;
  QTS_NewError(context: number): number;
  QTS_Throw(context: number, error: number): number;
  QTS_GetString(context: number, value: number): number;
  QTS_FreeCString(context: number, text: number): void;
  QTS_FreeValuePointer(context: number, value: number): void;
  QTS_GetUndefined(): number;
}

/** What the engine asks the host for while it runs. */
interface HostHooks {
  /** True stops the guest. */
  interrupt(): boolean;
  /** Full name of a module, or null. */
  resolve(importer: string, requested: string): string | null;
  /** Text of a module, or null. */
  load(name: string): string | null;
}

export interface Instance {
  readonly functions: Functions;
  readonly memory: WasmMemory;
  /** Node's view of the memory as it is now; growth makes a new one. */
  heap: Buffer;
  malloc(bytes: number): number;
  free(pointer: number): void;
  stackTop(): number;
  setStackTop(pointer: number): void;
  /** Whether the latest request for more memory was refused; reading resets it. */
  takeMemoryRefused(): boolean;
  hooks: HostHooks;
}

let compiled: WasmModule | undefined;

/** QuickJS's module, compiled once a process; workers compile their own. */
function compileOnce(): WasmModule {
  if (compiled === undefined) {
    // 1.3 to 1.7 times faster, and a little more with room for the interpreter's big loop; later
    // versions of V8 inline unasked.
    if (Number(process.versions.node.split('.')[0]) < 24) {
      setFlagsFromString('--experimental-wasm-inlining');
      setFlagsFromString('--wasm-inlining-budget=20000');
    }
    const path = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
    compiled = new webAssembly.Module(readFileSync(path));
  }
  return compiled;
}

/** A new instance whose memory can grow to `limit` bytes: the only limit the build obeys. */
export async function createInstance(limit: number, atLeast: number): Promise<Instance> {
  const initial = Math.max(leastPages, Math.ceil(atLeast / pageBytes));
  const memory = new webAssembly.Memory({
    initial,
    maximum: Math.max(initial, Math.floor(limit / pageBytes)),
  });
  let isRefused = false;
  let exports: WasmExports | undefined;
  const capped = newVariant(variant, {
    wasmMemory: memory,
    emscriptenModule: {
      instantiateWasm(imports: WasmImports, done: (instance: WasmInstance) => void) {
        const made = new webAssembly.Instance(compileOnce(), imports);
        exports = made.exports;
        done(made);
        return exports;
      },
    },
  });
  const [found, Bound] = await Promise.all([capped.importModuleLoader(), capped.importFFI()]);
  const load = found as unknown as () => Promise<ConstructorParameters<typeof Bound>[0]>;
  const module = await load();
  module.type = 'sync';
  const [stackTop, setStackTop] = stackFunctions(exports ?? {});
  const instance: Instance = {
    functions: new Bound(module),
    memory,
    heap: Buffer.from(memory.buffer),
    malloc: (bytes) => module['_malloc'](bytes),
    free: (pointer) => module['_free'](pointer),
    stackTop,
    setStackTop,
    takeMemoryRefused() {
      const was = isRefused;
      isRefused = false;
      return was;
    },
    hooks: { interrupt: () => true, resolve: () => null, load: () => null },
  };
  const grow = memory.grow.bind(memory);
  // The engine asks for more memory here, the only place to see that it did not get it.
  memory.grow = (pages) => {
    isRefused = true;
    const before = grow(pages);
    isRefused = false;
    instance.heap = Buffer.from(memory.buffer);
    return before;
  };
  module.callbacks = callbacksOf(instance) as typeof module.callbacks;
  return instance;
}

/** A trap leaves the stack pointer where it was; these two, minified by the build, put it back. */
function stackFunctions(exports: WasmExports): [() => number, (pointer: number) => void] {
  const top = exports['Oa'] as (() => number) | undefined;
  const set = exports['Ma'] as ((pointer: number) => void) | undefined;
  if (typeof top === 'function' && typeof set === 'function' && top.length === 0 && set.length === 1) {
    const at = top();
    set(at - 64);
    const moved = top();
    set(at);
    if (moved === at - 64 && top() === at) return [top, set];
  }
  throw new Bug('this build of QuickJS names its stack functions otherwise');
}

function callbacksOf(instance: Instance): object {
  const text = (value: string): number => {
    const pointer = instance.malloc(Buffer.byteLength(value) + 1);
    const { heap } = instance;
    heap[pointer + heap.write(value, pointer)] = 0;
    return pointer;
  };
  return {
    shouldInterrupt: () => (instance.hooks.interrupt() ? 1 : 0),
    normalizeModule: (_: unknown, _runtime: number, _context: number, importer: string, requested: string) =>
      text(instance.hooks.resolve(importer, requested) ?? 'none:/'),
    loadModuleSource(_: unknown, _runtime: number, context: number, name: string) {
      const found = instance.hooks.load(name);
      if (found !== null) return text(found);
      instance.functions.QTS_Throw(context, instance.functions.QTS_NewError(context));
      return 0;
    },
    callFunction: () => 0,
    freeHostRef: () => undefined,
  };
}
