// A guest as a machine: load it, ask it an operation, put it back to what it was when it was loaded.
// QuickJS, the lock and the runtime are loaded once a process and kept as an image; a new machine
// starts from there.
import { Bug, must } from '../src/core/errors.js';
import {
  createDriver,
  mostArguments,
  scratchBytes,
  type Argument,
  type Asked,
  type Places,
} from './driver.js';
import type { GuestProgram, GuestState, Limits } from './guest-api.js';
import { bootModule, guestModuleText, mainModule, mainText, resolveGuestModule } from './guest-files.js';
import { putImage, takeImage, type Image } from './image.js';
import { createInstance } from './instance.js';
import { defaultLimits } from './limits.js';
import type { Runtime } from './guest/runtime.js';

export type Operation = Exclude<keyof Runtime, 'names'>;

export interface Machine {
  readonly tools: ReadonlySet<string>;
  /** Tools that have guards. */
  readonly guarded: ReadonlySet<string>;
  /** A fault means that the machine must be restored before it is asked again. */
  ask(operation: Operation, session: number, ...args: readonly Argument[]): Asked;
  /** Makes the machine what it was when it was loaded, without a session. */
  restore(): void;
}

const operations: readonly Operation[] = [
  'fork',
  'close',
  'replay',
  'sum',
  'call',
  'compare',
  'guards',
  'invariants',
  'diff',
  'patch',
  'state',
];

interface Boot {
  readonly image: Image;
  readonly places: Places;
  /** Handle of the function that loads a domain. */
  readonly load: number;
}

let booted: Promise<Boot> | undefined;

async function boot(): Promise<Boot> {
  const instance = await createInstance(defaultLimits.memory, 0);
  const { functions } = instance;
  instance.hooks = {
    interrupt: () => false,
    resolve: resolveGuestModule,
    load: (name) => guestModuleText(name, {}),
  };
  const runtime = functions.QTS_NewRuntime();
  functions.QTS_RuntimeSetMaxStackSize(runtime, defaultLimits.stack);
  functions.QTS_RuntimeEnableInterruptHandler(runtime);
  functions.QTS_RuntimeEnableModuleLoader(runtime, 1);
  const places = {
    runtime,
    context: functions.QTS_NewContext(runtime, 0),
    undefined: functions.QTS_GetUndefined(),
    slots: instance.malloc(4 * mostArguments),
    scratch: instance.malloc(scratchBytes),
  };
  const driver = createDriver(instance, places, Infinity);
  const load = driver.property(
    driver.evaluate(bootModule, must(guestModuleText(bootModule, {}), bootModule)),
    'load',
  );
  return { image: takeImage(instance), places, load };
}

/** Loads a domain and its seed state; throws a Bug when they do not load. */
export async function loadMachine(
  program: GuestProgram,
  state: GuestState,
  limits: Limits,
): Promise<Machine> {
  booted ??= boot();
  const { image: bootImage, places, load } = await booted;
  const instance = await createInstance(limits.memory, bootImage.bytes);
  putImage(instance, bootImage, true);
  instance.functions.QTS_RuntimeSetMaxStackSize(places.runtime, limits.stack);
  const driver = createDriver(instance, places, limits.fuel);
  const resolve = resolveGuestModule;
  instance.hooks = {
    interrupt: () => driver.burn(),
    resolve,
    load: (name) => guestModuleText(name, program.modules),
  };
  try {
    const main = driver.evaluate(mainModule, mainText);
    const runtime = driver.call(load, [
      main,
      driver.string(JSON.stringify(state)),
      driver.number(limits.result),
    ]);
    const handles = new Map(operations.map((name) => [name, driver.property(runtime, name)]));
    const listed = driver.text(driver.call(driver.property(runtime, 'names'), []));
    const names = JSON.parse(listed.slice(1)) as { tools: string[]; guarded: string[] };
    // Strings that calls repeat are made once.
    const words = new Map([...names.tools, 'all', 'changed'].map((word) => [word, driver.string(word)]));
    instance.hooks = { ...instance.hooks, load: () => null };
    const image = takeImage(instance);
    return {
      tools: new Set(names.tools),
      guarded: new Set(names.guarded),
      ask: (operation, session, ...args) =>
        driver.ask(handles.get(operation) ?? 0, [session, ...args], words),
      restore: () => putImage(instance, image, false),
    };
  } catch (error) {
    throw new Bug(`the domain does not load: ${String(error)}`, { cause: error });
  }
}
