// Arguments that no tool may take: of the wrong type, missing, too many, too large, with names and
// letters that trip runtimes. Made from the manifest alone.
import type { Json, JsonObject } from '../core/json.js';
import { isObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';

export interface HostileArgs {
  readonly what: string;
  readonly args: JsonObject;
}

/** Wrong versions of good arguments, each of which must be refused with INVALID_ARGUMENTS. */
export function hostileArgs(tool: ToolManifest, good: JsonObject): HostileArgs[] {
  return wrongObjects(tool.parameters, good);
}

/** Wrong versions of an object: of arguments, or of a line item among them. */
function wrongObjects(schema: JsonObject, good: JsonObject): HostileArgs[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const polluted = JSON.parse(`{"__proto__":{"polluted":true}}`) as JsonObject;
  const found: HostileArgs[] = [
    { what: 'an argument too many', args: { ...good, surplus: 1 } },
    { what: 'constructor as an argument', args: { ...good, constructor: 'x' } },
    {
      what: '__proto__ as an argument',
      args: Object.defineProperty({ ...good }, '__proto__', { value: polluted, enumerable: true }),
    },
  ];
  for (const name of required) {
    const { [String(name)]: _, ...rest } = good;
    found.push({ what: `${String(name)} left out`, args: rest });
  }
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    for (const [what, value] of wrongValues(property, good[name])) {
      found.push({ what: `${name} as ${what}`, args: { ...good, [name]: value } });
    }
  }
  return found;
}

function wrongValues(schema: JsonObject, good: Json | undefined): (readonly [string, Json])[] {
  const { type } = schema;
  const wrong: (readonly [string, Json])[] = [
    ['null', null],
    ['an object', { id: 'x' }],
  ];
  if (type !== 'array') wrong.push(['a list in a list', [['x']]]);
  if (type !== 'string') wrong.push(['a text', 'x']);
  if (type !== 'boolean') wrong.push(['a flag', true]);
  if (type !== 'integer' && type !== 'number') wrong.push(['a number', 1]);
  if (type === 'integer') wrong.push(['a fraction', 1.5], ['a huge number', 1e300]);
  if (type === 'array') wrong.push(['an empty text in a list', ['']], ['a list of nothing', [null]]);
  if (type === 'array') wrong.push(...wrongLines(schema['items'], good));
  const narrow =
    schema['pattern'] !== undefined || schema['enum'] !== undefined || schema['format'] !== undefined;
  if (type === 'string' && narrow) {
    wrong.push(
      ['an empty text', ''],
      ['__proto__', '__proto__'],
      ['a NUL', 'a\u0000b'],
      ['half a surrogate pair', '\ud800'],
      ['a text of 100,000 letters', 'x'.repeat(100_000)],
    );
  } else if (type === 'string' && schema['minLength'] !== undefined) wrong.push(['an empty text', '']);
  return wrong;
}

/** Lists of line items of which the first is wrong, and one line twice. */
function wrongLines(line: Json | undefined, good: Json | undefined): (readonly [string, Json])[] {
  if (!isObject(line) || line['type'] !== 'object' || !Array.isArray(good)) return [];
  const [first, ...others] = good as readonly Json[];
  if (!isObject(first)) return [];
  return [
    ...wrongObjects(line, first).map(({ what, args }) => [`a line with ${what}`, [args, ...others]] as const),
    ['a line twice', [first, first]],
  ];
}
