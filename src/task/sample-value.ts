// A value that a user could bring: drawn from the generator of the column that a parameter goes to,
// where the spec names one, or of a column of the same name and type, or from the parameter's type.
import type { Rng } from '../core/rng.js';
import type { Scalar } from '../policy/talk.js';
import { drawValue } from '../spec/draw-value.js';
import { fakerValue } from '../spec/faker-values.js';
import { parseGenerator } from '../spec/generator.js';
import type { GeneratedColumn, Generator } from '../spec/generator-model.js';
import type { Column, Domain, Param, Tool, Type } from '../spec/model.js';
import { entityNamed, type Ground } from './ground.js';

const generators = new WeakMap<Param, Generator | null>();

/** Draws a value for the parameter (for one item of a list), or null when its type has no generator. */
export function sampleValue(ground: Ground, tool: Tool, param: Param, type: Type, rng: Rng): Scalar {
  if (type.kind === 'enum') return rng.pick(type.of);
  if (type.kind === 'bool') return rng.chance(0.5);
  let generator = generators.get(param);
  if (generator === undefined) {
    generator = generatorOf(ground, tool, param, type);
    generators.set(param, generator);
  }
  if (generator === null) return null;
  return drawValue(generator, { rng, now: ground.state.now, row: {}, faker: fakerValue });
}

function generatorOf(ground: Ground, tool: Tool, param: Param, type: Type): Generator | null {
  const column = namedColumn(ground, tool, param) ?? likeColumn(ground.domain, param, type);
  if (column?.gen !== undefined && !/=>|^after:/.test(column.gen)) {
    const parsed = parseGenerator(column.gen, column);
    if (parsed.ok) return parsed.value;
  }
  const plain: GeneratedColumn = {
    type,
    attr: param.binds,
    ...(param.pattern === undefined ? {} : { pattern: param.pattern }),
    ...(param.min === undefined ? {} : { min: param.min }),
    ...(param.max === undefined ? {} : { max: param.max }),
  };
  // Users ask about the weeks to come.
  const ahead = type.kind === 'date' || type.kind === 'datetime' ? 'date:1d..21d' : undefined;
  const parsed = parseGenerator(ahead, plain);
  return parsed.ok ? parsed.value : null;
}

/** The column that `{ attr: Member.phone }` names. */
function namedColumn(ground: Ground, tool: Tool, param: Param): Column | undefined {
  const spec = ground.domain.spec.tools[tool.name]?.params[param.name];
  const item = typeof spec === 'object' && 'list' in spec ? spec.list : spec;
  if (typeof item !== 'object' || !('attr' in item)) return undefined;
  const [entity = '', attr] = item.attr.split('.');
  if (!ground.entities.has(entity)) return undefined;
  return entityNamed(ground, entity).columns.find((column) => column.attr === attr);
}

function likeColumn(domain: Domain, param: Param, type: Type): Column | undefined {
  return domain.entities
    .flatMap((entity) => entity.columns)
    .find(
      (column) => column.role === 'value' && column.attr === param.binds && column.type.kind === type.kind,
    );
}
