// UNSAFE, for measuring only: the same runtime and the same modules in this process, without a
// sandbox, so that a benchmark can say what the sandbox costs. Nothing stops a tool here.
import { Bug } from '../src/core/errors.js';
import { compiledUrl } from './compiled.js';
import type { Asked } from './driver.js';
import type { Guest, GuestProgram, GuestState, Limits } from './guest-api.js';
import type { DomainModules } from './guest/module-types.js';
import { createRuntime } from './guest/runtime.js';
import { serveSessions } from './host.js';
import { defaultLimits } from './limits.js';

/** A guest that is no sandbox. */
export async function createPlainGuest(
  program: GuestProgram,
  state: GuestState,
  limits: Partial<Limits> = {},
): Promise<Guest> {
  const modules = await importModules(
    program.modules,
    compiledUrl(new URL('./guest/index.js', import.meta.url)).href,
  );
  const runtime = createRuntime(modules, structuredClone(state), limits.result ?? defaultLimits.result);
  const names = JSON.parse(runtime.names().slice(1)) as { tools: string[]; guarded: string[] };
  return serveSessions({
    tools: new Set(names.tools),
    guarded: new Set(names.guarded),
    ask(operation, session, ...args): Asked {
      const run = runtime[operation] as (session: number, ...args: readonly (string | number)[]) => string;
      return { ok: true, text: run(session, ...args) };
    },
    restore() {
      throw new Bug('there is no way back without a sandbox');
    },
  });
}

/** Imports module texts as data URLs, which know each other by their whole text. */
async function importModules(texts: GuestProgram['modules'], guest: string): Promise<DomainModules> {
  const urls = new Map<string, string>([['toolgrove/guest', guest]]);
  const urlOf = (name: string): string => {
    const known = urls.get(name);
    if (known !== undefined) return known;
    const text = texts[name.replace('./', '')];
    if (text === undefined) throw new Bug(`no module ${name}`);
    const linked = text.replaceAll(
      /(\bfrom\s*|\bimport\s*)(['"])([^'"]+)\2/g,
      (_, keyword: string, _quote, to: string) => `${keyword}${JSON.stringify(urlOf(to))}`,
    );
    const url = `data:text/javascript,${encodeURIComponent(linked)}`;
    urls.set(name, url);
    return url;
  };
  const [state, tools, guards] = await Promise.all(
    ['./state.js', './tools.js', './guards.js'].map(
      (name) => import(urlOf(name)) as Promise<Partial<DomainModules>>,
    ),
  );
  return { ...state, ...tools, ...guards } as DomainModules;
}
