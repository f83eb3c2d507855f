// Guest modules and worker entries are JavaScript, and Node 20 strips no types: they come from dist,
// also when this file itself runs from source under a test runner.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Bug } from '../src/core/errors.js';

const here = new URL('.', import.meta.url);
/** The root that sources or compiled files hang from: above sandbox/. */
const root = new URL('..', here);
const isCompiled = new URL('.', root).pathname.endsWith('/dist/');
/** The folder of compiled files. */
const compiledRoot = isCompiled ? root : new URL('dist/', root);

/** Where the compiled module of a source or compiled module lies; modules of others stay where they are. */
export function compiledUrl(url: URL): URL {
  if (!/\.[jt]s$/.test(url.pathname)) return url;
  const inside = url.href.startsWith(compiledRoot.href);
  const path = inside ? url.href.slice(compiledRoot.href.length) : url.href.slice(root.href.length);
  if (!inside && !url.href.startsWith(root.href)) return url;
  const found = new URL(path.replace(/\.ts$/, '.js'), compiledRoot);
  if (!existsSync(fileURLToPath(found))) {
    throw new Bug(`${fileURLToPath(found)} is missing: run 'npm run build' first`);
  }
  return found;
}
